from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import Assistant, Settings


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
        facts = [sentence for sentence in answer.sentences if sentence.support != "note"]
        assert len(facts) > 3 and answer.listed
        assert answer.text.count("\n- ") + answer.text.startswith("- ") == len(facts)
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
