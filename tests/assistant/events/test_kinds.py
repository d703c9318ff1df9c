"""Kinds of events."""

from __future__ import annotations

import pytest

from assistant.events.kinds import event_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Soldiers toppled the president.", "coup"),
        ("Gunmen stormed the post.", "attack"),
        ("The mission withdrew.", "withdrawal"),
        ("The bus collided with a lorry.", "crash"),
        ("Voters went to the polls.", "vote"),
        ("Both sides signed a truce.", "agreement"),
        ("Grain is dear.", None),
    ],
)
def test_other_words_for_one_thing_have_one_kind(text: str, kind: str | None) -> None:
    assert event_kind(text) == kind


def test_the_first_word_decides() -> None:
    assert event_kind("Gunmen stormed the post after the coup.") == "attack"
    assert event_kind("After the coup gunmen stormed the post.") == "coup"


def test_a_part_of_a_word_is_no_event() -> None:
    assert event_kind("The couple left no trace of the attackless days.") == "withdrawal"
