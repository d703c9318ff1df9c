"""The linter: what it finds, on which line, in which format, and what it leaves alone."""

from __future__ import annotations

import pytest
from linted import SOUND, rules

from assistant import Assistant
from assistant.export import render


def test_a_sound_briefing_has_no_finding() -> None:
    assert rules(SOUND) == []


@pytest.mark.parametrize("format", ["md", "html", "docx", "json"])
def test_what_the_desk_writes_is_read_back_with_its_notes_and_found_sound(
    sampled: Assistant, format: str
) -> None:
    briefing = sampled.brief("Displacement in Mali")
    report = sampled.lint(render(briefing, format), f"displacement.{format}")
    assert report.findings == ()
    assert report.quotes_checked


@pytest.mark.parametrize("format", ["md", "html", "docx", "json"])
def test_a_quote_altered_by_hand_is_found_in_every_format(sampled: Assistant, format: str) -> None:
    saved = sampled.brief("Displacement in Mali").to_json()
    saved["citations"][0]["quote"] = "Nobody at all was counted in Mali that year."
    from assistant.results.briefing import Briefing

    report = sampled.lint(render(Briefing.from_json(saved), format), f"displacement.{format}")
    assert "quote-not-found" in {one.rule for one in report.findings}
