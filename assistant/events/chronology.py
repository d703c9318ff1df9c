"""Dated events of the evidence, in order of their dates; one row for one event, whoever tells it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.events.actors import actor_of
from assistant.events.casualties import casualties_in
from assistant.events.extraction import EventMention, event_mentions
from assistant.events.kinds import event_kind
from assistant.events.places import are_apart, place_of
from assistant.evidence.scoring import Evidence
from assistant.language.date_resolution import DateContext, event_dates
from assistant.language.relative_dates import speaks_from_its_day
from assistant.language.words import leans_back, names, stems
from assistant.results.annotations import with_report_date
from assistant.results.answer import Citation
from assistant.results.briefing import Event
from assistant.results.wording import _ELLIPSIS, _LONGEST, shorten
from vectorstore import Passage, first_day, last_day
from vectorstore.terms import fold

PassageText = Callable[[Passage], str]  # the extracted text of the version that a passage is of

_SAME = 0.5  # share of common stems from which two sentences of one date tell one event
_SAME_MONTH = 0.35  # share of common stems that suffices there where a date is no day
_SAME_KIND = 2  # stems in common that suffice where both tell of a coup, an attack, a withdrawal …
_SINGLE = ("coup", "vote")  # no country has two in a month, and few have two in a year
_LINK = re.compile(
    r"^(?:However|But|Also|Moreover|Furthermore|In addition|As a result|Therefore|Thus|Additionally|And|Meanwhile),? "
)
_DATELINE = 40  # characters from the beginning in which a date can be that of the report


@dataclass
class _EventRow:
    """An event as its first, strongest source tells it, and all who do."""

    date: str
    text: str
    told: str
    place: str | None
    actor: str | None
    casualties: str | None
    kind: str | None
    words: set[str]
    names: set[str]
    sources: list[Evidence] = field(default_factory=list)


def chronology(
    evidence: Sequence[Evidence],
    number: Callable[[Citation], int],
    as_of: str | None,
    most: int,
    text_of: PassageText | None = None,
) -> tuple[Event, ...]:
    """At most `most` events, the strongest evidence first taken, sorted by date; one row for one event.

    `text_of` gives the report around a passage, by which a day without its year may be dated.
    """
    rows: list[_EventRow] = []
    for one in evidence:
        for row in _rows(one, as_of, text_of):
            same = next((other for other in rows if _alike(other, row)), None)
            if same is not None:
                _join(same, row)
            elif len(rows) < most:
                rows.append(row)
    rows.sort(key=lambda row: (first_day(row.date), len(row.date)))
    return tuple(
        Event(
            row.date,
            row.text,
            tuple(dict.fromkeys(number(each.citation) for each in row.sources)),
            row.place,
            row.actor,
            row.casualties,
        )
        for row in rows
    )


def context_of(one: Evidence, text_of: PassageText | None) -> DateContext:
    """What of its report bears on the dates of a sentence; its passage alone where the report is not at hand."""
    whole = text_of(one.passage) if text_of is not None else one.passage.text
    start = one.start + (one.passage.start if text_of is not None else 0)
    return DateContext(whole[:start], whole, one.passage.published)


def _rows(one: Evidence, as_of: str | None, text_of: PassageText | None) -> list[_EventRow]:
    context = context_of(one, text_of)
    found = event_mentions(one.text, context)
    latest = as_of or one.passage.published
    published = one.passage.published
    made = []
    for event in found:
        ends = [last_day(date) for date in (latest, published) if date is not None]
        if any(first_day(event.date) > end for end in ends) or _is_dateline(event, one):
            continue
        if event.start == 0 and _leans(one.text):
            continue
        made.append(_row(event, one, context, alone=len(found) == 1))
    return made


def _row(event: EventMention, one: Evidence, context: DateContext, *, alone: bool) -> _EventRow:
    sentence = one.text
    told = sentence if alone else sentence[event.start : event.end]
    masked = _without_dates(sentence, context)
    stretch = masked if alone else masked[event.start : event.end]
    verb = event.clause.verb if event.clause is not None else None
    subject = masked[event.clause.start : verb.opens] if event.clause is not None and verb is not None else ""
    text = _shown(sentence, event)
    if speaks_from_its_day(text):
        text = with_report_date(text, one.passage.published)
    kind = event_kind(event.noun or told)
    stretches = [sentence[verb.end : event.end]] if verb is not None else []
    stretches += [sentence[event.start : event.end], told]
    place = place_of(stretches, context.before, one.passage.heading)
    return _EventRow(
        event.date,
        text,
        told,
        place,
        actor_of(masked[event.clause.start : event.clause.end] if event.clause else stretch, subject, verb),
        casualties_in(stretch),
        kind,
        set(stems(masked if alone else stretch)),
        {fold(name) for name in names(stretch, first_word=True)},
        [one],
    )


def _leans(sentence: str) -> bool:
    """Whether a sentence begins with what only the one before it explains; "Furthermore" needs no explaining."""
    return leans_back(_LINK.sub("", sentence))


def _without_dates(sentence: str, context: DateContext) -> str:
    plain = list(sentence)
    for each in event_dates(sentence, context):
        plain[each.start : each.end] = "\0" * (each.end - each.start)
    return "".join(plain)


def _is_dateline(event: EventMention, one: Evidence) -> bool:
    """Whether the date only opens the report ("Kolda, 3 May 2021 – …"): it says when that was written."""
    opens = re.match(rf"[^.]{{0,{_DATELINE}}}?\d{{4}}\)?\s*[-–—:|(]", one.text)
    return opens is not None and event.date == one.passage.published


def _alike(one: _EventRow, other: _EventRow) -> bool:
    """Whether two rows tell one event: at dates that can be one, in like words, or of one kind at one place."""
    if not (one.date.startswith(other.date) or other.date.startswith(one.date)):
        return False
    if one.place and other.place and are_apart(one.place, other.place) and not _near(one, other):
        return False
    least = min(len(one.words), len(other.words))
    shared = one.words & other.words
    if one.date == other.date and least and len(shared) / least >= _SAME:
        return True
    if one.kind is None or one.kind != other.kind:
        return False
    if one.kind in _SINGLE and (min(len(one.date), len(other.date)) >= 7 or (one.place and other.place)):
        return True
    if one.sources[0].passage.document_id == other.sources[0].passage.document_id and one.date != other.date:
        return False  # a report that gives a month and a day in it tells of two things
    if one.actor and other.actor and not set(stems(one.actor)) & set(stems(other.actor)):
        return False
    if one.date == other.date and len(one.date) == 10:
        return len(shared) >= _SAME_KIND or bool(one.names & other.names)
    # Of a month or a year much is told that is of one kind.
    return len(shared) >= _SAME_KIND and len(shared) / max(1, least) >= _SAME_MONTH


def _near(one: _EventRow, other: _EventRow) -> bool:
    """Whether one of two rows names the place of the other, too: "near Bougouni, in the Sikasso region"."""
    return fold(one.place or "") in fold(other.told) or fold(other.place or "") in fold(one.told)


def _join(row: _EventRow, other: _EventRow) -> None:
    """Add another telling of the same event; the more precise date stands, and what was not told is filled in."""
    row.sources += other.sources
    if len(other.date) > len(row.date):
        row.date = other.date
    row.place = row.place or other.place
    row.actor = row.actor or other.actor
    row.casualties = row.casualties or other.casualties


def _shown(sentence: str, event: EventMention) -> str:
    """The sentence, or, where that is long or leans on the one before, the stretch that tells of the event."""
    if event.start > 0 and _leans(sentence):
        return f"{_ELLIPSIS} {shorten(sentence[event.start :])}"
    if len(sentence) <= _LONGEST:
        return sentence
    if event.start == 0 or event.end <= _LONGEST:
        return shorten(sentence)
    told = shorten(sentence[event.start :])
    return f"{_ELLIPSIS} {told}"
