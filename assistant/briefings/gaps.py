"""Lists what a briefing leaves open, counted from its topic, evidence and citations and never guessed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from assistant.events.kinds import event_kind
from assistant.evidence.scoring import Evidence
from assistant.language.dates import dates_in
from assistant.language.words import numbers, stems
from assistant.questions.answer_types import ANSWER_TYPE_WORDS, contains_type, expected_answer_type
from assistant.results.answer import Citation, Sentence
from assistant.results.briefing import Event, Paragraph
from assistant.results.wording import count_words, date_words
from vectorstore import last_day
from vectorstore.terms import NUMBER_WORDS, STOP_WORDS, fold

_MOST = 6  # gaps in all
_MOST_OF_EVENTS = 2  # gaps about single events
_FRESH = 31  # days for which the newest report counts as up to date
# "was killed", "were abducted"
_PASSIVE = re.compile(r"\b(?:was|were|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|n|t|ck)\b")
# Words that may name who did something; capitals may be a group's abbreviation.
_DOER = re.compile(
    r"(?i:\b(?:by|claim\w*|responsib\w*|blam\w*|accus\w*|attribut\w*|group|militants?|fighters?|gunm[ae]n|jihadists?|"
    r"insurgents?|rebels?|terrorists?|attackers?|army|soldiers|troops|forces|suspected)\b)|\b[A-Z]{3,}\b"
)
# Words that may give a number of victims.
_COUNTED = re.compile(
    rf"\d|\b(?:{'|'.join(NUMBER_WORDS[1:11])}|\w+teen|\w+ty|several|dozens?|hundreds?|thousands?|"
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
    """At most six sentences, most important first, on what the topic raises and the cited sources leave open.

    `evidence` holds the sentences to choose from, `left_out_undated` and `left_out_later` count the reports that an
    as-of date left out. With `today`, a briefing without an as-of date says how old its newest report is.
    """
    left_out = list(_left_out(as_of, left_out_undated, left_out_later))
    gaps = [
        *_of_topic(topic, evidence),
        *(
            f"No source found speaks of “{paragraph.heading}”."
            for paragraph in paragraphs
            if not any(sentence.citations for sentence in paragraph.sentences)
        ),
        *_of_facts(evidence, events),
        *_of_events(events, evidence),
        *_of_sources(citations, as_of, today),
        *_of_one_source(bottom_line, paragraphs, events, citations),
    ]
    # Reports left out are always mentioned, because the reader can do something about them.
    return [*gaps[: _MOST - len(left_out)], *left_out]


def _of_topic(topic: str, evidence: Sequence[Evidence]) -> Iterator[str]:
    """Words of the topic that no passage has, and the type of fact that it asks for if no sentence gives one."""
    stems_found = {stem for sentence in evidence for stem in stems(sentence.passage.text)}
    missing = [
        word
        for word in dict.fromkeys(_WORD.findall(topic))
        if _carries(word) and not set(stems(word)) & stems_found
    ]
    if missing:
        yield f"No source found for this topic speaks of {_listed([f'“{word}”' for word in missing], 'or')}."
    answer_type = expected_answer_type(topic)
    asks_for_type = answer_type != "thing" and bool(evidence)
    if asks_for_type and not any(contains_type(answer_type, sentence.text, topic) for sentence in evidence):
        yield f"No cited sentence gives what the topic asks for: {ANSWER_TYPE_WORDS[answer_type]}."


def _of_facts(evidence: Sequence[Evidence], events: Sequence[Event]) -> Iterator[str]:
    """Whether dates or figures are missing altogether."""
    if not evidence:
        return
    if not events and not any(
        dates_in(sentence.text, sentence.passage.text[: sentence.start]) for sentence in evidence
    ):
        yield "No cited sentence says when anything happened."
    if not any(numbers(sentence.text) for sentence in evidence):
        yield "No cited sentence gives a figure."


def _of_events(events: Sequence[Event], evidence: Sequence[Evidence]) -> list[str]:
    """Attacks and abductions on a known day without any word on who did it, or how many were hurt.

    A row whose actor or casualties were not recognised counts as silent only if no word in it could name them.
    """
    sentences: list[str] = []
    for event in events:
        kind = event_kind(event.text)
        if (
            kind not in ("attack", "abduction")
            or event.precision != "day"
            or _may_be_told_again(event, evidence)
        ):
            continue
        what = f"the {kind} of {date_words(event.date)}{f' ({event.place})' if event.place else ''}"
        nameless = event.actor is None and _PASSIVE.search(event.text) and not _DOER.search(event.text)
        countless = event.casualties is None and not _COUNTED.search(_without_dates(event.text))
        if nameless:
            sentences.append(f"Who carried out {what} is not said.")
        elif countless and kind == "attack":
            sentences.append(f"How many were killed or hurt in {what} is not said.")
    return sentences[:_MOST_OF_EVENTS]


def _may_be_told_again(event: Event, evidence: Sequence[Evidence]) -> bool:
    """True if a sentence other than the event's own is dated to the same day, and so may say more."""
    start = event.text.strip("… ")[:40]
    return any(
        start not in sentence.text
        and any(
            date.date == event.date
            for date in dates_in(
                sentence.text, sentence.passage.text[: sentence.start], sentence.passage.published
            )
        )
        for sentence in evidence
    )


def _without_dates(text: str) -> str:
    """Text with its dates blanked out: `_without_dates("On 3 May 2022 he fell.")` is "On            he fell."."""
    plain = list(text)
    for date in dates_in(text):
        plain[date.start : date.end] = " " * (date.end - date.start)
    return "".join(plain)


def _left_out(as_of: str | None, undated: int | None, later: int | None) -> Iterator[str]:
    """How many reports were left out for want of a date, and as later than `as_of`."""
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
    """The time that no source covers, sources without a date, and sources of a single publisher."""
    documents = _by_document(citations)
    dates = sorted(
        (document.published for document in documents.values() if document.published), key=last_day
    )
    undated = [
        document.title or document.source for document in documents.values() if document.published is None
    ]
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
    if (
        len(documents) > 1
        and len({document.publisher for document in documents.values() if document.publisher}) == 1
    ):
        yield "All named sources are one publisher's."


def _of_one_source(
    bottom_line: Sequence[Sentence],
    paragraphs: Sequence[Paragraph],
    events: Sequence[Event],
    citations: Sequence[Citation],
) -> Iterator[str]:
    """What rests on one report although the briefing cites several."""
    if len(_by_document(citations)) < 2:
        return
    of_number = {citation.number: citation for citation in citations}
    leading = {of_number[number].document_id for sentence in bottom_line for number in sentence.citations}
    if len(leading) == 1:
        citation = _by_document(citations)[leading.pop()]
        title = citation.title or citation.source
        yield f"The bottom line rests on one report, “{title}”, and no other is cited for it."
    for paragraph in paragraphs:
        if len(_documents(paragraph, citations)) == 1 and len(paragraph.sentences) > 1:
            yield f"“{paragraph.heading}” rests on one document and is not confirmed by another."
    alone = sum(len({of_number[number].document_id for number in event.citations}) == 1 for event in events)
    if len(events) > 1 and alone:
        which = "All" if alone == len(events) else f"{alone} of the"
        yield f"{which} {len(events)} events of the chronology are told by one report alone."


def _documents(paragraph: Paragraph, citations: Sequence[Citation]) -> set[str]:
    """Ids of the documents that a paragraph cites."""
    of_number = {citation.number: citation.document_id for citation in citations}
    return {of_number[number] for sentence in paragraph.sentences for number in sentence.citations}


def _by_document(citations: Sequence[Citation]) -> dict[str, Citation]:
    """Document id -> its last citation."""
    return {citation.document_id: citation for citation in citations}


def _carries(word: str) -> bool:
    """True for a word with meaning of its own: `_carries("dyke")` is True, `_carries("of")` is False."""
    return fold(word) not in STOP_WORDS and bool(stems(word))


def _listed(words: Sequence[str], last: str) -> str:
    """Words as a list in a sentence: `_listed(["a", "b", "c"], "or")` is "a, b or c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
