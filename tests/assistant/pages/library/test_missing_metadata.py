"""The form for missing dates and names: what was typed, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest
from page_values import record

from assistant.pages.library.missing_metadata import changed, lacks
from vectorstore.records import DocumentRecord


def test_only_cells_that_were_typed_into_are_changed(sampled: Any) -> None:
    record: DocumentRecord = sampled.documents()[0]
    row = {"title": record.title, "publisher": record.publisher, "published": record.published}
    assert changed([record], [row]) == ({}, [])
    assert changed([record], [{**row, "published": " May 2021 "}]) == (
        {record.document_id: {"published": "2021-05"}},
        [],
    )
    assert changed([record], [{**row, "publisher": ""}]) == ({record.document_id: {"publisher": None}}, [])
    assert "date" in changed([record], [{**row, "published": "soon"}])[1][0]


@pytest.mark.parametrize(
    ("changes", "lacking"),
    [
        ({}, False),
        ({"title": None}, True),
        ({"publisher": ""}, True),
        ({"published": None}, True),
        ({"authors": ()}, False),
    ],
)
def test_a_report_lacks_a_title_a_publisher_or_a_date(changes: dict[str, Any], lacking: bool) -> None:
    assert lacks(record(**changes)) is lacking


def test_one_bad_date_is_told_with_its_report_and_the_rest_is_kept() -> None:
    records = [record(1, published=None), record(2, published=None, publisher=None)]
    rows = [
        {"title": "Report 1", "publisher": "River Wire", "published": "3/4/2022"},
        {"title": " Report   2 ", "publisher": "Canal Gazette", "published": ""},
    ]
    changes, problems = changed(records, rows)
    assert changes == {"d2": {"publisher": "Canal Gazette"}}
    (problem,) = problems
    assert problem.startswith("Report 1: ") and "cannot be told apart" in problem
