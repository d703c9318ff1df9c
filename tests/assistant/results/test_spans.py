from __future__ import annotations

import pytest
from model_sentences import PASSAGES
from passages import passage_of

from assistant.results.answer import MAX_QUOTE
from assistant.results.spans import best_span, resolve_citations, split_markers, trim_span


@pytest.mark.parametrize(
    ("text", "plain", "numbers"),
    [
        ("The post fell [2].", "The post fell.", (2,)),
        ("The post fell [2][1, 2].", "The post fell.", (2, 1)),
        ("The post [1] fell [2] .", "The post fell.", (1, 2)),
        ("The post fell [sic].", "The post fell [sic].", ()),
        ("The post fell [2019].", "The post fell [2019].", ()),
        ("The post fell [0].", "The post fell.", (0,)),
    ],
)
def test_markers_are_taken_out_and_their_numbers_kept_once(
    text: str, plain: str, numbers: tuple[int, ...]
) -> None:
    assert split_markers(text) == (plain, numbers)


def test_numbers_that_were_never_issued_are_dropped() -> None:
    passages = [passage_of("The post fell."), passage_of("It rained.", document="d2")]
    cited = resolve_citations("The post fell.", [0, 2, 3, -1, 1], passages)
    assert [citation.document_id for citation in cited] == ["d2", "d1"]


def test_the_sentence_that_carries_most_is_quoted() -> None:
    passage = passage_of("It rained in Kolda. The post at Kolda fell on 3 May. The army left.")
    assert best_span("The post fell on 3 May.", passage).quote == "The post at Kolda fell on 3 May."


def test_two_neighbours_are_quoted_where_both_carry_part() -> None:
    passage = passage_of("The post at Kolda fell. Twelve guards died there. The army left for good.")
    quote = best_span("The post at Kolda fell and twelve guards died.", passage).quote
    assert quote == "The post at Kolda fell. Twelve guards died there."


def test_a_quote_is_an_exact_span_of_its_passage() -> None:
    passage = passage_of("• Kayes, 16 November 2023 – The post fell. It rained.")
    citation = best_span("The post fell.", passage)
    assert citation.quote == passage.text[citation.start : citation.end] == "The post fell."


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("BAMAKO (Reuters) - The post fell.", "The post fell."),
        ("• The post fell.", "The post fell."),
        ("The post – an old fort – fell.", "The post – an old fort – fell."),
        ("-5 degrees were measured.", "-5 degrees were measured."),
    ],
)
def test_a_bullet_and_a_dateline_are_no_part_of_a_quote(text: str, trimmed: str) -> None:
    start, end = trim_span(text, 0, len(text))
    assert text[start:end] == trimmed


def test_a_long_span_is_cut_at_white_space_and_a_long_word_within() -> None:
    words = "harbour " * 200
    start, end = trim_span(words, 0, len(words))
    assert end - start <= MAX_QUOTE and words[start:end].endswith("harbour")
    assert trim_span("x" * 2000, 0, 2000) == (0, MAX_QUOTE)


def test_resolving_is_bounds_checked() -> None:
    assert resolve_citations("Nobody was hurt.", [0, -1, 3, 2], PASSAGES) == resolve_citations(
        "Nobody was hurt.", [2], PASSAGES
    )


def test_markers_are_split_off_wherever_they_stand() -> None:
    assert split_markers("It fell [1, 2] in May [3].") == ("It fell in May.", (1, 2, 3))


def test_a_quote_begins_after_the_dateline() -> None:
    text = "Kolda, 3 May 2021 – The bridge fell at night."
    start, end = trim_span(text, 0, len(text))
    assert text[start:end] == "The bridge fell at night."
    for whole in ("On 3 May 2021 – a Monday – it fell.", "Kolda, 2021 was a wet year."):
        assert trim_span(whole, 0, len(whole)) == (0, len(whole))


def test_a_quote_begins_after_the_bullet_of_its_list() -> None:
    text = "• whether the bridge is rebuilt;"
    assert text[slice(*trim_span(text, 0, len(text)))] == "whether the bridge is rebuilt;"
    assert trim_span("-5 degrees were measured.", 0, 25) == (0, 25)
