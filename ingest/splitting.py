"""Cuts a document into passages, the spans of its text that are embedded, searched and shown.

A passage never crosses a page, a heading or furniture; within those it is filled with whole sentences up to a target
size. Passages do not overlap, so that search returns no text twice and a citation has exactly one place. Context
before a passage can be read from the document itself.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Block, Document, Span
from ingest.text.sentences import sentences

# Tokens. Large enough to hold a thought, small enough that one embedding still represents it.
# Data: 195 questions on two corpora with known answer spans; characters in the first five passages.
# tokens                               | recall | precision
#  60                                  | .82    | .102
# 120                                  | .88    | .081
# 160                                  | .92    | .061
# 200                                  | .93    | .048
# 250                                  | .95    | .045
# windows of 1,000 chars, overlap 200  | .86    | .041
TARGET = 160
_SMALLEST = 40  # tokens; a smaller passage is joined to the one before if both together fit the limit
# Ordinary text has four to five characters a token, but tokenisers count a word that they cannot split as one token,
# however long. So the characters of a passage are limited as well.
_CHARACTERS_PER_TOKEN = 12
_GUESSES = 4  # rounds of `_longest_fitting` that interpolate before it bisects
_CLAUSE_END = re.compile(r"(?:[;:,]|\s[–—-])\s")

TokenCount = Callable[[str], int]


@dataclass(frozen=True)
class _SentenceUnit:
    """A sentence, or a part of one that is longer than the limit."""

    start: int
    end: int
    tokens: int
    paragraph: int  # index of its block within the run


def passages(document: Document, limit: int, count: TokenCount) -> list[Span]:
    """Spans of at most `limit` tokens, as `count` measures them, in order and without overlap.

    Every sentence outside headings and furniture lies in exactly one of them; a sentence longer than `limit` is cut
    into several. A document that has only headings and furniture is taken whole.
    Raises ValueError for a limit below 1.
    """
    if limit < 1:
        raise ValueError(f"a passage needs room for at least 1 token, not {limit}")
    target = min(TARGET, limit)
    spans = []
    for run in _runs(document.blocks):
        units = [
            unit
            for block_number, block in enumerate(run)
            for unit in _units(document.text, block, block_number, limit, count)
        ]
        groups = _join_small(_pack(units, target), limit)
        for start, end in _within_limit(document.text, groups, limit, count):
            spans.append(Span(start, end, _page(run, start), run[0].heading))
    return spans


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Groups of neighbouring blocks that may share a passage: same page, same heading, no furniture between."""
    only_furniture = all(block.kind in ("heading", "furniture") for block in blocks)

    def key(block: Block) -> tuple[bool, int | None, str | None]:
        return (only_furniture or block.kind not in ("heading", "furniture"), block.page, block.heading)

    for (is_text, _, _), group in itertools.groupby(blocks, key=key):
        if is_text:
            yield list(group)


def _page(run: Sequence[Block], start: int) -> int | None:
    """The page of the block that holds the offset `start`."""
    return run[bisect_right(run, start, key=lambda block: block.start) - 1].page


def _units(
    text: str, block: Block, block_number: int, limit: int, count: TokenCount
) -> Iterator[_SentenceUnit]:
    """The sentences of a block, those over the limit in pieces; `block_number` is the block's index in its run."""
    for start, end in sentences(text[block.start : block.end]):
        start, end = block.start + start, block.start + end
        for piece_start, piece_end in _pieces(text, start, end, limit, count):
            yield _SentenceUnit(piece_start, piece_end, count(text[piece_start:piece_end]), block_number)


def _pieces(text: str, start: int, end: int, limit: int, count: TokenCount) -> Iterator[tuple[int, int]]:
    """The sentence if it fits the limit, else pieces cut at clauses, at white space or, failing these, anywhere."""
    while not _fits(text[start:end], limit, count):
        cut = start + _longest_prefix(text[start : start + limit * _CHARACTERS_PER_TOKEN], limit, count)
        yield start, start + len(text[start:cut].rstrip())
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _fits(text: str, limit: int, count: TokenCount) -> bool:
    """Whether `text` fits in a passage: `_fits("a" * 13, 1, lambda text: 1) is False` (more than 12 characters)."""
    return len(text) <= limit * _CHARACTERS_PER_TOKEN and count(text) <= limit


def _longest_prefix(text: str, limit: int, count: TokenCount) -> int:
    """Length of the longest prefix of `text` within the limit, cut back to the end of a clause or word."""
    fitting = _longest_fitting(text, limit, count)
    clauses = [match.end() for match in _CLAUSE_END.finditer(text, fitting // 2, fitting)]
    if clauses:
        return clauses[-1]
    word = re.search(r"\s(?=\S*$)", text[:fitting])
    return word.end() if word and word.end() > fitting // 2 else fitting


def _longest_fitting(text: str, limit: int, count: TokenCount) -> int:
    """The most characters of `text` that are at most `limit` tokens, at least 1."""
    low, high = 1, len(text) + 1  # `low` characters fit, `high` do not
    size = min(2 * limit, len(text))
    # Counting tokens is slow: guess a few times by the characters a token so far, then bisect.
    for guesses in itertools.count(1):
        if low + 1 >= high:
            break
        tokens = count(text[:size])
        low, high = (size, high) if tokens <= limit else (low, size)
        size = size * limit // max(tokens, 1) if guesses < _GUESSES else (low + high) // 2
        size = max(low + 1, min(size, high - 1))
    return low


def _pack(units: Sequence[_SentenceUnit], target: int) -> list[list[_SentenceUnit]]:
    """Fill groups with sentences up to `target` tokens.

    Once a group is at least half full, a paragraph that does not fit whole begins the next group.
    """
    groups: list[list[_SentenceUnit]] = []
    size = 0
    for index, unit in enumerate(units):
        begins_paragraph = index == 0 or units[index - 1].paragraph != unit.paragraph
        if groups and begins_paragraph and size >= target // 2:
            paragraph = _paragraph_size(units, index)
            is_full = size + paragraph > target
        else:
            is_full = size + unit.tokens > target
        if not groups or is_full:
            groups.append([])
            size = 0
        groups[-1].append(unit)
        size += unit.tokens
    return groups


def _paragraph_size(units: Sequence[_SentenceUnit], index: int) -> int:
    """Tokens from `index` to the end of its paragraph."""
    size, paragraph = 0, units[index].paragraph
    while index < len(units) and units[index].paragraph == paragraph:
        size += units[index].tokens
        index += 1
    return size


def _join_small(groups: list[list[_SentenceUnit]], limit: int) -> list[list[_SentenceUnit]]:
    """Join each group under `_SMALLEST` tokens to the group before it, if both fit the limit."""
    joined: list[list[_SentenceUnit]] = []
    for group in groups:
        is_small = sum(unit.tokens for unit in group) < _SMALLEST
        if joined and is_small and sum(unit.tokens for unit in joined[-1] + group) <= limit:
            joined[-1] = joined[-1] + group
        else:
            joined.append(group)
    return joined


def _within_limit(
    text: str, groups: list[list[_SentenceUnit]], limit: int, count: TokenCount
) -> Iterator[tuple[int, int]]:
    """Spans of the groups; a group over the limit is halved, as text may count more tokens than its sentences do."""
    for group in groups:
        start, end = group[0].start, group[-1].end
        if len(group) == 1 or _fits(text[start:end], limit, count):
            yield start, end
        else:
            middle = len(group) // 2
            yield from _within_limit(text, [group[:middle], group[middle:]], limit, count)
