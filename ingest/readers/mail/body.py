"""The body of a mail as parts: wrapped lines joined, what its sender did not write set aside as furniture."""

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

# A plain text with less than this share of the HTML's letters is a stub ("View this mail in your browser").
_STUB = 0.5
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_PICTURE = re.compile(r"\[(?:image|cid|inline image)\s?:[^\]\n]{0,300}\]", re.IGNORECASE)
# Where a link led, as programs note it behind its words, and any bracketed address too long to be meant for people.
_LINK = re.compile(r"[ \t]?<(?:https?:|mailto:)[^>\s]*>|[ \t]?[(\[]https?://[^)\]\s]{80,}[)\]]")
_RULE = re.compile(r"[-=~*_]{4,}")  # under a heading as long as itself, or of any length after "** "
_LONGEST_HEADING = 80  # characters
_FEWEST_LETTERS = 4  # of a heading in capitals
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class BodyText:
    """A text of a mail's body, decoded."""

    source: str
    markup: bool  # HTML, else plain


def mail_body_parts(
    texts: Sequence[BodyText], subject: str
) -> tuple[list[DraftPart], ForwardedHeaders | None]:
    """The texts of a mail's body in order, and what the first of them forwards."""
    parts: list[DraftPart] = []
    forwarded: ForwardedHeaders | None = None
    for text in texts:
        found, forward = (_html_parts if text.markup else _plain_parts)(text.source, subject)
        forwarded = forward if text is texts[0] else forwarded
        parts += [replace(part, kind="furniture") if is_notice(part.text) else part for part in found]
    return parts, forwarded


def better_text(plain: str, markup: str) -> BodyText:
    """Of two forms of one text the one to read: the plain one, unless it is a stub or mostly addresses, or the HTML
    has headings or tables, which plain text has lost."""
    tree = visible_html(markup)
    if tree is None:
        return BodyText(plain, False)
    words = _letters(_ADDRESS.sub("", _words(plain)))
    stub = words < max(1, _STUB * _letters(tree.text_content()))
    addresses = sum(map(len, _ADDRESS.findall(plain)))
    return (
        BodyText(markup, True) if stub or addresses > words or is_structured(tree) else BodyText(plain, False)
    )


def repeats_text(markup: str, plain: str) -> bool:
    """Whether HTML says again what the plain text before it says."""
    tree = visible_html(markup)
    if tree is None:
        return False
    said, again = (re.sub(r"\W+", "", text) for text in (_words(plain), tree.text_content()))
    return said in again


def unflowed(text: str, *, drop_space: bool) -> str:
    """Text in format=flowed (RFC 3676) with each of its paragraphs on one line; `drop_space` is DelSp=yes."""
    lines: list[tuple[str, str]] = []  # marks of quotation, words
    flows = False
    for line in text.splitlines():
        marks = line[: len(line) - len(line.lstrip(">"))]
        words = line[len(marks) :].removeprefix(" ")
        signature = words == "-- "
        if flows and lines[-1][0] == marks and not signature:
            before = lines[-1][1]
            lines[-1] = (marks, (before[:-1] if drop_space else before) + words)
        else:
            lines.append((marks, words))
        flows = words.endswith(" ") and not signature
    return "\n".join(f"{marks} {words}" if marks else words for marks, words in lines)


def _plain_parts(source: str, subject: str) -> tuple[list[DraftPart], ForwardedHeaders | None]:
    lines = []
    for line in _words(clean(source)).split("\n"):
        marks = _QUOTED.match(line)
        lines.append(MailLine(line[marks.end() :], marks[0].count(">")) if marks else MailLine(line))
    found, forwarded = line_roles(lines, subject)
    parts: list[DraftPart] = []
    for (role, _), run in groupby(
        zip(found, lines, strict=True),
        lambda pair: (pair[0], pair[1].depth if pair[1].text.strip() else None),
    ):
        text = "\n".join(line.text for _, line in run)
        for start, end in logical_lines(text):
            listed = ITEM_START.match(text, start, end) is not None
            kind: BlockKind = "furniture" if role != "own" else "list" if listed else "paragraph"
            parts.append(DraftPart(one_line(text[start:end]), kind))
    return _with_headings(parts), forwarded


def _with_headings(parts: Sequence[DraftPart]) -> list[DraftPart]:
    """Lines that can be nothing but headings marked as such; what looks like one in a mail is mostly a greeting, a
    signature or a sentence of its own."""
    marked = []
    for part, below in zip_longest(parts, parts[1:]):
        words, under = part.text.removeprefix("** "), below.text if below else ""
        heading = (
            part.kind == "paragraph"
            and len(words) <= _LONGEST_HEADING
            and (
                (words.isupper() and _letters(words) >= _FEWEST_LETTERS and len(under) > _LONGEST_HEADING)
                or (
                    _RULE.fullmatch(under) is not None
                    and (words != part.text or abs(len(under) - len(words)) <= 2)
                )
            )
        )
        marked.append(DraftPart(words, "heading", 2) if heading else part)
    return marked


def _html_parts(source: str, subject: str) -> tuple[list[DraftPart], ForwardedHeaders | None]:
    tree = visible_html(source)
    if tree is None:
        return [], None
    marked = list(marked_parts(tree))
    found, forwarded = line_roles([MailLine(one.part.text, one.depth) for one in marked], subject)
    parts = [
        one.part if role == "own" and not one.signature else DraftPart(one.part.text, "furniture")
        for one, role in zip(marked, found, strict=True)
    ]
    return parts, forwarded


def _words(text: str) -> str:
    """Plain text without the places of pictures and the long addresses of links."""
    return _LINK.sub("", _PICTURE.sub("", text))


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
