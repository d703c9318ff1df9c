"""A Word file gives what Word shows: equations, numbers, notes, changes, boxes and tables, in reading order."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from ingest_samples import FIRST, SECOND

from ingest import Document, IngestError, read
from ingest.readers.docx.reader import read_word

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_STYLES = "word/styles.xml"
_MAIN = "word/document.xml"


def element(source: str) -> Any:
    """An XML element of a Word file, from a source whose first tag needs no namespaces."""
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {_NAMES}", source))


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def math(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def saved(document: WordDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def of_body(*blocks: str) -> bytes:
    """A Word file whose body holds these elements."""
    document = docx.Document()
    for block in blocks:
        document.element.body.insert_element_before(element(block), "w:sectPr")
    return saved(document)


def lines(data: bytes) -> list[str]:
    document = read(data, "report.docx")
    return [document.text[block.start : block.end] for block in document.blocks]


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def rewritten(
    package: bytes, change: Callable[[str, bytes], bytes], more: dict[str, str] | None = None
) -> bytes:
    """A package with each member passed through `change(name, data)`, and members added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, text in (more or {}).items():
            new.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("equation", "written"),
    [
        (f"<m:f><m:num>{math('a+b')}</m:num><m:den>{math('2')}</m:den></m:f>", "(a+b)/2"),
        (f"<m:sSup><m:e>{math('x')}</m:e><m:sup>{math('2')}</m:sup></m:sSup>{math('y')}", "x^2 y"),
        (f"<m:sSub><m:e>{math('c')}</m:e><m:sub>{math('i+1')}</m:sub></m:sSub>", "c_(i+1)"),
        (f"<m:rad><m:deg/><m:e>{math('b-1')}</m:e></m:rad>", "√(b-1)"),
        (
            f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{math('i=1')}</m:sub>"
            f"<m:sup>{math('n')}</m:sup><m:e>{math('i')}</m:e></m:nary>",
            "∑_(i=1)^n i",
        ),
        (f"<m:d><m:e>{math('a')}</m:e><m:e>{math('b')}</m:e></m:d>", "(a|b)"),
        (f"<m:func><m:fName>{math('cos')}</m:fName><m:e>{math('t')}</m:e></m:func>", "cos t"),
        (
            f"<m:m><m:mr><m:e>{math('1')}</m:e><m:e>{math('0')}</m:e></m:mr>"
            f"<m:mr><m:e>{math('0')}</m:e><m:e>{math('1')}</m:e></m:mr></m:m>",
            "1, 0; 0, 1",
        ),
        (math("\U0001d465=\U0001d7d1"), "x=3"),
    ],
    ids=["fraction", "power", "index", "root", "sum", "brackets", "function", "matrix", "italic letters"],
)
def test_an_equation_is_written_as_it_would_be_typed(equation: str, written: str) -> None:
    paragraph = f"<w:p>{run('It follows that ')}<m:oMath>{equation}</m:oMath>{run(' holds.')}</w:p>"
    assert lines(of_body(paragraph)) == [f"It follows that {written} holds."]


def numbered(text: str, level: int = 0, number: int = 90, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:p><w:pPr>{named}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        f"{run(text)}</w:p>"
    )


def with_numbering(levels: list[tuple[str, str]], *blocks: str) -> bytes:
    """A file with list 90 in which each level has a format and a text such as "%1.%2"; list 91 starts it anew."""
    document = docx.Document()
    described = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, element(f'<w:abstractNum w:abstractNumId="90">{described}</w:abstractNum>'))
    numbering.append(element('<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering.append(element(f'<w:num w:numId="91"><w:abstractNumId w:val="90"/>{anew}</w:num>'))
    for block in blocks:
        document.element.body.insert_element_before(element(block), "w:sectPr")
    return saved(document)


def test_numbers_that_word_counts_are_written_out_level_by_level() -> None:
    data = with_numbering(
        [("decimal", "%1."), ("lowerLetter", "%1.%2)"), ("upperRoman", "(%3)")],
        numbered("Grain"),
        numbered("Wheat", 1),
        numbered("Rye", 1),
        numbered("winter", 2),
        numbered("Timber"),
        numbered("Oak", 1),
        numbered("Fees", number=91),
    )
    assert lines(data) == [
        "1. Grain",
        "1.a) Wheat",
        "1.b) Rye",
        "(I) winter",
        "2. Timber",
        "2.a) Oak",
        "1. Fees",
    ]


def test_bullets_and_numbered_headings_keep_what_they_are() -> None:
    data = with_numbering(
        [("bullet", "o"), ("decimal", "%2")],
        numbered("A crane"),
        numbered("The quays", 1, style="Heading1"),
        f"<w:p>{run(FIRST)}</w:p>",
    )
    assert kinds(read(data, "a.docx")) == [
        ("list", "• A crane"),
        ("heading", "1 The quays"),
        ("paragraph", FIRST),
    ]


def test_a_heading_is_known_by_its_outline_level_and_by_the_style_it_is_based_on() -> None:
    document = docx.Document()
    styles = document.styles.element
    styles.append(
        element(
            '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Chapter of ours"/>'
            '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        )
    )
    styles.append(
        element(
            '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Ours"/><w:basedOn w:val="Own"/></w:style>'
        )
    )
    for block in (
        f'<w:p><w:pPr><w:pStyle w:val="Sub"/></w:pPr>{run("The small ports")}</w:p>',
        f"<w:p>{run(SECOND)}</w:p>",
    ):
        document.element.body.insert_element_before(element(block), "w:sectPr")
    read_back = read(saved(document), "a.docx")
    assert kinds(read_back) == [("heading", "The small ports"), ("paragraph", SECOND)]
    assert read_back.blocks[1].heading == "The small ports"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Titolo", ("heading", 1)),
        ("Heading 9", ("heading", 10)),
        ("Heading 10", ("heading", 11)),  # a level that files from LibreOffice have
        ("Header", ("paragraph", 0)),
        ("Caption Small", ("furniture", 0)),
    ],
)
def test_a_style_says_by_its_name_what_a_paragraph_is(name: str, found: tuple[str, int]) -> None:
    document = docx.Document()
    if name not in [style.name for style in document.styles]:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("The small ports", style=name)
    (piece,) = read_word(saved(document)).pieces
    assert (piece.kind, piece.level) == found


def test_captions_and_the_table_of_contents_are_furniture() -> None:
    document = docx.Document()
    document.add_paragraph("Figure 1: The quay in spring", style="Caption")
    document.add_paragraph(FIRST)
    assert kinds(read(saved(document), "a.docx")) == [
        ("furniture", "Figure 1: The quay in spring"),
        ("paragraph", FIRST),
    ]


def test_only_the_text_that_is_shown_is_read() -> None:
    shown = (
        f"<w:p>{run('Fees ')}<w:ins w:id='1' w:author='x'>{run('rose ')}</w:ins>"
        f"<w:del w:id='2' w:author='x'><w:r><w:delText>fell </w:delText></w:r></w:del>"
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>secretly </w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("twice")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:r><w:noBreakHyphen/><w:t>a</w:t><w:tab/><w:t>year</w:t></w:r>"
        '<w:r><w:sym w:font="Symbol" w:char="F0B1"/></w:r></w:p>'
    )
    prompt = f"<w:p>{run('Click here')}</w:p>"
    placeholder = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{prompt}</w:sdtContent></w:sdt>"
    assert lines(of_body(shown, placeholder)) == ["Fees rose twice-a year±"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    first = (
        "<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='x'/></w:rPr></w:pPr>"
        + run("The ministry has ")
        + "</w:p>"
    )
    assert lines(of_body(first, f"<w:p>{run('not answered.')}</w:p>")) == ["The ministry has not answered."]


def test_a_text_box_is_read_once_after_the_paragraph_it_hangs_on() -> None:
    box = f"<w:txbxContent><w:p>{run('Two cranes came.')}</w:p></w:txbxContent>"
    paragraph = (
        f"<w:p>{run('The harbour grew.')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines(of_body(paragraph, f"<w:p>{run('Ships followed.')}</w:p>")) == [
        "The harbour grew.",
        "Two cranes came.",
        "Ships followed.",
    ]


def with_footnotes(data: bytes) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    notes = (
        f'<w:footnotes {_NAMES}><w:footnote w:type="separator" w:id="0"><w:p>{run("-----")}</w:p></w:footnote>'
        f'<w:footnote w:id="2"><w:p>{run("By the old law.")}</w:p></w:footnote></w:footnotes>'
    )

    def change(name: str, member: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            relation = f'<Relationship Id="rIdNotes" Type="{kind}" Target="footnotes.xml"/></Relationships>'
            return member.replace(b"</Relationships>", relation.encode())
        return member

    return rewritten(data, change, {"word/footnotes.xml": notes})


def test_a_footnote_stands_after_the_paragraph_that_it_notes() -> None:
    data = of_body(
        f'<w:p>{run("Fees are low.")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
        f"<w:p>{run('They were set years ago.')}</w:p>",
    )
    assert lines(with_footnotes(data)) == ["Fees are low.", "By the old law.", "They were set years ago."]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text) if text else ''}</w:p></w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_a_cell_over_several_rows_stands_in_each_of_them() -> None:
    begun, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    data = of_body(
        table(
            cell("Coast") + cell("Harbour") + cell("Fee"),
            cell("North", begun) + cell("Lindow") + cell("12"),
            cell("", goes_on) + cell("Ostra") + cell("19"),
        )
    )
    assert lines(data) == ["Coast: North; Harbour: Lindow; Fee: 12", "Coast: North; Harbour: Ostra; Fee: 19"]


def test_a_cell_over_several_columns_leaves_the_others_in_theirs() -> None:
    data = of_body(
        table(
            cell("Harbour") + cell("Spring") + cell("Autumn"),
            cell("Lindow") + cell("closed", '<w:gridSpan w:val="2"/>'),
            cell("Ostra") + cell("4") + cell("5"),
        )
    )
    assert lines(data) == ["Harbour: Lindow; Spring: closed", "Harbour: Ostra; Spring: 4; Autumn: 5"]


def test_a_table_that_only_places_text_is_read_as_text() -> None:
    assert kinds(read(of_body(table(cell(FIRST), cell(SECOND))), "a.docx")) == [
        ("paragraph", FIRST),
        ("paragraph", SECOND),
    ]


def test_the_strict_variant_reads_as_the_usual_one() -> None:
    data = of_body(f"<w:p>{run(FIRST)}</w:p>")

    def strict(_: str, member: bytes) -> bytes:
        return re.sub(
            rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|drawingml)/2006/",
            rb"http://purl.oclc.org/ooxml/\1/",
            member,
        )

    assert lines(rewritten(data, strict)) == [FIRST]


def test_a_date_filled_in_on_the_cover_page_is_the_date_of_publication() -> None:
    cover = (
        '<CoverPageProperties xmlns="http://schemas.microsoft.com/office/2006/coverPageProps">'
        "<PublishDate>2021-03-14T00:00:00</PublishDate></CoverPageProperties>"
    )
    data = rewritten(
        of_body(f"<w:p>{run(FIRST)}</w:p>"), lambda _, member: member, {"customXml/item9.xml": cover}
    )
    metadata = read(data, "a.docx").metadata
    assert metadata.published == "2021-03-14"
    assert metadata.found["published"] == "publication date on the cover page"


def test_a_damaged_document_is_named_unreadable() -> None:
    whole = of_body(f"<w:p>{run(FIRST)}</w:p>")
    half = rewritten(whole, lambda name, member: member[: len(member) // 2] if name == _MAIN else member)
    with pytest.raises(IngestError) as caught:
        read(half, "a.docx")
    assert caught.value.code == "unreadable"


def test_styles_that_are_based_on_each_other_do_not_hang() -> None:
    def loop(name: str, member: bytes) -> bytes:
        if name != _STYLES:
            return member
        styles = (
            '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style></w:styles>'
        )
        return member.replace(b"</w:styles>", styles.encode())

    data = of_body(f'<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>{run(FIRST)}</w:p>')
    assert lines(rewritten(data, loop)) == [FIRST]
