"""Dates may be partial and never admit too much; filters say which documents may answer."""

from __future__ import annotations

import pytest

from vectorstore import DocumentRecord, Filters, Passage, first_day, last_day, parse_date


@pytest.mark.parametrize("date", ["2023", "2023-05", "2023-05-31", "2024-02-29", "0001", " 2023-05 "])
def test_a_date_of_year_month_and_day_is_taken(date: str) -> None:
    assert parse_date(date) == date.strip()


@pytest.mark.parametrize(
    "date",
    ["2023-13", "2023-00", "2023-02-29", "0000", "23", "2023-5", "2023/05", "May 2023", "2023-05-31T10", ""],
)
def test_anything_else_is_refused_with_the_forms_that_are_taken(date: str) -> None:
    with pytest.raises(ValueError, match="write YYYY, YYYY-MM or YYYY-MM-DD"):
        parse_date(date)


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-04", "2023-04-01", "2023-04-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-04-05", "2023-04-05", "2023-04-05"),
    ],
)
def test_a_partial_date_reaches_from_its_first_day_to_its_last(date: str, first: str, last: str) -> None:
    assert (first_day(date), last_day(date)) == (first, last)


@pytest.mark.parametrize(
    ("filters", "published", "admitted"),
    [
        (Filters(), None, True),
        (Filters(as_of="2023"), "2023-12-31", True),
        (Filters(as_of="2023-11"), "2023", False),  # it may be of December
        (Filters(as_of="2023-11"), "2023-11", True),
        (Filters(since="2023-02"), "2023", False),  # it may be of January
        (Filters(since="2023-02"), "2023-02", True),
        (Filters(since="2022", as_of="2023"), "2024", False),
        (Filters(as_of="2023"), None, False),
        (Filters(as_of="2023", include_undated=True), None, True),
    ],
)
def test_a_document_is_admitted_only_if_all_its_days_are(
    filters: Filters, published: str | None, admitted: bool
) -> None:
    assert filters.admits_date(published) is admitted


def record(**fields: object) -> DocumentRecord:
    values: dict[str, object] = dict.fromkeys(DocumentRecord.__dataclass_fields__)
    values.update(document_id="d", authors=("A",), tags=("x", "y"), publisher="Delta Watch", found={})
    return DocumentRecord(**{**values, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("filters", "admitted"),
    [
        (Filters(publishers=("delta WATCH", "Another")), True),
        (Filters(publishers=("Another",)), False),
        (Filters(tags=("y", "z")), True),
        (Filters(tags=("X",)), False),
        (Filters(documents=("d",)), True),
        (Filters(documents=("e",)), False),
        (Filters(publishers=("Delta Watch",), tags=("z",)), False),  # all kinds of filters count
        (Filters(publishers=("Delta Watch",), as_of="2023"), False),  # it has no date
    ],
)
def test_a_document_passes_every_filter_that_is_set(filters: Filters, admitted: bool) -> None:
    assert filters.any
    assert filters.admits(record()) is admitted


def test_no_filter_leaves_nothing_out() -> None:
    assert not Filters().any and Filters().admits(record(publisher=None, tags=()))


def test_a_filter_with_a_wrong_date_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="2023-13"):
        Filters(since="2023-13")


def test_what_leaves_as_json_is_lists_and_nothing_internal() -> None:
    passage = Passage("p", "d", None, ("A",), None, None, "a.txt", None, None, 0, 4, "Text", 0.5, 7, 0.3)
    row = passage.to_json()
    assert row["authors"] == ["A"] and row["score"] == 0.5
    assert not {"generation", "similarity"} & row.keys()
    assert (record().to_json()["authors"], record().to_json()["tags"]) == (["A"], ["x", "y"])
