from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from passages import passage_of

from assistant import Assistant, Settings
from assistant.results.answer import Citation, Sentence
from assistant.results.briefing import Conflict, Echo, Side
from assistant.sourcing.confidence import paragraph_confidence
from assistant.sourcing.origins import echoes, independent_sources, named_origin, same_origin

pytestmark = pytest.mark.index


def cited(*rows: tuple[str, str | None, str]) -> list[Citation]:
    """Citations of (document, publisher, words), numbered from 1."""
    found = []
    for number, (document, publisher, words) in enumerate(rows, 1):
        passage = passage_of(words, document, publisher, "2021-05-04")
        found.append(Citation.of(passage, 0, len(words), number))
    return found


@pytest.mark.parametrize(
    ("sentence", "origin"),
    [
        ("According to ACLED, 40 people died.", "ACLED"),
        ("Forty people died, according to the Armed Conflict Location and Event Data Project (ACLED).",
         "Armed Conflict Location and Event Data Project (ACLED)"),
        ("Figures from the Red River Office put the toll at 12.", "Red River Office"),
        ("The paper, citing Governor Aminata Traoré, gave no date.", "Governor Aminata Traoré"),
        ("The PFL counted 33 journalists in prison.", "PFL"),
        ("Hunger reached the hills in May, said the Food Security Cluster.", "Food Security Cluster"),
        ("Defence Minister Idris Halloran told parliament that 26 died.", "Defence Minister Idris Halloran"),
        ("Forest Watch International (FWI) estimates that half is gone.", "Forest Watch International (FWI)"),
        ("According to officials, 40 people died.", None),
        ("Residents said 40 people died.", None),
        ("The army said Monday that 40 people died.", None),
        ("He said France would leave.", None),
        ("Burkina Faso recorded 40 attacks.", None),
        ("Forty people died in Kolda.", None),
    ],
)  # fmt: skip
def test_whom_a_sentence_has_it_from_is_read(sentence: str, origin: str | None) -> None:
    assert named_origin(sentence) == origin


def test_an_abbreviation_and_its_full_name_are_one_origin() -> None:
    full = "Armed Conflict Location and Event Data Project (ACLED)"
    assert same_origin("ACLED", full) and same_origin("World Food Programme", "WFP")
    assert same_origin("Defence Minister Idris Halloran", "Idris Halloran") and same_origin(
        "Colonel Brek", "Brek"
    )
    assert not same_origin("African Union", "Union") and not same_origin("Colonel Brek", "Colonel Halloran")
    assert not same_origin("ACLED", "World Food Programme") and not same_origin("Red Cross", "Red Crescent")


def test_two_publishers_that_name_one_origin_are_one_source() -> None:
    rows = cited(
        ("a", "River Desk", "According to ACLED, 40 people died in May."),
        ("b", "Coast Monitor", "In May 40 people died, according to ACLED."),
    )
    told = echoes(rows, [], [])
    assert [(one.kind, one.origin, one.citations) for one in told] == [("attributed", "ACLED", (1, 2))]
    assert independent_sources(rows, told) == 1


def test_two_publishers_with_words_of_their_own_are_two_sources_and_one_publisher_twice_is_one() -> None:
    two = cited(("a", "River Desk", "The bridge fell."), ("b", "Coast Monitor", "Rain brought it down."))
    one = cited(("a", "River Desk", "The bridge fell."), ("b", "River Desk", "Rain brought it down."))
    assert independent_sources(two, ()) == 2 and independent_sources(one, ()) == 1


@pytest.mark.parametrize(
    ("publishers", "level"),
    [(("A", "B", "C"), "high"), (("A", "B"), "moderate"), (("A", "A", "A"), "low"), (("A",), "low")],
)
def test_confidence_counts_independent_sources(publishers: tuple[str, ...], level: str) -> None:
    words = "The ferry of Lomidan ran aground in May"
    rows = cited(
        *((f"d{place}", name, f"{words}, with {place} dead.") for place, name in enumerate(publishers))
    )
    sentence = Sentence("Words.", tuple(one.number for one in rows), "verbatim")
    found = paragraph_confidence([sentence], rows, (), ())
    assert found is not None and found.level == level
    assert f"in {len(rows)} report" in found.text


def test_what_speaks_against_the_sources_lowers_confidence() -> None:
    ferry = "The ferry of Lomidan ran aground with"
    rows = cited(("a", "A", f"{ferry} 40."), ("b", "B", f"{ferry} 60."), ("c", "C", f"{ferry} many."))
    sentence = Sentence("It was 40.", (1, 2, 3), "verbatim")
    sides = (Side("It was 40.", None, (1,)), Side("It was 60.", None, (2,)))
    for conflicts, citations, level in (
        ((), rows, "high"),
        ((Conflict("it", "conflict", sides),), rows, "moderate"),
        ((Conflict("it", "update", sides),), rows, "high"),
        ((), [replace(rows[0], grade="E3"), *rows[1:]], "moderate"),
        ((), [replace(one, published=None) for one in rows], "moderate"),
        ((), [], None),
    ):
        found = paragraph_confidence([sentence], citations, (), conflicts)
        assert (found.level if found else None) == level


def test_three_publishers_who_tell_of_different_things_do_not_bear_each_other_out() -> None:
    rows = cited(
        ("a", "A", "The bridge fell."), ("b", "B", "Grain is dear."), ("c", "C", "It rained in Kolda.")
    )
    found = paragraph_confidence([Sentence("So it was.", (1, 2, 3), "verbatim")], rows, (), ())
    assert found is not None and found.level == "moderate" and "different things" in found.text


def test_copies_count_once_wherever_they_are_cited() -> None:
    rows = cited(("a", "A", "The bridge fell."), ("b", "B", "It fell at noon."), ("c", "C", "Rain did it."))
    assert independent_sources(rows, (Echo("The bridge", "copy", (1, 2)),)) == 2


WIRE = (
    "The ferry of Lomidan ran aground on 4 May 2021 with 62 people aboard, the harbour master said. Nobody was hurt. "
    "The ferry had been repaired in March at a cost of 40,000 francs, and its owner promised an inquiry by July.\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Callable[[dict[str, tuple[str, str]]], Assistant]:
    def filled(reports: dict[str, tuple[str, str]]) -> Assistant:
        desk = Assistant.open(settings=Settings(data_dir=tmp_path / "data"))
        for name, (publisher, text) in reports.items():
            (tmp_path / f"{name}.txt").write_text(text, "utf8")
            corrections = {"publisher": publisher, "published": "2021-05-05"}
            desk.add([str(tmp_path / f"{name}.txt")], corrections=corrections)
        return desk

    return filled


def test_one_story_in_the_same_words_of_three_outlets_is_one_source_of_a_briefing(
    desk: Callable[[dict[str, tuple[str, str]]], Assistant],
) -> None:
    outlets = {
        "one": ("River Desk", f"Ferry aground\n\n{WIRE}"),
        "two": ("Coast Monitor", f"LOMIDAN, 5 May 2021 – {WIRE}The Monitor adds that the river was low.\n"),
        "three": ("Delta Times", f"River accident without victims\n\n{WIRE}"),
    }
    with desk(outlets) as opened:
        briefing = opened.brief("The ferry of Lomidan")
        assert briefing.source_summary.sources == 1
        copied = next(one for one in briefing.echoes if one.kind == "copy")
        assert {one.split(",")[0] for one in copied.carriers} == {
            "River Desk",
            "Coast Monitor",
            "Delta Times",
        }
        assert opened.verify(briefing.to_json())["ok"]


def test_counts_that_were_edited_are_found_by_verify(
    desk: Callable[[dict[str, tuple[str, str]]], Assistant],
) -> None:
    with desk({"one": ("River Desk", WIRE)}) as opened:
        row = opened.brief("The ferry of Lomidan").to_json()
        row["source_summary"]["documents"] = 5
        row["paragraphs"][0]["confidence"]["level"] = "high"
        where = {one["where"] for one in opened.verify(row)["problems"]}
        assert {"source summary", "paragraph 1"} <= where


def test_a_1_needs_a_report_of_another_publisher_on_the_same(
    desk: Callable[[dict[str, tuple[str, str]]], Assistant],
) -> None:
    other = "On 4 May 2021 the Lomidan ferry grounded; its 62 passengers were unhurt, a trader on board told us.\n"
    with desk({"one": ("River Desk", WIRE)}) as opened:
        first = opened.documents()[0].document_id
        with pytest.raises(ValueError, match="another source confirms"):
            opened.edit(first, credibility=1)
        assert opened.edit(first, credibility=2).credibility == 2
    with desk({"two": ("Coast Monitor", other)}) as opened:
        assert opened.edit(first, credibility=1).credibility == 1
        opened.grade("River Desk", "B")
        grades = {one.publisher: one.grade for one in opened.brief("The ferry of Lomidan").citations}
        assert grades["River Desk"] == "B1"
        opened.remove([one.document_id for one in opened.documents() if one.publisher == "Coast Monitor"])
        grades = {one.publisher: one.grade for one in opened.brief("The ferry of Lomidan").citations}
        assert grades == {"River Desk": "B2"}, "nothing confirms it any more"


def test_a_copy_that_came_after_the_as_of_date_is_no_carrier(tmp_path: Path) -> None:
    words = (
        "The Orval dam broke on 2 April 2021 after four days of rain, and water reached the lower town. " * 2
    )
    with Assistant.open(settings=Settings(data_dir=tmp_path / "data")) as desk:
        for name, publisher, date in (
            ("a", "River Desk", "2021-04-03"),
            ("b", "Coast Monitor", "2021-04-04"),
            ("c", "Late Paper", "2021-09"),
            ("d", "Undated Paper", None),
        ):
            (tmp_path / f"{name}.txt").write_text(f"{publisher} on the dam\n\n{words}\n", "utf8")
            found = {"publisher": publisher, "published": date}
            desk.add([str(tmp_path / f"{name}.txt")], corrections=found)
        (echo,) = desk.brief("the Orval dam", as_of="2021-08").echoes
        assert len(echo.carriers) == 2
        (echo,) = desk.brief("the Orval dam").echoes
        assert len(echo.carriers) == 4
