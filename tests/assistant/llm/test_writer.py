"""A model's stream becomes whole sentences, and a model that loops or says nothing is stopped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from model_sentences import PASSAGES, write

from assistant.evidence.refusal import REFUSAL
from assistant.llm.providers import ModelError
from assistant.llm.review import SentenceReview
from assistant.llm.writer import reviewed_sentences
from assistant.results.answer import CitationList


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_sentences_come_whole_however_the_stream_is_cut(size: int) -> None:
    text = "The bridge at Kolda fell in March 2021. [1] Twelve traders were fined in Kayes [2]. Nobody was hurt.[1][2]"
    sentences, _ = write(text, size)
    assert [one.text for one in sentences] == [
        "The bridge at Kolda fell in March 2021.",
        "Twelve traders were fined in Kayes.",
        "Nobody was hurt.",
    ]


def test_a_sentence_is_given_out_before_the_next_one_is_finished() -> None:
    def pieces() -> Iterator[str]:
        yield "Nobody was hurt. [1] Twelve "
        raise AssertionError("asked for more than it needed")

    assert (
        next(reviewed_sentences(pieces(), SentenceReview(PASSAGES, CitationList()))).text
        == "Nobody was hurt."
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nobody was hurt. [1] " * 500, "repeats itself"),
        ("and so on, " * 900, "without an end"),
        ("", "empty answer"),
        ("  \n\n * ", "empty answer"),
    ],
)
def test_a_looping_or_empty_answer_is_told(text: str, told: str) -> None:
    with pytest.raises(ModelError, match=told):
        write(text, 1000)


def test_an_answer_of_which_everything_is_cut_is_told() -> None:
    with pytest.raises(ModelError, match="support nothing"):
        write("The harvest was good. [1]", cut=True)


def test_a_model_s_refusal_is_no_failure() -> None:
    sentences, citations = write(REFUSAL)
    assert sentences == [] and citations.citations == ()
