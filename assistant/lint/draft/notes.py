"""The list of notes at the end: label, credit, quoted words and date of each, in the styles people write them in."""

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
_LEAST_WORDS = 6  # of quoted words that end without a full stop: shorter ones in quotation marks are a title


@dataclass(frozen=True)
class DraftNote:
    """One note: what a marker leads to."""

    label: str  # "1", or "^1" of a footnote
    text: str
    line: int
    where: str
    style: str = ""  # "()" where notes are numbered so, and markers may be
    document: str | None = None  # id, where the file names it

    @cached_property
    def quote(self) -> str:
        """The words quoted from the source, "" where none are."""
        return self._parts[1]

    @cached_property
    def credit(self) -> str:
        """What comes before the quoted words: publisher, title, date."""
        return self._parts[0]

    @cached_property
    def published(self) -> str | None:
        """The date in the credit: the one after the title, else the last of the most precise ones."""
        credit = _SEEN.sub(" ", _ADDRESS.sub(" ", self.credit))
        stated = [one["date"] for one in _AFTER_TITLE.finditer(credit)]
        for text in (*stated, re.sub(r"[“\"][^”\"]*[”\"]", " ", credit)):
            found = dates_of(text)
            if found:
                return max(reversed(found), key=len)
        return None

    @cached_property
    def _parts(self) -> tuple[str, str]:
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
    """The dates with a year in a text, ISO or in words, years by themselves too, in order."""
    return [date for one in date_expressions(text, or_counts=True) if (date := one.iso())]


def _last_quotation(text: str) -> tuple[int, int] | None:
    """Offsets of the opening and closing mark of the last quotation, those inside it counted in."""
    pairs = {"”": "“", "»": "«", '"': '"'}
    end = max(text.rfind(mark) for mark in pairs)
    if end < 0:
        return None
    closing, opening = text[end], pairs[text[end]]
    depth = 0
    for at in range(end, -1, -1):
        if text[at] not in (closing, opening):
            continue
        # A straight mark opens where white space or a bracket stands before it.
        opens = text[at] == opening if opening != closing else at == 0 or text[at - 1] in " (["
        depth += -1 if opens and at != end else 1
        if depth == 0:
            return at, end
    return None


def is_note(block: DraftBlock) -> bool:
    """Whether a block is a note wherever it stands: [^1]: …, or [1] at its beginning."""
    marked = _MARKED.match(block.text)
    return block.kind == "note" or (block.kind != "heading" and marked is not None)


def notes_of(blocks: Iterable[DraftBlock], where: str) -> Iterator[DraftNote]:
    """The notes in the blocks of one list; lines and paragraphs without a label go on with the note before them."""
    held: DraftNote | None = None
    for block in blocks:
        for line, label, style, text in _labelled(block):
            if label or held is None:
                if held is not None:
                    yield held
                held = (
                    DraftNote(label, text, line, block.where or where, style, block.document)
                    if label
                    else None
                )
            else:
                held = replace(held, text=f"{held.text} {text}")
    if held is not None:
        yield held


def _labelled(block: DraftBlock) -> Iterator[tuple[int, str, str, str]]:
    """(line, label or "", style, text) of each line of a block that has one, its other lines joined to it."""
    if block.number:
        own = _MARKED.match(block.text)
        text = block.text[own.end() :] if own else block.text
        label = (own["a"] or own["c"].translate(RAISED)) if own else block.number
        yield block.line, label, "", text
        return
    for place, line in enumerate(block.text.split("\n")):
        match = _MARKED.match(line) or _NUMBERED.match(line)
        if match is None:
            yield block.line + place, "", "", line
            continue
        found = match.groupdict()
        label = (
            found.get("a")
            or (found.get("c") or "").translate(RAISED)
            or found.get("b")
            or found.get("d")
            or ""
        )
        yield block.line + place, label, "()" if found.get("b") else "", line[match.end() :]
