"""Word files into blocks; their lines are paragraphs, counted from the top, a row of a table as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.lint.draft.blocks import DraftBlock
from ingest.readers.docx.package import WordPackage
from ingest.readers.docx.styles import Styles, W

_NUMBERS = re.compile(r"\s*\[?(\d+(?:\s*[,;]\s*\d+)*)\]?\s*")
_MOST_IN_HEAD = 4  # words of a cell that names its column
_MOST_BOLD = 12  # words of a bold paragraph that is a heading


def word_blocks(data: bytes) -> Iterator[DraftBlock]:
    """Headings, paragraphs, list items, rows, and the footnotes and endnotes that are Word's own.

    Those are numbered in the order of their references, as [^1]. Raises IngestError `too_large`, and what zipfile
    raises where `data` is no archive.
    """
    package = WordPackage(data)
    yield from _DocxBlocks(package).blocks()


class _DocxBlocks:
    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._styles = Styles(package.related("styles"))
        self._in_brackets = False  # whether the marks of Word's own notes stand in brackets
        self._place = 0  # of the paragraph or row at hand
        self._notes: dict[tuple[str, str], tuple[str, int]] = {}  # (kind, id) -> label, paragraph

    def blocks(self) -> Iterator[DraftBlock]:
        body = self._package.main().find(f"{W}body")
        counted = 0  # items of the list at hand
        for element in _parts(body):
            self._place += 1
            if element.tag == f"{W}tr":
                cells = tuple(self._cell(cell) for cell in element.iterchildren(f"{W}tc"))
                if (
                    element.getprevious() is not None
                    and element.getprevious().tag == f"{W}tr"
                    or not _heads(cells)
                ):
                    yield DraftBlock(" | ".join(cells), self._place, "row", cells=cells)
                continue
            block = self._paragraph(element, counted + 1)
            counted = counted + 1 if block.kind == "item" else 0
            if block.text:
                yield block
        yield from self._own_notes()

    def _paragraph(self, element: Any, number: int) -> DraftBlock:
        text, lead = self._words(element)
        text = text.strip()
        if level := self._styles.heading_level(element):
            return DraftBlock(text, self._place, "heading", level)
        if text and lead.strip() == text and len(text.split()) <= _MOST_BOLD and text[-1] not in ".!?":
            return DraftBlock(text, self._place, "heading", 9)
        if self._styles.is_list(element) or self._styles.numbering(element) is not None:
            return DraftBlock(text, self._place, "item", lead=lead.strip(), number=str(number))
        return DraftBlock(text, self._place, lead=lead.strip())

    def _cell(self, cell: Any) -> str:
        return " ".join(self._words(one)[0].strip() for one in cell.iter(f"{W}p"))

    def _words(self, paragraph: Any) -> tuple[str, str]:
        """The words of a paragraph, and the bold ones in front."""
        text, lead, bold = "", "", True
        for run in paragraph.iter(f"{W}r"):
            if any(one.tag == f"{W}del" for one in run.iterancestors()):
                continue
            words = self._run(run)
            bold = bold and (_is_on(run, "b") or not words.strip())
            lead += words if bold else ""
            text += words
        return self._unbracketed(text), lead

    def _unbracketed(self, text: str) -> str:
        """Marks of Word's own that stand in brackets, without these; a later "[1]" is a reference to the first."""
        plain = re.sub(r"\[(\[\^\d+\])\d*\]", r"\1", text)
        self._in_brackets = self._in_brackets or plain != text
        if not self._in_brackets:
            return plain
        labels = {label for label, _ in self._notes.values()}
        return re.sub(
            r"\[(\d+)\]", lambda found: f"[^{found[1]}]" if f"^{found[1]}" in labels else found[0], plain
        )

    def _run(self, run: Any) -> str:
        words = ""
        for one in run:
            name = one.tag.removeprefix(W)
            if name == "t":
                words += one.text or ""
            elif name in ("tab", "br", "cr"):
                words += " "
            elif name == "noBreakHyphen":
                words += "-"
            elif name in ("footnoteReference", "endnoteReference"):
                label = f"^{len(self._notes) + 1}"
                key = name.removesuffix("Reference"), one.get(f"{W}id")
                words += f"[{self._notes.setdefault(key, (label, self._place))[0]}]"
        raised = run.find(f"{W}rPr/{W}vertAlign[@{W}val='superscript']") is not None
        number = _NUMBERS.fullmatch(words) if raised else None
        return f"[{number[1]}]" if number else words

    def _own_notes(self) -> Iterator[DraftBlock]:
        for kind in ("footnote", "endnote"):
            part = self._package.related(f"{kind}s")
            for note in () if part is None else part.iterfind(f"{W}{kind}"):
                label, place = self._notes.get((kind, note.get(f"{W}id")), ("", 0))
                text = " ".join(self._words(one)[0].strip() for one in note.iter(f"{W}p"))
                if note.get(f"{W}type") is None and text.strip():
                    yield DraftBlock(
                        text.strip(), place or 1, "note", number=label or f"^{kind} {note.get(f'{W}id')}"
                    )


def _parts(element: Any) -> Iterator[Any]:
    """Paragraphs and rows in order, those of content controls included."""
    for child in element:
        if child.tag == f"{W}p":
            yield child
        elif child.tag == f"{W}tbl":
            rows = list(child.iterchildren(f"{W}tr"))
            yield from rows
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins"):
            yield from _parts(child)


def _heads(cells: tuple[str, ...]) -> bool:
    """Whether the first row of a table names its columns."""
    return all(len(cell.split()) <= _MOST_IN_HEAD and not any(map(str.isdigit, cell)) for cell in cells)


def _is_on(run: Any, name: str) -> bool:
    switch = run.find(f"{W}rPr/{W}{name}")
    return switch is not None and switch.get(f"{W}val") not in ("0", "false", "off")
