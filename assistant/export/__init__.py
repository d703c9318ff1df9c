"""Answers and briefings as files to hand on: Markdown, HTML, Word, PDF and JSON; chronologies as CSV.

Public: `answer_markdown`, `FORMATS`, `render`, `content.credit`.
"""

from __future__ import annotations

import json
from importlib import import_module

from assistant.results.answer import Answer
from assistant.results.briefing import Briefing

# format -> its module below assistant.export, which has render(briefing) -> bytes. Imported on demand: ReportLab and
# python-docx are slow to load.
_MODULES = {"md": "markdown", "html": "html", "docx": "docx.document", "pdf": "pdf.document", "csv": "csv"}
FORMATS = (*_MODULES, "json")


def render(briefing: Briefing, format: str) -> bytes:
    """The briefing as the bytes of a file; `format` is one of FORMATS. Raises ValueError for any other format."""
    if format == "json":
        return (json.dumps(briefing.to_json(), ensure_ascii=False, indent=2) + "\n").encode()
    if format not in _MODULES:
        raise ValueError(f"{format!r} is not a format: choose {', '.join(FORMATS)}")
    data: bytes = import_module(f"assistant.export.{_MODULES[format]}").render(briefing)
    return data


def answer_markdown(answer: Answer) -> str:
    """The question, the answer and its endnotes as Markdown."""
    from assistant.export import markdown

    return markdown.answer(answer)
