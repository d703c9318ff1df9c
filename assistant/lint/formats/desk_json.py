"""The desk's own JSON of a briefing into blocks, each with the line of the file on which its text stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.export.content import credit
from assistant.lint.draft.blocks import DraftBlock
from assistant.lint.draft.sections import SectionRole
from assistant.results.answer import Sentence
from assistant.results.briefing import Briefing


def saved_blocks(source: str) -> Iterator[DraftBlock]:
    """Raises ValueError for what is not the JSON of a briefing."""
    try:
        one = Briefing.from_json(json.loads(source))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"is not the JSON of a briefing ({error!r})") from error
    lines = _LineFinder(source)
    cut_off = f"As of {one.as_of}" if one.as_of else "No cut-off date"
    yield DraftBlock(one.title, lines.of(one.title), "heading", 1)
    yield DraftBlock(cut_off, 1, role="head")
    yield from _sentences(one.bottom_line, "bottom line", "bottom line", lines)
    for place, paragraph in enumerate(one.paragraphs, start=1):
        yield DraftBlock(paragraph.heading, lines.of(paragraph.heading), "heading", 2)
        yield from _sentences(paragraph.sentences, "body", f"paragraph {place}", lines)
    for place, event in enumerate(one.chronology, start=1):
        yield _stated(
            event.text, event.citations, "chronology", f"chronology, row {place}", lines, event.date
        )
    for place, conflict in enumerate(one.conflicts, start=1):
        for side in conflict.sides:
            yield _stated(side.text, side.citations, "conflicts", f"disagreement {place}", lines)
    for gap in one.gaps:
        yield DraftBlock(gap, lines.of(gap), role="gaps")
    yield DraftBlock(one.source_summary.text, lines.of(one.source_summary.text), role="sources")
    for citation in one.citations:
        text = f"{credit(citation)}: “{citation.quote}”"
        yield DraftBlock(
            text,
            lines.of(citation.quote),
            "note",
            number=str(citation.number),
            document=citation.document_id,
            where=f"citation {citation.number}",
        )
    # Behind the citations in the file, and so looked for last.
    yield from _sentences(one.key_judgements, "judgements", "key judgements", lines)
    yield from _sentences(one.alternatives, "judgements", "alternatives", lines)


def _sentences(
    sentences: Sequence[Sentence], role: SectionRole, where: str, lines: _LineFinder
) -> Iterator[DraftBlock]:
    for place, one in enumerate(sentences, start=1):
        kind: SectionRole = "sources" if one.support == "note" and not one.citations else role
        block = _stated(one.text, one.citations, kind, f"{where}, sentence {place}", lines)
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
    """Where texts stand in the file, asked for in its order."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0

    def of(self, text: str) -> int:
        """The line on which a string stands, at or after the last one found; else the last one's."""
        for written in (json.dumps(text, ensure_ascii=False), json.dumps(text)):
            found = self._source.find(written, self._at)
            if found >= 0:
                self._at = found
                break
        return self._source.count("\n", 0, self._at) + 1
