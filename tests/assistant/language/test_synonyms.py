from __future__ import annotations

import pytest

from assistant.language.antonyms import claim_sides
from assistant.language.synonyms import canonical_stem
from assistant.language.words import stem


def are_synonyms(first: str, second: str) -> bool:
    return canonical_stem(stem(first)) == canonical_stem(stem(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [("killed", "died"), ("raid", "ambush"), ("junta", "government"), ("french", "france")],
)
def test_words_that_reports_exchange_share_a_stem(first: str, second: str) -> None:
    assert are_synonyms(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [("killed", "wounded"), ("likely", "unlikely"), ("start", "end"), ("malian", "nigerien")],
)
def test_degrees_and_opposites_are_kept_apart(first: str, second: str) -> None:
    assert not are_synonyms(first, second)


def test_a_word_of_no_group_stands_for_itself() -> None:
    assert canonical_stem("harbour") == "harbour"


def test_a_representative_represents_itself() -> None:
    stems = {form for form in claim_sides() if canonical_stem(form) != form}
    assert stems and all(canonical_stem(canonical_stem(form)) == canonical_stem(form) for form in stems)
