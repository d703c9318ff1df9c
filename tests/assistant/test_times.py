from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.questions.times import time_asked, time_weight, time_window


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What happened in November 2019?", ("2019-11",)),
        ("How many fled in 2021 and in 2022?", ("2021", "2022")),
        ("What happened on 4 May 2021?", ("2021-05-04",)),
        ("What has happened since 2020?", ()),
        ("What changed between 2019 and 2021?", ()),
        ("What came after June 2022?", ()),
        ("What changed between May and June 2022?", ()),
        ("What came by the end of May 2022?", ()),
        ("What has come since spring 2020?", ()),
        ("What happened from 3 to 5 May 2022?", ("2022-05",)),
        ("Who leads the group?", ()),
    ],
)
def test_a_question_asks_of_the_dates_it_names_but_not_of_the_ends_of_a_span(
    question: str, asked: tuple[str, ...]
) -> None:
    assert time_asked(question) == asked


@pytest.mark.parametrize(
    ("sentence", "published", "weight"),
    [
        ("On 4 May 2021 the post fell.", "2023-01-01", "whole"),
        ("On 4 May the post fell.", "2021-06-01", "whole"),
        ("The post fell.", "2021-06-01", "whole"),
        ("The post fell.", "2022-03-01", "whole"),  # reports come out for half a year after
        ("The post fell.", None, "whole"),
        ("At the end of December 2020 the post fell.", "2021-06-01", "nearly"),
        ("In 2017 the post fell.", "2021-06-01", "less"),
        ("The post fell.", "2019-06-01", "less"),  # written before it could happen
        ("The post fell.", "2023-06-01", "less"),
    ],
)
def test_a_sentence_of_another_time_weighs_less(sentence: str, published: str | None, weight: str) -> None:
    found = time_weight(("2021",), sentence, "", published)
    assert {"whole": found == 1, "nearly": 0.8 < found < 1, "less": found < 0.7}[weight]


def test_reports_on_a_time_come_out_up_to_half_a_year_later() -> None:
    assert time_window(("2021",)) == ("2021-01-01", "2022-07-02")


@pytest.fixture
def desk(tmp_path: Path) -> Callable[[dict[str, str]], Assistant]:
    def filled(reports: dict[str, str]) -> Assistant:
        folder = tmp_path / "reports"
        folder.mkdir()
        for name, text in reports.items():
            (folder / f"{name}.md").write_text(text, "utf8")
        desk = Assistant.open(settings=Settings(data_dir=tmp_path / "data"))
        desk.add([str(folder)])
        return desk

    return filled


def test_what_happened_in_a_month_is_answered_from_the_report_of_that_month(
    desk: Callable[[dict[str, str]], Assistant],
) -> None:
    old = "---\ndate: 2019-12-02\n---\n# The hill posts\n\nOn 9 November raiders burned the depot at Kolda.\n"
    new = "---\ndate: 2022-12-02\n---\n# The river posts\n\nOn 9 November 2022 the ferry at Bamba sank.\n"
    with desk({"old": old, "new": new}) as opened:
        answer = opened.ask("What happened in November 2019?")
        assert "depot at Kolda" in answer.text and "ferry" not in answer.sentences[0].text


def test_several_things_asked_for_are_listed_a_line_each(
    desk: Callable[[dict[str, str]], Assistant],
) -> None:
    towns = ("Kolda", "Bamba", "Tissit", "Oudeika", "Labbe")
    text = "# Raids\n\n" + "\n\n".join(
        f"The raid on {town} killed {number} traders in the market." for number, town in enumerate(towns, 3)
    )
    with desk({"raids": text}) as opened:
        answer = opened.ask("Which raids killed traders in a market?")
        told = [one for one in answer.sentences if one.support != "note"]
        assert len(told) > 3 and answer.listed
        assert answer.text.count("\n- ") + answer.text.startswith("- ") == len(told)
        assert opened.verify(answer.to_json())["ok"]
        assert not opened.ask("How many traders did the raid on Bamba kill?").listed


def test_what_stands_under_a_heading_that_promises_reasons_answers_why(
    desk: Callable[[dict[str, str]], Assistant],
) -> None:
    text = (
        "# The mission at Kolda\n\nThe mission at Kolda counted 900 people.\n\n"
        "## Why the mission left\n\nRelations with the mission had soured over flight permits.\n\n"
        "## What stays\n\nTwo wells at Kolda stay open.\n"
    )
    with desk({"mission": text}) as opened:
        answer = opened.ask("Why did the mission leave Kolda?")
        assert "flight permits" in answer.text and "wells" not in answer.text
