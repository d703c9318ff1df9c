"""Headings of plain text are told by their look, and give each block its path."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, SECOND, TITLE

from ingest import read
from ingest.readers.common.draft import Piece
from ingest.structure.headings import mark_furniture, mark_headings, to_blocks


def test_short_lines_over_paragraphs_are_headings_and_give_their_path() -> None:
    document = read(
        f"{TITLE}\n{FIRST}\nNorthern ports\nThe old quay\n{SECOND}\n2020 in figures\n{FIRST} End.".encode(),
        "a.txt",
    )
    assert [block.heading for block in document.blocks if block.kind == "paragraph"] == [
        None,
        "Northern ports › The old quay",
        "2020 in figures",
    ]
    assert document.metadata.title == TITLE


def marked(*lines: str, title: str | None = None, kind: str = "paragraph") -> list[tuple[str, int]]:
    pieces = [Piece(0, 1, kind) for _ in lines]  # type: ignore[arg-type]
    return [(piece.kind, piece.level) for piece in mark_headings(pieces, lines, title)]


def test_a_number_gives_a_heading_its_level() -> None:
    assert marked("2.1 Fees", FIRST) == [("heading", 3), ("paragraph", 0)]
    assert marked("Ports", "Fees", FIRST) == [("heading", 2), ("heading", 3), ("paragraph", 0)]


@pytest.mark.parametrize(
    "line", ["The old quay.", "the old quay", "Ports, quays,", "Harbour | Fee", "***", "The old quay " * 8]
)
def test_a_sentence_or_a_scrap_is_no_heading(line: str) -> None:
    assert marked(line.strip(), FIRST)[0] == ("paragraph", 0)


def test_a_short_line_without_a_paragraph_below_is_no_heading() -> None:
    assert marked(FIRST, "Mara Lindqvist")[1] == ("paragraph", 0)


def test_the_only_line_between_title_and_text_is_the_sites_section() -> None:
    assert marked(TITLE, "Opinion", FIRST, title=TITLE) == [
        ("heading", 1),
        ("furniture", 0),
        ("paragraph", 0),
    ]
    assert marked(TITLE, "Ports", FIRST, "Fees", SECOND, title=TITLE)[1] == ("heading", 2)


def test_the_title_is_in_no_path_and_a_higher_heading_ends_lower_ones() -> None:
    lines = [TITLE, "Ports", "Fees", FIRST, "Cranes", SECOND]
    levels = [1, 2, 3, 0, 2, 0]
    pieces = [Piece(n, n + 1, "heading" if level else "paragraph", level) for n, level in enumerate(levels)]
    assert [block.heading for block in to_blocks(pieces, lines, TITLE)] == [
        None,
        None,
        "Ports",
        "Ports › Fees",
        None,
        "Cranes",
    ]


def test_furniture_is_marked_by_its_place() -> None:
    pieces = [Piece(0, 1), Piece(1, 2)]
    assert [piece.kind for piece in mark_furniture(pieces, {1})] == ["paragraph", "furniture"]
