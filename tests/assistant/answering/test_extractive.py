"""The built-in writer: which sentences are chosen, in what order, and how they are shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from made_evidence import counts, said

from assistant import Assistant, Settings
from assistant.answering.extractive import choose_sentences, write_sentences
from assistant.evidence.scoring import Evidence
from assistant.results.answer import CitationList


@pytest.mark.index
def test_the_caption_of_a_table_ranks_below_what_tells_something(tmp_path: Path) -> None:
    (tmp_path / "floods.md").write_text(
        "# Floods of the Senegal\n\nThe Senegal flooded eleven villages near Podor. The harvest was lost.\n\n"
        "| Village | Month |\n| --- | --- |\n| Guia | May |\n| Donaye | June |\n\n"
        "Villages near Podor flooded by the Senegal.\n"
    )
    with Assistant.open(settings=Settings(data_dir=tmp_path / "data")) as desk:
        desk.add([str(tmp_path / "floods.md")])
        answer = desk.ask("Which villages near Podor were flooded by the Senegal?")
    assert answer.sentences[0].text == "The Senegal flooded eleven villages near Podor."
    assert all("Villages near" not in one.text for one in answer.sentences[:2])


@pytest.mark.index
def test_versions_of_a_story_that_differ_in_a_figure_are_both_shown(tmp_path: Path) -> None:
    story = (
        "{} soldiers were killed near Tessit when fighters on motorcycles stormed a column of the army. The fight "
        "lasted almost three hours, residents said. Aircraft from Gao arrived after dark and found burnt vehicles.\n"
    )
    for name, count in (("first", "Seventeen"), ("later", "Twenty-one")):
        (tmp_path / f"{name}.txt").write_text(story.format(count))
    with Assistant.open(settings=Settings(data_dir=tmp_path / "data")) as desk:
        desk.add([str(tmp_path / "first.txt"), str(tmp_path / "later.txt")])
        answer = desk.ask("How many soldiers were killed near Tessit?")
    assert "Seventeen" in answer.text and "Twenty-one" in answer.text
    assert answer.text.count("three hours") <= 1


def scored(text: str, score: float, document: str = "a", coverage: float = 0.5) -> Evidence:
    return replace(said(text, document), score=score, term_coverage=coverage)


def test_no_evidence_gives_no_sentence() -> None:
    assert choose_sentences([], counts) == []


def test_the_length_asked_for_limits_the_sentences() -> None:
    evidence = [
        scored(f"Number {n} of the villages is called V{n}.", 0.9 - n / 100, str(n)) for n in range(12)
    ]
    sizes = {
        length: len(choose_sentences(evidence, counts, length=length))
        for length in ("short", "standard", "long")
    }
    assert sizes == {"short": 1, "standard": 3, "long": 10}
    assert len(choose_sentences(evidence, counts, several=True)) == 6
    assert len(choose_sentences(evidence, counts, part=True)) == 2
    assert len(choose_sentences(evidence, counts, sure=False)) == 5


def test_a_sentence_that_says_the_same_is_left_out_unless_its_figures_differ() -> None:
    first = scored("The ambush near Tessit on the road killed 17 soldiers of the army.", 0.5)
    same = scored("The ambush near Tessit on the road killed 17 soldiers of the army.", 0.49, "b")
    other = scored("The ambush near Tessit on the road killed 21 soldiers of the army.", 0.48, "c")
    assert choose_sentences([first, same, other], counts) == [first, other]


def test_a_weak_sentence_does_not_stand_beside_a_good_one() -> None:
    good, weak = (
        scored("The bridge fell in March.", 0.9, coverage=0.7),
        scored("Traders use boats.", 0.5, "b"),
    )
    assert choose_sentences([good, weak], counts) == [good]
    middling = replace(good, score=0.5)
    assert choose_sentences([middling, replace(weak, score=0.3)], counts) == [
        middling,
        replace(weak, score=0.3),
    ]


def test_a_sure_answer_keeps_to_the_type_of_fact_asked_for() -> None:
    dated = scored("The bridge fell in March.", 0.5)
    bare = replace(scored("The bridge was old.", 0.45, "b"), has_answer_type=False)
    assert choose_sentences([dated, bare], counts, sure=True) == [dated]
    assert choose_sentences([dated, bare], counts, sure=False) == [dated, bare]


def test_a_sentence_that_leans_on_the_one_before_it_brings_it() -> None:
    text = "The ferry ran aground. It carried sixty people."
    whole = said(text).passage
    before = Evidence(whole, 0, 22, score=0.1)
    leaning = Evidence(whole, 23, len(text), score=0.9, term_coverage=0.5)
    assert choose_sentences([leaning, before], counts) == [before, leaning]


def test_a_sentence_may_bring_the_one_before_it_beyond_the_limit() -> None:
    text = "The ferry ran aground. It carried sixty people."
    whole = said(text, "z").passage
    before, leaning = (
        Evidence(whole, 0, 22, score=0.1),
        Evidence(whole, 23, len(text), score=0.7, term_coverage=0.5),
    )
    first, second = scored("Ferries were rare.", 0.9), scored("Mopti lies upstream.", 0.8, "b")
    assert set(choose_sentences([first, second, leaning, before], counts)) == {first, second, before, leaning}


def test_sentences_are_shown_verbatim_cited_and_dated_if_asked() -> None:
    (plain,) = write_sentences([said("The bridge fell.")], CitationList())
    assert (plain.text, plain.support, plain.citations, plain.score) == (
        "The bridge fell.",
        "verbatim",
        (1,),
        0.9,
    )
    (dated,) = write_sentences([said("The bridge fell.", publisher="River Wire")], CitationList(), dated=True)
    assert dated.text == "On 1 June 2022, River Wire reported: The bridge fell."
    (now,) = write_sentences([said("The bridge is currently closed.")], CitationList())
    assert now.text == "The bridge is currently closed [published 2022-06-01]."


def test_a_thing_pointed_at_is_named_only_where_the_sentence_before_is_not_shown() -> None:
    text = "Kolda region trades. The region lost a third."
    whole = said(text).passage
    first, second = Evidence(whole, 0, 20, score=0.9), Evidence(whole, 21, len(text), score=0.8)
    (alone,) = write_sentences([second], CitationList())
    assert alone.text == "The region [here: Kolda] lost a third."
    assert [one.text for one in write_sentences([first, second], CitationList())] == [first.text, second.text]
