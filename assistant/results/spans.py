"""From a written sentence with markers to exact spans: what a model cites is resolved here, never trusted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.words import numbers, stems
from assistant.results.answer import MAX_QUOTE, Citation
from ingest import sentences
from ingest.text.date_patterns import DATED_MONTH
from vectorstore import Passage
from vectorstore.terms import fold

_MARKER = re.compile(r"\s*\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")


def split_markers(text: str) -> tuple[str, tuple[int, ...]]:
    """A sentence without its markers, and the numbers they held, each once, in order."""
    found = [int(number) for match in _MARKER.finditer(text) for number in re.findall(r"\d+", match[1])]
    plain = re.sub(r"\s+([.,;:!?])", r"\1", _MARKER.sub("", text)).strip()
    return plain, tuple(dict.fromkeys(found))


def resolve_citations(sentence: str, cited: Sequence[int], passages: Sequence[Passage]) -> list[Citation]:
    """The spans of the cited passages that support a sentence best; numbers never issued are dropped.

    `cited` counts passages from 1, as they were numbered for the model.
    """
    return [best_span(sentence, passages[number - 1]) for number in cited if 1 <= number <= len(passages)]


def best_span(sentence: str, passage: Passage) -> Citation:
    """One sentence of the passage, or two neighbours where both carry part, that hold most of a sentence."""
    spans = [trim_span(passage.text, *span) for span in sentences(passage.text)] or [(0, len(passage.text))]
    single = max(spans, key=lambda span: _carried(sentence, passage.text[slice(*span)]))
    pairs = [(a[0], b[1]) for a, b in zip(spans, spans[1:], strict=False) if b[1] - a[0] <= MAX_QUOTE]
    if pairs:
        pair = max(pairs, key=lambda span: _carried(sentence, passage.text[slice(*span)]))
        gain = _carried(sentence, passage.text[slice(*pair)]) - _carried(
            sentence, passage.text[slice(*single)]
        )
        if gain > _WORTH_A_SECOND:
            single = pair
    return Citation.of(passage, *single)


_WORTH_A_SECOND = 0.15  # a second sentence is quoted if it carries this much more of the words


def _carried(sentence: str, span: str) -> float:
    """Share of a sentence's stems and numbers that a span holds; numbers count double."""
    words, figures = set(stems(sentence)), numbers(sentence)
    if not words:
        return float(fold(sentence) in fold(span))
    held = len(words & set(stems(span))) + 2 * len(figures & numbers(span))
    return held / (len(words) + 2 * len(figures))


# What opens a news report before its first sentence: "Kayes, 16 November 2023 – ", "BAMAKO (Reuters) - ".
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][\w’'. -]{1,40}(?:, [A-ZÀ-Þ][\w’'. -]{1,30})?"
    rf"(?:, {DATED_MONTH}|\s*\([A-Z][\w &.-]{{1,25}}\))\s*[–—-]\s+(?=[\w\"“«])"
)
_BULLET = re.compile(r"[•●▪■◦‣∙·*–—-]\s+(?=\S)")


def trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without a bullet or dateline before it, cut to what may be quoted, at white space."""
    if (bullet := _BULLET.match(text, start, end)) is not None:
        start = bullet.end()
    if (opening := _DATELINE.match(text, start, end)) is not None:
        start = opening.end()
    if end - start <= MAX_QUOTE:
        return start, end
    cut = text.rfind(" ", start + 1, start + MAX_QUOTE)
    return start, cut if cut > start else start + MAX_QUOTE
