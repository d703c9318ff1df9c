"""Broken lines of a PDF paragraph, each in its own visual order."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import SimpleDocTemplate

from assistant.export.pdf.bidi import END, ISOLATE
from assistant.export.pdf.fonts import font_for
from assistant.export.pdf.paragraphs import BidiParagraph
from assistant.export.pdf.paragraphs import _Seat as Seat
from assistant.export.pdf.paragraphs import _visual_line as visual_line


@pytest.mark.parametrize(
    ("text", "from_right", "lines"),
    [
        ("אבגד ABCD EFGH הוזח", True, ["ABCDדגבא", "חזוהEFGH"]),
        ("אבגד <b>ABCD</b> EFGH <a href='#x'>הו</a>זח<a name='x'/>", True, ["ABCDדגבא", "חזוהEFGH"]),
        ("ABCD אבגד הוזח EFGH", False, ["ABCDדגבא", "חזוהEFGH"]),
        ("ABCD אב<b>גד</b> הוזח EFGH", False, ["ABCDדגבא", "חזוהEFGH"]),
        (f"ABCD {ISOLATE}אבגד 12 345{END} [1]", False, ["ABCD12דגבא", "345[1]"]),
    ],
)
def test_each_line_of_a_broken_paragraph_is_in_its_own_order(
    text: str, from_right: bool, lines: list[str]
) -> None:
    assert lines_seen(text, width=70, from_right=from_right) == lines


def lines_seen(text: str, *, width: float, from_right: bool) -> list[str]:
    """The lines of a paragraph in a PDF, white space left out, by where their characters stand on the page."""
    font = font_for(text)
    made = io.BytesIO()
    margin = 20
    page = SimpleDocTemplate(
        made, pagesize=(width + 2 * margin + 12, 400), leftMargin=margin, rightMargin=margin
    )
    style = ParagraphStyle("plain", fontName=font.plain, fontSize=10, leading=20)
    page.build([BidiParagraph(font.shown(text), style, from_right=from_right)])
    with pypdfium2.PdfDocument(made.getvalue()) as document:
        told = document[0].get_textpage()
        lines: dict[int, list[tuple[float, str]]] = {}
        for at in range(told.count_chars()):
            char = told.get_text_range(at, 1)
            if char.strip():
                left, bottom, _, top = told.get_charbox(at, loose=True)
                lines.setdefault(round((bottom + top) / 20), []).append((left, char))
        return ["".join(char for _, char in sorted(lines[height])) for height in sorted(lines, reverse=True)]


def test_text_without_a_letter_from_the_right_is_drawn_as_it_is_stored() -> None:
    style = ParagraphStyle("plain", fontName="Helvetica")
    assert BidiParagraph(f"{ISOLATE}It rained.{END} [1]", style)._seats == []
    assert len(BidiParagraph("by אב 12", style)._seats) == 6, "one for each character that is no space"


def test_a_paragraph_that_begins_on_the_right_is_aligned_there() -> None:
    style = ParagraphStyle("plain", fontName="Helvetica")
    assert BidiParagraph("אב", style, from_right=True).style.alignment == 2
    assert BidiParagraph("אב", style).style.alignment == style.alignment


def test_a_space_goes_where_the_character_before_it_says() -> None:
    seats = iter([Seat(2, True, 1), Seat(0, True, 3)])
    assert visual_line([("ב א", "frag")], seats) == [("א", "frag"), (" ", "frag"), ("ב", "frag")]


def test_a_character_that_has_no_seat_follows_the_one_before_it() -> None:
    line = visual_line([("ab-", None)], iter([Seat(0, False, 1), Seat(1, False, 2)]))
    assert [char for char, _ in line] == list("ab-")


def test_a_paragraph_split_over_two_pages_gives_each_part_its_own_seats() -> None:
    style = ParagraphStyle("plain", fontName="Helvetica", fontSize=10, leading=20)
    whole = BidiParagraph("אבגד ABCD EFGH הוזח " * 4, style, from_right=True)
    seats = whole._seats
    whole.wrap(70, 400)
    first, second = whole.split(70, 80)
    assert first._seats + second._seats == seats and 0 < len(first._seats) < len(seats)
