"""The dialog for one report: what of its form is kept."""

from __future__ import annotations

from typing import Any

import pytest
from page_values import record

from assistant import Assistant
from assistant.pages.library import report


@pytest.mark.parametrize(
    ("text", "parts"),
    [("Gold, gold, Mali", ["Gold", "Mali"]), (" , a ,, b ", ["a", "b"]), ("", []), ("one", ["one"])],
)
def test_a_typed_list_has_each_of_its_parts_once(text: str, parts: list[str]) -> None:
    assert report._parts(text, ",") == parts


def test_the_extent_of_a_report_without_pages_is_told_without_them() -> None:
    assert report._extent(record()) == "PDF, 3 pages, 12 passages, 4,000 characters"
    assert report._extent(record(kind="txt", pages=None, passages=1)) == "Text, 1 passage, 4,000 characters"


def _values(record_: Any, **changes: Any) -> dict[str, Any]:
    known = {field: getattr(record_, field) or "" for field in ("title", "publisher", "published")}
    lists = {field: list(getattr(record_, field)) for field in ("authors", "tags")}
    return {**known, **lists, "credibility": record_.credibility, **changes}


def test_a_grade_without_a_publisher_is_refused(desk: Assistant) -> None:
    unnamed = record(publisher=None)
    with pytest.raises(ValueError, match="name the publisher"):
        report._save(desk, unnamed, _values(unnamed), "B")


def test_only_what_differs_is_kept_and_an_emptied_field_goes_back(desk: Assistant, tmp_path: Any) -> None:
    path = tmp_path / "canal.md"
    path.write_text(
        "# The Bamboula canal\n\nThe canal was closed on 3 May 2021 because its third lock had burst.\n"
    )
    desk.add([str(path)])
    (before,) = desk.documents()
    report._save(desk, before, _values(before, title="Locks", publisher="Canal Gazette", tags=["locks"]), "B")
    after = desk.document(before.document_id)
    assert (after.title, after.publisher, after.tags, after.grade) == (
        "Locks",
        "Canal Gazette",
        ("locks",),
        "B",
    )
    report._save(desk, after, _values(after, title=""), "B")
    assert desk.document(before.document_id).title == before.title
