"""Words aligned over several lines are a table; lists, contents and columns of text are none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

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
