"""What was removed or replaced is gone from every file once it is purged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from putting import put

from vectorstore import Passage, Store
from vectorstore.ledger.history import History
from vectorstore.ledger.redaction import REDACTED
from vectorstore.upkeep.purge import PurgeUnfinished, plan_purge, purge, unfinished_purge

CANARY = "Quetzalcanary"


@pytest.fixture
def gone(store: Store) -> Passage:
    """A passage of a removed report, whose every field holds the canary, beside a report that stays."""
    which = put(
        store,
        f"{CANARY}.txt",
        f"The {CANARY} flew over the hills.\nIt never came back.",
        title=f"On {CANARY}",
        authors=(f"A. {CANARY}",),
        publisher=f"{CANARY} Press",
    )
    put(store, "stays", "The heron stayed by the lake.", publisher="Lake Press")
    store.own("the test")
    passage = next(one for one in store.search(CANARY).passages if one.document_id == which)
    store.remove([which])
    return passage


def cited(passage: Passage, number: int = 1) -> dict[str, Any]:
    fields = (
        "passage_id document_id title authors publisher published source page heading start end generation"
    )
    row = {name: getattr(passage, name) for name in fields.split()}
    return {**row, "number": number, "quote": passage.text}


def files_with(store: Store, words: str) -> list[Path]:
    return [
        path for path in store.folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()
    ]


def test_no_byte_of_what_was_removed_is_left(
    store: Store, gone: Passage, new_store: Callable[..., Store]
) -> None:
    history = History(store.ledger)
    sentence = {"text": f"The {CANARY} flew over the hills.", "citations": [1]}
    note = {"text": f"Only {CANARY} Press has this.", "citations": []}
    answer = {
        "answer": sentence["text"] + " [1] " + note["text"],
        "understood": f"Where did the {CANARY} fly?",
        "sentences": [sentence, note],
        "citations": [cited(gone)],
        "nearest": [],
    }
    talk = history.start("A bird")
    history.append(talk, "assistant", answer["answer"], answer)  # type: ignore[arg-type]
    assert plan_purge(store).sentences == (sentence["text"],)
    assert files_with(store, CANARY)

    purge(store)

    assert history.turns(talk)[0].content == f"{REDACTED} [1] {REDACTED}"
    assert files_with(store, CANARY) == []
    store.close()
    again = new_store()
    assert files_with(again, CANARY) == []
    assert [one.source for one in again.search("heron").passages] == ["stays"]


def test_a_saved_briefing_loses_what_rested_on_it_and_keeps_the_rest(store: Store, gone: Passage) -> None:
    stays = store.search("heron").passages[0]
    kept = {"text": "The heron stayed.", "citations": [2]}
    briefing = {
        "topic": "Birds",
        "bottom_line": [kept, {"text": f"The {CANARY} flew.", "citations": [1, 2]}],
        "paragraphs": [
            {"heading": "The lake", "sentences": [kept]},
            {
                "heading": f"{CANARY} over the hills",
                "sentences": [{"text": f"A {CANARY}.", "citations": [1]}],
            },
        ],
        "chronology": [{"date": "2020", "text": f"The {CANARY} flew.", "citations": [1], "actor": CANARY}],
        "conflicts": [
            {
                "about": f"{CANARY}: 3 or 4",
                "kind": "conflict",
                "sides": [
                    {"text": f"3 {CANARY}", "date": None, "citations": [1]},
                    {"text": "4 birds", "date": None, "citations": [2]},
                ],
            }
        ],
        "gaps": [
            {"text": f"“{CANARY} over the hills” rests on one document."},
            {"text": "No figure."},
            {"text": f"When these were published is not known: “On {CANARY}” and “Lakes”."},
        ],
        "source_summary": {
            "documents": 2,
            "publishers": [f"{CANARY} Press", "Lake Press"],
            "text": f"Two reports, by {CANARY} Press and Lake Press.",
        },
        "citations": [cited(gone), cited(stays, 2)],
    }
    history = History(store.ledger)
    history.save_briefing("Birds", briefing)

    purge(store)

    saved = history.briefings()[0].briefing
    assert CANARY not in str(saved)
    assert saved["bottom_line"][0] == kept and saved["paragraphs"][0]["sentences"] == [kept]
    assert saved["citations"][1] == {**cited(stays, 2), "authors": []}
    assert saved["source_summary"]["publishers"] == ["Lake Press"]
    assert saved["gaps"][1]["text"] == "No figure."


def test_a_purge_kept_from_the_last_byte_by_a_reader_says_so_and_is_finished_later(
    store: Store, gone: Passage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.upkeep.purge._PATIENCE_MS", 200)
    reader = sqlite3.connect(store.ledger.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM passages").fetchone()
    with pytest.raises(PurgeUnfinished, match="run `briefing purge` again"):
        purge(store)
    assert unfinished_purge(store.ledger)
    assert [one.source for one in store.search("bird").passages] == ["stays"]
    reader.close()
    purge(store)
    assert not unfinished_purge(store.ledger)
    assert files_with(store, CANARY) == []
