"""Documents into passages: by structure first, then by sentences, filled up to a size in tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ingest.document import Block, Document, Span
from ingest.sentence_split import sentences

TARGET = 160  # tokens a passage is filled up to: a thought with its context, well below what models read
_SMALL = 40  # tokens: a last passage below this joins the one before it, where both fit

Count = Callable[[str], int]
Piece = tuple[int, int, int]  # start, end, tokens


def passages(document: Document, limit: int, count: Count) -> list[Span]:
    """Spans of at most `limit` tokens, as `count` counts them, that hold every sentence of the body.

    A passage keeps to one page and one heading. Passages do not overlap: sentences are never cut apart,
    and the same words twice would fill an answer's evidence twice. Headings and furniture are left out,
    unless a document holds nothing else. Raises ValueError for a limit below 1.
    """
    if limit < 1:
        raise ValueError(f"a passage needs room for at least 1 token, not {limit}")
    body = [block for block in document.blocks if block.kind not in ("heading", "furniture")]
    found = []
    for section in _sections(body or list(document.blocks)):
        pieces = [piece for block in section for piece in _pieces(document.text, block, limit, count)]
        for start, end in _filled(pieces, min(TARGET, limit), limit):
            found.append(Span(start, end, section[0].page, section[0].heading))
    return found


def _sections(blocks: list[Block]) -> Iterator[list[Block]]:
    """Runs of blocks on one page and under one heading."""
    run: list[Block] = []
    for block in blocks:
        if run and (block.page, block.heading) != (run[-1].page, run[-1].heading):
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def _pieces(text: str, block: Block, limit: int, count: Count) -> Iterator[Piece]:
    """The sentences of a block; one that is over the limit is cut at white space, or where it must be."""
    for start, end in sentences(text[block.start : block.end]):
        yield from _cut(text, block.start + start, block.start + end, limit, count)


def _cut(text: str, start: int, end: int, limit: int, count: Count) -> Iterator[Piece]:
    tokens = count(text[start:end]) if end - start <= 20 * limit else limit + 1
    if tokens <= limit or end - start < 2:
        yield start, end, tokens
        return
    middle = (start + end) // 2
    for mark in ("; ", ", ", " "):
        at = text.rfind(mark, start + (end - start) // 4, middle + (end - start) // 4)
        if at > start:
            middle = at + len(mark)
            break
    left = middle
    while left > start and text[left - 1].isspace():
        left -= 1
    yield from _cut(text, start, left, limit, count)
    yield from _cut(text, middle, end, limit, count)


def _filled(pieces: list[Piece], target: int, limit: int) -> list[tuple[int, int]]:
    spans: list[Piece] = []
    for start, end, tokens in pieces:
        if spans and spans[-1][2] + tokens <= target:
            spans[-1] = (spans[-1][0], end, spans[-1][2] + tokens)
        else:
            spans.append((start, end, tokens))
    if len(spans) > 1 and spans[-1][2] < _SMALL and spans[-2][2] + spans[-1][2] <= limit:
        last = spans.pop()
        spans[-1] = (spans[-1][0], last[1], spans[-1][2] + last[2])
    return [(start, end) for start, end, _ in spans]
