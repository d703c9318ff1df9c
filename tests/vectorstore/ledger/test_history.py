"""Conversations and briefings are stored as they were, and sorted by what came last."""

from __future__ import annotations

from pathlib import Path

import pytest
from putting import Clock

from vectorstore import NotFound, StoreError
from vectorstore.ledger.database import Ledger
from vectorstore.ledger.history import History


def test_conversations_keep_their_turns_in_order(tmp_path: Path) -> None:
    history = History(Ledger(tmp_path))
    one = history.start("What  happened\nin Kayes? " + "x" * 200)
    history.append(one, "user", "What happened?")
    history.append(one, "assistant", "This. [1]", {"question": "What happened?"})
    assert [(turn.role, turn.content) for turn in history.turns(one)] == [
        ("user", "What happened?"),
        ("assistant", "This. [1]"),
    ]
    assert len(history.conversations()[0].title) <= 80
    history.delete(one)
    with pytest.raises(StoreError, match="start a new one"):
        history.turns(one)


@pytest.mark.parametrize("step", [-3600, 0, 1, 3600])
def test_the_conversation_last_written_to_comes_first_whatever_the_clock_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    clock = Clock()
    monkeypatch.setattr("vectorstore.ledger.history.now", clock)
    history = History(Ledger(tmp_path))
    ids = []
    for number in range(4):
        ids.insert(0, history.start(f"Conversation {number}"))
        clock.go(step)
    assert [one.conversation_id for one in history.conversations()] == ids
    for which in (ids[2], ids[2], ids[3], ids[0]):
        history.append(which, "user", "And then?")
        clock.go(step)
        ids.remove(which)
        ids.insert(0, which)
        conversations = history.conversations()
        assert [one.conversation_id for one in conversations] == ids
        assert all(one.updated >= one.created for one in conversations)


def test_a_briefing_is_saved_edited_and_deleted(ledger: Ledger) -> None:
    history = History(ledger)
    first, second = (history.save_briefing(topic, {"topic": topic}) for topic in ("Mali", "Niger"))
    assert [briefing.topic for briefing in history.briefings()] == ["Niger", "Mali"]
    history.update_briefing(first, {"topic": "Mali", "edited": True})
    assert history.briefing(first).briefing == {"topic": "Mali", "edited": True}
    history.delete_briefing(first)
    assert [briefing.briefing_id for briefing in history.briefings()] == [second]


def test_what_does_not_exist_is_told_with_what_to_do(ledger: Ledger) -> None:
    history = History(ledger)
    for use in (
        lambda: history.briefing(7),
        lambda: history.update_briefing(7, {}),
        lambda: history.turns("unknown"),
        lambda: history.append("unknown", "user", "And then?"),
        lambda: history.rename("unknown", "A title"),
    ):
        with pytest.raises(NotFound, match="briefing saved|start a new one"):
            use()
    history.delete("unknown")  # as after a second click


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("What  happened\nin Kayes?", "What happened in Kayes?"),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 79 + "…"),
        ("x" * 78 + " yyy", "x" * 78 + "…"),  # no space before the dots
    ],
)
def test_a_title_is_one_line_of_eighty_characters(ledger: Ledger, title: str, short: str) -> None:
    history = History(ledger)
    history.rename(history.start("Untitled"), title)
    assert history.conversations()[0].title == short


def test_answers_come_back_as_they_were(ledger: Ledger) -> None:
    history = History(ledger)
    conversation = history.start("Kayes")
    history.append(conversation, "user", "Où ?")
    history.append(conversation, "assistant", "À Kayes. [1]", {"citations": [{"number": 1}]})
    assert [turn.answer for turn in history.turns(conversation)] == [None, {"citations": [{"number": 1}]}]
