"""Sources of a whole briefing: copies counted once, and counts that were edited."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from passages import FERRY

from assistant import Assistant, Settings


def test_one_story_in_the_same_words_of_three_outlets_is_one_source_of_a_briefing(
    desk: Callable[[dict[str, tuple[str, str]]], Assistant],
) -> None:
    outlets = {
        "one": ("River Desk", f"Ferry aground\n\n{FERRY}"),
        "two": ("Coast Monitor", f"LOMIDAN, 5 May 2021 – {FERRY}The Monitor adds that the river was low.\n"),
        "three": ("Delta Times", f"River accident without victims\n\n{FERRY}"),
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
    with desk({"one": ("River Desk", FERRY)}) as opened:
        row = opened.brief("The ferry of Lomidan").to_json()
        row["source_summary"]["documents"] = 5
        row["paragraphs"][0]["confidence"]["level"] = "high"
        where = {one["where"] for one in opened.verify(row)["problems"]}
        assert {"source summary", "paragraph 1"} <= where


@pytest.mark.index
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
