"""What a sentence says has happened, and when: each date of it with the verb or the noun that it dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.clauses import EDGE, Clause, clauses
from assistant.language.date_resolution import DateContext, event_dates
from assistant.language.dates import DateMention
from ingest.text.date_patterns import YEAR

_NOUNS = (
    r"coups?(?: d['’]état)?|putsch|mutiny|uprising|rebellion|revolt|revolution|attack|assault|raid|ambush|massacre|"
    r"killing|bombing|explosion|blast|strike|shooting|siege|battle|offensive|invasion|clash(?:es)?|conflict|riots?|protests?|"
    r"demonstrations?|elections?|referendum|vote|ballot|ceasefire|truce|summit|withdrawal|"
    r"departure|arrest|execution|assassination|murder|kidnapping|abduction|hijacking|crash|collision|derailment|accident|"
    r"earthquake|floods?|flooding|drought|fire|outbreak|fall-out|falling-out|collapse|resignation|dismissal|death|sanctions|"
    r"suspension|expulsion|founding|creation|establishment|launch|inauguration|merger|takeover|seizure|capture|verdict|"
    r"conviction|rescue|release|announcement|disaster|spill|eruption|hurricane|cyclone|storm"
)
# "the August 2020 coup", "the 2018 conflict"
_AFTER = re.compile(rf"\s+(?:(?!and\b|to\b|the\b|in\b)[a-z-]+\s+){{0,2}}?(?P<noun>{_NOUNS})\b")
# "a military coup in May 2021", "the coup d'état of 2015", "the execution of 300 civilians in March 2022"
_BEFORE = re.compile(
    rf"(?<!-)\b(?P<noun>{_NOUNS})(?:\s+(?:in|of|at|near|on|against|between|for|by|and|the|a|\d+|[a-z]+s|wal|"
    r"(?:\([A-Z]|al-)[\w)’'-]+|[A-Z][\w’'-]+)){0,9}?"
    r"\s+(?:in|of|on|from)?\s*(?:(?:early|mid|late)[\s-]+)?$"
)
# "the mission, established in 2013"
_FOUNDED = re.compile(
    r"\b(?:established|founded|created|launched|formed|signed|adopted|set up|inaugurated|introduced|concluded)\s+"
    r"(?:\w+\s+){0,3}?(?:in|on)?\s*$"
)

# A row of a table, as it is read: "Date: 3 June 2021; Place: …; Toll: …".
_TABLE_DATE = re.compile(r"(?:^|; )(?:Date|When|Day): (?=[^;]*(?:;|$))")
_MORE_YEARS = re.compile(rf"(?:,?\s(?:and\s|or\s)?(?:in\s)?{YEAR}\b){{2}}")
_FROM_OR_TO = re.compile(r"(?:since|by|until)\b", re.IGNORECASE)
# What a noun stands with where it is still to come, or never came.
_TO_COME = re.compile(
    r"\b(?:upcoming|planned|next|coming|forthcoming|scheduled|possible|prevent\w*|avoid\w*|ahead of|until|before|"
    r"hold|organi[sz]e|prepar\w+|no)\b[^,;]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class EventMention:
    """An event in a sentence: when, and the stretch (offsets in the sentence) that tells of it."""

    date: str  # YYYY, YYYY-MM or YYYY-MM-DD
    start: int
    end: int
    clause: Clause | None  # of its verb; None where a noun or an aside tells of it
    noun: str | None = None


def event_mentions(sentence: str, context: DateContext) -> list[EventMention]:
    """The events that a sentence dates, in its order, each once.

    What is expected, intended, demanded or said, what lasted, and what is dated in a way that is not certain are none.
    """
    dates = _without_series(event_dates(sentence, context), sentence)
    if not dates:
        return []
    parts = clauses(sentence, [(one.start, one.end) for one in dates])
    if (row := _TABLE_DATE.search(sentence)) is not None:
        return [
            EventMention(one.date, 0, len(sentence), None)
            for one in dates
            if one.date is not None and row.end() <= one.start + 1 <= row.end() + 1
        ]
    found: list[EventMention] = []
    taken: dict[
        int, DateMention
    ] = {}  # a clause tells one event: on the first, or else the most precise of its dates
    for one in dates:
        aside = _named(one, sentence, parts)
        if aside is not None:
            found.append(aside)
            continue
        verb = _governing(one, sentence, parts)
        if verb is None:
            continue
        other = taken.get(verb)
        if other is None or len(one.date or "") > len(other.date or ""):
            taken[verb] = one if other is None or other.date is not None else other
    for place, one in taken.items():
        if one.date is not None:
            home = next(part for part in parts if part.start <= one.start < part.end or part.end >= one.end)
            start, end = min(home.start, parts[place].start), max(home.end, parts[place].end)
            telling = parts[place]
            if place + 1 < len(parts) and _tells_when(
                parts[place + 1]
            ):  # "The series opened on 3 May, when …"
                telling = parts[place + 1]
                end = telling.end
            found.append(EventMention(one.date, start, end, telling))
    acts = {each.date for each in found if each.clause is not None}
    once = {
        (each.date, each.noun): each for each in found if each.clause is not None or each.date not in acts
    }
    return sorted(once.values(), key=lambda each: each.start)


def _without_series(dates: Sequence[DateMention], sentence: str) -> list[DateMention]:
    """Without years in a row ("five times: in 1968, 1991 and 2012"): that counts events and tells none."""
    return [one for one in dates if len(one.date or "") != 4 or not _MORE_YEARS.match(sentence, one.end)]


def _named(one: DateMention, sentence: str, parts: Sequence[Clause]) -> EventMention | None:
    """The event of a noun, or of a founding, that the date directly belongs to."""
    if one.date is None:
        return None
    home = _home(one, parts)
    before = sentence[parts[home].start : one.start]
    after = _AFTER.match(sentence, one.end)
    if _FROM_OR_TO.match(sentence[one.start : one.end]):
        return None
    founded = None if re.match("of", sentence[one.start : one.end]) else _FOUNDED.search(before)
    match = after or _BEFORE.search(before) or founded
    if (
        match is None
        or re.search(r"\b(?:not|never|nor)\b", before)
        or _TO_COME.search(before)
        or (EDGE.search(before) and not after)
    ):
        return None
    if parts[home].modality == "event" and not after and not re.match(r"\W*(?:Following|After)\b", before):
        verb = parts[home].verb
        # "signed the agreement in May": the verb's own date, unless the noun stands in front of the verb.
        if verb is not None and verb.start < one.start and not founded:
            return None
    if parts[home].modality == "ahead":
        return None
    noun = match.groupdict().get("noun") or "founding"
    return EventMention(one.date, parts[home].start, parts[home].end, None, noun)


def _governing(one: DateMention, sentence: str, parts: Sequence[Clause]) -> int | None:
    """The clause whose verb the date dates, where that verb tells an event."""
    home = _home(one, parts)
    if len(one.date or "") == 4 and re.match("the ", sentence[one.start : one.end]):
        return None  # "the 1993 novel": it dates the novel, not what became of it
    if EDGE.search(sentence[parts[home].start : one.start]) or _FROM_OR_TO.match(
        sentence[one.start : one.end]
    ):
        return None
    order = [home]
    if parts[home].modality == "nothing" and not _is_relative(parts[home]):
        opening = all(part.modality == "nothing" for part in parts[:home])
        after, before = range(home + 1, len(parts)), range(home - 1, -1, -1)
        order += [*after, *before] if opening else [*before, *after]
    for place in order:
        if parts[place].modality == "nothing" or (place != home and _is_relative(parts[place])):
            continue
        if parts[place].modality == "state" and place + 1 < len(parts) and _tells_when(parts[place + 1]):
            return place + 1  # "The worst day was 4 March, when …"
        return place if parts[place].modality == "event" else None
    return None


def _tells_when(part: Clause) -> bool:
    return part.text.startswith("when ") and part.modality == "event"


def _home(one: DateMention, parts: Sequence[Clause]) -> int:
    """The clause that a date stands in."""
    return max(place for place, part in enumerate(parts) if part.start <= one.start or place == 0)


def _is_relative(part: Clause) -> bool:
    return re.match(r"(?:that|which|who|whom|whose|where)\b", part.text) is not None
