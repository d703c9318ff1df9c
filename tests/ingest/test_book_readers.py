"""E-books, OpenDocument and RTF: what they show in the order it is read, and nothing that they hide."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
from ingest_samples import FIRST, SECOND

from ingest import Document, IngestError, read


def lines(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def places(document: Document) -> dict[str, str | None]:
    """Line -> the headings it stands under."""
    return {document.text[block.start : block.end]: block.heading for block in document.blocks}


def kinds(document: Document) -> dict[str, str]:
    return {document.text[block.start : block.end]: block.kind for block in document.blocks}


def packed(mimetype: str, members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


# E-books

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
NAV = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
    '<nav epub:type="toc"><ol>{}</ol></nav></body></html>'
)


def page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head><body>{body}</body></html>'
    )


def epub(
    pages: Mapping[str, str],
    metadata: str = "",
    version: str = "3.0",
    guide: str = "",
    more: Mapping[str, str | bytes] | None = None,
    contents: str = "",
) -> bytes:
    """An e-book of pages (name -> content of its body), in the order given."""
    items = "".join(
        f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(len(pages)))
    package = (
        f'<package xmlns="http://www.idpf.org/2007/opf" version="{version}"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f'{metadata}</metadata><manifest><item id="nav" href="nav.xhtml" properties="nav" '
        f'media-type="application/xhtml+xml"/>{items}</manifest><spine><itemref idref="nav"/>{spine}</spine>'
        f"<guide>{guide}</guide></package>"
    )
    members: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": package,
        "OPS/nav.xhtml": NAV.format(contents or '<li><a href="a.xhtml">Contents of the book</a></li>'),
    }
    members |= {f"OPS/{name}".replace("%20", " "): page(body) for name, body in pages.items()}
    return packed("application/epub+zip", members | dict(more or {}))


def test_a_book_is_read_in_the_order_of_its_spine_without_cover_and_contents() -> None:
    document = read(
        epub(
            {
                "cover.xhtml": "<p>Picture of a crane</p>",
                "z%20last.xhtml": f"<h1>The large harbour</h1><p>{FIRST}</p>",
                "a.xhtml": f"<h1>The small ones</h1><h2>Their fees</h2><p>{SECOND}</p>",
            },
            guide='<reference type="cover" href="cover.xhtml"/>',
        ),
        "book.epub",
    )
    assert lines(document) == ["The large harbour", FIRST, "The small ones", "Their fees", SECOND]
    assert places(document)[SECOND] == "The small ones › Their fees"
    assert document.kind == "epub"


def test_a_page_without_marked_headings_takes_them_from_the_contents() -> None:
    data = epub(
        {"a.xhtml": f'<p class="big">The Large Harbour</p><p>{FIRST}</p>'},
        contents='<li><a href="a.xhtml">The large harbour</a></li>',
    )
    assert places(read(data, "book.epub"))[FIRST] == "The Large Harbour"


def test_lists_and_tables_of_a_book_stay_lists_and_tables() -> None:
    body = f"""<p>{FIRST}</p><ul><li><p>By weight</p></li><li>By length<ul><li>Of the keel</li></ul></li></ul>
    <ol start="3"><li>Cranes</li><li>Quays</li></ol><table><caption>Fees in 2021</caption>
    <tr><th>Harbour</th><th>Ship</th><th>Fee</th></tr>
    <tr><td rowspan="2">Lindow</td><td>small</td><td>12</td></tr><tr><td>large</td><td>19</td></tr></table>"""
    document = read(epub({"a.xhtml": body}), "book.epub")
    assert lines(document)[1:] == [
        "• By weight",
        "• By length",
        "• Of the keel",
        "3. Cranes",
        "4. Quays",
        "Fees in 2021",
        "Harbour: Lindow; Ship: small; Fee: 12",
        "Harbour: Lindow; Ship: large; Fee: 19",
    ]
    assert kinds(document)["3. Cranes"] == "list"
    assert kinds(document)["Fees in 2021"] == "furniture"


NOTE = "The third was lost on its way."


def noted(link: str) -> str:
    """A paragraph with a link to a note, and another."""
    return f"<p>Two cranes were delivered in spring<sup>{link}</sup>. They came by sea.</p><p>{SECOND}</p>"


@pytest.mark.parametrize(
    "pages",
    [
        {
            "a.xhtml": noted('<a epub:type="noteref" href="#n1">1</a>')
            + f'<aside epub:type="footnote" id="n1"><p>{NOTE}</p></aside>'
        },
        {
            "a.xhtml": noted('<a id="r1" href="notes.xhtml#n1">1</a>'),
            "notes.xhtml": '<section epub:type="endnotes"><h2>Notes</h2><ol><li id="n1"><p>'
            f'{NOTE} <a href="a.xhtml#r1">↩</a></p></li></ol></section>',
        },
        {
            "a.xhtml": noted('<a id="r1" href="#n1">[1]</a>')
            + f'<hr/><p><a id="n1"/><a href="#r1">[1]</a> {NOTE}</p>'
        },
        {"a.xhtml": noted('<a href="#n1">*</a>') + f'<div class="footnote"><p id="n1">{NOTE}</p></div>'},
    ],
    ids=["marked footnote", "endnotes of their own", "links to and fro", "by class"],
)
def test_a_note_follows_what_it_notes_and_its_mark_is_gone(pages: dict[str, str]) -> None:
    document = read(epub(pages), "book.epub")
    assert lines(document) == ["Two cranes were delivered in spring. They came by sea.", NOTE, SECOND]


def test_notes_stand_in_their_order_and_their_emptied_section_is_gone() -> None:
    body = (
        '<h1>Cranes</h1><p>Two came<a id="r1" href="#n1">1</a> by sea<a id="r2" href="#n2">2</a>.</p><div>'
        '<h2>Footnotes</h2><p id="n1"><a href="#r1">1</a>. In spring.</p>'
        '<p id="n2"><a href="#r2">2</a>. From Ostra.</p>'
        f"</div><p>{SECOND}</p>"
    )
    document = read(epub({"a.xhtml": body}), "book.epub")
    assert lines(document) == ["Cranes", "Two came by sea.", "In spring.", "From Ostra.", SECOND]
    assert places(document)[SECOND] == "Cranes"


def test_a_link_to_another_place_of_the_book_is_no_note() -> None:
    body = (
        f'<p>See table <a href="#t2">2</a> for all fees of the year.</p><p>{FIRST}</p><p id="t2">{SECOND}</p>'
    )
    assert lines(read(epub({"a.xhtml": body}), "book.epub")) == [
        "See table 2 for all fees of the year.",
        FIRST,
        SECOND,
    ]


def test_what_a_page_of_a_book_does_not_show_is_left_out() -> None:
    body = (
        f'<style>p {{}}</style><p>{FIRST}<span epub:type="pagebreak" title="7">7</span></p><p hidden="">gone</p>'
        '<p>One<br/>two 10<sup>6</sup> t, <q>so&nbsp;they</q> said<span class="pagenum">[8]</span> '
        "&eacute;t&eacute;.</p>"
    )
    assert lines(read(epub({"a.xhtml": body}), "book.epub")) == [
        FIRST,
        "One\ntwo 10⁶ t, “so they” said été.",
    ]


def test_broken_markup_is_read_all_the_same() -> None:
    pages = {"a.xhtml": f'<p><a id="x"/>{FIRST}<p>{SECOND} <b>and so on', "b.xhtml": ""}
    data = epub(pages, more={"OPS/b.xhtml": b""})
    assert lines(read(data, "book.epub"))[:2] == [FIRST, f"{SECOND} and so on"]


DATES = {
    "publication of EPUB 2": ("2.0", '<dc:date opf:event="publication">2019-08</dc:date>', "2019-08"),
    "not the other events": (
        "2.0",
        '<dc:date opf:event="modification">2020-01-02</dc:date><dc:date opf:event="publication">2019</dc:date>',
        "2019",
    ),
    "modification alone": ("2.0", '<dc:date opf:event="modification">2020-01-02</dc:date>', None),
    "unsaid in EPUB 2": ("2.0", "<dc:date>2020-01-02</dc:date>", None),
    "the one of EPUB 3": ("3.0", "<dc:date>2019-08-23</dc:date>", "2019-08-23"),
    "never modified": ("3.0", '<meta property="dcterms:modified">2020-01-02T08:00:00Z</meta>', None),
    "time of conversion": (
        "3.0",
        "<dc:date>2020-01-02T08:00:00Z</dc:date>"
        '<meta property="dcterms:modified">2020-01-02T08:00:01Z</meta>',
        None,
    ),
}


@pytest.mark.parametrize(("version", "stated", "expected"), DATES.values(), ids=DATES.keys())
def test_a_book_is_dated_by_its_publication_alone(version: str, stated: str, expected: str | None) -> None:
    document = read(epub({"a.xhtml": f"<p>{FIRST}</p>"}, stated, version), "book.epub")
    assert document.metadata.published == expected
    assert ("published" in document.metadata.found) == (expected is not None)


def test_a_book_states_its_title_authors_publisher_and_subjects() -> None:
    metadata = read(
        epub(
            {"a.xhtml": f"<p>{FIRST}</p>"},
            '<dc:title id="t2">A Study</dc:title><dc:title id="t1">Grain in Transit</dc:title>'
            '<meta refines="#t1" property="title-type">main</meta>'
            '<dc:creator opf:role="aut">Varga, Ines</dc:creator><dc:creator>Tomas Okoro</dc:creator>'
            '<dc:creator id="e">Otto Editor</dc:creator><meta refines="#e" property="role">edt</meta>'
            "<dc:publisher>Coast Press</dc:publisher><dc:language>en-GB</dc:language><dc:subject>Ports</dc:subject>",
        ),
        "book.epub",
    ).metadata
    assert (metadata.title, metadata.authors) == ("Grain in Transit", ("Ines Varga", "Tomas Okoro"))
    assert (metadata.publisher, metadata.language, metadata.tags) == ("Coast Press", "en", ("Ports",))
    assert {"title", "authors", "publisher", "language", "tags"} == set(metadata.found)


def test_names_that_programs_fill_in_are_no_metadata() -> None:
    stated = (
        "<dc:title>Untitled document</dc:title><dc:creator>Unknown</dc:creator>"
        "<dc:publisher>calibre (5.1)</dc:publisher>"
    )
    metadata = read(epub({"a.xhtml": f"<p>{FIRST}</p>"}, stated), "book.epub").metadata
    assert (metadata.title, metadata.authors, metadata.publisher) == (None, (), None)


def encryption(algorithm: str, path: str) -> dict[str, str | bytes]:
    return {
        "META-INF/encryption.xml": '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
        f'<e:EncryptionMethod Algorithm="{algorithm}"/><e:CipherData><e:CipherReference URI="{path}"/>'
        "</e:CipherData></e:EncryptedData></encryption>"
    }


def test_an_encrypted_book_is_refused_and_one_with_hidden_fonts_read() -> None:
    pages = {"a.xhtml": f"<p>{FIRST}</p>"}
    fonts = encryption("http://www.idpf.org/2008/embedding", "OPS/font.otf")
    assert lines(read(epub(pages, more=fonts), "book.epub")) == [FIRST]
    with pytest.raises(IngestError) as caught:
        read(
            epub(pages, more=encryption("http://www.w3.org/2001/04/xmlenc#aes256-cbc", "OPS/a.xhtml")),
            "b.epub",
        )
    assert caught.value.code == "password"
    assert "copy protection" in caught.value.message


def test_a_book_that_unpacks_to_far_too_much_is_refused() -> None:
    with pytest.raises(IngestError) as caught:
        read(epub({"a.xhtml": " " * 20_000_000}), "book.epub")
    assert caught.value.code == "too_large"


def test_entities_of_a_book_reach_no_file_and_are_not_multiplied() -> None:
    data = epub({"a.xhtml": f"<p>{FIRST} &x; &b;</p>"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name != "mimetype"}
    declared = (
        b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "boom"><!ENTITY b "&a;&a;">]>'
    )
    members["OPS/a.xhtml"] = members["OPS/a.xhtml"].replace(b"<!DOCTYPE html>", declared)
    text = read(packed("application/epub+zip", members), "book.epub").text
    assert FIRST in text
    assert "root:" not in text
    assert "boom" not in text


def test_a_book_that_does_not_say_where_its_text_is_is_unreadable() -> None:
    with pytest.raises(IngestError) as caught:
        read(packed("application/epub+zip", {"META-INF/container.xml": "<container/>"}), "book.epub")
    assert caught.value.code == "unreadable"
    assert "Convert" in caught.value.message


# OpenDocument

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("meta", "meta"),
        ("manifest", "manifest"),
    )
)
STYLES = """<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="Title" style:family="paragraph"/><style:style style:name="Caption" style:family="paragraph"/>
<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-bullet text:level="2" text:bullet-char="-"/></text:list-style>"""


def odt(body: str, meta: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    properties = (
        f'<office:document-meta {NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>{meta}'
        "</office:meta></office:document-meta>"
    )
    members: dict[str, str | bytes] = {"content.xml": content, "meta.xml": properties}
    return packed("application/vnd.oasis.opendocument.text", members | dict(more or {}))


def test_outline_levels_and_the_style_of_titles_make_headings() -> None:
    document = read(
        odt(
            '<text:p text:style-name="P1">Fees in Small Harbours</text:p>'
            f'<text:h text:outline-level="1">What they pay</text:h><text:h text:outline-level="2">By weight</text:h>'
            f"<text:p>{FIRST}</text:p>"
            f'<text:h text:outline-level="1">What they ask</text:h><text:p>{SECOND}</text:p>'
        ),
        "a.odt",
    )
    assert places(document)[FIRST] == "What they pay › By weight"
    assert places(document)[SECOND] == "What they ask"
    assert document.metadata.title == "Fees in Small Harbours"


def test_lists_of_a_text_document_are_numbered_as_they_show() -> None:
    def items(*texts: str) -> str:
        return "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in texts)

    inner = "<text:list><text:list-item><text:p>Of the keel</text:p></text:list-item></text:list>"
    body = (
        f'<text:list text:style-name="L1">{items("Weight")}<text:list-item><text:p>Length</text:p>{inner}'
        f'</text:list-item></text:list><text:p>{FIRST}</text:p><text:list text:style-name="L1" '
        f'text:continue-numbering="true">{items("Cargo")}</text:list><text:p>{SECOND}</text:p>'
        f'<text:list text:style-name="L1">{items("Cranes")}</text:list>'
    )
    assert lines(read(odt(body), "a.odt")) == [
        "1. Weight",
        "2. Length",
        "• Of the keel",
        FIRST,
        "3. Cargo",
        SECOND,
        "1. Cranes",
    ]


def test_notes_follow_their_paragraph_and_deletions_comments_and_hidden_text_are_out() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:p>Two<text:s text:c="900000000"/>cranes<text:tab/>came<text:note text:note-class="footnote">'
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>In spring.</text:p></text:note-body>"
        '</text:note><office:annotation><text:p>comment</text:p></office:annotation>, <text:span text:style-name="T1">'
        "hidden</text:span>as<text:line-break/>said.<draw:frame><draw:text-box><text:p>In a box.</text:p>"
        "</draw:text-box></draw:frame></text:p>"
        f"<text:p>{SECOND}</text:p>"
    )
    document = read(odt(body), "a.odt")
    assert lines(document) == ["Two cranes came, as\nsaid.", "In a box.", "In spring.", SECOND]


def test_merged_cells_of_a_text_document_are_read_in_every_row() -> None:
    body = f"""<text:p>{FIRST}</text:p><table:table><table:table-column/><table:table-header-rows><table:table-row>
    <table:table-cell><text:p>Harbour</text:p></table:table-cell><table:table-cell><text:p>Ship</text:p>
    </table:table-cell><table:table-cell><text:p>Fee</text:p></table:table-cell></table:table-row></table:table-header-rows>
    <table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Lindow</text:p></table:table-cell>
    <table:table-cell><text:p>small</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell>
    </table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:p>large</text:p>
    </table:table-cell><table:table-cell><text:p>19</text:p></table:table-cell></table:table-row></table:table>"""
    assert lines(read(odt(body), "a.odt"))[1:] == [
        "Harbour: Lindow; Ship: small; Fee: 12",
        "Harbour: Lindow; Ship: large; Fee: 19",
    ]


def test_cells_and_rows_repeated_a_million_times_do_not_fill_memory() -> None:
    cell = '<table:table-cell table:number-columns-repeated="999999999"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="999999999">{cell}</table:table-row>'
    assert (
        len(read(odt(f"<text:p>{FIRST}</text:p><table:table>{row * 50}</table:table>"), "a.odt").text)
        < 2_000_000
    )


def test_contents_and_captions_of_a_text_document_are_furniture() -> None:
    body = (
        "<text:table-of-content><text:index-body><text:p>What they pay 3</text:p></text:index-body>"
        f'</text:table-of-content><text:p>{FIRST}</text:p><text:p text:style-name="Caption">A crane at work</text:p>'
    )
    document = read(odt(body), "a.odt")
    assert kinds(document) == {
        "What they pay 3": "furniture",
        FIRST: "paragraph",
        "A crane at work": "furniture",
    }


def test_properties_of_a_text_document_count_apart_from_its_times() -> None:
    meta = (
        "<dc:title>Fees of the Coast</dc:title><meta:initial-creator>Ines Varga</meta:initial-creator>"
        "<dc:creator>Otto Typist</dc:creator><dc:date>2023-01-02T08:00:00</dc:date>"
        "<meta:creation-date>2022-01-02T08:00:00</meta:creation-date><meta:keyword>ports</meta:keyword>"
        "<meta:keyword>grain, fees</meta:keyword>"
    )
    metadata = read(odt(f"<text:p>{FIRST}</text:p>", meta), "a.odt").metadata
    assert (metadata.title, metadata.authors) == ("Fees of the Coast", ("Ines Varga",))
    assert (metadata.published, metadata.tags) == (None, ("ports", "grain", "fees"))


def test_a_protected_text_document_asks_for_a_copy_without_password() -> None:
    manifest = (
        f'<manifest:manifest {NAMESPACES}><manifest:file-entry manifest:full-path="content.xml">'
        "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    data = packed(
        "application/vnd.oasis.opendocument.text",
        {"content.xml": bytes(range(256)), "META-INF/manifest.xml": manifest},
    )
    with pytest.raises(IngestError) as caught:
        read(data, "a.odt")
    assert caught.value.code == "password"


# RTF


def rtf(body: str, head: str = "") -> bytes:
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{{\f0 Times;}}}}{head}{body}}}".encode("latin-1")


STYLE_SHEET = (
    r"{\stylesheet{\ql Normal;}{\s1\outlinelevel0 heading 1;}{\s2 heading 2;}{\s5 Title;}{\s6 caption;}"
    r"{\*\cs10 Default Paragraph Font;}}"
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (rb"{\rtf1\ansi\ansicpg1252 caf\'e9 noir\par}", "café noir"),
        (rb"{\rtf1\ansi\ansicpg1251 \'cc\'e8\'f0\par}", "Мир"),
        (rb"{\rtf1\ansi\deff0{\fonttbl{\f0\fcharset204 Arial;}}\'cc\'e8\'f0\par}", "Мир"),
        (rb"{\rtf1\ansi{\fonttbl{\f0 A;}{\f1\fcharset128 B;}}{\f1 \'83A\'83\'43} caf\'e9\par}", "アイ café"),
        (rb"{\rtf1\mac caf\'8e\par}", "café"),
        (rb"{\rtf1\ansi\uc1 \u1052?\u1080\'e8\u1088 ? ok\par}", "Мир ok"),
        (rb"{\rtf1\ansi\uc0 \u233 t\u233 \par}", "été"),
        (rb"{\rtf1\ansi\uc2 \u12450\'83\'41x\par}", "アx"),
        (rb"{\rtf1\ansi\u-10179?\u-8704?\par}", "😀"),
        (rb"{\rtf1\ansi a\u8226\bullet b\u233\par c\par}", "a•bé\n\nc"),
        ("{\\rtf1\\ansi déjà\\par}".encode(), "déjà"),
        (rb"{\rtf1\ansi \ldblquote so\rdblquote\~they\emdash said\_so \{x\}\par}", "“so” they—said-so {x}"),
        (rb"{\rtf1\ansi{\fonttbl{\f0 A;}{\f1\fcharset2 Symbol;}}{\f1 a}-rays\par}", "α-rays"),
        (
            rb"{\rtf1\ansi{\fonttbl{\f0 A;}{\f1\fcharset2 Wingdings;}}{\f1 \'fc} paid {\f1\u-3844?}\par}",
            "✓ paid ✓",
        ),
        (rb"{\rtf1\ansi{\fonttbl{\f0 A;}{\f1\fcharset2 Webdings;}}{\f1 a}paid\par}", "paid"),
    ],
)
def test_characters_of_rich_text_are_what_they_show(data: bytes, expected: str) -> None:
    assert read(data, "a.rtf").text == expected


def test_styles_and_outline_levels_of_rich_text_make_headings() -> None:
    body = (
        rf"\pard\s5 Fees in Small Harbours\par\pard\s1 What they pay\par\pard\s2 By weight\par\pard {FIRST}\par"
        rf"\pard\outlinelevel0 What they ask\par\pard {SECOND}\par\pard\s6 A crane at work\par"
    )
    document = read(rtf(body, STYLE_SHEET), "a.rtf")
    assert places(document)[FIRST] == "What they pay › By weight"
    assert places(document)[SECOND] == "What they ask"
    assert kinds(document)["A crane at work"] == "furniture"
    assert document.metadata.title == "Fees in Small Harbours"


def test_lists_and_notes_of_rich_text_stand_where_they_belong() -> None:
    body = (
        rf"\pard\outlinelevel0 Fees\par\pard {FIRST}"
        r"{\super\chftn{\footnote\pard\plain{\super\chftn} The third was lost.}}\par"
        r"\pard{\listtext\f0 1.\tab}Weight\par{\pntext\f0\'b7\tab}Length\par\pard \bullet\tab Cargo\par "
        rf"{SECOND}\par"
    )
    document = read(rtf(body), "a.rtf")
    assert lines(document)[1:] == [FIRST, "The third was lost.", "1. Weight", "• Length", "• Cargo", SECOND]
    assert [kinds(document)[line] for line in ("1. Weight", "• Length", "• Cargo")] == ["list"] * 3


def test_tables_of_rich_text_are_rows_with_their_header() -> None:
    def row(marks: tuple[str, str], *cells: str) -> str:
        described = "".join(
            rf"\{mark}\cellx{number}000" if mark else rf"\cellx{number}000"
            for number, mark in enumerate(marks)
        )
        return rf"\trowd{described}\pard\intbl " + "".join(rf"{cell}\cell " for cell in cells) + r"\row "

    body = (
        rf"\pard {FIRST}\par "
        + row(("", ""), "Harbour", "Fee")
        + row(("clvmgf", ""), "Lindow", r"12\par a ship")
        + row(("clvmrg", ""), "", "19")
        + rf"\pard {SECOND}\par"
    )
    document = read(rtf(body), "a.rtf")
    assert lines(document) == [FIRST, "Harbour: Lindow; Fee: 12 a ship", "Harbour: Lindow; Fee: 19", SECOND]
    assert kinds(document)["Harbour: Lindow; Fee: 19"] == "table"


def test_what_rich_text_does_not_show_is_left_out() -> None:
    body = (
        r"{\header Confidential\par}{\pict\wmetafile8 0102ff}{\pict\bin5 }}}{{}\pard Two "
        r'{\field{\*\fldinst HYPERLINK "https://x.example"}{\fldrslt cranes}} came{\v hidden}{\deleted gone}'
        r"{\*\bkmkstart mark}{\*\unknown words}, {\shp{\*\shpinst{\sp{\sn name}{\sv value}}"
        r"{\shptxt\pard In a box.\par}}"
        r"{\shprslt In a box.}}as said.\par"
    )
    assert lines(read(rtf(body) + b"trailing words", "a.rtf")) == ["Two cranes came, as said.", "In a box."]


def test_information_of_rich_text_counts_apart_from_its_times() -> None:
    head = (
        r"{\info{\upr{\title Fees ?}{\*\ud{\title Fees \u233?t\u233?}}}{\author Ines Varga}{\keywords ports; grain}"
        r"{\creatim\yr2022\mo1\dy2}{\revtim\yr2023}}"
    )
    body = rf"\pard\outlinelevel0 What they pay\par\pard {FIRST}\par"
    metadata = read(rtf(body, head), "a.rtf").metadata
    assert (metadata.title, metadata.authors) == ("Fees été", ("Ines Varga",))
    assert (metadata.published, metadata.tags) == (None, ("ports", "grain"))


def test_damaged_rich_text_is_read_as_far_as_it_goes() -> None:
    assert FIRST in read(rtf(rf"\pard {FIRST}\par {{\b cut off")[:-1], "a.rtf").text


def test_groups_nested_beyond_reason_are_refused() -> None:
    with pytest.raises(IngestError) as caught:
        read(rb"{\rtf1 " + b"{" * 100_000 + b"x", "a.rtf")
    assert caught.value.code == "unreadable"
