"""Whose word it is: the source's or the briefing's own."""

from __future__ import annotations

import pytest

from assistant.lint.draft.reported_speech import is_passed_on, is_verbatim, plain_words

QUOTES = ["The port is closed, and rain may go on.", ""]


@pytest.mark.parametrize(
    ("sentence", "quotes", "word", "passed_on"),
    [
        ("Rain may go on.", ["The port is closed. Rain may go on."], "may", True),
        ("River Wire reported that rain may go on.", ["It may rain."], "may", True),
        ("Rain may go on, according to River Wire.", ["It may rain."], "may", True),
        ("River Wire reported that rain may go on.", ["It will rain."], "may", False),
        ("River Wire reported that rain may go on.", [""], "may", True),
        ("River Wire reported that rain may go on.", [], "may", False),
        ("Floods may follow.", ["It may rain."], "may", False),
        ("We assess that floods may follow.", ["It may rain."], "may", False),
    ],
)
def test_a_word_is_the_source_s_where_it_is_quoted_or_attributed_and_cited(
    sentence: str, quotes: list[str], word: str, passed_on: bool
) -> None:
    assert is_passed_on(sentence, quotes, word) is passed_on


def test_a_sentence_cut_with_an_ellipsis_is_verbatim() -> None:
    assert is_verbatim("The port is closed …", QUOTES)
    assert not is_verbatim("The port was closed …", QUOTES)


def test_the_date_that_the_desk_added_does_not_make_a_sentence_its_own() -> None:
    assert is_verbatim("Rain may go on [published 2022-05-16].", ["Rain may go on."])


def test_texts_are_compared_without_accents_case_or_kind_of_quotation_marks() -> None:
    assert plain_words("Le  «Préfet»\na dit") == plain_words('le "prefet" a dit')
