"""Saved briefings on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def test_a_briefing_is_kept_listed_and_written_again(briefing: Any, index: Path) -> None:
    first = briefing("brief", "The bridge at Kolda", "--json")
    number = first.json["briefing_id"]
    assert f"Kept as briefing {number}" in first.err
    listed = briefing("saved", "--json").json["briefings"]
    assert [(one["briefing_id"], one["topic"]) for one in listed] == [(number, "The bridge at Kolda")]
    assert "The bridge at Kolda" in briefing("saved").out
    again = briefing("brief", "--update", number, "--json")
    assert again.json["changes"] == {
        "since": first.json["created"],
        "unchanged": again.json["changes"]["unchanged"],
        "new": [],
        "changed": [],
        "gone": [],
    }
    assert again.json["changes"]["unchanged"] > 0 and again.json["briefing_id"] != number


def test_editing_and_removing_a_report_lists_what_was_written_from_it(briefing: Any, index: Path) -> None:
    briefing("brief", "The bridge at Kolda")
    bridge = next(
        one["document_id"]
        for one in briefing("list", "--json").json["documents"]
        if "bridge" in one["source"]
    )
    edited = briefing("edit", bridge, "--published", "2021-07-01", "--json")
    assert any("Kolda" in one["text"] for one in edited.json["rested_on"])
    removed = briefing("remove", bridge)
    assert "look at them again" in removed.err and "briefing 1" in removed.err


def test_wrong_use_of_update_says_what_to_do(briefing: Any, index: Path) -> None:
    assert briefing("brief", "--update", "7").status == 1
    both = briefing("brief", "The bridge", "--update", "7")
    assert both.status == 2 and "neither TOPIC" in both.err
    assert "No briefing has been written yet" in briefing("saved").err
