"""Dated events of the evidence, in order of their dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.answer import Citation
from assistant.briefing import Event
from assistant.dates import FoundDate, all_dated, dates_in, with_report_date
from assistant.evidence import Evidence
from assistant.words import fold, stems
from vectorstore import first_day, last_day

_LONGEST = 240  # characters of a row; a longer sentence is cut at a clause
_SAME = 0.5  # share of common stems from which two sentences of one date tell one event
# What is expected or demanded has not happened.
_AHEAD = re.compile(
    r"\b(?:will|would|could|should|may|might|expect\w*|plan(?:s|ned|ning)?|threat\w*|deadline|scheduled|due|likely|"
    r"until|by (?:the end|\d)|going to|(?:is|are|was|were) (?:set |about )?to)\b"
)
_ASIDE = re.compile(
    r"(?<=, )\w+(?:ed|en|ing) [^,]*(?=,)|\b(?:that|which|who) [^,]*?(?=,| (?:was|were|has|had) )|\([^)]*\)"
)
# A state that has lasted since then is no event of then; something that began then is.
_LASTING = re.compile(r"\b(?:since|over the past|as of)\b")


def chronology(
    evidence: Sequence[Evidence], number: Callable[[Citation], int], as_of: str | None, most: int
) -> tuple[Event, ...]:
    """At most `most` events, the strongest evidence first taken, sorted by date; one row for one event."""
    rows: list[tuple[str, Evidence, list[Evidence]]] = []
    for one in evidence:
        dated = _event_date(one, as_of)
        if dated is None:
            continue
        same = next((row for row in rows if row[0] == dated and _alike(row[1], one)), None)
        if same is not None:
            same[2].append(one)
        elif len(rows) < most:
            rows.append((dated, one, [one]))
    rows.sort(key=lambda row: (first_day(row[0]), len(row[0])))
    return tuple(
        Event(
            dated,
            with_report_date(shortened(one.text), one.passage.published),
            tuple(dict.fromkeys(number(each.citation) for each in told)),
        )
        for dated, one, told in rows
    )


def _event_date(one: Evidence, as_of: str | None) -> str | None:
    """The one date on which the sentence says that something happened."""
    sentence = one.text
    around = one.passage.text[: one.start], one.passage.published
    if not all_dated(sentence, *around):
        return None  # the day that it tells of may be the one that cannot be dated
    found = dates_in(sentence, *around)
    # Without the dates themselves: "May 15" is no "may".
    plain = sentence
    for each in reversed(found):
        plain = plain[: each.start] + plain[each.end :]
    found = [each for each in found if not _is_dateline(each, one)]
    if not found or _AHEAD.search(fold(plain)) or _LASTING.search(fold(sentence)):
        return None
    # An aside ("appointed on 3 May 2012,") tells another event: the date outside it counts; of several, the
    # most precise, and of those the first.
    asides = [aside.span() for aside in _ASIDE.finditer(sentence)]
    main = [each for each in found if not any(start < each.start < end for start, end in asides)]
    date = max(main or found, key=lambda each: len(each.date)).date
    latest = as_of or one.passage.published
    return None if latest is not None and first_day(date) > last_day(latest) else date


def _is_dateline(found: FoundDate, one: Evidence) -> bool:
    """Whether the date only opens the report ("Kolda, 3 May 2021 – …"): it says when that was written."""
    opens = found.start <= 40 and re.match(r"[^\w\s]*\s*[-–—:|(]", one.text[found.end :]) is not None
    return opens and found.date == one.passage.published


def _alike(one: Evidence, other: Evidence) -> bool:
    a, b = set(stems(one.text)), set(stems(other.text))
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= _SAME


def shortened(text: str) -> str:
    """A long sentence up to the end of a clause, with an ellipsis."""
    if len(text) <= _LONGEST:
        return text
    cut = max(text.rfind(mark, 80, _LONGEST) for mark in (", ", "; ", " – ", "—"))
    if cut < 0:
        cut = text.rfind(" ", 0, _LONGEST)
    return text[:cut].rstrip(" ,;–—") + " …"
