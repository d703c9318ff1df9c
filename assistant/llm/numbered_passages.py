"""Passages as a chat model sees them: under numbers made for one answer, each with its source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from vectorstore import Passage

# Characters between two passages that still read as one text: white space, at most a page number.
_SEAM = 8
_LONGEST_PART = 200  # characters of a title, a publisher: a report's first line may be taken for its title


def numbered_passages(passages: Sequence[Passage]) -> str:
    """Each passage under its number, from 1, and its source, which one that goes on with the last does not repeat."""
    return "\n\n".join(numbered_blocks(passages))


def numbered_blocks(passages: Sequence[Passage]) -> list[str]:
    """`numbered_passages`, one by one."""
    return [
        f"[{number}]\n{defuse(passage.text)}" if goes_on else f"[{number}] {with_source(passage)}"
        for number, (goes_on, passage) in enumerate(zip(_going_on(passages), passages, strict=True), start=1)
    ]


def _going_on(passages: Sequence[Passage]) -> list[bool]:
    """Of each passage: whether it goes on where the one before it in the list ends."""
    return [False, *(continues(one, other) for one, other in pairwise(passages))][: len(passages)]


def continues(one: Passage, other: Passage) -> bool:
    """Whether `other` goes on where `one` ends: in the same version of a report, under the same heading."""
    same = one.generation == other.generation and one.document_id == other.document_id
    return same and one.heading == other.heading and 0 <= other.start - one.end <= _SEAM


def with_source(passage: Passage) -> str:
    """A passage below a line that says whose it is and from when."""
    parts = [passage.title or passage.source, passage.publisher, passage.published or "undated"]
    return f"{defuse(', '.join(part[:_LONGEST_PART] for part in parts if part))}\n{defuse(passage.text)}"


def defuse(text: str) -> str:
    """A source's own bracketed numbers, so that they cannot pass for ours."""
    return re.sub(r"\[(\s*\d[\d,;\s–-]*)\]", r"(\1)", text)
