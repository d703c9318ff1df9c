"""What rests on an erased source is redacted; the rest is left as it was."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from vectorstore.ledger.redaction import REDACTED, redact


def citation(number: int, generation: int, **fields: Any) -> dict[str, Any]:
    row = {"title": f"Title {number}", "publisher": f"Press {number}", "source": f"{number}.txt"}
    return {
        **row,
        "number": number,
        "generation": generation,
        "quote": f"Quote {number}",
        "authors": [f"Author {number}"],
        "heading": None,
        **fields,
    }


def answer(*sentences: tuple[str, list[int]]) -> dict[str, Any]:
    return {
        "answer": "as before",
        "understood": "Where did the heron fly?",
        "sentences": [{"text": text, "citations": numbers} for text, numbers in sentences],
        "citations": [citation(1, 10), citation(2, 20)],
    }


def briefing(**parts: Any) -> dict[str, Any]:
    return {
        "topic": "Birds",
        "bottom_line": [],
        "paragraphs": [],
        "chronology": [],
        "conflicts": [],
        "gaps": [],
        "source_summary": {"publishers": ["Press 1", "Press 2"], "text": "Two reports."},
        "citations": [citation(1, 10), citation(2, 20)],
        **parts,
    }


def test_an_answer_that_rests_on_nothing_erased_is_left_alone() -> None:
    saved = answer(("The heron flew.", [1]))
    before = deepcopy(saved)
    assert redact(saved, {30}) is False
    assert saved == before


def test_passages_shown_with_a_refusal_are_dropped_in_any_case() -> None:
    saved = {**answer(), "nearest": [{"text": "The heron flew."}]}
    assert redact(saved, set()) is True
    assert "nearest" not in saved


def test_sentences_that_cite_an_erased_source_go_and_so_do_remarks_without_a_citation() -> None:
    saved, redacted = (
        answer(("The heron flew.", [1, 2]), ("The crane left.", [2]), ("Only Press 1 says so.", [])),
        [],
    )
    assert redact(saved, {10}, redacted.append) is True
    assert redacted == ["The heron flew."], "remarks are the desk's own and not reported"
    assert [row["text"] for row in saved["sentences"]] == [REDACTED, "The crane left.", REDACTED]
    assert saved["answer"] == f"{REDACTED} [1] [2] The crane left. [2] {REDACTED}"
    assert saved["understood"] is None


def test_the_erased_source_is_no_longer_named_in_its_citation() -> None:
    saved = answer(("The heron flew.", [1]))
    redact(saved, {10})
    assert saved["citations"][0] == {
        "number": 1,
        "generation": 10,
        "quote": REDACTED,
        "title": None,
        "authors": [],
        "publisher": None,
        "source": REDACTED,
        "heading": None,
    }
    assert saved["citations"][1] == citation(2, 20)


@pytest.mark.parametrize("part", ["bottom_line", "key_judgements", "alternatives", "chronology"])
def test_every_part_of_a_briefing_loses_what_rested_on_it(part: str) -> None:
    rows = [{"text": "The heron flew.", "citations": [1]}, {"text": "The crane left.", "citations": [2]}]
    saved = briefing(**{part: rows})
    redact(saved, {10})
    assert [row["text"] for row in saved[part]] == [REDACTED, "The crane left."]


def test_an_event_loses_the_words_of_its_source() -> None:
    row = {"text": "The heron flew.", "citations": [1], "place": "Mopti", "actor": "Heron", "date": "2021"}
    saved = briefing(chronology=[row])
    redact(saved, {10})
    assert saved["chronology"][0] == {**row, "text": REDACTED, "place": None, "actor": None}


def test_a_gap_that_names_an_erased_source_or_heading_goes() -> None:
    saved = briefing(
        paragraphs=[{"heading": "Over the hills", "sentences": [{"text": "It flew.", "citations": [1]}]}],
        gaps=[
            {"text": "“Over the hills” rests on one report."},
            {"text": "Author 1 gives no figure."},
            {"text": "Press 2 gives no figure."},
        ],
        echoes=[{"citations": [1, 2]}, {"citations": [2]}],
    )
    redact(saved, {10})
    assert saved["paragraphs"][0]["heading"] == REDACTED
    assert [gap["text"] for gap in saved["gaps"]] == [REDACTED, REDACTED, "Press 2 gives no figure."]
    assert saved["echoes"] == [{"citations": [2]}]
    assert saved["source_summary"]["publishers"] == ["Press 2"]
