"""Presentations and workbooks made on the spot, and what was read of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl.workbook import Workbook
from pptx.util import Inches

from ingest import Document

TITLE_SLIDE, BULLETS, COMPARISON, TITLE_ONLY, BLANK = 0, 1, 4, 5, 6  # layouts of the default template


def lines(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def places(document: Document) -> dict[str, tuple[int | None, str | None]]:
    """Line -> page and heading."""
    return {document.text[block.start : block.end]: (block.page, block.heading) for block in document.blocks}


def kinds(document: Document) -> dict[str, str]:
    return {document.text[block.start : block.end]: block.kind for block in document.blocks}


def saved(deck: Any) -> bytes:
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def box(shapes: Any, text: str, left: float, top: float, width: float = 2, height: float = 1) -> Any:
    shape = shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    shape.text_frame.text = text
    return shape


def rewritten(package: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A package with each member passed through `change(name, data)`."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return out.getvalue()


def workbook(*sheets: Sequence[Sequence[object]], change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook of one sheet for each list of rows, named "Sheet", "Sheet1", …"""
    book = Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    if change is not None:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


REGIONS = [["Region", "Killed"], ["Kayes", 40], ["Gao", 7.0]]
