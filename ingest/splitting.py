"""A document's passages: what is embedded, searched and shown, as exact spans of its text.

Structure comes first: a passage never crosses a page, a heading or furniture. Within those, whole sentences are
filled in up to a target. Passages do not overlap: each sentence then belongs to one passage, search returns no
text twice, and a citation has one place; the sentence before is one look into the document away.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Block, Document, Span
from ingest.text.sentences import sentences

# Tokens; long enough to carry a thought, short enough that one embedding still means it. 195 questions on two corpora
# whose sought words are known, the first five passages: recall of characters .82 at 60 tokens, .88 at 120, .92 at 160,
# .93 at 200, .95 at 250; precision .102, .081, .061, .048, .045. Windows of 1,000 characters that overlap by 200 find
# .86 with .041.
TARGET = 160
_SMALLEST = 40  # tokens; a passage below this joins the one before, where both fit the limit
# A word piece is four to five characters of ordinary text. Tokenisers count a word they cannot split as one token,
# so a passage is held to this many characters a token as well.
_CHARACTERS_PER_TOKEN = 12
_GUESSES = 4
_CLAUSE_END = re.compile(r"(?:[;:,]|\s[–—-])\s")

TokenCount = Callable[[str], int]


@dataclass(frozen=True)
class _SentenceUnit:
    """A sentence, or a part of one that is longer than the limit."""

    start: int
    end: int
    tokens: int
    paragraph: int  # running number of the block it stands in


def passages(document: Document, limit: int, count: TokenCount) -> list[Span]:
    """Spans of at most `limit` tokens, as `count` measures them, in order and without overlap.

    Every sentence outside headings and furniture lies in one of them (a sentence longer than `limit` in several).
    A document of nothing but headings and furniture is taken whole. Raises ValueError for a limit below 1.
    """
    if limit < 1:
        raise ValueError(f"a passage needs room for at least 1 token, not {limit}")
    target = min(TARGET, limit)
    spans = []
    for run in _runs(document.blocks):
        units = [
            unit
            for number, block in enumerate(run)
            for unit in _units(document.text, block, number, limit, count)
        ]
        packed = _join_small(_pack(units, target), limit)
        for start, end in _checked(document.text, packed, limit, count):
            spans.append(Span(start, end, _page(run, start), run[0].heading))
    return spans


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Neighbouring blocks that may share a passage."""
    everything = all(block.kind in ("heading", "furniture") for block in blocks)

    def key(block: Block) -> tuple[bool, int | None, str | None]:
        return (everything or block.kind not in ("heading", "furniture"), block.page, block.heading)

    for (wanted, _, _), group in itertools.groupby(blocks, key=key):
        if wanted:
            yield list(group)


def _page(run: Sequence[Block], start: int) -> int | None:
    return run[bisect_right(run, start, key=lambda block: block.start) - 1].page


def _units(text: str, block: Block, number: int, limit: int, count: TokenCount) -> Iterator[_SentenceUnit]:
    for start, end in sentences(text[block.start : block.end]):
        start, end = block.start + start, block.start + end
        for piece_start, piece_end in _pieces(text, start, end, limit, count):
            yield _SentenceUnit(piece_start, piece_end, count(text[piece_start:piece_end]), number)


def _pieces(text: str, start: int, end: int, limit: int, count: TokenCount) -> Iterator[tuple[int, int]]:
    """The sentence whole, or, where it exceeds the limit, cut at clauses, at white space or anywhere."""
    while not _fits(text[start:end], limit, count):
        cut = start + _longest_prefix(text[start : start + limit * _CHARACTERS_PER_TOKEN], limit, count)
        yield start, start + len(text[start:cut].rstrip())
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _fits(text: str, limit: int, count: TokenCount) -> bool:
    return len(text) <= limit * _CHARACTERS_PER_TOKEN and count(text) <= limit


def _longest_prefix(text: str, limit: int, count: TokenCount) -> int:
    """Length of the longest beginning of `text` within the limit, ended at a clause or a word where there is one."""
    longest = _longest_fitting(text, limit, count)
    clauses = [match.end() for match in _CLAUSE_END.finditer(text, longest // 2, longest)]
    if clauses:
        return clauses[-1]
    word = re.search(r"\s(?=\S*$)", text[:longest])
    return word.end() if word and word.end() > longest // 2 else longest


def _longest_fitting(text: str, limit: int, count: TokenCount) -> int:
    low, high = 1, len(text) + 1  # characters that fit, and that do not
    size = min(2 * limit, len(text))
    # Counting is what takes time: a few guesses by the characters a token before the search by halves.
    for guesses in itertools.count(1):
        if low + 1 >= high:
            break
        tokens = count(text[:size])
        low, high = (size, high) if tokens <= limit else (low, size)
        size = size * limit // max(tokens, 1) if guesses < _GUESSES else (low + high) // 2
        size = max(low + 1, min(size, high - 1))
    return low


def _pack(units: Sequence[_SentenceUnit], target: int) -> list[list[_SentenceUnit]]:
    """Sentences put together up to the target; where a paragraph would not fit whole, it begins a new passage."""
    packed: list[list[_SentenceUnit]] = []
    size = 0
    for place, unit in enumerate(units):
        begins_paragraph = place == 0 or units[place - 1].paragraph != unit.paragraph
        if packed and begins_paragraph and size >= target // 2:
            paragraph = _paragraph_size(units, place)
            full = size + paragraph > target
        else:
            full = size + unit.tokens > target
        if not packed or full:
            packed.append([])
            size = 0
        packed[-1].append(unit)
        size += unit.tokens
    return packed


def _paragraph_size(units: Sequence[_SentenceUnit], place: int) -> int:
    """Tokens from `place` to the end of its paragraph."""
    size, paragraph = 0, units[place].paragraph
    while place < len(units) and units[place].paragraph == paragraph:
        size += units[place].tokens
        place += 1
    return size


def _join_small(packed: list[list[_SentenceUnit]], limit: int) -> list[list[_SentenceUnit]]:
    joined: list[list[_SentenceUnit]] = []
    for group in packed:
        small = sum(unit.tokens for unit in group) < _SMALLEST
        if joined and small and sum(unit.tokens for unit in joined[-1] + group) <= limit:
            joined[-1] = joined[-1] + group
        else:
            joined.append(group)
    return joined


def _checked(
    text: str, packed: list[list[_SentenceUnit]], limit: int, count: TokenCount
) -> Iterator[tuple[int, int]]:
    """Spans of the groups; halved where a tokeniser counts the whole as more than its parts."""
    for group in packed:
        start, end = group[0].start, group[-1].end
        if len(group) == 1 or _fits(text[start:end], limit, count):
            yield start, end
        else:
            middle = len(group) // 2
            yield from _checked(text, [group[:middle], group[middle:]], limit, count)
