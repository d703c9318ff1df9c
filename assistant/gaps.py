"""What a briefing cannot say: counted from its topic, evidence and citations, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answer import Citation
from assistant.briefing import Paragraph
from assistant.dates import dates_in
from assistant.evidence import Evidence
from assistant.wording import count_words
from assistant.words import fold, numbers, stems
from vectorstore import last_day
from vectorstore.query_terms import STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def gaps(
    topic: str,
    evidence: Sequence[Evidence],
    paragraphs: Sequence[Paragraph],
    citations: Sequence[Citation],
    as_of: str | None,
    left_out_undated: int | None,
    left_out_later: int | None = None,
) -> Iterator[str]:
    """One sentence for each thing that the topic raises and the cited sources leave open."""
    held = {stem for one in evidence for stem in stems(one.passage.text)}
    missing = [
        word for word in dict.fromkeys(_WORD.findall(topic)) if _carries(word) and not set(stems(word)) & held
    ]
    if missing:
        yield f"No source found for this topic speaks of {_listed([f'“{word}”' for word in missing], 'or')}."
    if evidence:
        if not any(dates_in(one.text, one.passage.text[: one.start]) for one in evidence):
            yield "No cited sentence says when anything happened."
        if not any(numbers(one.text) for one in evidence):
            yield "No cited sentence gives a figure."
    yield from _of_sources(citations, as_of)
    for paragraph in paragraphs:
        documents = _documents(paragraph, citations)
        if len(documents) == 1 and len(paragraph.sentences) > 1 and len(_all(citations)) > 1:
            yield f"“{paragraph.heading}” rests on one document and is not confirmed by another."
    if left_out_undated:
        yield (
            f"{count_words(left_out_undated, 'report')} without a known date left out: date them (`briefing edit ID "
            "--published DATE`), or include undated ones, to have them heard."
        )
    if left_out_later:
        yield f"{count_words(left_out_later, 'report')} published after {as_of} left out."


def _of_sources(citations: Sequence[Citation], as_of: str | None) -> Iterator[str]:
    documents = _all(citations)
    dates = sorted(one.published for one in documents.values() if one.published)
    undated = [one.title or one.source for one in documents.values() if one.published is None]
    if dates and as_of and last_day(dates[-1])[:7] < last_day(as_of)[:7]:
        yield f"Nothing cited was published after {dates[-1]}; the time up to {as_of} is not covered."
    elif dates and not as_of:
        yield f"Nothing cited was published after {dates[-1]}."
    if undated:
        named = [f"“{title}”" for title in undated[:3]]
        named += [f"{len(undated) - 3} more"] if len(undated) > 3 else []
        yield f"When these were published is not known: {_listed(named, 'and')}."
    if len(documents) > 1 and len({one.publisher for one in documents.values() if one.publisher}) == 1:
        yield "All named sources are one publisher's."


def _documents(paragraph: Paragraph, citations: Sequence[Citation]) -> set[str]:
    of_number = {one.number: one.document_id for one in citations}
    return {of_number[number] for one in paragraph.sentences for number in one.citations}


def _all(citations: Sequence[Citation]) -> dict[str, Citation]:
    return {one.document_id: one for one in citations}


def _carries(word: str) -> bool:
    return fold(word) not in STOP_WORDS and bool(stems(word))


def _listed(words: Sequence[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
