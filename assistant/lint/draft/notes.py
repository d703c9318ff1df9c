"""Reads the list of notes at the end of a briefing, in the styles people use: label, credit, quote and date of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.language.date_expressions import date_expressions
from assistant.lint.draft.blocks import DraftBlock
from ingest.text.date_patterns import WRITTEN_DATE

# "[1] …", "[^1]: …", "(1) …", "1. …", "1) …", "¹ …" at the beginning of a line.
_MARKED = re.compile(r"\s*(?:\[(?P<a>\^?[\w-]{1,20})\]:?|(?P<c>[⁰¹²³⁴-⁹]{1,3}))\s*(?=\S)")
_NUMBERED = re.compile(r"\s*(?:\((?P<b>\d{1,3})\)|(?P<d>\d{1,3})[.):])\s*(?=\S)")
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ADDRESS = re.compile(r"https?://\S+")
_SEEN = re.compile(r"\b(?:accessed|retrieved|viewed|visited|consulted)\b[^.;,)]*", re.IGNORECASE)
_AFTER_TITLE = re.compile(rf"”,? \(?(?P<date>(?:[A-Z][a-z]+ )?{WRITTEN_DATE})")
_LEAST_WORDS = 6  # words in quotation marks without a full stop are a quote from this many on, else a title


@dataclass(frozen=True)
class DraftNote:
    """One note, to which a marker leads."""

    label: str  # "1", or "^1" for a footnote
    text: str  # without the label
    line: int  # 1-based line on which it begins
    where: str  # the heading above it
    style: str = ""  # "()" if notes are numbered "(1)", which makes "(1)" a marker; else ""
    document: str | None = None  # id of the document it quotes, if the file states it

    @cached_property
    def quote(self) -> str:
        """The words quoted from the source, or "" if the note quotes nothing."""
        return self._parts[1]

    @cached_property
    def credit(self) -> str:
        """The note without its quote: publisher, title, date."""
        return self._parts[0]

    @cached_property
    def published(self) -> str | None:
        """The date in the credit (YYYY, YYYY-MM or YYYY-MM-DD), or None.

        The date right after the title counts first, then the most precise one, of equals the last. Dates of access
        ("retrieved 3 May 2023") and addresses are ignored.
        """
        credit = _SEEN.sub(" ", _ADDRESS.sub(" ", self.credit))
        after_title = [match["date"] for match in _AFTER_TITLE.finditer(credit)]
        for text in (*after_title, re.sub(r"[“\"][^”\"]*[”\"]", " ", credit)):
            dates = dates_of(text)
            if dates:
                return max(reversed(dates), key=len)
        return None

    @cached_property
    def _parts(self) -> tuple[str, str]:
        """(credit, quote). Words in quotation marks that are the title, or precede the date, are no quote."""
        text = " ".join(self.text.split())
        span = _last_quotation(text)
        if span is None:
            return text, ""
        start, end = span
        quoted = text[start + 1 : end].strip()
        rest = text[end + 1 :].strip(" .,;:()[]")
        whole = quoted.endswith((".", "!", "?", "…", ".”", "?”")) or len(quoted.split()) >= _LEAST_WORDS
        # "Publisher, “Title”, date" quotes nothing but a title.
        titled = text[:start].rstrip().endswith(",") and not text[:start].count("“")
        if not whole or dates_of(rest) or (titled and not quoted.endswith((".", "!", "?", "…"))):
            return text, ""
        return f"{text[:start]} {text[end + 1 :]}".strip(" :"), quoted


def dates_of(text: str) -> list[str]:
    """The dates in a text that have a year, as ISO dates, in order.

    `dates_of("from 3 May 2022 to June 2023, not in 2024")` is `["2022-05-03", "2023-06", "2024"]`.
    """
    return [date for expression in date_expressions(text, or_counts=True) if (date := expression.iso())]


def _last_quotation(text: str) -> tuple[int, int] | None:
    """The offsets of the opening and the closing mark of the last quotation, or None.

    A quotation inside it is skipped: `_last_quotation("“a” “b “c””")` is `(4, 10)`.
    """
    pairs = {"”": "“", "»": "«", '"': '"'}
    end = max(text.rfind(mark) for mark in pairs)
    if end < 0:
        return None
    closing, opening = text[end], pairs[text[end]]
    depth = 0
    for at in range(end, -1, -1):
        if text[at] not in (closing, opening):
            continue
        # A straight mark opens a quotation if it comes first or after a space or bracket.
        opens = text[at] == opening if opening != closing else at == 0 or text[at - 1] in " (["
        depth += -1 if opens and at != end else 1
        if depth == 0:
            return at, end
    return None


def is_note(block: DraftBlock) -> bool:
    """True if a block is a note wherever it stands, because it begins with [^1]:, [1] or a raised number.

    `is_note(DraftBlock("[1] River Wire, May 2022.", 9))` is True; `is_note(DraftBlock("It rained. [1]", 9))` is False.
    """
    marked = _MARKED.match(block.text)
    return block.kind == "note" or (block.kind != "heading" and marked is not None)


def notes_of(blocks: Iterable[DraftBlock], where: str) -> Iterator[DraftNote]:
    """The notes in the blocks of one list, under the heading `where`.

    A line or paragraph without a label continues the note before it; before the first label it is skipped.
    """
    note: DraftNote | None = None
    for block in blocks:
        for line, label, style, text in _labelled(block):
            if label or note is None:
                if note is not None:
                    yield note
                note = (
                    DraftNote(label, text, line, block.where or where, style, block.document)
                    if label
                    else None
                )
            else:
                note = replace(note, text=f"{note.text} {text}")
    if note is not None:
        yield note


def _labelled(block: DraftBlock) -> Iterator[tuple[int, str, str, str]]:
    """Yield (line, label or "", style, text) of each line of a block; a numbered block counts as one line."""
    if block.number:
        marker = _MARKED.match(block.text)
        text = block.text[marker.end() :] if marker else block.text
        label = (marker["a"] or marker["c"].translate(RAISED)) if marker else block.number
        yield block.line, label, "", text
        return
    for place, line in enumerate(block.text.split("\n")):
        match = _MARKED.match(line) or _NUMBERED.match(line)
        if match is None:
            yield block.line + place, "", "", line
            continue
        groups = match.groupdict()
        label = (
            groups.get("a")
            or (groups.get("c") or "").translate(RAISED)
            or groups.get("b")
            or groups.get("d")
            or ""
        )
        yield block.line + place, label, "()" if groups.get("b") else "", line[match.end() :]
