"""Admiralty grades: what a 1 needs, and what becomes of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from passages import FERRY, citations_of

from assistant import Assistant
from assistant.sourcing.grades import grade_of, with_grades
from vectorstore.records import DocumentRecord


def test_a_1_needs_a_report_of_another_publisher_on_the_same(
    desk: Callable[[dict[str, tuple[str, str]]], Assistant],
) -> None:
    other = "On 4 May 2021 the Lomidan ferry grounded; its 62 passengers were unhurt, a trader on board told us.\n"
    with desk({"one": ("River Desk", FERRY)}) as opened:
        first = opened.documents()[0].document_id
        with pytest.raises(ValueError, match="another source confirms"):
            opened.edit(first, credibility=1)
        assert opened.edit(first, credibility=2).credibility == 2
    with desk({"two": ("Coast Monitor", other)}) as opened:
        assert opened.edit(first, credibility=1).credibility == 1
        opened.grade("River Desk", "B")
        grades = {one.publisher: one.grade for one in opened.brief("The ferry of Lomidan").citations}
        assert grades["River Desk"] == "B1"
        opened.remove([one.document_id for one in opened.documents() if one.publisher == "Coast Monitor"])
        grades = {one.publisher: one.grade for one in opened.brief("The ferry of Lomidan").citations}
        assert grades == {"River Desk": "B2"}, "nothing confirms it any more"


def record(**changes: object) -> DocumentRecord:
    fields = {field.name: None for field in dataclasses.fields(DocumentRecord)}
    return DocumentRecord(**{**fields, "document_id": "a", **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("letter", "number", "confirmed", "grade"),
    [
        (None, None, True, "F6"),
        ("B", 2, False, "B2"),
        ("B", None, True, "B6"),
        (None, 3, True, "F3"),
        ("A", 1, True, "A1"),
        ("A", 1, False, "A2"),
    ],
)
def test_a_grade_is_a_letter_and_a_number_f6_unless_set_and_1_only_while_confirmed(
    letter: str | None, number: int | None, confirmed: bool, grade: str
) -> None:
    assert grade_of(record(grade=letter, credibility=number), lambda document: confirmed) == grade


def test_citations_get_the_grade_of_their_report_and_keep_their_own_where_it_is_gone() -> None:
    cited = citations_of(("a", "A", "The bridge fell."), ("b", "B", "Grain is dear."))
    graded = with_grades(cited, [record(grade="C", credibility=3)], lambda document: True)
    assert [one.grade for one in graded] == ["C3", cited[1].grade]
