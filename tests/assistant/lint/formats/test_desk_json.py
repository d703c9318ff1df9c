"""The desk's own JSON becomes blocks, each on the line of its text."""

from __future__ import annotations

import json

import pytest
from made_briefing import MADE

from assistant.lint.formats.desk_json import desk_json_blocks

SAVED = json.dumps(MADE.to_json(), ensure_ascii=False, indent=2)


def test_every_part_is_read_with_its_section_and_citations() -> None:
    blocks = list(desk_json_blocks(SAVED))
    roles = [block.role for block in blocks]
    assert [roles.count(role) for role in ("bottom line", "body", "chronology", "conflicts", "gaps", "sources")] == [
        2, 42, 12, 4, 1, 1,
    ]  # fmt: skip
    assert blocks[0].text == MADE.title and blocks[1].text == "As of 2022-06"
    first = next(block for block in blocks if block.role == "body")
    assert (first.where, first.cites) == ("paragraph 1, sentence 1", ("3",))


def test_a_note_names_its_document_and_quotes_its_words() -> None:
    notes = [block for block in desk_json_blocks(SAVED) if block.kind == "note"]
    assert [note.number for note in notes] == [str(number) for number in range(1, 61)]
    assert (
        notes[4].document == MADE.citations[4].document_id and f"“{MADE.citations[4].quote}”" in notes[4].text
    )


def test_a_block_stands_on_the_line_of_its_text() -> None:
    lines = SAVED.split("\n")
    for block in desk_json_blocks(SAVED):
        if block.role in ("bottom line", "body"):
            assert json.dumps(block.text, ensure_ascii=False) in lines[block.line - 1]


def test_json_with_escaped_letters_keeps_its_lines() -> None:
    escaped = json.dumps(MADE.to_json(), indent=2)
    assert [block.line for block in desk_json_blocks(escaped)] == [
        block.line for block in desk_json_blocks(SAVED)
    ]


@pytest.mark.parametrize("source", ["{}", '{"title": 1}', "[1]", "no JSON"])
def test_json_of_anything_else_is_refused(source: str) -> None:
    with pytest.raises(ValueError):
        list(desk_json_blocks(source))
