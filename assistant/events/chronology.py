"""Builds a chronology from evidence: dated events in order, one row for one event, however many reports tell it."""

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
from assistant.language.relative_dates import depends_on_report_date
from assistant.language.words import names, needs_previous_sentence, stems
from assistant.results.annotations import with_report_date
from assistant.results.answer import Citation
from assistant.results.briefing import Event
from assistant.results.wording import ELLIPSIS, LONGEST_ROW, shorten
from vectorstore import Passage, first_day, last_day
from vectorstore.terms import fold

PassageText = Callable[[Passage], str]  # passage -> full text of its document's version

# When two rows tell one event (stems in common, as a share of the shorter row's):
_SAME_DATE_SHARE = 0.5  # at the same date
_SAME_KIND_SHARE = 0.35  # of the same kind, if a date is no day
_SAME_KIND_STEMS = 2  # of the same kind (coup, attack, …): stems that they must share at least
_RARE_KINDS = ("coup", "vote")  # no country has two in a month, and few have two in a year
_CONNECTIVE = re.compile(
    r"^(?:However|But|Also|Moreover|Furthermore|In addition|As a result|Therefore|Thus|Additionally|And|Meanwhile),? "
)
_DATELINE = 40  # characters at the beginning in which a date may be a dateline


@dataclass
class _EventRow:
    """An event in the words of its strongest source, with all its sources."""

    date: str  # YYYY, YYYY-MM or YYYY-MM-DD
    text: str  # as shown
    event_text: str  # the part of the sentence that tells of the event
    place: str | None
    actor: str | None
    casualties: str | None
    kind: str | None  # see events.kinds
    words: set[str]  # stems, dates left out
    names: set[str]  # folded
    sources: list[Evidence] = field(default_factory=list)


def chronology(
    evidence: Sequence[Evidence],
    number: Callable[[Citation], int],
    as_of: str | None,
    most: int,
    text_of: PassageText | None = None,
) -> tuple[Event, ...]:
    """At most `most` events, taken from the strongest evidence first and sorted by date; one row for one event.

    `number` numbers a citation. Events after `as_of`, or after their report's own date, are left out. `text_of` gives
    a report's full text, from which a day without a year may get its year; without it the passage must do.
    """
    rows: list[_EventRow] = []
    for sentence in evidence:
        for row in _rows(sentence, as_of, text_of):
            same = next((candidate for candidate in rows if _is_same_event(candidate, row)), None)
            if same is not None:
                _join(same, row)
            elif len(rows) < most:
                rows.append(row)
    rows.sort(key=lambda row: (first_day(row.date), len(row.date)))
    return tuple(
        Event(
            row.date,
            row.text,
            tuple(dict.fromkeys(number(source.citation) for source in row.sources)),
            row.place,
            row.actor,
            row.casualties,
        )
        for row in rows
    )


def context_of(evidence: Evidence, text_of: PassageText | None) -> DateContext:
    """The text by which a sentence's dates are resolved: its report, or only its passage if `text_of` is None."""
    whole = text_of(evidence.passage) if text_of is not None else evidence.passage.text
    start = evidence.start + (evidence.passage.start if text_of is not None else 0)
    return DateContext(whole[:start], whole, evidence.passage.published)


def _rows(evidence: Evidence, as_of: str | None, text_of: PassageText | None) -> list[_EventRow]:
    """The events of one sentence that are not in the future, no dateline and understood without the one before."""
    context = context_of(evidence, text_of)
    mentions = event_mentions(evidence.text, context)
    latest = as_of or evidence.passage.published
    published = evidence.passage.published
    rows = []
    for event in mentions:
        ends = [last_day(date) for date in (latest, published) if date is not None]
        if any(first_day(event.date) > end for end in ends) or _is_dateline(event, evidence):
            continue
        if event.start == 0 and _needs_context(evidence.text):
            continue
        rows.append(_row(event, evidence, context, alone=len(mentions) == 1))
    return rows


def _row(event: EventMention, evidence: Evidence, context: DateContext, *, alone: bool) -> _EventRow:
    """One event with its place, actor and casualties; if it is `alone` in its sentence, the whole sentence is read."""
    sentence = evidence.text
    event_text = sentence if alone else sentence[event.start : event.end]
    masked = _mask_dates(sentence, context)
    stretch = masked if alone else masked[event.start : event.end]
    verb = event.clause.verb if event.clause is not None else None
    subject = (
        masked[event.clause.start : verb.phrase_start]
        if event.clause is not None and verb is not None
        else ""
    )
    text = _row_text(sentence, event)
    if depends_on_report_date(text):
        text = with_report_date(text, evidence.passage.published)
    kind = event_kind(event.noun or event_text)
    stretches = [sentence[verb.end : event.end]] if verb is not None else []
    stretches += [sentence[event.start : event.end], event_text]
    place = place_of(stretches, context.before, evidence.passage.heading)
    return _EventRow(
        event.date,
        text,
        event_text,
        place,
        actor_of(masked[event.clause.start : event.clause.end] if event.clause else stretch, subject, verb),
        casualties_in(stretch),
        kind,
        set(stems(masked if alone else stretch)),
        {fold(name) for name in names(stretch, first_word=True)},
        [evidence],
    )


def _needs_context(sentence: str) -> bool:
    """Whether a sentence is understood only after the one before: "They left." is, "Furthermore, Mali left." is not."""
    return needs_previous_sentence(_CONNECTIVE.sub("", sentence))


def _mask_dates(sentence: str, context: DateContext) -> str:
    """The sentence with each character of its dates replaced by "\\0", so that offsets stay the same."""
    plain = list(sentence)
    for date in event_dates(sentence, context):
        plain[date.start : date.end] = "\0" * (date.end - date.start)
    return "".join(plain)


def _is_dateline(event: EventMention, evidence: Evidence) -> bool:
    """Whether the date is the report's dateline ("Kolda, 3 May 2021 – …"): when it was written, not what happened."""
    opens = re.match(rf"[^.]{{0,{_DATELINE}}}?\d{{4}}\)?\s*[-–—:|(]", evidence.text)
    return opens is not None and event.date == evidence.passage.published


def _is_same_event(row: _EventRow, other_row: _EventRow) -> bool:
    """Whether two rows tell one event: compatible dates and places, and similar words or the same kind.

    "2021-03" and "2021-03-24" are compatible; two attacks of one day in Sarrel and Hallum are two events.
    """
    if not (row.date.startswith(other_row.date) or other_row.date.startswith(row.date)):
        return False
    if (
        row.place
        and other_row.place
        and are_apart(row.place, other_row.place)
        and not _names_place_of_other(row, other_row)
    ):
        return False
    least = min(len(row.words), len(other_row.words))
    shared = row.words & other_row.words
    if row.date == other_row.date and least and len(shared) / least >= _SAME_DATE_SHARE:
        return True
    if row.kind is None or row.kind != other_row.kind:
        return False
    if row.kind in _RARE_KINDS and (
        min(len(row.date), len(other_row.date)) >= 7 or (row.place and other_row.place)
    ):
        return True
    if (
        row.sources[0].passage.document_id == other_row.sources[0].passage.document_id
        and row.date != other_row.date
    ):
        return False  # one report that gives a month and also a day in it tells of two events
    if row.actor and other_row.actor and not set(stems(row.actor)) & set(stems(other_row.actor)):
        return False
    if row.date == other_row.date and len(row.date) == 10:
        return len(shared) >= _SAME_KIND_STEMS or bool(row.names & other_row.names)
    # A month or year has many events of one kind, so that the words must be more alike than for a day.
    return len(shared) >= _SAME_KIND_STEMS and len(shared) / max(1, least) >= _SAME_KIND_SHARE


def _names_place_of_other(row: _EventRow, other_row: _EventRow) -> bool:
    """Whether one of two rows also names the place of the other: "near Bougouni, in the Sikasso region"."""
    return fold(row.place or "") in fold(other_row.event_text) or fold(other_row.place or "") in fold(
        row.event_text
    )


def _join(row: _EventRow, other_row: _EventRow) -> None:
    """Merge another row of the same event into `row`: keep the more precise date, fill in what is missing."""
    row.sources += other_row.sources
    if len(other_row.date) > len(row.date):
        row.date = other_row.date
    row.place = row.place or other_row.place
    row.actor = row.actor or other_row.actor
    row.casualties = row.casualties or other_row.casualties


def _row_text(sentence: str, event: EventMention) -> str:
    """The text of a row: the sentence, or the part with the event if it is long or needs the sentence before."""
    if event.start > 0 and _needs_context(sentence):
        return f"{ELLIPSIS} {shorten(sentence[event.start :])}"
    if len(sentence) <= LONGEST_ROW:
        return sentence
    if event.start == 0 or event.end <= LONGEST_ROW:
        return shorten(sentence)
    event_text = shorten(sentence[event.start :])
    return f"{ELLIPSIS} {event_text}"
