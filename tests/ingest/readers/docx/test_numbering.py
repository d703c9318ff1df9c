"""Numbers that Word counts are written out."""

from __future__ import annotations

from ingest_samples import FIRST
from word_samples import kinds, lines, numbered, run, with_numbering

from ingest import read


def test_numbers_that_word_counts_are_written_out_level_by_level() -> None:
    data = with_numbering(
        [("decimal", "%1."), ("lowerLetter", "%1.%2)"), ("upperRoman", "(%3)")],
        numbered("Grain"),
        numbered("Wheat", 1),
        numbered("Rye", 1),
        numbered("winter", 2),
        numbered("Timber"),
        numbered("Oak", 1),
        numbered("Fees", number=91),
    )
    assert lines(data) == [
        "1. Grain",
        "1.a) Wheat",
        "1.b) Rye",
        "(I) winter",
        "2. Timber",
        "2.a) Oak",
        "1. Fees",
    ]


def test_bullets_and_numbered_headings_keep_what_they_are() -> None:
    data = with_numbering(
        [("bullet", "o"), ("decimal", "%2")],
        numbered("A crane"),
        numbered("The quays", 1, style="Heading1"),
        f"<w:p>{run(FIRST)}</w:p>",
    )
    assert kinds(read(data, "a.docx")) == [
        ("list", "• A crane"),
        ("heading", "1 The quays"),
        ("paragraph", FIRST),
    ]
