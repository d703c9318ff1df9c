"""The saved sentences that rest on a document are found, wherever they are saved."""

from __future__ import annotations

from typing import Any

import pytest

from vectorstore.ledger.database import Ledger
from vectorstore.ledger.history import History
from vectorstore.ledger.saved_sentences import SavedSentence, saved_sentences, sentences_resting_on

CITATIONS = [{"number": 1, "document_id": "herons"}, {"number": 2, "document_id": "otters"}]
FLEW = {"text": "The heron flew.", "citations": [1]}
SWAM = {"text": "The otter swam.", "citations": [2]}


def test_every_answer_and_briefing_is_listed_with_its_place(ledger: Ledger) -> None:
    history = History(ledger)
    conversation = history.start("Birds")
    history.append(conversation, "user", "Where?")
    history.append(conversation, "assistant", "There.", {"sentences": [FLEW]})
    number = history.save_briefing("Otters", {"bottom_line": [SWAM]})
    places = [place for place, _ in saved_sentences(ledger.connection)]
    assert [(place.title, place.conversation, place.turn, place.briefing) for place in places] == [
        ("Birds", conversation, 2, None),
        ("Otters", None, None, number),
    ]


@pytest.mark.parametrize(
    "parts",
    [
        {"bottom_line": [FLEW, SWAM]},
        {"key_judgements": [FLEW, SWAM]},
        {"alternatives": [FLEW, SWAM]},
        {"chronology": [FLEW, SWAM]},
        {
            "paragraphs": [
                {"heading": "Birds", "sentences": [FLEW]},
                {"heading": "Otters", "sentences": [SWAM]},
            ]
        },
        {"conflicts": [{"about": "which", "sides": [FLEW, SWAM]}]},
        {"bottom_line": [FLEW], "chronology": [FLEW]},  # twice in one briefing
    ],
)
def test_a_sentence_is_found_in_every_part_of_a_briefing_once(ledger: Ledger, parts: dict[str, Any]) -> None:
    number = History(ledger).save_briefing("Birds", {"citations": CITATIONS, **parts})
    assert sentences_resting_on(ledger.connection, {"herons"}) == [
        SavedSentence("briefing", str(number), "Birds", "The heron flew.")
    ]


def test_a_sentence_of_an_answer_names_its_conversation(ledger: Ledger) -> None:
    history = History(ledger)
    conversation = history.start("Birds")
    history.append(conversation, "assistant", "…", {"citations": CITATIONS, "sentences": [FLEW, SWAM]})
    [sentence] = history.resting_on({"otters"})
    assert sentence.to_json() == {
        "kind": "answer",
        "id": conversation,
        "title": "Birds",
        "text": "The otter swam.",
    }
    assert history.resting_on({"unknown"}) == []
