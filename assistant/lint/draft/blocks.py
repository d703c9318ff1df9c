"""A file as a row of blocks, whatever its format: what every reader of this package hands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.lint.draft.sections import SectionRole


@dataclass(frozen=True)
class DraftBlock:
    """A heading, paragraph, list item or table row, its markers written as [1], [^a] or [1, 2]."""

    text: str  # with a line end wherever the file has one
    line: int  # 1-based line of its first character; for Word the paragraph, a table row counting as one
    kind: Literal["heading", "paragraph", "item", "row", "rule", "note"] = "paragraph"
    level: int = 0  # of a heading, 1 for the title
    lead: str = ""  # words in bold or italics that the block begins with
    number: str = ""  # of a list item, or of a note that the format itself numbers
    cells: tuple[str, ...] = ()  # of a row
    where: str = ""  # where the format has better words than a heading: "paragraph 2, sentence 1"
    role: SectionRole | None = None  # where the format says it
    cites: tuple[str, ...] | None = None  # where the format keeps markers apart from the text
    together: str = ""  # where each sentence is a block: equal for those of one paragraph
    document: str | None = None  # of a note: the id of the document it quotes
