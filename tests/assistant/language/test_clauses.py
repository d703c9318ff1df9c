from __future__ import annotations

import pytest

from assistant.language.clauses import PERIOD_EDGE, clauses


def modalities(sentence: str) -> list[tuple[str, str]]:
    return [(part.text, part.modality) for part in clauses(sentence, [])]


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Raiders burnt the post at Kolda", "realised"),
        ("The post was overrun", "realised"),
        ("The post remained shut", "state"),
        ("The post is quiet", "state"),
        ("The army will leave Kolda", "irrealis"),
        ("The army planned to leave Kolda", "irrealis"),
        ("Officials said so", "reported"),
        ("A quiet day in Kolda", "none"),
        ("The post was not taken", "state"),
        ("The overrun post", "none"),
        ("The song was a hit", "state"),
    ],
)
def test_the_verb_of_a_clause_decides_what_it_tells(sentence: str, modality: str) -> None:
    assert [part.modality for part in clauses(sentence, [])] == [modality]


def test_what_was_announced_does_not_turn_an_announcement_into_a_plan() -> None:
    assert modalities("The junta vowed to leave") == [("The junta vowed to leave", "realised")]


def test_a_sentence_is_cut_at_commas_and_joining_words_and_the_offsets_hold() -> None:
    sentence = "Raiders burnt the post, officials said, after the army left."
    parts = clauses(sentence, [])
    assert [part.text for part in parts] == [
        "Raiders burnt the post",
        "officials said",
        "after the army left.",
    ]
    assert all(sentence[part.start : part.end] == part.text for part in parts)


def test_the_comma_of_a_date_and_a_bracketed_abbreviation_end_no_clause() -> None:
    sentence = "On May 3, 2021 the Azure Front (AFK) burnt the post"
    start = sentence.index("May")
    (part,) = clauses(sentence, [(start, start + len("May 3, 2021"))])
    assert part.text == sentence and part.modality == "realised"


def test_the_participles_of_an_aside_are_not_the_main_verb() -> None:
    assert modalities("The lock, built in 1993, was opened") == [
        ("The lock", "none"),
        ("built in 1993", "none"),
        ("was opened", "realised"),
    ]


def test_a_passive_verb_opens_with_its_auxiliary() -> None:
    sentence = "The mayor was reportedly killed"
    (part,) = clauses(sentence, [])
    assert part.verb is not None and part.verb.passive
    assert sentence[part.verb.phrase_start : part.verb.end] == "was reportedly killed"
    assert sentence[part.verb.start : part.verb.end] == part.verb.word == "killed"


@pytest.mark.parametrize(
    ("before_date", "is_edge"),
    [
        ("The post has been shut since ", True),
        ("It was to end by the end of ", True),
        ("Elections are planned for ", True),
        ("Raiders burnt the post in ", False),
        ("", False),
    ],
)
def test_a_date_that_bounds_a_period_is_told_by_the_words_before_it(before_date: str, is_edge: bool) -> None:
    assert (PERIOD_EDGE.search(before_date) is not None) is is_edge
