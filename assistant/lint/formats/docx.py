"""Turns Word files into blocks; as Word files have no lines, `line` counts paragraphs and table rows from the top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.lint.draft.blocks import DraftBlock
from ingest.readers.docx.package import WordPackage
from ingest.readers.docx.styles import WORDPROCESSINGML, Styles

_NUMBERS = re.compile(r"\s*\[?(\d+(?:\s*[,;]\s*\d+)*)\]?\s*")
_HEADER_CELL_WORDS = 4  # a cell that names its column has at most this many words
_BOLD_HEADING_WORDS = 12  # a bold paragraph without a full stop is a heading up to this many words
_BOLD_HEADING_LEVEL = 9  # a bold paragraph ranks below Word's own headings


def docx_blocks(data: bytes) -> Iterator[DraftBlock]:
    """The headings, paragraphs, list items and table rows of a Word file, then its footnotes and endnotes.

    Word's own notes are numbered [^1], [^2] … in the order in which they are first referred to. Raises IngestError
    `too_large`, and zipfile's exceptions if `data` is no archive.
    """
    package = WordPackage(data)
    yield from _DocxBlocks(package).blocks()


class _DocxBlocks:
    """Reads one Word file, keeping count of paragraphs and of references to Word's own notes."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._styles = Styles(package.related("styles"))
        self._in_brackets = False  # True once a reference to one of Word's own notes stood in brackets
        self._place = 0  # 1-based number of the current paragraph or row
        self._notes: dict[tuple[str, str], tuple[str, int]] = {}  # (kind, id) -> (label, paragraph)

    def blocks(self) -> Iterator[DraftBlock]:
        """The blocks of the body, then those of the notes. A first row that names the columns is left out."""
        body = self._package.main().find(f"{WORDPROCESSINGML}body")
        counted = 0  # items so far in the current list
        for element in _parts(body):
            self._place += 1
            if element.tag == f"{WORDPROCESSINGML}tr":
                cells = tuple(self._cell(cell) for cell in element.iterchildren(f"{WORDPROCESSINGML}tc"))
                if (
                    element.getprevious() is not None
                    and element.getprevious().tag == f"{WORDPROCESSINGML}tr"
                    or not _names_columns(cells)
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
        if (
            text
            and lead.strip() == text
            and len(text.split()) <= _BOLD_HEADING_WORDS
            and text[-1] not in ".!?"
        ):
            return DraftBlock(text, self._place, "heading", _BOLD_HEADING_LEVEL)
        if self._styles.is_list(element) or self._styles.numbering(element) is not None:
            return DraftBlock(text, self._place, "item", lead=lead.strip(), number=str(number))
        return DraftBlock(text, self._place, lead=lead.strip())

    def _cell(self, cell: Any) -> str:
        return " ".join(self._words(paragraph)[0].strip() for paragraph in cell.iter(f"{WORDPROCESSINGML}p"))

    def _words(self, paragraph: Any) -> tuple[str, str]:
        """The words of a paragraph without deleted ones, and the bold words at its start."""
        text, lead, bold = "", "", True
        for run in paragraph.iter(f"{WORDPROCESSINGML}r"):
            if any(ancestor.tag == f"{WORDPROCESSINGML}del" for ancestor in run.iterancestors()):
                continue
            words = self._run(run)
            bold = bold and (_is_on(run, "b") or not words.strip())
            lead += words if bold else ""
            text += words
        return self._unbracketed(text), lead

    def _unbracketed(self, text: str) -> str:
        """Text in which references to Word's own notes are written alike, as [^1].

        People put brackets round Word's raised number; it is read as "[[^1]]". In such a file a typed "[1]" is a
        repeated reference to the first note.
        """
        plain = re.sub(r"\[(\[\^\d+\])\d*\]", r"\1", text)
        self._in_brackets = self._in_brackets or plain != text
        if not self._in_brackets:
            return plain
        labels = {label for label, _ in self._notes.values()}
        return re.sub(
            r"\[(\d+)\]", lambda match: f"[^{match[1]}]" if f"^{match[1]}" in labels else match[0], plain
        )

    def _run(self, run: Any) -> str:
        words = ""
        for child in run:
            name = child.tag.removeprefix(WORDPROCESSINGML)
            if name == "t":
                words += child.text or ""
            elif name in ("tab", "br", "cr"):
                words += " "
            elif name == "noBreakHyphen":
                words += "-"
            elif name in ("footnoteReference", "endnoteReference"):
                label = f"^{len(self._notes) + 1}"
                key = name.removesuffix("Reference"), child.get(f"{WORDPROCESSINGML}id")
                words += f"[{self._notes.setdefault(key, (label, self._place))[0]}]"
        raised = (
            run.find(
                f"{WORDPROCESSINGML}rPr/{WORDPROCESSINGML}vertAlign[@{WORDPROCESSINGML}val='superscript']"
            )
            is not None
        )
        number = _NUMBERS.fullmatch(words) if raised else None
        return f"[{number[1]}]" if number else words

    def _own_notes(self) -> Iterator[DraftBlock]:
        for kind in ("footnote", "endnote"):
            part = self._package.related(f"{kind}s")
            for note in () if part is None else part.iterfind(f"{WORDPROCESSINGML}{kind}"):
                label, place = self._notes.get((kind, note.get(f"{WORDPROCESSINGML}id")), ("", 0))
                text = " ".join(
                    self._words(paragraph)[0].strip() for paragraph in note.iter(f"{WORDPROCESSINGML}p")
                )
                if note.get(f"{WORDPROCESSINGML}type") is None and text.strip():
                    yield DraftBlock(
                        text.strip(),
                        place or 1,
                        "note",
                        number=label or f"^{kind} {note.get(f'{WORDPROCESSINGML}id')}",
                    )


def _parts(element: Any) -> Iterator[Any]:
    """The paragraphs and table rows in order, including those in content controls and insertions."""
    for child in element:
        if child.tag == f"{WORDPROCESSINGML}p":
            yield child
        elif child.tag == f"{WORDPROCESSINGML}tbl":
            rows = list(child.iterchildren(f"{WORDPROCESSINGML}tr"))
            yield from rows
        elif child.tag in (
            f"{WORDPROCESSINGML}sdt",
            f"{WORDPROCESSINGML}sdtContent",
            f"{WORDPROCESSINGML}ins",
        ):
            yield from _parts(child)


def _names_columns(cells: tuple[str, ...]) -> bool:
    """True if the first row of a table names its columns: a few words in each cell, and no digit.

    `_names_columns(("Date", "What happened"))` is True; `_names_columns(("May 2022", "A coup"))` is False.
    """
    return all(len(cell.split()) <= _HEADER_CELL_WORDS and not any(map(str.isdigit, cell)) for cell in cells)


def _is_on(run: Any, name: str) -> bool:
    """True if a run property such as bold ("b") is switched on."""
    switch = run.find(f"{WORDPROCESSINGML}rPr/{WORDPROCESSINGML}{name}")
    return switch is not None and switch.get(f"{WORDPROCESSINGML}val") not in ("0", "false", "off")
