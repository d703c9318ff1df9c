"""What a briefing says of its sources."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_evidence import said
from passages import citations_of

from assistant.results.answer import Citation, Sentence
from assistant.results.briefing import NO_SOURCES, Echo
from assistant.sourcing.summary import summarise_sources

TWO = citations_of(("a", "River Desk", "The bridge fell."), ("b", "Coast Monitor", "Rain did it."))


def sentences(*numbers: tuple[int, ...]) -> list[Sentence]:
    return [Sentence("So it was.", cited, "verbatim") for cited in numbers]


def test_nothing_cited_is_no_sources() -> None:
    assert summarise_sources([], sentences((1,))) == NO_SOURCES


def test_the_largest_share_counts_a_report_once_a_sentence_and_only_cited_sentences() -> None:
    summary = summarise_sources(TWO, sentences((1,), (1, 2), (1,), (2,), ()))
    assert (summary.documents, summary.sources, summary.largest_share) == (2, 2, 0.75)
    assert "75% of the cited sentences" in summary.text


def test_one_report_carries_everything() -> None:
    text = summarise_sources(TWO[:1], sentences((1,))).text
    assert text.startswith(
        "1 report from 1 named publisher, published 2021-05-04. Everything rests on one report."
    )
    assert "Weaknesses: a single source" in text


def test_an_echo_makes_two_reports_one_source() -> None:
    summary = summarise_sources(TWO, sentences((1, 2)), [Echo("The bridge", "copy", (1, 2))])
    assert summary.sources == 1 and "all of one source" in summary.text


@pytest.mark.parametrize(
    ("changes", "as_of", "words"),
    [
        ({"published": None}, None, "an undated report"),
        ({"grade": "B2"}, None, "1 of 2 from publishers graded A or B"),
        ({}, None, "no report is graded"),
        ({"grade": "B2"}, None, "1 of 2 not graded"),
        ({}, "2024-01-01", "nothing newer than 2021-05-04"),
        ({}, "2022", "every report is dated"),
    ],
)
def test_strengths_and_weaknesses_are_named(changes: dict[str, str], as_of: str | None, words: str) -> None:
    cited: list[Citation] = [replace(TWO[0], **changes), TWO[1]]  # type: ignore[arg-type]
    assert words in summarise_sources(cited, sentences((1,), (2,)), as_of=as_of).text


def test_old_is_more_than_a_year_before_the_as_of_date() -> None:
    assert "nothing newer" not in summarise_sources(TWO, sentences((1,)), as_of="2022").text


def test_the_source_summary_is_counted_from_citations_alone() -> None:
    cited = [
        Citation.of(said("One.", "a", "2021-11-09", publisher="River Wire").passage, 0, 4, 1),
        Citation.of(said("Two.", "b", None).passage, 0, 4, 2),
    ]
    made = summarise_sources(
        cited, [Sentence("One.", (1,)), Sentence("One, two.", (1, 2)), Sentence("A note.")]
    )
    assert (made.documents, made.publishers, made.undated) == (2, ("River Wire",), 1)
    assert (made.oldest, made.newest, made.largest_share) == ("2021-11-09", "2021-11-09", 1.0)
    assert "100% of the cited sentences rest on “Report a”." in made.text
    assert summarise_sources([], [Sentence("A note.")]).text == "No source was used."
