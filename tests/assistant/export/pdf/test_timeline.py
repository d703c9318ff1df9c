"""The timeline of a chronology in a PDF."""

from __future__ import annotations

from reportlab.graphics.shapes import Circle, Rect, String

from assistant.export.pdf.timeline import drawing
from assistant.results.briefing import Event

EVENTS = (
    Event("2021-03-02", "Rain fell.", (3,)),
    Event("2021", "The dyke broke.", (1,)),
    Event("2022-05-15", "The port was shut.", (2,)),
)


def test_an_event_of_a_known_day_is_a_dot_and_of_a_year_a_bar() -> None:
    picture = drawing(EVENTS, 400, "Helvetica")
    assert picture is not None
    shapes = [type(shape) for shape in picture.contents]
    assert shapes.count(Circle) == 2 and shapes.count(Rect) == 1


def test_every_mark_is_within_the_width_that_was_asked_for() -> None:
    for width in (60, 400):
        picture = drawing(EVENTS, width, "Helvetica")
        assert picture is not None and picture.width == width
        left, _, right, _ = picture.getBounds()
        assert left >= -0.5 and right <= width + 0.5 + 8, "a bar has a least width"


def test_labels_that_would_touch_are_left_out() -> None:
    years = [Event(str(year), "Rain fell.", (1,)) for year in range(1950, 2010)]
    narrow, wide = (drawing(years, width, "Helvetica") for width in (200, 4000))
    assert narrow is not None and wide is not None
    labels = [sum(isinstance(shape, String) for shape in picture.contents) for picture in (narrow, wide)]
    assert 0 < labels[0] < labels[1] == len(years)


def test_fewer_than_three_dates_make_no_picture() -> None:
    assert drawing(EVENTS[:2], 400, "Helvetica") is None
