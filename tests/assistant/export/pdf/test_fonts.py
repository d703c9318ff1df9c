"""Fonts of a PDF: which is chosen, and what stands for a character that it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics

from assistant.export.pdf.bidi import END, ISOLATE
from assistant.export.pdf.fonts import Font, _load, font_for

ASCII = Font("plain", "bold", frozenset(range(32, 127)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It rained.", "It rained."),
        ("café, ﬁne", "cafe, fine"),
        ("［12］", "(12)"),
        ("a\u00a0b", "a b"),
        ("soft\u00adhyphen", "softhyphen"),
        ("Łódź", "□odz"),
        (f"{ISOLATE}x{END}", f"{ISOLATE}x{END}"),
    ],
)
def test_what_a_font_lacks_is_written_more_simply_or_as_a_box(text: str, shown: str) -> None:
    assert ASCII.shown(text) == shown


def test_the_packaged_font_is_taken_for_text_that_it_has() -> None:
    font = font_for("It rained in Kayes – “again”.")
    assert "Vera" in font.plain
    assert {font.plain, font.bold} <= set(pdfmetrics.getRegisteredFontNames())


def test_another_font_is_taken_only_if_it_has_more_of_the_text() -> None:
    packaged, chosen = font_for("a"), font_for("Ɗɓɗ")
    needed = {ord(char) for char in "Ɗɓɗ"}
    assert chosen == packaged or len(needed - chosen.characters) < len(needed - packaged.characters)


def test_a_file_that_is_no_font_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "none.ttf").write_bytes(b"no font")
    assert _load((tmp_path / "none.ttf",) * 4) is None
    assert _load((tmp_path / "missing.ttf",) * 4) is None
