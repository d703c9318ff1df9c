"""The timeline of a chronology as an SVG picture."""

from __future__ import annotations

from dataclasses import replace

import lxml.etree
import pytest

from assistant.export.timeline_svg import svg
from assistant.results.briefing import Event

EVENTS = (
    Event("2021-03-02", "Rain fell.", (3,)),
    Event("2021", "The <b>dyke</b> & the lock broke.", (1, 2), "Kayes"),
    Event("2022-05-15", "The port was shut.", (2,)),
)
_SVG = "{http://www.w3.org/2000/svg}"


def test_an_event_of_a_known_day_is_a_dot_and_of_a_year_a_bar() -> None:
    root = lxml.etree.fromstring(svg(EVENTS))
    assert len(root.findall(f".//{_SVG}circle")) == 2 and len(root.findall(f".//{_SVG}rect")) == 1


def test_a_mark_leads_to_the_first_endnote_of_its_event_and_says_what_it_is() -> None:
    links = lxml.etree.fromstring(svg(EVENTS)).findall(f"{_SVG}a")
    told = {link.get("href"): link.findtext(f"{_SVG}title") for link in links}
    assert told["#note-1"] == "2021, Kayes: The <b>dyke</b> & the lock broke."
    assert set(told) == {"#note-1", "#note-2", "#note-3"}


def test_an_event_without_citations_leads_nowhere() -> None:
    root = lxml.etree.fromstring(svg((replace(EVENTS[0], citations=()), *EVENTS[1:])))
    assert "#" in {link.get("href") for link in root.findall(f"{_SVG}a")}


@pytest.mark.parametrize("events", [(), EVENTS[:2], (EVENTS[0],) * 5])
def test_fewer_than_three_dates_make_no_picture(events: tuple[Event, ...]) -> None:
    assert svg(events) == ""


def test_labels_that_would_touch_are_left_out() -> None:
    years = [Event(str(year), "Rain fell.", (1,)) for year in range(1950, 2010)]
    root = lxml.etree.fromstring(svg(years))
    labels = [(float(text.get("x")), text.text) for text in root.findall(f"{_SVG}text") if text.text != "⋯"]
    assert 5 < len(labels) < len(years)
    assert all(right - left >= 34 for (left, _), (right, _) in zip(labels, labels[1:], strict=False))
