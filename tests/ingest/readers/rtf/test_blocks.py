"""Rich text is put together into list items, notes and rows."""

from __future__ import annotations

from book_samples import kinds, lines, rtf
from ingest_samples import FIRST, SECOND

from ingest import read


def test_lists_and_notes_of_rich_text_stand_where_they_belong() -> None:
    body = (
        rf"\pard\outlinelevel0 Fees\par\pard {FIRST}"
        r"{\super\chftn{\footnote\pard\plain{\super\chftn} The third was lost.}}\par"
        r"\pard{\listtext\f0 1.\tab}Weight\par{\pntext\f0\'b7\tab}Length\par\pard \bullet\tab Cargo\par "
        rf"{SECOND}\par"
    )
    document = read(rtf(body), "a.rtf")
    assert lines(document)[1:] == [FIRST, "The third was lost.", "1. Weight", "• Length", "• Cargo", SECOND]
    assert [kinds(document)[line] for line in ("1. Weight", "• Length", "• Cargo")] == ["list"] * 3


def test_tables_of_rich_text_are_rows_with_their_header() -> None:
    def row(marks: tuple[str, str], *cells: str) -> str:
        described = "".join(
            rf"\{mark}\cellx{number}000" if mark else rf"\cellx{number}000"
            for number, mark in enumerate(marks)
        )
        return rf"\trowd{described}\pard\intbl " + "".join(rf"{cell}\cell " for cell in cells) + r"\row "

    body = (
        rf"\pard {FIRST}\par "
        + row(("", ""), "Harbour", "Fee")
        + row(("clvmgf", ""), "Lindow", r"12\par a ship")
        + row(("clvmrg", ""), "", "19")
        + rf"\pard {SECOND}\par"
    )
    document = read(rtf(body), "a.rtf")
    assert lines(document) == [FIRST, "Harbour: Lindow; Fee: 12 a ship", "Harbour: Lindow; Fee: 19", SECOND]
    assert kinds(document)["Harbour: Lindow; Fee: 19"] == "table"
