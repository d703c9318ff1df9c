"""What a briefing cannot say: counted from its topic, evidence and citations, never guessed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from assistant.events.kinds import event_kind
from assistant.evidence.scoring import Evidence
from assistant.language.dates import dates_in
from assistant.language.words import numbers, stems
from assistant.questions.answer_types import IN_WORDS, contains_type, expected_answer_type
from assistant.results.answer import Citation, Sentence
from assistant.results.briefing import Event, Paragraph
from assistant.results.wording import count_words, date_words
from vectorstore import last_day
from vectorstore.terms import STOP_WORDS, fold

_MOST = 6
_MOST_OF_EVENTS = 2
_FRESH = 31  # days for which the newest report is taken to tell how things stand
_PASSIVE = re.compile(r"\b(?:was|were|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|n|t|ck)\b")
# Whatever can name who did it.
_DOER = re.compile(
    r"(?i:\b(?:by|claim\w*|responsib\w*|blam\w*|accus\w*|attribut\w*|group|militants?|fighters?|gunm[ae]n|jihadists?|"
    r"insurgents?|rebels?|terrorists?|attackers?|army|soldiers|troops|forces|suspected)\b)|\b[A-Z]{3,}\b"
)
_COUNTED = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|several|dozens?|hundreds?|thousands?|"
    r"many|some|few|no|nobody|none|victims?|casualt\w+|an?\s+\w+\s+(?:was|died))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def find_gaps(
    topic: str,
    evidence: Sequence[Evidence],
    paragraphs: Sequence[Paragraph],
    citations: Sequence[Citation],
    as_of: str | None,
    left_out_undated: int | None,
    left_out_later: int | None = None,
    *,
    bottom_line: Sequence[Sentence] = (),
    events: Sequence[Event] = (),
    today: datetime.date | None = None,
) -> list[str]:
    """At most six sentences, the most important first: what the topic raises and the cited sources leave open.

    `today`, where given, tells how long ago the newest report was published.
    """
    left_out = list(_left_out(as_of, left_out_undated, left_out_later))
    found = [
        *_of_topic(topic, evidence),
        *(
            f"No source found speaks of “{one.heading}”."
            for one in paragraphs
            if not any(each.citations for each in one.sentences)
        ),
        *_of_facts(evidence, events),
        *_of_events(events, evidence),
        *_of_sources(citations, as_of, today),
        *_of_one_source(bottom_line, paragraphs, events, citations),
    ]
    # What was left out is said in any case: whoever reads can do something about it.
    return [*found[: _MOST - len(left_out)], *left_out]


def _of_topic(topic: str, evidence: Sequence[Evidence]) -> Iterator[str]:
    """Words of the topic that no passage holds, and the kind of fact that it asks for and no sentence gives."""
    held = {stem for one in evidence for stem in stems(one.passage.text)}
    missing = [
        word for word in dict.fromkeys(_WORD.findall(topic)) if _carries(word) and not set(stems(word)) & held
    ]
    if missing:
        yield f"No source found for this topic speaks of {_listed([f'“{word}”' for word in missing], 'or')}."
    wanted = expected_answer_type(topic)
    asked = wanted != "thing" and bool(evidence)
    if asked and not any(contains_type(wanted, one.text, topic) for one in evidence):
        yield f"No cited sentence gives what the topic asks for: {IN_WORDS[wanted]}."


def _of_facts(evidence: Sequence[Evidence], events: Sequence[Event]) -> Iterator[str]:
    if not evidence:
        return
    if not events and not any(dates_in(one.text, one.passage.text[: one.start]) for one in evidence):
        yield "No cited sentence says when anything happened."
    if not any(numbers(one.text) for one in evidence):
        yield "No cited sentence gives a figure."


def _of_events(events: Sequence[Event], evidence: Sequence[Evidence]) -> list[str]:
    """Of attacks and abductions told on a day, those of which nobody says who or how many.

    Only what no cited word can mean is said to be missing: a row without an actor may still name one.
    """
    told: list[str] = []
    for event in events:
        kind = event_kind(event.text)
        if kind not in ("attack", "abduction") or event.precision != "day" or _told_again(event, evidence):
            continue
        what = f"the {kind} of {date_words(event.date)}{f' ({event.place})' if event.place else ''}"
        nameless = event.actor is None and _PASSIVE.search(event.text) and not _DOER.search(event.text)
        countless = event.casualties is None and not _COUNTED.search(_without_dates(event.text))
        if nameless:
            told.append(f"Who carried out {what} is not said.")
        elif countless and kind == "attack":
            told.append(f"How many were killed or hurt in {what} is not said.")
    return told[:_MOST_OF_EVENTS]


def _told_again(event: Event, evidence: Sequence[Evidence]) -> bool:
    """Whether a sentence that is not the row's own may tell more of that day."""
    start = event.text.strip("… ")[:40]
    return any(
        start not in one.text
        and any(
            each.date == event.date
            for each in dates_in(one.text, one.passage.text[: one.start], one.passage.published)
        )
        for one in evidence
    )


def _without_dates(text: str) -> str:
    plain = list(text)
    for each in dates_in(text):
        plain[each.start : each.end] = " " * (each.end - each.start)
    return "".join(plain)


def _left_out(as_of: str | None, undated: int | None, later: int | None) -> Iterator[str]:
    if undated:
        were = "was" if undated == 1 else "were"
        yield (
            f"{count_words(undated, 'report')} without a known date {were} left out: date them, or include "
            "them, to hear them."
        )
    if later:
        were = "was" if later == 1 else "were"
        yield f"{count_words(later, 'report')} published after {as_of} {were} left out."


def _of_sources(
    citations: Sequence[Citation], as_of: str | None, today: datetime.date | None
) -> Iterator[str]:
    documents = _all(citations)
    dates = sorted((one.published for one in documents.values() if one.published), key=last_day)
    undated = [one.title or one.source for one in documents.values() if one.published is None]
    if dates and as_of and last_day(dates[-1])[:7] < last_day(as_of)[:7]:
        yield f"Nothing cited was published after {dates[-1]}; the time up to {as_of} is not covered."
    elif dates and not as_of:
        since = 0 if today is None else (today - datetime.date.fromisoformat(last_day(dates[-1]))).days
        ago = f"; the {since:,} days since then are not covered" if since > _FRESH else ""
        yield f"Nothing cited was published after {dates[-1]}{ago}."
    if undated:
        named = [f"“{title}”" for title in undated[:3]]
        named += [f"{len(undated) - 3} more"] if len(undated) > 3 else []
        yield f"When these were published is not known: {_listed(named, 'and')}."
    if len(documents) > 1 and len({one.publisher for one in documents.values() if one.publisher}) == 1:
        yield "All named sources are one publisher's."


def _of_one_source(
    bottom_line: Sequence[Sentence],
    paragraphs: Sequence[Paragraph],
    events: Sequence[Event],
    citations: Sequence[Citation],
) -> Iterator[str]:
    """What rests on one report although others are cited."""
    if len(_all(citations)) < 2:
        return
    of_number = {one.number: one for one in citations}
    leading = {of_number[number].document_id for one in bottom_line for number in one.citations}
    if len(leading) == 1:
        one = _all(citations)[leading.pop()]
        yield f"The bottom line rests on one report, “{one.title or one.source}”, and no other is cited for it."
    for paragraph in paragraphs:
        if len(_documents(paragraph, citations)) == 1 and len(paragraph.sentences) > 1:
            yield f"“{paragraph.heading}” rests on one document and is not confirmed by another."
    alone = sum(len({of_number[number].document_id for number in one.citations}) == 1 for one in events)
    if len(events) > 1 and alone:
        which = "All" if alone == len(events) else f"{alone} of the"
        yield f"{which} {len(events)} events of the chronology are told by one report alone."


def _documents(paragraph: Paragraph, citations: Sequence[Citation]) -> set[str]:
    of_number = {one.number: one.document_id for one in citations}
    return {of_number[number] for one in paragraph.sentences for number in one.citations}


def _all(citations: Sequence[Citation]) -> dict[str, Citation]:
    return {one.document_id: one for one in citations}


def _carries(word: str) -> bool:
    return fold(word) not in STOP_WORDS and bool(stems(word))


def _listed(words: Sequence[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
