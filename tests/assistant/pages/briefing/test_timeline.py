"""The timeline of a chronology on the Briefing page."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
from export_samples import BRIEFING

from assistant.pages.briefing import timeline
from assistant.results.briefing import Event

EVENTS = (
    Event("2021-03-02", "Rain fell.", (3,)),
    Event("2021", 'The "<b>dyke</b>" broke. ' * 20, (1, 2), "Kayes"),
    Event("2022-05-15", "The port was shut.", (2,)),
)
PICTURE = lxml.html.fromstring(timeline.show(replace(BRIEFING, chronology=EVENTS), "briefing"))


def test_a_mark_opens_the_first_source_of_its_event() -> None:
    assert sorted(PICTURE.xpath("//button/@data-cite")) == ["briefing/1", "briefing/2", "briefing/3"]
    assert len(PICTURE.find_class("bd-dot")) == 2 and len(PICTURE.find_class("bd-bar")) == 1


def test_an_event_without_a_source_is_drawn_and_opens_nothing() -> None:
    events = (replace(EVENTS[0], citations=()), *EVENTS[1:])
    picture = lxml.html.fromstring(timeline.show(replace(BRIEFING, chronology=events), "briefing"))
    assert picture.xpath("//button/@data-cite") == ["briefing/1", "briefing/2"]
    assert len(picture.find_class("bd-dot")) == 2


def test_a_long_event_is_cut_between_words_on_hovering() -> None:
    (bar,) = PICTURE.find_class("bd-bar")
    said = bar.get("title")
    assert (
        said.startswith('2021, Kayes: The "<b>dyke</b>" broke.') and said.endswith(" …") and len(said) < 190
    )
    assert not PICTURE.xpath("//b")


def test_every_place_is_a_share_of_the_width() -> None:
    for style in PICTURE.xpath("//button/@style | //span/@style"):
        left = float(style.split("left:")[1].split("%")[0])
        assert 0 <= left <= 100


def test_many_ticks_are_thinned_on_a_phone_and_too_few_dates_make_no_picture() -> None:
    years = tuple(Event(str(year), "Rain fell.", (1,)) for year in range(2000, 2012))
    assert "bd-crowded" in timeline.show(replace(BRIEFING, chronology=years), "briefing")
    assert "bd-crowded" not in timeline.show(replace(BRIEFING, chronology=years[:4]), "briefing")
    assert timeline.show(replace(BRIEFING, chronology=EVENTS[:2]), "briefing") == ""
