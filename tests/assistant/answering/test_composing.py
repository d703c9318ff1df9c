"""What is shown of the evidence, by a desk over reports that disagree, complete each other, and leave things out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Answer, Assistant, Settings
from assistant.answering.composing import SIDE_BY_SIDE
from assistant.evidence.refusal import REFUSAL

REPORTS = {
    "tessit-june": (
        "River Desk",
        "2022-06-14",
        "Fighters on motorcycles stormed an army column near Tessit on 12 June 2022. Seventeen soldiers were killed "
        "near Tessit, the army said. The ambush lasted almost three hours.\n",
    ),
    "tessit-july": (
        "Coast Monitor",
        "2022-07-02",
        "The toll of the ambush near Tessit on 12 June 2022 has risen. In total 21 soldiers were killed near Tessit, "
        "the ministry now says.\n",
    ),
    "kolda": (
        "River Desk",
        "2021-07-01",
        "Kolda region depends on one bridge. The bridge at Kolda fell in March 2021 after three weeks of rain. Traders "
        "currently cross the river in boats. The region lost a third of its trade. There were 12 incidents in Kolda in "
        "June 2021, police said.\n",
    ),
    "podor-2020": (
        "River Desk",
        "2021-01-05",
        "In December 2020 the ministry counted 3,000 displaced people in the camp at Podor.\n",
    ),
    "podor-2022": (
        "Coast Monitor",
        "2022-05-02",
        "In April 2022 the ministry counted 4,500 displaced people in the camp at Podor.\n",
    ),
    "sedhiou": (
        "Coast Monitor",
        "2021-07-03",
        "There were 40 incidents in Sedhiou in June 2021, police said. Most were thefts of cattle. The prefect of "
        "Sedhiou asked for forty more policemen.\n",
    ),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("writing")
    with Assistant.open(settings=Settings(data_dir=folder / "data")) as desk:
        for name, (publisher, published, text) in REPORTS.items():
            (folder / f"{name}.txt").write_text(text, "utf8")
            desk.add(
                [str(folder / f"{name}.txt")], corrections={"publisher": publisher, "published": published}
            )
        yield desk


def notes(answer: Answer) -> list[str]:
    return [one.text for one in answer.sentences if one.support == "note"]


def holds(answer: Answer, desk: Assistant) -> bool:
    """Every quote is the text and every verbatim sentence stands in its quote."""
    return bool(desk.verify(answer.to_json())["ok"])


def test_figures_that_differ_are_both_given_with_their_dates(desk: Assistant) -> None:
    answer = desk.ask("How many soldiers were killed near Tessit?")
    assert "Seventeen soldiers" in answer.text and "21 soldiers" in answer.text and holds(answer, desk)
    told = [note for note in notes(answer) if note.startswith("The figures differ")]
    assert len(told) == 1
    assert "17 (River Desk, 14 June 2022)" in told[0] and "21 (Coast Monitor, 2 July 2022)" in told[0]
    assert "updates" in told[0], "the later report says that the toll has gone on rising"


def test_asked_of_one_year_the_figure_of_another_does_not_differ(desk: Assistant) -> None:
    assert not any(
        "figures differ" in note for note in notes(desk.ask("How many were displaced at Podor in 2020?"))
    )
    told = notes(desk.ask("How many people are displaced at Podor?"))
    assert any("figures differ" in note and "updates" in note for note in told)


def test_a_question_in_two_parts_gets_both(desk: Assistant) -> None:
    answer = desk.ask("When did the bridge at Kolda fall, and what did the prefect of Sedhiou ask for?")
    assert "March 2021" in answer.text and "forty more policemen" in answer.text and holds(answer, desk)


def test_the_part_that_is_missing_is_named(desk: Assistant) -> None:
    answer = desk.ask("When did the bridge at Kolda fall, and how much did the bridge at Kolda cost?")
    assert "March 2021" in answer.text and not answer.refused
    missing = [note for note in notes(answer) if "do not answer this part" in note]
    assert len(missing) == 1 and "How much did the bridge at Kolda cost" in missing[0]


def test_a_comparison_places_the_sources_side_by_side(desk: Assistant) -> None:
    answer = desk.ask("Were there more incidents in Kolda or Sedhiou in June 2021?")
    assert "12 incidents" in answer.text and "40 incidents" in answer.text and holds(answer, desk)
    assert SIDE_BY_SIDE in notes(answer)
    assert "On 1 July 2021, River Desk reported: " in answer.text


def test_a_near_miss_is_refused_as_such(desk: Assistant) -> None:
    answer = desk.ask("How much money did the bridge at Kolda cost?")
    assert answer.refused and answer.nearest and answer.sentences[0].text == REFUSAL
    assert any("a sum of money" in note for note in notes(answer))


def test_a_report_s_now_is_dated_outside_the_quotation(desk: Assistant) -> None:
    answer = desk.ask("How do traders cross the river at Kolda?")
    assert "On 1 July 2021, River Desk reported: Traders currently cross the river in boats." in answer.text
    assert holds(answer, desk) and all("reported:" not in one.quote for one in answer.citations)


def test_shorter_and_longer_are_obeyed(desk: Assistant) -> None:
    asked = "What happened at Kolda?"
    turns = [{"role": "user", "content": asked}, {"role": "assistant", "content": "The bridge fell. [1]"}]
    usual, short, long = desk.ask(asked), desk.ask("shorter", turns), desk.ask("in more detail", turns)
    assert len(short.citations) == 1 < len(usual.citations) <= len(long.citations)
    assert short.understood == f"{asked} (shorter)"


def test_a_source_asked_for_is_the_only_one(desk: Assistant) -> None:
    turns = [
        {"role": "user", "content": "How many soldiers were killed near Tessit?"},
        {"role": "assistant", "content": "Seventeen. [1]"},
    ]
    answer = desk.ask("only from Coast Monitor", turns)
    assert {one.publisher for one in answer.citations} == {"Coast Monitor"}
    early = desk.ask("as of June 2022", turns)
    assert {one.published for one in early.citations} == {"2022-06-14"}
    strange = desk.ask("only from Reuters", turns)
    assert strange.refused and any("is from Reuters" in note for note in notes(strange))


def test_a_name_that_the_reports_asked_do_not_mention_is_refused_though_others_do(desk: Assistant) -> None:
    turns = [
        {"role": "user", "content": "How many incidents were there in Sedhiou in June 2021?"},
        {"role": "assistant", "content": "There were 40 incidents. [1]"},
    ]
    answer = desk.ask("only from River Desk", turns)
    assert answer.refused and "None of the reports asked mentions Sedhiou." in notes(answer)


def test_nothing_is_put_beside_a_sentence_that_answers_in_full(desk: Assistant) -> None:
    answer = desk.ask("How many incidents were there in Sedhiou in June 2021?")
    assert len(answer.citations) == 1 and "40 incidents" in answer.text


def test_no_sentence_is_shown_twice(desk: Assistant) -> None:
    answer = desk.ask("When did the bridge at Kolda fall and where did the bridge at Kolda fall?")
    shown = [one.text for one in answer.sentences if one.support == "verbatim"]
    assert len(shown) == len(set(shown))
