"""Parts become one text in which every piece lies exactly where it says."""

from __future__ import annotations

from ingest.readers.common.draft import DraftPart, Piece, compose, joined_line


def test_pieces_lie_where_they_say_with_blank_lines_between() -> None:
    text, pieces = compose(
        [DraftPart("Fees", "heading", 2), DraftPart(" They are 🙂 low. "), DraftPart("More.", page=2)]
    )
    assert text == "Fees\n\nThey are 🙂 low.\n\nMore."
    assert [text[piece.start : piece.end] for piece in pieces] == ["Fees", "They are 🙂 low.", "More."]
    assert pieces[0] == Piece(0, 4, "heading", 2) and pieces[2].page == 2


def test_items_and_rows_of_one_page_follow_line_by_line() -> None:
    items = [DraftPart("a", "list", page=1), DraftPart("b", "list", page=1), DraftPart("c", "list", page=2)]
    assert compose(items)[0] == "a\nb\n\nc"
    assert compose([DraftPart("a", "list"), DraftPart("b", "table")])[0] == "a\n\nb"


def test_empty_parts_leave_no_gap() -> None:
    text, pieces = compose([DraftPart(""), DraftPart("a"), DraftPart(" \u200b\n"), DraftPart("b")])
    assert (text, len(pieces)) == ("a\n\nb", 2)
    assert compose([]) == ("", ())


def test_invisible_characters_shift_no_offset() -> None:
    text, pieces = compose([DraftPart("a\u200bb"), DraftPart("c")])
    assert (text, text[pieces[1].start : pieces[1].end]) == ("ab\n\nc", "c")


def test_parts_of_a_cell_are_one_line() -> None:
    assert joined_line([DraftPart("two\nlines"), DraftPart("more")]) == "two lines more"
