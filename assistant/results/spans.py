"""From a written sentence with markers to exact spans: citations of a model are resolved here and never trusted."""

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
_MIN_GAIN = (
    0.15  # a second sentence is quoted if the share of the words carried rises by more than this (0 to 1)
)
# What opens a news report before its first sentence: "Kayes, 16 November 2023 – ", "BAMAKO (Reuters) - ".
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][\w’'. -]{1,40}(?:, [A-ZÀ-Þ][\w’'. -]{1,30})?"
    rf"(?:, {DATED_MONTH}|\s*\([A-Z][\w &.-]{{1,25}}\))\s*[–—-]\s+(?=[\w\"“«])"
)
_BULLET = re.compile(r"[•●▪■◦‣∙·*–—-]\s+(?=\S)")


def split_markers(text: str) -> tuple[str, tuple[int, ...]]:
    """A sentence without its citation markers, and the numbers in them, in order, each once.

    >>> split_markers("The post fell [2][1, 2].")
    ('The post fell.', (2, 1))
    """
    numbers_cited = [
        int(number) for match in _MARKER.finditer(text) for number in re.findall(r"\d+", match[1])
    ]
    plain = re.sub(r"\s+([.,;:!?])", r"\1", _MARKER.sub("", text)).strip()
    return plain, tuple(dict.fromkeys(numbers_cited))


def resolve_citations(sentence: str, cited: Sequence[int], passages: Sequence[Passage]) -> list[Citation]:
    """The spans of the cited passages that support a sentence best.

    `cited` holds 1-based numbers of `passages`, as the model saw them; numbers out of range are dropped.
    """
    return [best_span(sentence, passages[number - 1]) for number in cited if 1 <= number <= len(passages)]


def best_span(sentence: str, passage: Passage) -> Citation:
    """The sentence of the passage that carries most of the given sentence, or two neighbours if both carry part."""
    spans = [trim_span(passage.text, *span) for span in sentences(passage.text)] or [(0, len(passage.text))]
    best = max(spans, key=lambda span: _carried(sentence, passage.text[slice(*span)]))
    pairs = [(a[0], b[1]) for a, b in zip(spans, spans[1:], strict=False) if b[1] - a[0] <= MAX_QUOTE]
    if pairs:
        pair = max(pairs, key=lambda span: _carried(sentence, passage.text[slice(*span)]))
        gain = _carried(sentence, passage.text[slice(*pair)]) - _carried(sentence, passage.text[slice(*best)])
        if gain > _MIN_GAIN:
            best = pair
    return Citation.of(passage, *best)


def _carried(sentence: str, span: str) -> float:
    """Share (0 to 1) of a sentence's stems and numbers that a span has; numbers count double.

    >>> _carried("The post fell.", "The post at Kolda fell."), _carried("The post fell.", "It rained.")
    (1.0, 0.0)
    """
    words, figures = set(stems(sentence)), numbers(sentence)
    if not words:
        return float(fold(sentence) in fold(span))
    shared = len(words & set(stems(span))) + 2 * len(figures & numbers(span))
    return shared / (len(words) + 2 * len(figures))


def trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span text[start:end] without a leading bullet or dateline, cut at white space to MAX_QUOTE characters.

    >>> text = "• Kayes, 16 November 2023 – The post fell."
    >>> text[slice(*trim_span(text, 0, len(text)))]
    'The post fell.'
    """
    if (bullet := _BULLET.match(text, start, end)) is not None:
        start = bullet.end()
    if (dateline := _DATELINE.match(text, start, end)) is not None:
        start = dateline.end()
    if end - start <= MAX_QUOTE:
        return start, end
    cut = text.rfind(" ", start + 1, start + MAX_QUOTE)
    return start, cut if cut > start else start + MAX_QUOTE
