"""A presentation for the tests of several readers."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, SECOND
from office_samples import BLANK, BULLETS, TITLE_SLIDE, box, saved
from pptx import Presentation


@pytest.fixture
def deck() -> bytes:
    """A title slide, a slide with bullets and notes, and a hidden one without title."""
    deck = Presentation()
    opening = deck.slides.add_slide(deck.slide_layouts[TITLE_SLIDE])
    opening.shapes.title.text = "Grain and the Harbours"
    opening.placeholders[1].text = "By Mara Lindqvist\v14 March 2021"
    second = deck.slides.add_slide(deck.slide_layouts[BULLETS])
    second.shapes.title.text = "What the harbours\vlost"
    second.placeholders[1].text = "Two ships a week\nAll of the timber"
    second.notes_slide.notes_text_frame.text = FIRST
    third = deck.slides.add_slide(deck.slide_layouts[BLANK])
    box(third.shapes, SECOND, 1, 1, 6, 3)
    third._element.set("show", "0")
    return saved(deck)
