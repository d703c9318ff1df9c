from __future__ import annotations

import pytest

from assistant.language.date_expressions import DateExpression, date_expressions
from assistant.language.tokens import closest, tokenize


def test_an_iso_date_is_compared_as_the_day_that_it_is() -> None:
    text = tokenize("It fell on 2021-05-03, after 2019-2020.")
    assert text.plain == "It fell on 3 May 2021, after 2019 to 2020."
    assert DateExpression(2021, 5, frozenset((3,)), 11, 21) in date_expressions(text.plain)


def test_typographic_characters_are_levelled_and_the_case_is_kept() -> None:
    assert (
        tokenize("Ségou’s well\u2010known post, 20–30 men").plain == "Segou's well known post, 20 to 30 men"
    )


def test_words_know_their_sentence_and_clause() -> None:
    words = tokenize("Raiders came, and the army left. It rained.").words
    places = {word.text: (word.sentence, word.clause) for word in words}
    assert places["raiders"] != places["army"] and places["raiders"][0] == places["army"][0] == 0
    assert places["army"][1] == places["left"][1] and places["rained"][0] == 1


def test_the_offsets_of_a_word_hold_it() -> None:
    text = tokenize("Ségou’s mayor fled.")
    assert [text.plain[word.start : word.end] for word in text.words] == ["Segou's", "mayor", "fled"]
    assert text.words[0].text == "segou"


@pytest.mark.parametrize(("word", "carries"), [("raiders", True), ("the", False), ("reportedly", False)])
def test_a_light_word_carries_no_meaning(word: str, carries: bool) -> None:
    assert [token.has_meaning for token in tokenize(word).words] == [carries]


def test_the_stems_beside_a_span_are_those_of_its_clause_without_the_span() -> None:
    text = tokenize("In Kolda raiders killed 12 traders, while rain fell.")
    start = text.plain.index("12")
    assert text.clause_stems(start, start + 2) == tokenize("Kolda raiders killed traders").stems


def test_the_closest_sentences_come_first_and_the_far_ones_are_left_out() -> None:
    ours = tokenize("The mayor of Kolda fled.")
    theirs = tokenize("It rained. The mayor stayed. The mayor of Kolda fled.")
    assert closest(ours, theirs, 0.3) == (2, 1)
    assert closest(ours, theirs) == (2, 1, 0)


def test_a_text_without_words_has_no_clause() -> None:
    empty = tokenize("…")
    assert empty.words == [] and empty.clause_at(0) == [] and empty.clause_stems(0, 1) == frozenset()
