"""Turns the located pieces of a draft into blocks: marks furniture and headings, and gives each block its path."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from ingest.document import Block
from ingest.metadata.titles import same_title
from ingest.readers.common.draft import Piece

_LONGEST_HEADING = 100  # characters
_MOST_WORDS = 13
_BODY = 80  # characters; a block of this length can stand under a heading
# "2.1 Fees"
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+\S")
_SEPARATOR = " › "


def mark_furniture(pieces: Sequence[Piece], furniture: Collection[int]) -> list[Piece]:
    """The pieces with those at the given indices marked as furniture."""
    return [
        replace(piece, kind="furniture") if index in furniture else piece
        for index, piece in enumerate(pieces)
    ]


def mark_headings(pieces: Sequence[Piece], lines: Sequence[str], title: str | None) -> list[Piece]:
    """Pieces of plain text with headings marked: the title, and short lines without a full stop above a paragraph."""
    marked = list(pieces)
    begins_with_title = title is not None and bool(lines) and same_title(lines[0], title)
    if begins_with_title:
        marked[0] = replace(marked[0], kind="heading", level=1)
    last_level = 0  # of the heading directly above, 0 if there is none
    headings = []
    for index, piece in enumerate(marked):
        if piece.kind == "furniture" or (begins_with_title and index == 0):
            continue
        if piece.kind in ("paragraph", "list") and _looks_like_heading(lines, marked, index):
            last_level = _level(lines[index], last_level)
            marked[index] = replace(piece, kind="heading", level=last_level)
            headings.append(index)
        else:
            last_level = 0
    if begins_with_title and len(headings) == 1 and headings[0] == _first_after_title(marked):
        # The only heading, between title and text, is the name of the site's section and heads nothing.
        marked[headings[0]] = replace(marked[headings[0]], kind="furniture", level=0)
    return marked


def to_blocks(pieces: Sequence[Piece], lines: Sequence[str], title: str | None) -> tuple[Block, ...]:
    """The pieces as blocks, each with the path of the headings above it. The title is no part of paths."""
    open_headings: list[tuple[int, str]] = []
    blocks = []
    for piece, line in zip(pieces, lines, strict=True):
        if piece.kind == "heading":
            open_headings = [(level, text) for level, text in open_headings if level < piece.level]
        path = _SEPARATOR.join(text for _, text in open_headings) or None
        blocks.append(Block(piece.start, piece.end, piece.kind, piece.page, path))
        if piece.kind == "heading" and not (title is not None and same_title(line, title)):
            open_headings.append((piece.level, line[: _LONGEST_HEADING * 2]))
    return tuple(blocks)


def _looks_like_heading(lines: Sequence[str], pieces: Sequence[Piece], index: int) -> bool:
    """Whether a line is a heading: short, capitalised, no sentence, and above a paragraph or a list.

    "The old quay" above a paragraph of 80 characters is one; "The old quay." is none.
    """
    line = lines[index]
    if (
        len(line) > _LONGEST_HEADING
        or len(line.split()) > _MOST_WORDS
        or line.endswith((".", ",", ";", ":", "…", "”", '"', ")"))
    ):
        return False
    if not (line[0].isupper() or line[0].isdigit()) or not any(map(str.isalpha, line)) or " | " in line:
        return False
    if pieces[index].kind == "list" and not _NUMBERED.match(line):
        return False
    for below in range(index + 1, min(index + 4, len(lines))):
        if pieces[below].kind == "furniture":
            continue
        if len(lines[below]) >= _BODY or pieces[below].kind == "list":
            return True
        if lines[below].endswith((".", ":", "!", "?")):
            return lines[below].endswith(":") or len(lines[below]) > len(line)
        # Below is another short line: both are headings if a paragraph follows.
    return False


def _level(line: str, level_above: int) -> int:
    """The level of a heading: `_level("2.1 Fees", 0) == 3`; without a number one below the heading directly above."""
    numbered = _NUMBERED.match(line)
    if numbered is not None:
        return 2 + numbered[1].count(".")
    return level_above + 1 if level_above else 2


def _first_after_title(pieces: Sequence[Piece]) -> int:
    """The index of the first piece after the title that is no furniture, -1 if there is none."""
    return next((index for index in range(1, len(pieces)) if pieces[index].kind != "furniture"), -1)
