"""Scoring of question files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.evaluate import (
    EvalRow,
    contains_key,
    locate,
    read_questions,
    score,
    stated_text,
    summary,
)
from assistant.results.answer import Answer, Citation, Sentence
from vectorstore import Passage


def answer(*texts: str, refused: bool = False, cited: tuple[tuple[str, int, int], ...] = ()) -> Answer:
    citations = tuple(
        Citation(number, "p", which, None, (), None, None, "a.txt", None, None, start, end, "")
        for number, (which, start, end) in enumerate(cited, start=1)
    )
    sentences = tuple(Sentence(text, (1,), "verbatim") for text in texts)
    return Answer("?", sentences, citations, refused, "extractive", 0.1)


def passage(which: str, start: int, end: int) -> Passage:
    return Passage("p", which, None, (), None, None, "a.txt", None, None, start, end, "")


class Texts:
    """Where quotes stand, as the test says."""

    def __init__(self, **spans: list[tuple[str, int, int]]) -> None:
        self.spans = spans

    def find(self, source: str, quote: str) -> list[tuple[str, int, int]]:
        return self.spans.get(quote, [])


def scored(
    row: EvalRow, given: Answer, passages: list[Passage], **spans: list[tuple[str, int, int]]
) -> dict[str, Any]:
    return score(row, given, passages, Texts(**spans), 0.5)  # type: ignore[arg-type]


TWO = EvalRow("1", "?", gold=[{"source": "a", "quote": "first"}, {"source": "b", "quote": "second"}])
SPANS = {"first": [("d", 100, 150)], "second": [("e", 0, 20)]}
FOUND = [passage("d", 0, 100), passage("d", 90, 120), passage("x", 0, 9), passage("e", 10, 90)]


def test_evidence_is_found_by_overlap_of_spans_at_each_depth() -> None:
    result = scored(TWO, answer("A."), FOUND, **SPANS)
    assert [result[f"evidence_recall_at_{depth}"] for depth in (1, 3, 5, 10)] == [0, 0.5, 1, 1]
    assert (result["all_evidence_at_5"], result["mrr"]) == (1, 0.5)


def test_touching_spans_do_not_overlap() -> None:
    result = scored(TWO, answer("A."), [passage("d", 0, 100), passage("d", 150, 200)], **SPANS)
    assert result["evidence_recall_at_10"] == 0 and result["mrr"] == 0


def test_citations_are_scored_against_every_gold_quote() -> None:
    given = answer("A.", cited=(("d", 140, 160), ("d", 400, 420), ("x", 0, 9)))
    result = scored(TWO, given, FOUND, **SPANS)
    assert result["citation_precision"] == pytest.approx(1 / 3) and result["citation_recall"] == 0.5


def test_a_gold_quote_that_stands_nowhere_counts_as_missed_and_is_counted() -> None:
    result = scored(TWO, answer("A."), FOUND, first=SPANS["first"])
    assert result["evidence_recall_at_10"] == 0.5 and result["gold_not_in_index"] == 1


def test_each_figure_takes_only_the_rows_that_can_carry_it() -> None:
    bare = scored(EvalRow("1", "?"), answer("A."), FOUND)
    assert {name for name, value in bare.items() if value is None} == {
        *(f"evidence_recall_at_{depth}" for depth in (1, 3, 5, 10)),
        *(f"answer_key_in_first_{depth}" for depth in (1, 3, 5, 10)),
        *("all_evidence_at_5", "mrr", "answer_key_accuracy", "citation_precision", "citation_recall"),
        *("refusal_accuracy", "false_refusals"),
    }
    refused = scored(EvalRow("2", "?", answerable=False), answer(refused=True), [])
    wrongly = scored(EvalRow("3", "?", answer_key=["7"]), answer(refused=True), [])
    report = summary([bare, refused, wrongly])
    assert (report["refusal_accuracy"], report["false_refusals"], report["answer_key_accuracy"]) == (1, 1, 0)
    assert report["counts"]["refusal_accuracy"] == report["counts"]["false_refusals"] == 1
    assert report["mrr"] is None and report["rows"] == 3 and report["seconds_p50"] == 0.5


def test_no_rows_make_no_figures() -> None:
    assert summary([])["rows"] == 0 and summary([])["seconds_p50"] is None


@pytest.mark.parametrize(
    ("key", "text", "holds"),
    [
        ("1300", "About 1,300 people", True),
        ("1,300", "About 1 300 people", True),
        ("traoré", "Governor Aminata TRAORE", True),
        ("al Qaida", "the al-Qaida branch", True),
        ("7", "77 people", False),
        ("7", "7 people", True),
        ("1300", "11,300 people", False),
    ],
)
def test_keys_are_compared_folded_and_whole(key: str, text: str, holds: bool) -> None:
    assert contains_key(EvalRow("1", "?", answer_key=[key]), text) is holds


def test_match_any_match_all_and_aliases() -> None:
    given = "JNIM claimed the raid."
    keys = ["Jama'at Nusrat al-Islam", "Boulikessi"]
    aliases = {keys[0]: ["JNIM"]}
    assert not contains_key(EvalRow("1", "?", answer_key=keys, match="any"), given)
    assert contains_key(EvalRow("1", "?", answer_key=keys, match="any", aliases=aliases), given)
    assert not contains_key(EvalRow("1", "?", answer_key=keys, aliases=aliases), given)


def test_a_note_of_the_desk_holds_no_key() -> None:
    given = Answer("?", (Sentence("49 soldiers"),), (), True, "extractive", 0.1)
    assert not contains_key(EvalRow("1", "?", answer_key=["49"]), stated_text(given))


def test_quotes_are_located_whatever_their_white_space_and_marks() -> None:
    text = "Before. She said:\n  “It’s   over” – then left."
    (span,) = locate('said: "It\'s over" - then', text)
    assert text[slice(*span)] == "said:\n  “It’s   over” – then"
    assert locate("", text) == [] and locate("nowhere", text) == []


def test_only_id_and_question_are_required(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": "a", "question": "Why?", "gold": null}\n', "utf8")
    assert read_questions(file) == ([EvalRow("a", "Why?")], [])
