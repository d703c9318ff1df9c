"""A briefing read for linting: its sentences with their markers and lines, its notes, its as-of date."""

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
_BRACKETED = re.compile(r"\s*\(\s*(?P<a>\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\)")
_ENUMERATOR = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})+\.?|\(?\d{1,2}[.)])\s(?=[A-ZÀ-Þ“\"])"
)  # of a paragraph: "2.1 "
_LABEL_WORDS = 4  # of bold words before a paragraph that only name what it is about
_END_BEFORE_MARKER = re.compile(r"[.!?…][”\"’')]*$")
# A sentence of so many words before the first heading is the body's, unless it tells of the briefing.
_HEAD_WORDS = 10


@dataclass(frozen=True)
class DraftStatement:
    """One sentence, or a row of a table, without its markers."""

    text: str
    markers: tuple[str, ...]
    line: int  # on which it begins
    where: str  # the heading it stands under
    role: SectionRole
    paragraph: int  # number of its block
    row: bool = False
    beside: str = ""  # other cells of its row
    breaks: tuple[int, ...] = ()  # offsets at which a new line of the file begins

    def line_at(self, offset: int) -> int:
        return self.line + bisect_right(self.breaks, offset)


@dataclass(frozen=True)
class DraftBriefing:
    """A briefing as its linter sees it."""

    statements: tuple[DraftStatement, ...]
    notes: tuple[DraftNote, ...]
    as_of: str | None  # YYYY, YYYY-MM or YYYY-MM-DD
    says_no_cut_off: bool

    @cached_property
    def by_label(self) -> dict[str, DraftNote]:
        return {note.label: note for note in self.notes}

    @cached_property
    def stating(self) -> tuple[DraftStatement, ...]:
        """The statements that are the briefing's message, not words about it."""
        return tuple(one for one in self.statements if one.role in STATING)

    def cited(self, one: DraftStatement) -> list[DraftNote]:
        return [self.by_label[label] for label in one.markers if label in self.by_label]

    def quotes(self, one: DraftStatement) -> list[str]:
        return [note.quote for note in self.cited(one) if note.quote]


def draft_of(blocks: Sequence[DraftBlock]) -> DraftBriefing:
    placed = list(_placed(blocks))
    listed = [(block, where) for block, role, where in placed if role == "notes"]
    notes = _notes(listed)
    bracketed = any(note.style == "()" for note in notes)
    together: dict[str, int] = {}  # a paragraph of which each sentence is a block -> number of its first
    statements = [
        one
        for place, (block, role, where) in enumerate(placed)
        if role != "notes" and block.kind not in ("heading", "rule")
        for one in _statements(
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
    """Each block with the part that it belongs to and the heading it stands under."""
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
            here = opened or role
            if here == "head" and _is_prose(block):
                here = role = "body"
            yield block, here, block.lead.strip(" .:") if opened else where


def _has_heading(blocks: Sequence[DraftBlock]) -> bool:
    return any(block.kind == "heading" for block in blocks)


def _opened_by_lead(block: DraftBlock) -> tuple[SectionRole | None, DraftBlock]:
    """ "**Bottom line.** The port …": the part that the words in front open, and the block without them."""
    opened = section_role(block.lead) if block.lead else None
    if opened is None:
        return None, block
    rest = block.text[len(block.lead) :].lstrip(" .:–—-\n")
    skipped = block.text[: len(block.text) - len(rest)].count("\n")
    return opened, replace(block, text=rest, line=block.line + skipped)


def _is_prose(block: DraftBlock) -> bool:
    text = block.text.strip()
    if _AS_OF.match(text) is None and (_MARKER.search(text) or _BRACKETED.search(text)):
        return True
    return (
        len(text.split()) >= _HEAD_WORDS
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
    flat, found, breaks = _without_markers(block.text[counted.end() :] if counted else block.text, bracketed)
    spans = _whole(list(_spans(flat, [at for at, _ in found])), flat)
    if block.cites is not None and spans:  # what one row of a file says is one sentence
        spans = [(spans[0][0], spans[-1][1])]
    cited: dict[int, list[str]] = {}
    for at, labels in found:
        of = max((number for number, (start, _) in enumerate(spans) if start < at), default=0)
        cited.setdefault(of, []).extend(labels)
    label = " ".join(block.lead.split()) if len(block.lead.split()) <= _LABEL_WORDS else ""
    for number, (start, end) in enumerate(spans):
        if label and number == 0 and flat[start:end] == label and number not in cited and len(spans) > 1:
            continue  # "**Why it left.** Bamako was refused …"
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
    """A row states what its longest cell says; the others (date, place, actor) stand beside."""
    read = [_without_markers(cell, bracketed) for cell in block.cells]
    labels = [label for _, found, _ in read for _, each in found for label in each]
    texts = [" ".join(text.split()) for text, _, _ in read]
    said = max(texts, key=len)
    return DraftStatement(
        said,
        tuple(dict.fromkeys(block.cites if block.cites is not None else labels)),
        block.line,
        where,
        role,
        place,
        True,
        " | ".join(text for text in texts if text != said),
    )


def _without_markers(text: str, bracketed: bool) -> tuple[str, list[tuple[int, list[str]]], list[int]]:
    """The text on one line without its markers; offset and labels of each marker; offsets of the lines it had."""
    flat, at, found = "", 0, []
    breaks: list[int] = []

    def go_on(words: str) -> None:
        nonlocal flat
        breaks.extend(len(flat) + place + 1 for place, char in enumerate(words) if char == "\n")
        flat += words.replace("\n", " ")

    matches = [*_MARKER.finditer(text), *(_BRACKETED.finditer(text) if bracketed else ())]
    for match in sorted(matches, key=lambda one: one.start()):
        go_on(text[at : match.start()])
        found.append((len(flat), _labels(match["a"] or match["b"].translate(RAISED))))
        breaks += [len(flat)] * match[0].count("\n")
        at = match.end()
    go_on(text[at:])
    return flat, found, breaks


def _labels(written: str) -> list[str]:
    labels = []
    for part in re.split(r"\s*[,;˒ ]\s*", written):
        ends = re.split(r"\s*[–-]\s*", part) if part[:1] != "^" else [part]
        if len(ends) == 2 and all(end.isdigit() for end in ends) and int(ends[0]) < int(ends[1]):
            labels += [str(number) for number in range(int(ends[0]), int(ends[1]) + 1)]
        else:
            labels += [one for one in ends if one]
    return labels


def _spans(flat: str, markers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Sentences; a marker behind a full stop ends one in any case."""
    cuts = [at for at in dict.fromkeys(markers) if _END_BEFORE_MARKER.search(flat[max(0, at - 4) : at])]
    for start, end in zip([0, *cuts], [*cuts, len(flat)], strict=True):
        part = flat[start:end]
        yield from ((start + a, start + b) for a, b in sentences(part))


def _whole(spans: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Sentences of one quotation joined: a quotation that closes in a later sentence ends there."""
    joined: list[tuple[int, int]] = []
    opened = False
    for start, end in spans:
        if opened:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
        said = text[joined[-1][0] : end]
        opened = said.count("“") > said.count("”") or (said.count('"') % 2 == 1)
        opened = opened and any(mark in text[end:] for mark in '”"')
    return joined
