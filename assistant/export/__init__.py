"""Answers and briefings as files to hand on: Markdown, HTML, Word, PDF and JSON; chronologies as CSV."""

from __future__ import annotations

import json
from importlib import import_module

from assistant.results.answer import Answer
from assistant.results.briefing import Briefing, Chronology

# format -> module with render(briefing) -> bytes, loaded when asked for
_MODULES = {"md": "markdown", "html": "html", "docx": "docx.document", "pdf": "pdf.document", "csv": "csv"}
FORMATS = (*_MODULES, "json")


def render(briefing: Briefing, format: str) -> bytes:
    """The briefing as the bytes of a file. Raises ValueError for a format that is not in FORMATS."""
    if format == "json":
        return (json.dumps(briefing.to_json(), ensure_ascii=False, indent=2) + "\n").encode()
    if format not in _MODULES:
        raise ValueError(f"{format!r} is not a format: choose {', '.join(FORMATS)}")
    made: bytes = import_module(f"assistant.export.{_MODULES[format]}").render(briefing)
    return made


def chronology_csv(one: Chronology) -> bytes:
    """All events as CSV."""
    from assistant.export.csv import table

    return table(one.events, one.citations)


def answer_markdown(answer: Answer) -> str:
    """The answer with its endnotes, as Markdown."""
    from assistant.export import markdown

    return markdown.answer(answer)
