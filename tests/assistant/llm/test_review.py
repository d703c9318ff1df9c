"""What becomes of a model's sentence: cited, repaired, marked or cut."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from model_sentences import write

from assistant.evidence.refusal import REFUSAL
from assistant.llm.providers import ModelError


def test_a_marker_becomes_the_exact_span_that_supports_the_sentence() -> None:
    [sentence], citations = write("The bridge at Kolda fell in March 2021 [1].")
    [citation] = citations.citations
    assert sentence.text == "The bridge at Kolda fell in March 2021."
    assert (citation.quote, citation.start) == ("The bridge at Kolda fell in March 2021.", 100)
    assert (sentence.support, sentence.citations) == ("verbatim", (1,))


def test_numbers_are_the_answer_s_own_in_order_of_use() -> None:
    sentences, citations = write(
        "Twelve traders were fined in Kayes. [2] The bridge at Kolda fell in March 2021. [1]"
    )
    assert [one.citations for one in sentences] == [(1,), (2,)]
    assert [one.document_id for one in citations.citations] == ["d2", "d1"]


@pytest.mark.parametrize("marker", ["", "[0]", "[3]", "[99]", "[2]"])
def test_a_citation_that_is_missing_or_wrong_is_found_where_the_support_is(marker: str) -> None:
    [sentence], citations = write(f"The bridge at Kolda fell in March 2021 {marker}.")
    assert (sentence.support, sentence.citations) == ("verbatim", (1,))
    assert [one.document_id for one in citations.citations] == ["d1"]


@pytest.mark.parametrize("marker", ["", "[0]", "[99]"])
def test_a_sentence_that_nothing_supports_stays_without_a_citation(marker: str) -> None:
    [sentence], citations = write(f"The harvest was good {marker}.")
    assert (sentence.support, sentence.citations, citations.citations) == ("unsupported", (), ())


@pytest.mark.parametrize(
    "text",
    [
        "The bridge at Kolda fell in March 2022 [1].",
        "The bridge at Kidal fell in March 2021 [1].",
        "The bridge at Kolda did not fall in March 2021 [1].",
    ],
)
def test_a_changed_fact_is_marked_and_with_the_setting_cut(text: str) -> None:
    [sentence], _ = write(text)
    assert sentence.support == "unsupported" and sentence.reasons
    kept, citations = write(f"Nobody was hurt. [1] {text}", cut=True)
    assert [one.text for one in kept] == ["Nobody was hurt."] and len(citations.citations) == 1


def test_the_model_is_asked_once_more_and_told_what_is_wrong() -> None:
    asked: list[tuple[str, str]] = []

    def rewrite(sentence: str, reasons: Sequence[str]) -> str:
        asked.append((sentence, "; ".join(reasons)))
        return "The Kolda bridge fell in March 2021. [1]"

    [sentence], _ = write("The bridge at Kolda fell in March 2022 [1].", rewrite=rewrite)
    assert (sentence.text, sentence.support) == ("The Kolda bridge fell in March 2021.", "supported")
    [(said, reasons)] = asked
    assert said == "The bridge at Kolda fell in March 2022." and "March 2022" in reasons


@pytest.mark.parametrize("again", ["The bridge fell in March 2023. [1]", "", REFUSAL])
def test_a_second_failure_is_marked(again: str) -> None:
    [sentence], _ = write("The bridge at Kolda fell in March 2022 [1].", rewrite=lambda *_: again)
    assert sentence.support == "unsupported" and "2022" in sentence.text


def test_a_model_that_fails_on_the_way_is_not_asked_again() -> None:
    calls = []

    def rewrite(sentence: str, reasons: Sequence[str]) -> str:
        calls.append(sentence)
        raise ModelError("away")

    sentences, _ = write("The bridge fell in 2012. [1] The bridge fell in 2013. [1]", rewrite=rewrite)
    assert [one.support for one in sentences] == ["unsupported"] * 2 and len(calls) == 1
