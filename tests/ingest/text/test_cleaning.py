"""Cleaning removes what cannot be seen, and nothing else."""

from __future__ import annotations

import pytest

from ingest import read
from ingest.text.cleaning import clean, comparable_words, one_line, single_spaced


def test_text_is_clean_and_joiners_stay() -> None:
    dirty = "a\x00b \u202ec\u202c d\U000e0041 \ufefff \u200dg\u200c\r\nh\u2028i"
    assert read(dirty.encode(), "note.txt").text == "ab c d f \u200dg\u200c\nh\ni"
    assert read("high \ud800 low".encode("utf-8", "surrogatepass"), "n.txt").text.encode()


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\u00adb", "ab"),
        ("\u202edesrever\u202c", "desrever"),
        ("\U000e0049\U000e0067nore", "nore"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🌾", "👩\u200d🌾"),
        ("50 % of €3–4, naïve", "50 % of €3–4, naïve"),
        ("a\tb", "a\tb"),
        ("a\rb\x0cc\u2029d", "a\nb\nc\nd"),
    ],
)
def test_only_what_cannot_be_seen_is_removed(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_white_space_is_made_one_space_at_the_ends_only_where_mark_up_shows_it() -> None:
    assert one_line("  two\n\u00a0 lines ") == "two lines"
    assert single_spaced("  two\n lines ") == " two lines "
    assert single_spaced(None) == ""


def test_words_are_compared_without_case_and_punctuation() -> None:
    assert comparable_words("“Grain”: a THIRD more!") == comparable_words("grain – a third more")
    assert comparable_words("grain") != comparable_words("gra in")
