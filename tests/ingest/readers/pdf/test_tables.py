"""Words aligned over several lines are a table; lists, contents and columns of text are none."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from ingest_samples import FIRST, SECOND, assert_located, texts
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from ingest import read
from ingest.readers.pdf.lines import Line, Word
from ingest.readers.pdf.tables import find_tables, table_parts


def row(
    cells: Sequence[str], place: int, *, lefts: Sequence[float] = (60, 200, 340), bold: bool = False
) -> Line:
    """A line of cells, each at its left edge, letters 5 points wide."""
    words: list[Word] = []
    for cell, start in zip(cells, lefts, strict=False):
        left = start
        for word in cell.split():
            words.append(Word(word, left, left + 5 * len(word)))
            left += 5 * len(word) + 3
    bottom = 700 - 14 * place
    text = " ".join(cells)
    return Line(text, 1, 60, 500, bottom, bottom + 10, 10, "Times", bold, 800, tuple(words))


def page(*rows: Sequence[str]) -> list[Line]:
    return [row(cells, place) for place, cells in enumerate(rows)]


PORTS = (("Harbour", "Tonnes", "Fee"), ("Lindow", "900", "12"), ("Ostra", "400", "19"), ("Kesk", "40", "7"))


def test_aligned_words_are_rows_under_their_header() -> None:
    (table,) = find_tables(page(*PORTS))
    assert (table.start, table.end, table.header) == (0, 4, True)
    assert [part.text for part in table_parts(table, 5)][:2] == [
        "Harbour: Lindow; Tonnes: 900; Fee: 12",
        "Harbour: Ostra; Tonnes: 400; Fee: 19",
    ]
    assert {(part.kind, part.page) for part in table_parts(table, 5)} == {("table", 5)}


def test_text_around_a_table_is_none_of_it() -> None:
    text = "The harbour of Lindow handled a third more grain this year than last"
    lines = page((text,), *PORTS, (text,), (text,))
    (table,) = find_tables(lines)
    assert (table.start, table.end) == (1, 5)


def test_a_line_that_goes_on_under_a_cell_joins_it() -> None:
    lines = [row(("Harbour", "Place"), 0), row(("Lindow", "on the north"), 1), row(("", "coast"), 1.9)]
    lines += [row(("Ostra", "on the south"), 3), row(("Kesk", "inland"), 4.2)]
    (table,) = find_tables(lines)
    assert table.rows[1] == ["Lindow", "on the north coast"]


@pytest.mark.parametrize(
    "rows",
    [
        PORTS[:2],
        [("1.", "Fees rose"), ("2.", "Ships left"), ("3.", "Cranes came")],
        [("The harbour . . . . . .", "7"), ("The ports . . . . . .", "9"), ("The fees . . . . . .", "12")],
        [
            (
                f"Line {number} of a column of text as wide as half of the page",
                f"and line {number} of the column that stands beside it",
            )
            for number in range(5)
        ],
        [("The harbour grew",), ("Ships followed",), ("Fees rose",)],
    ],
    ids=["two rows", "list", "contents", "columns of text", "one column"],
)
def test_what_only_looks_aligned_is_no_table(rows: Sequence[Sequence[str]]) -> None:
    lefts = (20, 420) if len(rows[0][0]) > 40 else (60, 200, 340)
    assert find_tables([row(cells, place, lefts=lefts) for place, cells in enumerate(rows)]) == []


def test_rows_of_text_are_a_header_only_in_a_face_of_their_own() -> None:
    rows = (("Harbour", "Coast"), ("Lindow", "north"), ("Ostra", "south"), ("Kesk", "inland"))
    (plain,) = find_tables(page(*rows))
    (bold,) = find_tables([row(cells, place, bold=not place) for place, cells in enumerate(rows)])
    assert (plain.header, bold.header) == (False, True)


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
