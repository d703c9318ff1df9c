"""Turns blocks into what the rules work on: sentences with their markers and lines, notes, and the as-of date."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.lint.draft.blocks import DraftBlock
from assistant.lint.draft.notes import RAISED, DraftNote, dates_of, is_note, notes_of
from assistant.lint.draft.sections import STATING, SectionRole, section_role
from assistant.lint.draft.self_reference import is_about_itself
from ingest import sentences
from ingest.text.date_patterns import WRITTEN_DATE

_DATE = rf"(?P<date>(?:[a-z]+ )?{WRITTEN_DATE})"
_CUT_OFF = (
    r"information (?:as[- ]of|current (?:as of|to|until)|date)|"
    r"(?:information )?cut[- ]?off(?: date)?|as[- ]of[- ]date|date of information|current as of"
)
_AS_OF = re.compile(
    rf"\b(?:{_CUT_OFF}|as[-_ ]of|data as of|status as of|as at)\b[\s:=*|]*(?:the )?{_DATE}", re.IGNORECASE
)
_AS_OF_ANYWHERE = re.compile(rf"\b(?:{_CUT_OFF})\b[\s:=*|]*(?:the )?{_DATE}", re.IGNORECASE)
_NO_CUT_OFF = re.compile(r"\bno (?:information )?cut[- ]?off|\bcut[- ]?off(?: date)?:? none\b", re.IGNORECASE)
_MARKER = re.compile(
    r"\s*\[\s*(?P<a>\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*|\^[\w-]{1,20}(?:\s*[,;]\s*\^[\w-]{1,20})*)\s*\]"
    r"|(?<=[\w.,;:!?”\")])(?P<b>[⁰¹²³⁴-⁹]+(?:[,˒ ]?[⁰¹²³⁴-⁹]+)*)(?!\w)"
)
# "(1)" is a marker only in a briefing whose notes are numbered so.
_BRACKETED = re.compile(r"\s*\(\s*(?P<a>\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\)")
# The number before a paragraph: "2.1 Losses grew", "(3) Losses grew".
_ENUMERATOR = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})+\.?|\(?\d{1,2}[.)])\s(?=[A-ZÀ-Þ“\"])")
_LABEL_WORDS = 4  # bold words before a paragraph, at most this many, are its label and state nothing
_END_BEFORE_MARKER = re.compile(r"[.!?…][”\"’')]*$")
_PROSE_WORDS = 10  # a sentence this long before the first heading belongs to the body, not to the head


@dataclass(frozen=True)
class DraftStatement:
    """One sentence or table row, without its markers."""

    text: str  # on one line
    markers: tuple[str, ...]  # note labels, each once, in order
    line: int  # 1-based line on which it begins
    where: str  # the heading above it
    role: SectionRole
    paragraph: int  # 0-based number of its block, equal for the sentences of one paragraph
    row: bool = False  # True for a table row
    beside: str = ""  # the other cells of its row, joined by " | "
    breaks: tuple[int, ...] = ()  # offsets in `text` at which a new line of the file begins

    def line_at(self, offset: int) -> int:
        """The 1-based line of the file on which the character at `offset` of `text` stands."""
        return self.line + bisect_right(self.breaks, offset)


@dataclass(frozen=True)
class DraftBriefing:
    """A briefing as the rules see it."""

    statements: tuple[DraftStatement, ...]  # in the order of the file
    notes: tuple[DraftNote, ...]
    as_of: str | None  # YYYY, YYYY-MM or YYYY-MM-DD; None if the briefing gives no such date
    says_no_cut_off: bool  # True if it states that it has no cut-off date

    @cached_property
    def by_label(self) -> dict[str, DraftNote]:
        """The notes by label; of two with the same label, the later one."""
        return {note.label: note for note in self.notes}

    @cached_property
    def stating(self) -> tuple[DraftStatement, ...]:
        """The statements that make up the briefing's message, without those about the briefing itself."""
        return tuple(statement for statement in self.statements if statement.role in STATING)

    def cited(self, statement: DraftStatement) -> list[DraftNote]:
        """The notes to which a statement's markers lead; markers without a note are skipped."""
        return [self.by_label[label] for label in statement.markers if label in self.by_label]

    def quotes(self, statement: DraftStatement) -> list[str]:
        """The quoted words of the notes that a statement cites; notes without a quote are skipped."""
        return [note.quote for note in self.cited(statement) if note.quote]


def draft_of(blocks: Sequence[DraftBlock]) -> DraftBriefing:
    """Build the draft from the blocks of a file, in file order."""
    placed = list(_placed(blocks))
    listed = [(block, where) for block, role, where in placed if role == "notes"]
    notes = _notes(listed)
    bracketed = any(note.style == "()" for note in notes)
    together: dict[str, int] = {}  # `together` key of a paragraph -> number of its first block
    statements = [
        statement
        for place, (block, role, where) in enumerate(placed)
        if role != "notes" and block.kind not in ("heading", "rule")
        for statement in _statements(
            block, role, where, together.setdefault(block.together or str(place), place), bracketed
        )
    ]
    head = " \n".join(block.text for block, role, _ in placed if role == "head")
    everywhere = " \n".join(block.text for block, role, _ in placed if role != "notes")
    dated = _AS_OF.search(head) or _AS_OF_ANYWHERE.search(everywhere)
    as_of = dates_of(dated["date"]) if dated else []
    return DraftBriefing(
        tuple(statements),
        tuple(notes),
        as_of[0] if as_of else None,
        _NO_CUT_OFF.search(everywhere) is not None,
    )


def _notes(listed: Sequence[tuple[DraftBlock, str]]) -> list[DraftNote]:
    return list(notes_of([block for block, _ in listed], listed[0][1])) if listed else []


def _placed(blocks: Sequence[DraftBlock]) -> Iterator[tuple[DraftBlock, SectionRole, str]]:
    """Yield each block with its section and the heading above it.

    A heading without a section name opens a theme of the body, unless it is a subheading of the section at hand.
    """
    role: SectionRole = "head"
    level, where, after_rule = 0, "", False
    for place, block in enumerate(blocks):
        if block.kind == "rule":
            after_rule = True
        elif block.kind == "heading":
            opened = section_role(block.text)
            if opened is not None or level == 0 or block.level <= level or role in ("head", "body"):
                titled = opened is None and (block.level == 1 or where == "") and role == "head"
                role = opened or ("head" if titled else "body")
                level = block.level
            where, after_rule = block.text, False
            yield block, role, where
        elif block.role is not None:
            yield block, block.role, block.where or where
        elif is_note(block) or (role in ("notes", "sources") and (role == "notes" or block.number)):
            yield (
                replace(block, number="") if role == "sources" and not block.number else block,
                "notes",
                where,
            )
        elif after_rule and block.number and not _has_heading(blocks[place:]):
            yield block, "notes", where or "notes"
        else:
            opened, block = _opened_by_lead(block)
            if opened is not None and not block.text.strip():
                role, where = opened, block.lead
            block_role = opened or role
            if block_role == "head" and _is_prose(block):
                block_role = role = "body"
            yield block, block_role, block.lead.strip(" .:") if opened else where


def _has_heading(blocks: Sequence[DraftBlock]) -> bool:
    return any(block.kind == "heading" for block in blocks)


def _opened_by_lead(block: DraftBlock) -> tuple[SectionRole | None, DraftBlock]:
    """The section that the block's lead opens, and the block without that lead.

    "**Bottom line.** The port was closed." opens "bottom line" and leaves "The port was closed.". A lead that names
    no section gives None and the block unchanged.
    """
    opened = section_role(block.lead) if block.lead else None
    if opened is None:
        return None, block
    rest = block.text[len(block.lead) :].lstrip(" .:–—-\n")
    skipped = block.text[: len(block.text) - len(rest)].count("\n")
    return opened, replace(block, text=rest, line=block.line + skipped)


def _is_prose(block: DraftBlock) -> bool:
    """True if a block before the first heading is part of the body, not of the head.

    Such a block carries a marker, or is a full sentence of `_PROSE_WORDS` words about more than the briefing itself:
    `_is_prose(DraftBlock("The port was closed. [1]", 1))` is True, `_is_prose(DraftBlock("By J. Doe", 1))` is False.
    """
    text = block.text.strip()
    if _AS_OF.match(text) is None and (_MARKER.search(text) or _BRACKETED.search(text)):
        return True
    return (
        len(text.split()) >= _PROSE_WORDS
        and text.rstrip("]0123456789[ ").endswith((".", "!", "?", "”"))
        and not _AS_OF.match(text)
        and not all(is_about_itself(text[start:end]) for start, end in sentences(text))
    )


def _statements(
    block: DraftBlock, role: SectionRole, where: str, place: int, bracketed: bool
) -> Iterator[DraftStatement]:
    if block.cells:
        yield _row(block, role, where, place, bracketed)
        return
    counted = _ENUMERATOR.match(block.text)
    flat, markers, breaks = _without_markers(
        block.text[counted.end() :] if counted else block.text, bracketed
    )
    spans = _whole(list(_spans(flat, [at for at, _ in markers])), flat)
    if block.cites is not None and spans:  # a format that stores markers apart stores one sentence per block
        spans = [(spans[0][0], spans[-1][1])]
    cited: dict[int, list[str]] = {}
    for at, labels in markers:
        sentence = max((number for number, (start, _) in enumerate(spans) if start < at), default=0)
        cited.setdefault(sentence, []).extend(labels)
    label = " ".join(block.lead.split()) if len(block.lead.split()) <= _LABEL_WORDS else ""
    for number, (start, end) in enumerate(spans):
        if label and number == 0 and flat[start:end] == label and number not in cited and len(spans) > 1:
            continue  # the label of "**Why it left.** Bamako was refused …" states nothing
        yield DraftStatement(
            flat[start:end],
            tuple(dict.fromkeys(block.cites if block.cites is not None else cited.get(number, ()))),
            block.line + sum(at <= start for at in breaks),
            where,
            role,
            place,
            breaks=tuple(at - start for at in breaks if start < at < end),
        )


def _row(block: DraftBlock, role: SectionRole, where: str, place: int, bracketed: bool) -> DraftStatement:
    """The statement of a table row: its longest cell. The others (date, place, actor) become `beside`."""
    parsed_cells = [_without_markers(cell, bracketed) for cell in block.cells]
    labels = [
        label for _, markers, _ in parsed_cells for _, marker_labels in markers for label in marker_labels
    ]
    texts = [" ".join(text.split()) for text, _, _ in parsed_cells]
    longest = max(texts, key=len)
    return DraftStatement(
        longest,
        tuple(dict.fromkeys(block.cites if block.cites is not None else labels)),
        block.line,
        where,
        role,
        place,
        True,
        " | ".join(text for text in texts if text != longest),
    )


def _without_markers(text: str, bracketed: bool) -> tuple[str, list[tuple[int, list[str]]], list[int]]:
    """The text on one line without its markers; (offset, labels) of each marker; offsets where a new line began.

    All offsets are into the text that is returned. With `bracketed`, "(1)" is a marker, too.
    """
    flat, at, markers = "", 0, []
    breaks: list[int] = []

    def append(words: str) -> None:
        nonlocal flat
        breaks.extend(len(flat) + place + 1 for place, char in enumerate(words) if char == "\n")
        flat += words.replace("\n", " ")

    matches = [*_MARKER.finditer(text), *(_BRACKETED.finditer(text) if bracketed else ())]
    for match in sorted(matches, key=lambda match: match.start()):
        append(text[at : match.start()])
        markers.append((len(flat), _labels(match["a"] or match["b"].translate(RAISED))))
        breaks += [len(flat)] * match[0].count("\n")
        at = match.end()
    append(text[at:])
    return flat, markers, breaks


def _labels(marker: str) -> list[str]:
    """The labels in one marker, ranges filled in: `_labels("1, 3-5")` is `["1", "3", "4", "5"]`."""
    labels = []
    for part in re.split(r"\s*[,;˒ ]\s*", marker):
        ends = re.split(r"\s*[–-]\s*", part) if part[:1] != "^" else [part]
        if len(ends) == 2 and all(end.isdigit() for end in ends) and int(ends[0]) < int(ends[1]):
            labels += [str(number) for number in range(int(ends[0]), int(ends[1]) + 1)]
        else:
            labels += [label for label in ends if label]
    return labels


def _spans(flat: str, markers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The (start, end) offsets of the sentences of `flat`. A marker after a full stop always ends a sentence."""
    cuts = [at for at in dict.fromkeys(markers) if _END_BEFORE_MARKER.search(flat[max(0, at - 4) : at])]
    for start, end in zip([0, *cuts], [*cuts, len(flat)], strict=True):
        part = flat[start:end]
        yield from ((start + a, start + b) for a, b in sentences(part))


def _whole(spans: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """The sentence spans, with those joined that share one quotation, so that none is cut in the middle."""
    joined: list[tuple[int, int]] = []
    opened = False
    for start, end in spans:
        if opened:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
        quotation = text[joined[-1][0] : end]
        opened = quotation.count("“") > quotation.count("”") or (quotation.count('"') % 2 == 1)
        opened = opened and any(mark in text[end:] for mark in '”"')
    return joined
