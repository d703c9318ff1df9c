"""Turns the desk's own JSON of a briefing into blocks, each with its line in the file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.export.content import credit
from assistant.lint.draft.blocks import DraftBlock
from assistant.lint.draft.sections import SectionRole
from assistant.results.answer import Sentence
from assistant.results.briefing import Briefing


def desk_json_blocks(source: str) -> Iterator[DraftBlock]:
    """The blocks of a briefing saved as JSON, in an order that leads once through the file.

    Sections, places and citations are stated by the JSON, so nothing is inferred from headings. Raises ValueError if
    `source` is not JSON, or not that of a briefing.
    """
    try:
        briefing = Briefing.from_json(json.loads(source))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"is not the JSON of a briefing ({error!r})") from error
    lines = _LineFinder(source)
    cut_off = f"As of {briefing.as_of}" if briefing.as_of else "No cut-off date"
    yield DraftBlock(briefing.title, lines.of(briefing.title), "heading", 1)
    yield DraftBlock(cut_off, 1, role="head")
    yield from _sentences(briefing.bottom_line, "bottom line", "bottom line", lines)
    for place, paragraph in enumerate(briefing.paragraphs, start=1):
        yield DraftBlock(paragraph.heading, lines.of(paragraph.heading), "heading", 2)
        yield from _sentences(paragraph.sentences, "body", f"paragraph {place}", lines)
    for place, event in enumerate(briefing.chronology, start=1):
        yield _stated(
            event.text, event.citations, "chronology", f"chronology, row {place}", lines, event.date
        )
    for place, conflict in enumerate(briefing.conflicts, start=1):
        for side in conflict.sides:
            yield _stated(side.text, side.citations, "conflicts", f"disagreement {place}", lines)
    for gap in briefing.gaps:
        yield DraftBlock(gap, lines.of(gap), role="gaps")
    yield DraftBlock(briefing.source_summary.text, lines.of(briefing.source_summary.text), role="sources")
    for citation in briefing.citations:
        text = f"{credit(citation)}: “{citation.quote}”"
        yield DraftBlock(
            text,
            lines.of(citation.quote),
            "note",
            number=str(citation.number),
            document=citation.document_id,
            where=f"citation {citation.number}",
        )
    # Last, because they stand behind the citations in the file and lines are searched in file order.
    yield from _sentences(briefing.key_judgements, "judgements", "key judgements", lines)
    yield from _sentences(briefing.alternatives, "judgements", "alternatives", lines)


def _sentences(
    sentences: Sequence[Sentence], role: SectionRole, where: str, lines: _LineFinder
) -> Iterator[DraftBlock]:
    for place, sentence in enumerate(sentences, start=1):
        kind: SectionRole = "sources" if sentence.support == "note" and not sentence.citations else role
        block = _stated(sentence.text, sentence.citations, kind, f"{where}, sentence {place}", lines)
        yield replace(block, together=where)


def _stated(
    text: str, citations: Sequence[int], role: SectionRole, where: str, lines: _LineFinder, date: str = ""
) -> DraftBlock:
    cites = tuple(map(str, citations))
    cells = (date, text) if date else ()
    return DraftBlock(
        text, lines.of(text), "row" if date else "paragraph", cells=cells, where=where, role=role, cites=cites
    )


class _LineFinder:
    """Finds the lines of texts in the file, if they are asked for in the order of the file."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0  # offset of the last text found

    def of(self, text: str) -> int:
        """The 1-based line of a string at or after the last one found; the last one's line if it is not there."""
        for encoded in (json.dumps(text, ensure_ascii=False), json.dumps(text)):
            position = self._source.find(encoded, self._at)
            if position >= 0:
                self._at = position
                break
        return self._source.count("\n", 0, self._at) + 1
