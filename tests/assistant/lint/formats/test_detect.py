"""Files that cannot be linted are refused in words."""

from __future__ import annotations

import json

import pytest

from assistant.lint import lint
from ingest import IngestError


def test_a_pdf_an_answer_and_an_empty_file_are_refused_in_words() -> None:
    for data, name, words in (
        (b"%PDF-1.7 ...", "a.pdf", "Lint the .docx"),
        (json.dumps({"sentences": []}).encode(), "a.json", "not the JSON of a briefing"),
        (b"  \n", "a.md", "empty"),
        (b"PK\x03\x04 no archive", "a.docx", "a.docx"),
    ):
        with pytest.raises(IngestError, match=words):
            lint(data, name)
