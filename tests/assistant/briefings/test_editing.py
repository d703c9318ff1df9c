"""Edits of a briefing: each leaves one that still verifies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Briefing, Settings
from assistant.briefings.editing import SentencePosition, accept, move, rename, reword, sentence_at, strike

REPORT = (
    "The ferry of Lomidan ran aground on 4 May 2021 with 62 people aboard. The harbour master of Lomidan closed the "
    "ferry for a week. Traders of Lomidan crossed the river in canoes while the ferry was closed. The owner of the "
    "ferry was fined 300 francs. A new ferry for Lomidan was ordered in June 2021.\n"
)
OTHER = (
    "Lomidan had waited for a new ferry since 2016. The ferry of Lomidan carried 900 people a day, the mayor said. The "
    "mayor of Lomidan asked for two ferries.\n"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("editing")
    (folder / "one.txt").write_text(REPORT, "utf8")
    (folder / "two.txt").write_text(OTHER, "utf8")
    with Assistant.open(settings=Settings(data_dir=folder / "data")) as desk:
        desk.add(
            [str(folder / "one.txt")], corrections={"publisher": "River Desk", "published": "2021-07-01"}
        )
        desk.add(
            [str(folder / "two.txt")], corrections={"publisher": "Delta Times", "published": "2021-08-01"}
        )
        yield desk


@pytest.fixture
def briefing(desk: Assistant) -> Briefing:
    made = desk.brief("The ferry of Lomidan\n- The accident\n- The new ferry")
    assert len(made.paragraphs) == 2
    return made


FIRST = SentencePosition("paragraph", 0, 0)


def test_a_struck_sentence_takes_its_endnote_along_where_nothing_else_cites_it(
    desk: Assistant, briefing: Briefing
) -> None:
    gone = sentence_at(briefing, FIRST).text
    left = strike(briefing, FIRST)
    assert gone not in [one.text for paragraph in left.paragraphs for one in paragraph.sentences]
    assert [one.number for one in left.citations] == list(range(1, len(left.citations) + 1))
    assert desk.verify(left.to_json())["ok"]


def test_a_paragraph_goes_with_its_last_sentence(desk: Assistant, briefing: Briefing) -> None:
    left = briefing
    for _ in briefing.paragraphs[0].sentences:
        left = strike(left, FIRST)
    assert [one.heading for one in left.paragraphs] == ["The new ferry"]
    assert desk.verify(left.to_json())["ok"]


def test_an_edited_sentence_is_checked_again(desk: Assistant, briefing: Briefing) -> None:
    place = next(
        SentencePosition("paragraph", s, p)
        for p, paragraph in enumerate(briefing.paragraphs)
        for s, one in enumerate(paragraph.sentences)
        if "fined" in one.text or "900" in one.text or "62" in one.text
    )
    written = sentence_at(briefing, place).text
    number = next(word for word in ("300", "900", "62") if word in written)
    wrong = reword(briefing, place, written.replace(number, "77"), desk.workspace.checker, desk.text)
    said = sentence_at(wrong, place)
    assert said.support == "unsupported" and any("77" in reason for reason in said.reasons)
    right = reword(wrong, place, written, desk.workspace.checker, desk.text)
    assert sentence_at(right, place).support == "verbatim" and sentence_at(right, place).mark == "edited"
    assert desk.verify(right.to_json())["ok"]


def test_an_edited_sentence_may_cite_another_endnote_but_none_that_is_not_there(
    desk: Assistant, briefing: Briefing
) -> None:
    other = next(
        one.number for one in briefing.citations if one.number not in sentence_at(briefing, FIRST).citations
    )
    quote = next(one.quote for one in briefing.citations if one.number == other)
    made = reword(briefing, FIRST, f"{quote} [{other}]", desk.workspace.checker, desk.text)
    cited = {one.number: one.quote for one in made.citations}
    said = sentence_at(made, FIRST)
    assert said.support == "verbatim" and [cited[number] for number in said.citations] == [quote]
    with pytest.raises(ValueError, match="no endnote 99"):
        reword(briefing, FIRST, "It sank. [99]", desk.workspace.checker, desk.text)
    with pytest.raises(ValueError, match="strike it"):
        reword(briefing, FIRST, "  ", desk.workspace.checker, desk.text)


def test_accepting_changes_nothing_but_the_mark(briefing: Briefing) -> None:
    made = accept(briefing, FIRST)
    assert sentence_at(made, FIRST).mark == "accepted" and sentence_at(made, FIRST).text in str(briefing)
    assert Briefing.from_json(made.to_json()).paragraphs == made.paragraphs


def test_paragraphs_are_moved_and_renamed(desk: Assistant, briefing: Briefing) -> None:
    made = rename(move(briefing, 0, 1), 0, "What comes")
    assert [one.heading for one in made.paragraphs] == ["What comes", "The accident"]
    assert move(made, 0, -5).paragraphs == made.paragraphs
    assert desk.verify(made.to_json())["ok"]
    with pytest.raises(ValueError, match="heading"):
        rename(briefing, 0, " ")
