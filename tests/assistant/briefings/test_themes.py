"""Which sentences make the bottom line and the paragraphs, on sentences whose words say how near they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from made_evidence import counts, said

from assistant.briefings.themes import (
    SIZES,
    arrange_themes,
    choose_bottom_line,
    theme_pool,
    themes_for_headings,
)
from assistant.evidence.scoring import Evidence

DYKE = [
    said("The upper dyke at Sarrel broke after nine days of rain.", "a"),
    said("The upper dyke at Sarrel was weak for years.", "b"),
    said("The upper dyke at Sarrel was repaired in June.", "c"),
]
PORT = [
    said("Ships of the harbour lay idle below the four sunken cranes.", "a"),
    said("Ships of the harbour were moored elsewhere.", "b"),
    said("Ships of the harbour paid double fees.", "c"),
]


def texts(sentences: Sequence[Evidence]) -> list[str]:
    return [sentence.text for sentence in sentences]


def test_two_themes_are_told_apart_and_each_sentence_is_used_once() -> None:
    pool = [DYKE[0], PORT[0], *DYKE[1:], *PORT[1:]]
    first, themes = arrange_themes(pool, counts(texts(pool)), SIZES["standard"])
    used = [*(pool[i].text for i in first), *(text for theme in themes for text in texts(theme))]
    assert len(used) == len(set(used))
    dyke, port = set(texts(DYKE)), set(texts(PORT))
    for theme in themes:
        assert set(texts(theme)) <= dyke or set(texts(theme)) <= port, "no paragraph mixes the two"


def test_the_bottom_line_is_of_two_documents_and_says_nothing_twice() -> None:
    pool = [DYKE[0], replace(DYKE[0], passage=replace(DYKE[0].passage, document_id="z")), DYKE[1], PORT[0]]
    chosen = choose_bottom_line(pool, counts(texts(pool)), 2)
    assert len({pool[i].passage.document_id for i in chosen}) == 2
    assert len({pool[i].text for i in chosen}) == 2


def test_a_sentence_that_the_next_one_takes_back_does_not_lead() -> None:
    turned = said("The dyke at Sarrel held. But it broke at night.")
    turned = replace(turned, end=len("The dyke at Sarrel held."))
    plain = said("The dyke at Sarrel broke.", "b")
    pool = [turned, plain]
    assert choose_bottom_line(pool, counts(texts(pool)), 1) == [1]


@pytest.mark.parametrize(
    ("scores", "kept"), [((0.9, 0.5, 0.2), 3), ((0.9, 0.04, 0.03), 1), ((0.01, 0.005), 1)]
)
def test_the_pool_holds_what_speaks_of_the_topic_and_at_least_the_best(
    scores: Sequence[float], kept: int
) -> None:
    evidence = [
        replace(said(f"Sentence {n} tells of floods.", str(n)), score=score) for n, score in enumerate(scores)
    ]
    assert theme_pool(evidence) == evidence[:kept]


def test_enough_strong_sentences_keep_the_weak_ones_out() -> None:
    evidence = [
        replace(said(f"Sentence {n} tells of floods.", str(n)), score=score)
        for n, score in enumerate([0.9] * 8 + [0.1])
    ]
    assert len(theme_pool(evidence)) == 8


def test_headings_of_an_outline_share_no_sentence_and_one_without_evidence_is_empty() -> None:
    first, silent, second = themes_for_headings(
        [DYKE[0]], [("The dyke", DYKE), ("The mine", []), ("Repairs", [DYKE[1], DYKE[2], PORT[0]])], counts, 2
    )
    assert set(texts(first)) == {DYKE[1].text, DYKE[2].text}, "what the bottom line says is not said again"
    assert silent == []
    assert texts(second) == [PORT[0].text]


def test_no_document_fills_more_than_half_a_paragraph_that_others_speak_in() -> None:
    same = [said(f"The upper dyke at Sarrel cost {n} million crowns in year {n}.", "a") for n in range(2, 6)]
    (theme,) = themes_for_headings([], [("The dyke", [*same, DYKE[1], DYKE[2]])], counts, 4)
    documents = [sentence.passage.document_id for sentence in theme]
    assert documents.count("a") == 2 and set(documents) == {"a", "b", "c"}
