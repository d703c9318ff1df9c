"""Disagreements as a reader meets them: in an answer and in a briefing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Answer, Assistant, Settings

CLAIMS = (
    "The Crescent Brigade claimed responsibility for the bombing of the Ashkel police station on 9 May 2022.",
    "The bombing of the Ashkel police station on 9 May 2022 was claimed by the Northern Front.",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("disagreements")
    with Assistant.open(settings=Settings(data_dir=folder / "data")) as desk:
        for name, publisher, date, text in (
            (
                "a",
                "Inland Monitor",
                "2022-05-11",
                CLAIMS[0],
            ),
            (
                "b",
                "Harbour Post",
                "2022-05-12",
                CLAIMS[1],
            ),
        ):
            (folder / f"{name}.txt").write_text(f"{text} Reinforcements came from the capital.\n", "utf8")
            desk.add([str(folder / f"{name}.txt")], corrections={"publisher": publisher, "published": date})
        yield desk


def test_an_answer_says_that_the_reports_name_different_doers(desk: Assistant) -> None:
    answer: Answer = desk.ask("Who claimed the bombing of the Ashkel police station?")
    (note,) = [one for one in answer.sentences if one.text.startswith("The reports differ on who")]
    assert "Crescent Brigade (Inland Monitor, 11 May 2022)" in note.text
    assert "Northern Front (Harbour Post, 12 May 2022)" in note.text and len(note.citations) == 2
    assert "nothing in them says which is right" in note.text
    assert desk.verify(answer.to_json())["ok"]


def test_a_briefing_shows_both_sides_and_lowers_the_confidence(desk: Assistant) -> None:
    made = desk.brief("the bombing of the Ashkel police station")
    (conflict,) = made.conflicts
    assert "Crescent Brigade or Northern Front" in conflict.about and len(conflict.sides) == 2
    assert any(one.confidence and "contradict each other" in one.confidence.text for one in made.paragraphs)
    assert desk.verify(made.to_json())["ok"]
