"""The text around quotes."""

from __future__ import annotations

from assistant.grounding.surroundings import surroundings
from vectorstore import NotFound

TEXT = "a" * 2_000 + "QUOTE" + "z" * 2_000


def text_of(document: str, generation: int | None) -> str:
    if document == "gone":
        raise NotFound("no such report")
    return TEXT


def test_a_quote_comes_with_its_title_and_a_thousand_characters_on_either_side() -> None:
    row = {"document_id": "d1", "title": "Mali", "start": 2_000, "end": 2_005}
    assert surroundings([row], text_of) == f"Mali\n\n{'a' * 1_000}QUOTE{'z' * 1_000}"


def test_a_quote_at_the_beginning_takes_what_there_is() -> None:
    assert surroundings([{"document_id": "d1", "start": 0, "end": 5}], text_of) == f"\n\n{'a' * 1_005}"


def test_a_report_that_is_gone_is_left_out() -> None:
    gone, there = ({"document_id": name, "start": 0, "end": 5} for name in ("gone", "d1"))
    assert surroundings([gone, there], text_of) == surroundings([there], text_of)
    assert surroundings([gone], text_of) == ""
