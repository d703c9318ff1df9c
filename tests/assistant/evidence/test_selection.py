"""What goes to the writer: no words twice, several reports, no thought cut in two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from passages import passage_of

from assistant import Assistant, Settings
from assistant.evidence.selection import select_passages, without_copies

WIRE = """The ferry Sokolo ran aground on the sandbank below Mopti on Tuesday night with 62 people aboard. Fishermen
took the passengers off in their boats before midnight, and nobody was hurt. The company says that the buoy which
marks the channel had been missing since the flood of August.
"""
LOCAL = """Herders moved their cattle north after the rain. The mayor of Bankass said that the wells were full again
and that nobody had come to blows over them this year, unlike in the two years before.
"""
QUESTION = "How many people were aboard the ferry Sokolo?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wire.txt").write_text(f"River News\n\n{WIRE}", "utf8")
    (tmp_path / "local.txt").write_text(LOCAL, "utf8")
    return tmp_path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Assistant]:
    with Assistant.open(settings=Settings(data_dir=tmp_path / "data")) as desk:
        yield desk


def test_the_same_words_on_another_site_are_cited_once(desk: Assistant, folder: Path) -> None:
    (folder / "copy.txt").write_text(f"Delta Herald\n\nBy our correspondent\n\n{WIRE}", "utf8")
    desk.add([str(folder / name) for name in ("wire.txt", "local.txt", "copy.txt")])
    assert len({one.family for one in desk.documents()} - {None}) == 1
    quotes = [citation.quote for citation in desk.ask(QUESTION).citations]
    assert any("62 people" in quote for quote in quotes) and len(quotes) == len(set(quotes))
    assert len(desk.search(QUESTION)) >= 3  # search itself leaves nothing out


def test_a_corrected_version_with_another_figure_is_not_left_out(desk: Assistant, folder: Path) -> None:
    (folder / "corrected.txt").write_text(f"Delta Herald\n\n{WIRE.replace('62', '58')}", "utf8")
    desk.add([str(folder / name) for name in ("wire.txt", "local.txt", "corrected.txt")])
    gathered = " ".join(passage.text for passage in desk.workspace.gather(QUESTION, 10).passages)
    assert "62 people" in gathered and "58 people" in gathered


def test_of_one_long_report_and_another_that_bears_on_the_question_both_are_heard(
    desk: Assistant, tmp_path: Path
) -> None:
    parts = [
        f"The ferry Sokolo carried {90 + day} passengers on day {day} of the flood. "
        + "The river rose. " * 45
        for day in range(14)
    ]
    (tmp_path / "diary.txt").write_text("The diary of the ferry Sokolo\n\n" + "\n\n".join(parts), "utf8")
    (tmp_path / "wire.txt").write_text(f"River News\n\n{WIRE}", "utf8")
    desk.add([str(tmp_path / "diary.txt"), str(tmp_path / "wire.txt")])
    asked = "How many passengers did the ferry Sokolo carry on the days of the flood?"
    best = desk.search(asked, 10)
    assert {one.source for one in best} == {"diary.txt"}
    gathered = desk.workspace.gather(asked, 10).passages
    assert {one.source for one in gathered} == {"diary.txt", "wire.txt"}
    assert list(gathered[:8]) == best[:8]


def test_a_passage_that_leans_on_the_one_before_comes_with_it(desk: Assistant, tmp_path: Path) -> None:
    filler = "The council met in the old hall and spoke of roads, wells, bridges and the price of millet. "
    text = (
        f"Council notes\n\n{filler * 6}\n\n{filler * 5}The cooperative of Niafunke bought nine pumps.\n\n"
        f"They irrigate eighty hectares of rice since the dry season. {filler * 6}"
    )
    (tmp_path / "council.txt").write_text(text, "utf8")
    desk.add([str(tmp_path / "council.txt")])
    leaning = next(one for one in desk.search("eighty hectares of rice irrigated", 5) if "eighty" in one.text)
    assert leaning.text.startswith("They irrigate")
    before = desk.store.preceding(leaning)
    assert before is not None and "nine pumps" in before.text and before.end <= leaning.start
    gathered = list(desk.workspace.gather("eighty hectares of rice irrigated", 1).passages)
    assert [one.passage_id for one in gathered] == [before.passage_id, leaning.passage_id]
    said = [
        one.text
        for one in desk.ask("How many hectares of rice are irrigated since the dry season?").sentences
    ]
    assert [text for text in said if "pumps" in text or "eighty" in text] == said[:2]
    assert "nine pumps" in said[0] and "eighty hectares" in said[1]
    first = min(desk.search("council roads wells", 10), key=lambda one: one.start)
    assert desk.store.preceding(first) is None
    assert desk.store.following(before) == leaning, "the one after is found as the one before is"
    assert desk.workspace.neighbours(leaning)[0] == before and leaning in desk.workspace.neighbours(before)


# -- on passages made by hand

ROADS = "The council of Mopti met in the old hall and spoke of roads and wells until the evening came."


def test_a_copy_of_another_document_is_left_out_and_one_with_another_figure_is_not() -> None:
    first, copied = passage_of(f"{ROADS} It cost 40 francs."), passage_of(f"{ROADS} It cost 40 francs.", "d2")
    corrected = passage_of(f"{ROADS} It cost 50 francs.", "d3")
    assert without_copies([first, copied, corrected]) == [first, corrected]
    assert without_copies([first, replace(first, passage_id="d1:1")]) != [first]


@pytest.mark.parametrize(
    ("score", "others", "chosen"), [(0.6, 1, "9a1b"), (0.6, 3, "8a2b"), (0.4, 3, "10a0b")]
)
def test_one_report_leaves_a_fifth_of_the_places_to_others_that_score_half_as_well(
    score: float, others: int, chosen: str
) -> None:
    long = [replace(passage_of(f"Day {day}.", "a"), passage_id=f"a:{day}", score=1.0) for day in range(12)]
    wire = [
        replace(passage_of(f"Wire {day}.", "b"), passage_id=f"b:{day}", score=score) for day in range(others)
    ]
    documents = [one.document_id for one in select_passages([*long, *wire], 10, lambda passage: None)]
    assert f"{documents.count('a')}a{documents.count('b')}b" == chosen


def test_a_passage_that_refers_back_brings_the_one_before_it_but_only_once() -> None:
    before = replace(passage_of("The cooperative bought nine pumps."), passage_id="before")
    leaning = replace(passage_of("They irrigate eighty hectares."), passage_id="leaning")
    assert select_passages([leaning], 1, lambda passage: before) == (before, leaning)
    assert select_passages([before, leaning], 2, lambda passage: before) == (before, leaning)
    assert select_passages([leaning], 1, lambda passage: None) == (leaning,)
