"""Rules on time."""

from __future__ import annotations

from linted import SOUND, rules


def test_currently_needs_the_date_of_its_source() -> None:
    assert rules(f"{SOUND}The port is currently closed. [2]\n") == [(6, "undated-time")]
    assert rules(f"{SOUND}The port is currently closed [published 2022-05-16]. [2]\n") == []
    assert rules(f"{SOUND}The port is currently (as of 16 May 2022) closed. [2]\n") == []


def test_the_head_says_as_of_when_and_no_note_is_later() -> None:
    assert rules(SOUND, head="# Floods\n\n") == [(1, "no-as-of")]
    assert rules(SOUND, head="# Floods\n\nNo cut-off date\n\n") == []
    late = rules(SOUND, head="# Floods\n\nInformation cut-off: 30 April 2022\n\n")
    assert late == [(9, "later-than-as-of"), (10, "later-than-as-of")]
    assert rules(SOUND, head="# Floods\n\nAs of 2022\n\n") == []
