"""A briefing as markup."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest
from export_samples import BRIEFING, JUDGED, REFUSED, SCRIPT
from made_briefing import MADE

from assistant.pages.briefing import rendering
from assistant.results.briefing import Briefing


@pytest.mark.parametrize("briefing", [BRIEFING, REFUSED, MADE, replace(BRIEFING, handling=SCRIPT)])
def test_nothing_in_a_briefing_is_markup(briefing: Briefing) -> None:
    parts = [rendering.head(briefing), rendering.body(briefing), rendering.back_matter(briefing)]
    parts += [rendering.chronology(briefing)] if briefing.chronology else []
    root = lxml.html.fromstring(f"<div>{''.join(parts)}</div>")
    assert root.xpath("//script | //a | //img") == []
    assert {name for name in root.xpath("//button/@data-cite") if not name.startswith("briefing/")} == set()


def test_every_citation_of_a_briefing_has_its_endnote() -> None:
    notes = lxml.html.fromstring(rendering.back_matter(MADE)).find_class("bd-endnote")
    assert [note.find_class("bd-cite")[0].text for note in notes] == [
        str(one.number) for one in MADE.citations
    ]


def test_the_head_says_what_is_known_and_no_more() -> None:
    told = lxml.html.fromstring(rendering.head(BRIEFING)).text_content()
    assert "As of June 2022" in told and "3 reports cited" in told and "2022 to 16 May 2022" in told
    told = lxml.html.fromstring(rendering.head(REFUSED)).text_content()
    assert "No cut-off date" in told and "cited" not in told and "written" not in told


def test_a_refusal_is_told_as_such_and_has_no_bottom_line() -> None:
    assert "The sources do not hold it." in rendering.body(REFUSED) and "Bottom line" not in rendering.body(
        REFUSED
    )
    assert rendering.back_matter(replace(REFUSED, gaps=())) == ""


def test_judgements_stand_before_the_findings_with_who_judged() -> None:
    titles = [one.text for one in lxml.html.fromstring(rendering.body(JUDGED)).iter("h3")]
    assert titles[:2] == ["Key judgements", "Alternatives considered"] and len(titles) > 2
    assert "Key judgements" not in rendering.body(MADE)


def test_a_row_of_the_chronology_names_its_columns_for_a_phone() -> None:
    table = lxml.html.fromstring(f"<div>{rendering.chronology(BRIEFING)}</div>").find(".//table")
    heads = [one.text for one in table.iter("th")]
    for row in table.find("tbody"):
        assert [cell.get("data-name") for cell in row] == heads
    assert [row.get("data-cites") for row in table.find("tbody")] == ["3", "1"]
