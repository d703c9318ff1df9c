"""Turns the body of a mail into parts: wrapped lines are joined, and what its sender did not write is furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from ingest.document import BlockKind
from ingest.readers.common.draft import DraftPart
from ingest.readers.mail.html_body import is_structured, marked_parts, visible_html
from ingest.readers.mail.notices import is_notice
from ingest.readers.mail.quotes import ForwardedHeaders, MailLine, line_roles
from ingest.text.cleaning import clean, one_line
from ingest.text.hard_wraps import ITEM_START, logical_lines

# Share of the HTML's letters: a plain text with fewer is a stub, such as "View this mail in your browser".
_STUB = 0.5
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_PICTURE_PLACEHOLDER = re.compile(r"\[(?:image|cid|inline image)\s?:[^\]\n]{0,300}\]", re.IGNORECASE)
# Addresses of links that mail programs write after the linked words, and bracketed ones too long for people to read.
_LINK_TARGET = re.compile(r"[ \t]?<(?:https?:|mailto:)[^>\s]*>|[ \t]?[(\[]https?://[^)\]\s]{80,}[)\]]")
_HEADING_RULE = re.compile(r"[-=~*_]{4,}")  # a line drawn under a heading
_LONGEST_HEADING = 80  # characters
_FEWEST_LETTERS = 4  # in a heading in capitals
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class BodyText:
    """One text of a mail's body, decoded."""

    source: str
    markup: bool  # whether it is HTML, not plain text


def mail_body_parts(
    texts: Sequence[BodyText], subject: str
) -> tuple[list[DraftPart], ForwardedHeaders | None]:
    """The parts of a mail's body, and the headers of the mail that its first text forwards, if any."""
    parts: list[DraftPart] = []
    forwarded: ForwardedHeaders | None = None
    for text in texts:
        text_parts, forward = (_html_parts if text.markup else _plain_parts)(text.source, subject)
        forwarded = forward if text is texts[0] else forwarded
        parts += [replace(part, kind="furniture") if is_notice(part.text) else part for part in text_parts]
    return parts, forwarded


def preferred_text(plain: str, markup: str) -> BodyText:
    """The form to read of a text that comes as plain text and as HTML.

    It is the plain one, unless that is a stub or mostly addresses, or lacks headings or tables that the HTML has.
    """
    tree = visible_html(markup)
    if tree is None:
        return BodyText(plain, False)
    letters = _letters(_ADDRESS.sub("", _without_addresses(plain)))
    is_stub = letters < max(1, _STUB * _letters(tree.text_content()))
    in_addresses = sum(map(len, _ADDRESS.findall(plain)))
    return (
        BodyText(markup, True)
        if is_stub or in_addresses > letters or is_structured(tree)
        else BodyText(plain, False)
    )


def repeats_text(markup: str, plain: str) -> bool:
    """Whether HTML contains the plain text before it, so that only one of them is to be read.

    `repeats_text("<p>New cranes.</p>", "New cranes.") is True`
    """
    tree = visible_html(markup)
    if tree is None:
        return False
    plain_letters, html_letters = (
        re.sub(r"\W+", "", text) for text in (_without_addresses(plain), tree.text_content())
    )
    return plain_letters in html_letters


def unflowed(text: str, *, drop_space: bool) -> str:
    """A format=flowed text (RFC 3676) with each paragraph on one line; `drop_space` stands for DelSp=yes.

    `unflowed("New \\ncranes", drop_space=False) == "New cranes"`
    """
    lines: list[tuple[str, str]] = []  # (marks of quotation, words)
    flows = False  # whether the line before continues in this one
    for line in text.splitlines():
        marks = line[: len(line) - len(line.lstrip(">"))]
        words = line[len(marks) :].removeprefix(" ")
        is_signature_mark = words == "-- "
        if flows and lines[-1][0] == marks and not is_signature_mark:
            before = lines[-1][1]
            lines[-1] = (marks, (before[:-1] if drop_space else before) + words)
        else:
            lines.append((marks, words))
        flows = words.endswith(" ") and not is_signature_mark
    return "\n".join(f"{marks} {words}" if marks else words for marks, words in lines)


def _plain_parts(source: str, subject: str) -> tuple[list[DraftPart], ForwardedHeaders | None]:
    """The parts of a plain text, and the headers of the mail it forwards."""
    lines = []
    for line in _without_addresses(clean(source)).split("\n"):
        marks = _QUOTED.match(line)
        lines.append(MailLine(line[marks.end() :], marks[0].count(">")) if marks else MailLine(line))
    roles, forwarded = line_roles(lines, subject)
    parts: list[DraftPart] = []
    for (role, _), run in groupby(
        zip(roles, lines, strict=True),
        lambda pair: (pair[0], pair[1].depth if pair[1].text.strip() else None),
    ):
        text = "\n".join(line.text for _, line in run)
        for start, end in logical_lines(text):
            is_item = ITEM_START.match(text, start, end) is not None
            kind: BlockKind = "furniture" if role != "own" else "list" if is_item else "paragraph"
            parts.append(DraftPart(one_line(text[start:end]), kind))
    return _with_headings(parts), forwarded


def _with_headings(parts: Sequence[DraftPart]) -> list[DraftPart]:
    """The parts, with headings marked only where there is no doubt.

    A heading is in capitals over a long paragraph, or underlined by a rule of its own length, or begins with "** " over
    a rule. Other short lines in mails are mostly greetings and signatures.
    """
    with_headings = []
    for part, below in zip_longest(parts, parts[1:]):
        words, under = part.text.removeprefix("** "), below.text if below else ""
        is_heading = (
            part.kind == "paragraph"
            and len(words) <= _LONGEST_HEADING
            and (
                (words.isupper() and _letters(words) >= _FEWEST_LETTERS and len(under) > _LONGEST_HEADING)
                or (
                    _HEADING_RULE.fullmatch(under) is not None
                    and (words != part.text or abs(len(under) - len(words)) <= 2)
                )
            )
        )
        with_headings.append(DraftPart(words, "heading", 2) if is_heading else part)
    return with_headings


def _html_parts(source: str, subject: str) -> tuple[list[DraftPart], ForwardedHeaders | None]:
    """The parts of an HTML text, and the headers of the mail it forwards."""
    tree = visible_html(source)
    if tree is None:
        return [], None
    blocks = list(marked_parts(tree))
    roles, forwarded = line_roles([MailLine(block.part.text, block.depth) for block in blocks], subject)
    parts = [
        block.part if role == "own" and not block.signature else DraftPart(block.part.text, "furniture")
        for block, role in zip(blocks, roles, strict=True)
    ]
    return parts, forwarded


def _without_addresses(text: str) -> str:
    """Plain text without placeholders of pictures and addresses of links.

    `_without_addresses("Grain <https://x.org>") == "Grain"`
    """
    return _LINK_TARGET.sub("", _PICTURE_PLACEHOLDER.sub("", text))


def _letters(text: str) -> int:
    """The number of letters."""
    return sum(map(str.isalpha, text))
