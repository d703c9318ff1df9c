"""Saved answers, re-checked against the index."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from assistant.briefings.verify import verify

TEXT = "The bridge at Kolda fell in March 2021. Nobody was hurt. Twelve traders were fined in Kayes."


def text_of(document: str, generation: int | None) -> str:
    assert document == "d1"
    return TEXT


def citation(number: int, quote: str) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {
        "number": number,
        "document_id": "d1",
        "title": "A report",
        "start": start,
        "end": start + len(quote),
        "quote": quote,
    }


ANSWER: dict[str, Any] = {
    "question": "What fell?",
    "answer": "The bridge at Kolda fell in March 2021. [1] In Kayes 12 traders had to pay fines. [2]",
    "refused": False,
    "sentences": [
        {
            "text": "The bridge at Kolda fell in March 2021.",
            "citations": [1],
            "support": "verbatim",
            "score": 1.0,
        },
        {
            "text": "In Kayes 12 traders had to pay fines.",
            "citations": [2],
            "support": "supported",
            "score": 0.7,
        },
    ],
    "citations": [
        citation(1, "The bridge at Kolda fell in March 2021."),
        citation(2, "Twelve traders were fined in Kayes."),
    ],
}


def messages(saved: dict[str, Any]) -> str:
    report = verify(saved, text_of)
    assert report["ok"] == (not report["problems"])
    return "\n".join(f"{one['where']}: {one['message']}" for one in report["problems"])


def test_an_answer_that_holds_has_no_problems() -> None:
    assert messages(ANSWER) == ""


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("sentences", 1, "text"), "In Kayes 13 traders had to pay fines.", "“13” does not stand"),
        (("sentences", 1, "text"), "In Kayes 12 traders did not have to pay fines.", "denies"),
        (("sentences", 0, "text"), "The bridge at Kolda fell in May 2021.", "called verbatim"),
        (("sentences", 0, "support"), "supported", ""),
        (("sentences", 0, "citations"), [], "cites nothing"),
        (("sentences", 0, "citations"), [2], "called verbatim"),
        (("sentences", 1, "citations"), [3], "cites [3]"),
        (("answer",), ANSWER["answer"] + " [7]", "the marker [7] leads nowhere"),
        (("answer",), ANSWER["answer"].replace(" [2]", ""), "citation 2 has no marker"),
        (("answer",), ANSWER["answer"].replace("12", "13"), "does not hold sentence 2"),
        (
            ("citations", 0, "quote"),
            "The bridge at Kolda fell in March 2022.",
            "is not what the document holds",
        ),
        (("citations", 1, "start"), 3, "is not what the document holds"),
        (("refused",), True, "a refused answer cites nothing"),
    ],
)
def test_whatever_is_changed_is_found(path: tuple[Any, ...], value: Any, told: str) -> None:
    saved = copy.deepcopy(ANSWER)
    place = saved
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert told in messages(saved) if told else messages(saved) == ""


def test_an_answer_without_citations_must_be_a_refusal() -> None:
    saved = {**ANSWER, "sentences": [], "citations": [], "answer": "Nothing."}
    assert "is a refusal" in messages(saved)


def test_a_sentence_marked_unsupported_is_no_problem() -> None:
    saved = copy.deepcopy(ANSWER)
    saved["sentences"].append(
        {"text": "It was hot.", "citations": [], "support": "unsupported", "score": 0.0}
    )
    saved["answer"] += " It was hot."
    assert messages(saved) == ""


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("On 4 June 2021, River Desk reported: {}", ""),
        ("On 5 June 2021, River Desk reported: {}", "says “On 5 June 2021, River Desk reported”"),
        ("On 4 June 2021, Coast Today reported: {}", "which is not what it cites"),
        ("{} [published 2021-06-04].", ""),
        ("{} [published 2031-06-04].", "says “[published 2031-06-04]”"),
        ("{} [report undated].", "says “[report undated]”"),
    ],
)
def test_a_date_or_publisher_put_beside_a_sentence_is_that_of_what_it_cites(added: str, told: str) -> None:
    saved = copy.deepcopy(ANSWER)
    saved["citations"][0] |= {"published": "2021-06-04", "publisher": "River Desk"}
    plain = saved["sentences"][0]["text"]
    shown = added.format(plain if added.startswith("On") else plain.rstrip("."))
    saved["sentences"][0]["text"] = shown
    saved["answer"] = saved["answer"].replace(plain, shown)
    found = messages(saved)
    assert told in found if told else found == ""
