"""A row of a table can be read alone."""

from __future__ import annotations

import pytest

from ingest.readers.common.table_rows import looks_like_header, rows_as_parts

TABLE = [["Harbour", "Fee"], ["Lindow", "12"], ["Ostra", "19"]]


def lines(rows: list[list[str]], header: bool) -> list[str]:
    return [part.text for part in rows_as_parts(rows, header)]


def test_each_value_has_the_name_of_its_column() -> None:
    assert lines(TABLE, True) == ["Harbour: Lindow; Fee: 12", "Harbour: Ostra; Fee: 19"]
    assert lines([["", "Fee:"], ["Lindow", "12"], ["Ostra", ""]], True) == ["Lindow; Fee: 12", "Ostra"]


def test_rows_without_names_or_of_another_length_are_set_apart() -> None:
    assert lines(TABLE[:2], False) == ["Harbour | Fee", "Lindow | 12"]
    assert lines([*TABLE, ["closed", "in", "winter"]], True)[-1] == "closed | in | winter"
    assert lines(TABLE[:1], True) == ["Harbour | Fee"]  # a header over nothing is a row


def test_empty_rows_vanish_and_cells_are_one_line() -> None:
    assert lines([["", " "], ["a\nb", "c"]], False) == ["a b | c"]
    assert rows_as_parts([], True) == []


def test_rows_know_their_page() -> None:
    assert {(part.kind, part.page) for part in rows_as_parts(TABLE, True, page=3)} == {("table", 3)}


@pytest.mark.parametrize(
    ("first", "is_header"),
    [
        (["Harbour", "Fee"], True),
        (["Harbour", ""], False),
        (["Fee", "Fee"], False),
        (["Harbour", "12"], False),
        (["Harbour", "It is closed."], False),
        (["Harbour", "word " * 20], False),
        (["Harbour"], False),
    ],
)
def test_a_header_names_every_column_differently_and_shortly(first: list[str], is_header: bool) -> None:
    assert looks_like_header([first, ["Lindow"] * len(first)]) is is_header


def test_a_row_alone_is_no_header() -> None:
    assert not looks_like_header([["Harbour", "Fee"]])
