"""The time a question asks about, how well a sentence fits it, and when reports on it are published."""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.language.date_expressions import date_expressions
from assistant.language.dates import dates_in
from vectorstore import first_day, last_day

# Words before a date that make it the edge of a span: "since 2020", "by the end of May 2021", "since spring 2020".
_BOUNDS = re.compile(
    r"\b(?:since|after|before|until|till|from|between|by|prior to|up to|later than|earlier than)\s+"
    r"(?:the\s+)?(?:end of\s+)?(?:[a-z]+\s+)?$",
    re.I,
)
# Half a year: so long reports on a time continue to appear, and figures from before it remain valid.
_NEAR = timedelta(days=183)
# Factors for the score of a sentence, 0 to 1
_ANOTHER = 0.4  # dated at another time, or in a report from before the time asked about
_LATER = 0.6  # undated, in a report from long after
NEAR_TIME_WEIGHT = 0.9  # dated up to half a year before or after


def time_asked(question: str) -> tuple[str, ...]:
    """The dates (YYYY, YYYY-MM or YYYY-MM-DD) a question asks about; empty if it names none, or a span.

    >>> time_asked("What happened in November 2019?"), time_asked("What has happened since 2020?")
    (('2019-11',), ())
    """
    return () if _names_span(question) else tuple(mention.date for mention in dates_in(question))


def _names_span(question: str) -> bool:
    """True if a date of the question is the edge of a span, so that any time within it is asked about.

    >>> _names_span("What came since 2020?"), _names_span("What came from 3 to 5 May 2021?")
    (True, False)
    """
    return any(
        expression.year is not None
        and len(expression.days) < 2
        and _BOUNDS.search(question[: expression.start])
        for expression in date_expressions(question)
    )


def time_words(question: str) -> str:
    """The words for the dates of `time_asked`, which a sentence of the right time need not repeat.

    >>> time_words("What happened in November 2019?"), time_words("What has happened since 2020?")
    ('November 2019', '')
    """
    if not time_asked(question):
        return ""
    return " ".join(question[mention.start : mention.end] for mention in dates_in(question))


def time_weight(times: tuple[str, ...], sentence: str, earlier: str, published: str | None) -> float:
    """A factor (0 to 1) for the score of a sentence: 1 if it may be about one of the times asked about.

    `earlier` is the text before the sentence and `published` the date of its report, as in `dates_in`.

    >>> time_weight(("2021",), "On 4 May 2021 the post fell.", "", "2023-01-01")
    1.0
    >>> time_weight(("2021",), "In 2017 the post fell.", "", "2021-06-01")
    0.4
    """
    if not times:
        return 1.0
    stated = [mention.date for mention in dates_in(sentence, earlier, published)]
    if any(
        stated_date.startswith(time) or time.startswith(stated_date)
        for stated_date in stated
        for time in times
    ):
        return 1.0
    since, until = time_window(times)
    if stated:
        earliest = (date.fromisoformat(since) - _NEAR).isoformat()
        is_near = any(last_day(day) >= earliest and first_day(day) <= until for day in stated)
        return NEAR_TIME_WEIGHT if is_near else _ANOTHER
    if published is None or since <= first_day(published) <= until:
        return 1.0
    return _ANOTHER if last_day(published) < since else _LATER


def time_window(times: tuple[str, ...]) -> tuple[str, str]:
    """The first and last day (YYYY-MM-DD) on which reports on these times appear; `times` must not be empty.

    >>> time_window(("2021",))
    ('2021-01-01', '2022-07-02')
    """
    last = date.fromisoformat(max(map(last_day, times))) + _NEAR
    return min(map(first_day, times)), last.isoformat()
