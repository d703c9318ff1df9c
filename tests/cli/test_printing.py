"""Answers and passages for people to read."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from assistant.cli.printing import print_answer, print_left_out, source_line
from assistant.results.answer import Answer, Citation, Sentence
from vectorstore import Filters, Passage


@pytest.mark.parametrize(
    ("publisher", "published", "page", "heading", "line"),
    [
        ("UN", "2022-03", 3, "Mali", "UN, Gold, 2022-03, p. 3, Mali"),
        ("UN", None, None, None, "UN, Gold, undated"),
        (None, None, None, None, "Gold, undated"),
        (None, "2022", 1, None, "Gold, 2022, p. 1"),
    ],
)
def test_an_origin_names_what_is_known_and_says_undated(
    publisher: str | None, published: str | None, page: int | None, heading: str | None, line: str
) -> None:
    assert source_line(publisher, "Gold", published, {"page": page, "heading": heading}) == line


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (None, ""),
        (0, ""),
        (1, "1 undated document was left out"),
        (2, "2 undated documents were left out"),
    ],
)
def test_undated_documents_that_were_left_out_are_counted(
    capsys: pytest.CaptureFixture[str], count: int | None, words: str
) -> None:
    print_left_out(count)
    err = capsys.readouterr().err
    assert err.startswith(words) and bool(err) == bool(words)
    assert ("--include-undated" in err) is bool(words)


def printed(capsys: pytest.CaptureFixture[str], answer: Answer) -> tuple[str, str]:
    desk: Any = SimpleNamespace(stream=lambda *_, **__: iter([*answer.sentences, answer]))
    print_answer(desk, answer.question, Filters(), None)
    captured = capsys.readouterr()
    return captured.out, captured.err


def test_an_answer_is_followed_by_its_sources_with_the_words_they_give(
    capsys: pytest.CaptureFixture[str],
) -> None:
    quote = "The bridge\nfell in March."
    citation = Citation(1, "p", "d", "Bridges", (), "UN", "2021", "a.txt", 4, None, 0, 26, quote)
    answer = Answer("?", (Sentence("It fell.", (1,), "verbatim"),), (citation,), False, "extractive", 0.1)
    out, err = printed(capsys, answer)
    assert out.count("It fell.") == 1, "stdout is no terminal: the sentences are not printed one by one, too"
    assert "[1] UN, Bridges, 2021, p. 4\n    “The bridge fell in March.”" in out and err == ""


def test_an_unsupported_sentence_is_told_with_its_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    sentence = Sentence("It fell in May.", (), "unsupported", reasons=("May is not in the report",))
    out, err = printed(capsys, Answer("?", (sentence,), (), False, "model", 0.1))
    assert "Not supported: “It fell in May.” – May is not in the report" in err


def test_a_refusal_shows_the_nearest_passages(capsys: pytest.CaptureFixture[str]) -> None:
    passage = Passage("p", "d", None, (), None, None, "fish.txt", None, None, 0, 9, "Fish\nand   fines")
    note = Sentence("The reports do not say.", (), "note")
    out, _ = printed(capsys, Answer("?", (note,), (), True, "extractive", 0.1, nearest=(passage,)))
    assert "Nearest passages:\n  fish.txt, undated\n    Fish and fines…" in out
