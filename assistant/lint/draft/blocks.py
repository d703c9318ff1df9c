"""The common form into which the reader of each file format turns a briefing: a list of blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.lint.draft.sections import SectionRole


@dataclass(frozen=True)
class DraftBlock:
    """A heading, paragraph, list item, table row, horizontal rule or note. Markers are written [1], [^a] or [1, 2]."""

    text: str  # keeps the line breaks of the file, so that findings can name a line
    line: (
        int  # 1-based line of its first character; in Word the 1-based paragraph, a table row counting as one
    )
    kind: Literal["heading", "paragraph", "item", "row", "rule", "note"] = "paragraph"
    level: int = 0  # heading level, 1 for the title; 0 for all other blocks
    lead: str = ""  # bold or italic words at its start, or a label such as "Bottom line"; "" if none
    number: str = ""  # number of a list item, or of a note that the format itself numbers; "" if none
    cells: tuple[str, ...] = ()  # the cells of a row; empty for all other blocks
    where: str = ""  # place shown in a finding, if better than the heading: "paragraph 2, sentence 1"
    role: SectionRole | None = None  # section, if the format states it; None to infer it from headings
    cites: tuple[str, ...] | None = None  # note labels, if the format stores them outside the text
    together: str = ""  # key shared by the sentence blocks of one paragraph; "" if the block is a paragraph
    document: str | None = None  # for a note: id of the document it quotes, if the format states it
