"""Each format gives clean, exactly located text; each bad file an error that says what to do."""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from ingest_samples import FIRST, PAGE, SECOND
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from ingest import Document, IngestError, read


def texts(document: Document, kind: str) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind == kind]


def assert_located(document: Document) -> None:
    """Blocks are in order, apart, trimmed, and hold all of the text but white space."""
    covered = 0
    for block in document.blocks:
        text = document.text[block.start : block.end]
        assert text == text.strip() != ""
        assert not document.text[covered : block.start].strip()
        covered = block.end
    assert not document.text[covered:].strip()


def test_a_pdf_gives_paragraphs_on_their_pages_without_running_lines(pdf: bytes) -> None:
    document = read(pdf, "harbours.pdf")
    assert_located(document)
    assert (document.kind, document.pages) == ("pdf", 2)
    assert FIRST in texts(document, "paragraph")
    assert SECOND in texts(document, "paragraph")
    assert "Coastal Trade Review" not in document.text
    assert "Page 1" not in document.text
    block = next(
        block for block in document.blocks if document.text[block.start :].startswith("Smaller ports")
    )
    assert (block.page, block.heading) == (2, "The small ones")


def test_a_pdf_states_its_title_authors_and_date(pdf: bytes) -> None:
    metadata = read(pdf, "harbours.pdf").metadata
    assert metadata.title == "Grain and the Harbours of the Coast"
    assert metadata.authors == ("Mara Lindqvist", "Tomas Okoro")
    assert metadata.published == "2021-03-14"
    assert metadata.language == "en"
    assert set(metadata.found) == {"title", "authors", "published", "language"}


def test_the_time_a_pdf_was_made_is_no_publication_date(drawn_pdf: Callable[..., bytes]) -> None:
    assert read(drawn_pdf(["Nothing here says when it was written."]), "a.pdf").metadata.published is None


def test_words_broken_at_line_ends_are_joined(drawn_pdf: Callable[..., bytes]) -> None:
    lines = [
        "The harbour master spoke of an extra-",
        "ordinary year, and of self-",
        "sufficient villages on the Lindow-",
        "Ostra road.",
    ]
    text = read(drawn_pdf(lines), "a.pdf").text
    assert "an extraordinary year" in text
    assert "self-sufficient" in text
    assert "Lindow-Ostra road" in text


def test_a_sentence_across_pages_is_whole_on_the_page_where_it_begins(
    drawn_pdf: Callable[..., bytes],
) -> None:
    document = read(
        drawn_pdf(["The cranes were ordered in the north and"], ["arrived in spring. They work well."]),
        "a.pdf",
    )
    whole, rest = document.blocks
    assert (
        document.text[whole.start : whole.end]
        == "The cranes were ordered in the north and arrived in spring."
    )
    assert (whole.page, rest.page) == (1, 2)


def table_pdf(*data: list[str], bold: bool) -> bytes:
    """A PDF with a paragraph, a table without rules and a paragraph."""
    styles = getSampleStyleSheet()
    face = [("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")] if bold else []
    story = [
        Paragraph(FIRST, styles["Normal"]),
        Table(list(data), style=[("VALIGN", (0, 0), (-1, -1), "TOP"), *face]),
        Paragraph(SECOND, styles["Normal"]),
    ]
    out = io.BytesIO()
    SimpleDocTemplate(out).build(story)
    return out.getvalue()


def test_a_table_of_a_pdf_gives_rows_that_can_stand_alone() -> None:
    document = read(
        table_pdf(["Harbour", "Tonnes", "Fee"], ["Lindow", "900", "12"], ["Ostra", "450", "19"], bold=True),
        "a.pdf",
    )
    assert_located(document)
    assert texts(document, "table") == [
        "Harbour: Lindow; Tonnes: 900; Fee: 12",
        "Harbour: Ostra; Tonnes: 450; Fee: 19",
    ]
    assert texts(document, "paragraph") == [FIRST, SECOND]
    assert texts(document, "heading") == []


def test_rows_of_a_pdf_without_names_of_columns_stay_rows() -> None:
    rows = (
        ["Lindow port office", "lindow.example"],
        ["Ostra port office", "ostra.example"],
        ["Vik", "vik.example"],
    )
    assert texts(read(table_pdf(*rows, bold=False), "a.pdf"), "table") == [" | ".join(row) for row in rows]


def test_a_cell_of_several_lines_is_one_cell() -> None:
    rows = (
        ["Harbour", "What they ask"],
        ["Lindow", "Relief from the old\nfees and a new quay"],
        ["Ostra", "A second crane"],
        ["Vik", "Dredging before\nthe autumn storms"],
    )
    assert texts(read(table_pdf(*rows, bold=True), "a.pdf"), "table") == [
        "Harbour: Lindow; What they ask: Relief from the old fees and a new quay",
        "Harbour: Ostra; What they ask: A second crane",
        "Harbour: Vik; What they ask: Dredging before the autumn storms",
    ]


def test_a_line_across_the_page_does_not_part_the_lines_of_a_column(drawn_pdf: Callable[..., bytes]) -> None:
    column = [
        "Two cranes came to the harbour of Lindow in",
        "March. The port authority expects the trend",
        "to hold, and has asked the ministry for more",
        "Swedish steel, which the small ports want as",
        "Ostra and Vik have no cranes of their own so",
        "far, and will not have any before winter.",
    ]
    across = "m.lindqvist@lindow.example, t.okoro@ostra.example, office@ports.example, press@ports.example"
    document = read(drawn_pdf([across, "", *column]), "a.pdf")
    assert " ".join(column) in texts(document, "paragraph")


def test_a_list_of_a_pdf_is_no_table(drawn_pdf: Callable[..., bytes]) -> None:
    points = [f"{number}.          Point {number} of the plan" for number in range(1, 5)]
    document = read(drawn_pdf(points), "a.pdf")
    assert texts(document, "table") == []
    assert texts(document, "list") == [f"{number}. Point {number} of the plan" for number in range(1, 5)]


def test_a_word_file_gives_headings_lists_and_readable_rows(word: bytes) -> None:
    document = read(word, "fees.docx")
    assert_located(document)
    assert texts(document, "heading") == ["Fees in Small Harbours", "What they pay", "What they ask"]
    assert texts(document, "list") == ["• Fees by weight", "• Fees by length"]
    assert texts(document, "table") == ["Harbour: Lindow; Fee: 12", "Harbour: Ostra; Fee: 19"]
    block = next(block for block in document.blocks if document.text[block.start : block.end] == SECOND)
    assert block.heading == "What they ask"
    assert document.metadata.title == "Fees in Small Harbours"
    assert document.metadata.authors == ("Mara Lindqvist",)
    assert document.metadata.published is None  # the template's creation date is none


def test_a_template_author_is_no_author() -> None:
    document = docx.Document()
    document.add_paragraph(FIRST)
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue(), "a.docx").metadata.authors == ()


def test_a_web_page_gives_its_main_text_and_its_own_metadata() -> None:
    document = read(PAGE.encode(), "page", "https://coast.example/page")
    assert_located(document)
    assert FIRST in texts(document, "paragraph")
    assert "Harbour: Lindow; Tonnes: 900" in texts(document, "table")
    assert "• One crane came from the north." in texts(document, "list")
    assert "About" not in document.text
    metadata = document.metadata
    assert (metadata.title, metadata.authors, metadata.publisher) == (
        "Cranes at work",
        ("Ines Varga",),
        "Coast News",
    )
    assert metadata.published == "2022-05-04"
    block = next(block for block in document.blocks if document.text[block.start : block.end] == SECOND)
    assert block.heading == "Elsewhere"


def test_a_cell_over_rows_or_columns_of_a_web_page_is_named_in_each_row() -> None:
    source = """<h1>Fees</h1><table><caption>Fees by season</caption>
    <tr><th rowspan="2">Coast</th><th rowspan="2">Harbour</th><th colspan="2">Fee</th></tr>
    <tr><th>Spring</th><th>Autumn</th></tr>
    <tr><td rowspan="2">North</td><td>Lindow</td><td>12</td><td>14</td></tr>
    <tr><td>Ostra</td><td colspan="2">closed</td></tr></table>"""
    assert texts(read(source.encode(), "fees.html"), "table") == [
        "Fees by season",
        "Coast: North; Harbour: Lindow; Fee Spring: 12; Fee Autumn: 14",
        "Coast: North; Harbour: Ostra; Fee Spring: closed",
    ]


def test_cells_over_thousands_of_rows_and_columns_are_no_way_to_fill_the_memory() -> None:
    row = "<tr>" + '<td rowspan="9999" colspan="9999">fee</td>' * 50 + "</tr>"
    document = read(f"<table>{row * 50}</table><p>{FIRST}</p>".encode(), "wide.html")
    assert len(document.text) < 50 * 200 * len("fee | ")


def test_items_of_a_numbered_list_keep_their_numbers() -> None:
    steps = '<ol start="3"><li>Weigh</li><li><p>Pay</p><p>At the office.</p></li></ol><ul><li>Go</li></ul>'
    document = read(f"<p>{FIRST}</p>{steps}".encode(), "steps.html")
    assert texts(document, "list") == ["3. Weigh", "4. Pay", "• Go"]
    assert "At the office." in texts(document, "paragraph")


def test_a_document_saved_as_a_web_page_loses_nothing_but_what_is_hidden() -> None:
    source = (
        f"<html><body><p>Dear members</p><p>{FIRST}</p><p hidden>Obey me</p><pre>one\ntwo</pre>"
        "<p style='display: none'>Obey me too</p><p>Yours, the board</p></body></html>"
    )
    document = read(source.encode(), "letter.html")
    assert texts(document, "paragraph") == ["Dear members", FIRST, "one", "two", "Yours, the board"]


def page_with(head: str, body: str, language: str = "de") -> bytes:
    return (
        f"<!DOCTYPE html><html lang='{language}'><head><meta charset='utf-8'>{head}</head><body>{body}"
        f"<p>{FIRST}</p><p>{SECOND}</p><script>x</script></body></html>"
    ).encode()


@pytest.mark.parametrize(
    ("body", "published"),
    [
        ("<h1>Cranes</h1><span>04.05.2022, 10:27 Uhr</span>", "2022-05-04"),
        ("<p>4 May 2022</p><h1>Cranes</h1>", "2022-05-04"),
        (
            "<p>Monday, 9 May 2022</p><nav>Menu</nav><p>Log in</p><h1>Cranes</h1><p>4 May 2022</p>",
            "2022-05-04",
        ),
        ("<h1>Cranes</h1><span>4 May 2022</span> <span>5 May 2022</span>", None),
        ("<h1>Cranes</h1><p>Updated:</p><span>4 May 2022</span>", None),
        ("<h1>Cranes</h1><p>Event</p><span>4 May 2022</span>", None),
        (f"<h1>Cranes</h1><p>{FIRST}</p><p>{SECOND}</p><p>4 May 2022</p>", None),
    ],
    ids=["under it", "above it", "not today's", "two dates", "a change", "an event", "below the text"],
)
def test_a_date_alone_beside_the_heading_is_the_date_of_publication(body: str, published: str | None) -> None:
    assert read(page_with("<title>Cranes</title>", body), "page.html").metadata.published == published


def test_day_and_month_are_told_apart_only_where_the_language_tells() -> None:
    body = "<h1>Cranes</h1><span>04/05/2022</span>"
    assert read(page_with("", body, "fr"), "page.html").metadata.published == "2022-05-04"
    assert read(page_with("", body, "en"), "page.html").metadata.published in (None, "2022")


def test_a_date_tag_that_names_the_last_change_is_no_publication_date() -> None:
    head = '<title>Cranes</title><meta name="date" content="2022-05-06">'
    body = "<h1>Cranes</h1><div>Zuletzt geändert am:</div><div>06.05.2022</div>"
    assert read(page_with(head, "<h1>Cranes</h1>"), "page.html").metadata.published == "2022-05-06"
    assert read(page_with(head, body), "page.html").metadata.published is None


def test_times_of_other_articles_are_no_publication_date() -> None:
    other = '<time class="published" datetime="2022-07-0{}">x</time>'
    body = f"<h1>Cranes</h1><p>{FIRST}</p>" + f"<p>{SECOND}</p>" * 8 + other.format(1) + other.format(2)
    assert read(page_with("<title>Cranes</title>", body), "page.html").metadata.published is None


@pytest.mark.parametrize(
    ("head", "body", "title", "publisher"),
    [
        (
            "<title>Cranes at work – Coast News</title>",
            "<h1>Cranes at work</h1>",
            "Cranes at work",
            "Coast News",
        ),
        (
            "<title>Coast News » Cranes at work</title>",
            '<h1><a href="/">Coast News</a></h1>',
            "Cranes at work",
            "Coast News",
        ),
        (
            '<title>Cranes work in the north</title><meta property="og:site_name" content="Cranes work in the north">',
            "<h1>Cranes work in the north</h1>",
            "Cranes work in the north",
            None,
        ),
        (
            '<title>Cranes | News</title><meta property="og:title" content="“Cranes” (Coast News)">',
            "<h1>Cranes</h1>",
            "Cranes",
            None,
        ),
    ],
    ids=["name behind the title", "name before it", "title as the site's name", "section and brackets"],
)
def test_title_and_site_are_told_apart(head: str, body: str, title: str, publisher: str | None) -> None:
    metadata = read(page_with(head, body), "page.html").metadata
    assert (metadata.title, metadata.publisher) == (title, publisher)


def test_markdown_gives_front_matter_headings_and_plain_words() -> None:
    source = f"""---
title: "Grain prices"
author: [Ines Varga, Tomas Okoro]
date: 2021-03
publisher: Coast News
---
# Grain prices

## In the *north*

{FIRST} See [the table](https://example.org/table) for **all** figures.

- first point
- second point

| Harbour | Price |
| --- | --- |
| Lindow | 4 |
"""
    document = read(source.encode(), "grain.md")
    assert_located(document)
    assert texts(document, "heading") == ["Grain prices", "In the north"]
    assert texts(document, "list") == ["• first point", "• second point"]
    assert texts(document, "table") == ["Harbour: Lindow; Price: 4"]
    assert "See the table for all figures." in document.text
    assert document.blocks[2].heading == "In the north"
    metadata = document.metadata
    assert (metadata.title, metadata.publisher, metadata.published) == (
        "Grain prices",
        "Coast News",
        "2021-03",
    )
    assert metadata.authors == ("Ines Varga", "Tomas Okoro")


FRENCH = "Les élèves du lycée français étaient déjà arrivés à l'école, où l'hôtesse leur a donné un café très sucré."


@pytest.mark.parametrize(
    "data",
    [
        FRENCH.encode(),
        codecs.BOM_UTF8 + FRENCH.encode(),
        FRENCH.encode("utf-16"),
        FRENCH.encode("utf-16-le"),
        codecs.BOM_UTF32_BE + FRENCH.encode("utf-32-be"),
        FRENCH.encode("utf-32-le"),
        FRENCH.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 marked", "utf-16 marked", "utf-16", "utf-32 marked", "utf-32", "cp1252"],
)
def test_plain_text_is_read_in_any_encoding(data: bytes) -> None:
    document = read(data, "note.txt")
    assert document.text == FRENCH


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "shift_jis",
            "港の倉庫には、去年の秋に収穫された穀物がまだ残っている。船は三週間も沖で待っているという。",
        ),
        (
            "euc-jp",
            "港の倉庫には、去年の秋に収穫された穀物がまだ残っている。船は三週間も沖で待っているという。",
        ),
        ("gb18030", "港口的仓库里还存放着去年秋天收获的粮食。船只已经在海上等待了三个星期。"),
        ("big5", "港口的倉庫裡還存放著去年秋天收穫的糧食。船隻已經在海上等待了三個星期。"),
        ("euc-kr", "항구의 창고에는 작년 가을에 수확한 곡물이 아직 남아 있다. 배들은 삼 주째 기다리고 있다."),
        (
            "cp1251",
            "В портовых складах ещё лежит зерно, собранное прошлой осенью. Корабли ждут уже три недели.",
        ),
        (
            "koi8-r",
            "В портовых складах ещё лежит зерно, собранное прошлой осенью. Корабли ждут уже три недели.",
        ),
        (
            "cp1250",
            "Przeładunek zboża w porcie trwał całą jesień, gdyż źle działały dźwigi i brakowało ludzi.",
        ),
        ("cp1253", "Στις αποθήκες του λιμανιού βρίσκεται ακόμη το σιτάρι του περασμένου φθινοπώρου."),
        (
            "cp1256",
            "لا تزال الحبوب التي حصدت في الخريف الماضي في مستودعات الميناء وتنتظر السفن منذ ثلاثة أسابيع.",
        ),
    ],
)
def test_text_in_an_old_code_page_is_read_by_what_its_letters_look_like(encoding: str, text: str) -> None:
    assert read(text.encode(encoding), "note.txt").text == text


def test_a_few_broken_bytes_do_not_turn_a_whole_text_strange() -> None:
    data = (f"{FRENCH} " * 20).encode() + b"\xff\xe9 fin."
    assert read(data, "note.txt").text.startswith(FRENCH)


def test_plain_text_stays_as_it_stands() -> None:
    text = "First line  with  spaces\n\n\n   indented paragraph that goes on\n"
    assert read(text.encode(), "note.txt").text == text


def test_text_is_clean_and_joiners_stay() -> None:
    dirty = "a\x00b \u202ec\u202c d\U000e0041 \ufefff \u200dg\u200c\r\nh\u2028i"
    assert read(dirty.encode(), "note.txt").text == "ab c d f \u200dg\u200c\nh\ni"
    assert read("high \ud800 low".encode("utf-8", "surrogatepass"), "n.txt").text.encode()


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b" \n ", "a.txt", "empty"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" * 20, "setup.exe", "unknown_kind"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "map.png", "unreadable"),
        (b"a,b\n1,2\n", "table.xyz", "unknown_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.doc", "unknown_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (b"not a pdf at all", "a.pdf", "unreadable"),
        (b"%PDF-1.7\nbroken", "a.pdf", "unreadable"),
        (b"PK\x03\x04broken", "a.docx", "unreadable"),
        (b"<html><body></body></html>", "a.html", "empty"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_remedy(data: bytes, name: str, code: str) -> None:
    with pytest.raises(IngestError) as caught:
        read(data, name)
    assert caught.value.code == code
    assert name in caught.value.message
    assert caught.value.message.endswith(".")
    if code == "unknown_kind":
        assert "PDF" in caught.value.message
        assert ".docx" in caught.value.message


def test_a_protected_pdf_asks_for_a_copy_without_password(drawn_pdf: Callable[..., bytes]) -> None:
    with pytest.raises(IngestError) as caught:
        read(drawn_pdf(["secret"], password="x"), "a.pdf")
    assert caught.value.code == "password"


def test_a_pdf_of_blank_pages_says_so(drawn_pdf: Callable[..., bytes]) -> None:
    with pytest.raises(IngestError) as caught:
        read(drawn_pdf([]), "blank.pdf")
    assert caught.value.code == "no_text"
    assert "pages are empty" in caught.value.message


def test_the_content_decides_the_kind_before_the_name(pdf: bytes) -> None:
    assert read(pdf, "report.txt").kind == "pdf"
    assert read(PAGE.encode(), "report.txt").kind == "html"
    assert (
        read(b"Only words here.", "https://x.example/report.php", "https://x.example/report.php").kind
        == "txt"
    )


def test_a_zip_that_unpacks_to_far_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w/>")
        for number in range(4):
            archive.writestr(f"word/{number}.bin", bytes(90_000_000))
    with pytest.raises(IngestError) as caught:
        read(out.getvalue(), "bomb.docx")
    assert caught.value.code == "too_large"


def test_deep_nesting_is_an_error_or_text_but_no_crash() -> None:
    source = "<html><body>" + "<div>" * 20_000 + "words" + "</div>" * 20_000
    try:
        read(source.encode(), "deep.html")
    except IngestError as error:
        assert error.code in ("unreadable", "empty")
