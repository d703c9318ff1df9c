"""Writes passages out as a chat model sees them: under numbers made for one answer, each with its source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from vectorstore import Passage

_SEAM = 8  # characters between two passages that still read as one text: white space, at most a page number
# Characters shown of a title or publisher, as a report's long first line may pass for its title.
_LONGEST_PART = 200


def numbered_passages(passages: Sequence[Passage]) -> str:
    """All passages as one text, each under its number (from 1) and source.

    A passage that continues the one before it does not repeat the source.
    """
    return "\n\n".join(numbered_blocks(passages))


def numbered_blocks(passages: Sequence[Passage]) -> list[str]:
    """As `numbered_passages`, but one text for each passage."""
    return [
        f"[{number}]\n{defuse(passage.text)}" if goes_on else f"[{number}] {with_source(passage)}"
        for number, (goes_on, passage) in enumerate(zip(_going_on(passages), passages, strict=True), start=1)
    ]


def _going_on(passages: Sequence[Passage]) -> list[bool]:
    """For each passage, whether it continues the one before it in the list; one value per passage."""
    return [False, *(continues(earlier, later) for earlier, later in pairwise(passages))][: len(passages)]


def continues(earlier: Passage, later: Passage) -> bool:
    """True if `later` begins where `earlier` ends: same version of a report, same heading, at most `_SEAM` apart."""
    same = earlier.generation == later.generation and earlier.document_id == later.document_id
    return same and earlier.heading == later.heading and 0 <= later.start - earlier.end <= _SEAM


def with_source(passage: Passage) -> str:
    """A passage below a line with its title, publisher and date."""
    parts = [passage.title or passage.source, passage.publisher, passage.published or "undated"]
    return f"{defuse(', '.join(part[:_LONGEST_PART] for part in parts if part))}\n{defuse(passage.text)}"


def defuse(text: str) -> str:
    """Text with the source's own bracketed numbers in round brackets, so that they cannot pass for our markers.

    `defuse("It fell [3].")` is "It fell (3).".
    """
    return re.sub(r"\[(\s*\d[\d,;\s–-]*)\]", r"(\1)", text)
