from __future__ import annotations

import pytest

from assistant.results.briefing import Event
from assistant.results.timeline import Timeline, timeline


def picture(*dates: str) -> Timeline:
    drawn = timeline([Event(date, f"Event of {date}", (1,)) for date in dates])
    assert drawn is not None
    return drawn


@pytest.mark.parametrize("dates", [(), ("2021",), ("2021", "2022"), ("2021", "2022", "2022")])
def test_events_of_fewer_than_three_dates_need_no_picture(dates: tuple[str, ...]) -> None:
    assert timeline([Event(date, "", ()) for date in dates]) is None


def test_two_years_are_divided_into_months_and_more_into_years() -> None:
    assert [tick.label for tick in picture("2021-01-05", "2021-02-05", "2021-03-05").ticks] == [
        "Jan 2021",
        "Feb",
        "Mar",
    ]
    assert [tick.label for tick in picture("2019-01-05", "2020-02-05", "2021-03-05").ticks] == [
        "2019",
        "2020",
        "2021",
    ]


def test_years_without_an_event_are_left_out_and_the_gap_is_marked() -> None:
    ticks = picture("1990-05-01", "2020-05-01", "2021-05-01").ticks
    assert [(tick.label, tick.after_gap) for tick in ticks] == [
        ("1990", False),
        ("2020", True),
        ("2021", False),
    ]
    assert ticks[1].left > ticks[0].left + ticks[0].width
    assert ticks[2].left == pytest.approx(ticks[1].left + ticks[1].width)


def test_a_day_is_a_dot_and_a_year_a_bar_over_its_unit() -> None:
    drawn = picture("2019", "2020-07-01", "2021-12-31")
    year, day, last = drawn.marks
    second = drawn.ticks[1]
    assert year.left == 0 and 0.9 * drawn.ticks[0].width < year.width <= drawn.ticks[0].width
    assert day.width == last.width == 0
    assert second.left + 0.4 * second.width < day.left < second.left + 0.6 * second.width


def test_all_marks_stand_within_the_picture_in_the_order_of_time() -> None:
    marks = picture("1990", "2020-02", "2021-03-05", "2020-02-03", "2021-12-31").marks
    assert all(mark.left >= 0 and mark.left + mark.width <= 1 for mark in marks)
    assert [mark.left for mark in marks] == sorted(mark.left for mark in marks)


def test_marks_that_would_touch_are_put_in_lanes() -> None:
    drawn = picture("2020-05-01", "2020-05-02", "2020-05-03", "2022-12-31")
    assert [mark.lane for mark in drawn.marks] == [0, 1, 2, 0] and drawn.lanes == 3
