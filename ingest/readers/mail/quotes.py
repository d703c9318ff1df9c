"""Finds what the sender of a mail did not write: quoted mails, the headers above them, and signatures.

Works on the lines of plain text and on the blocks of HTML alike, each with its depth of quotation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.text.cleaning import one_line
from ingest.text.date_patterns import YEAR

# "header" is what introduces a quoted or forwarded mail.
LineRole = Literal["own", "quoted", "header", "signature"]


@dataclass(frozen=True)
class MailLine:
    """A line or block of a mail's body."""

    text: str
    depth: int = 0  # quotations around it, 0 for none


@dataclass(frozen=True)
class ForwardedHeaders:
    """The headers above a forwarded mail, as the forwarder's program wrote them; "" where missing."""

    sender: str
    sent: str
    note: int  # number of characters that the forwarder wrote above them


# Names of header fields in mail programs of several languages.
_FROM = "from|de|von|da|van|från|fra|od|mittente|expéditeur|от"
_SENT = (
    "sent|date|envoyé|gesendet|datum|enviado(?: el)?|enviada em|fecha|data|inviato|verzonden|skickat|sendt"
)

_OTHERS = (
    "to|cc|bcc|subject|reply-to|importance|à|a|objet|an|kopie|betreff|para|asunto|assunto|oggetto|aan|onderwerp|till|til|"
    "kopia|ämne|emne|attachments|pièces jointes|anlagen|wichtigkeit"
)
_HEADER = re.compile(
    rf"[*\s]*(?:(?P<sender>{_FROM})|(?P<sent>{_SENT})|(?:{_OTHERS}))\s?:[*\s]*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_FEWEST_HEADERS = 3
_LONGEST_HEADER = 3000  # characters; the longest are lists of recipients
# "On …, … wrote:"
_WROTE = re.compile(
    r"(?:on|le|am|el|il|op|em|den|dnia|w dniu)\b.{6,250}\b(?:wrote|a écrit|schrieb|escribió|ha scritto|schreef|"
    r"escreveu|skrev|napisał(?:\(?a\)?)?)\b(?:[^.!?]|\.(?=\S)){0,120}:",
    re.IGNORECASE,
)
# A date or an address, and a colon at the end.
_SOMEBODY_THEN = re.compile(rf"(?=.{{,300}}$).*(?:\d{{1,2}}[:.]\d\d|{YEAR}|@).*:$")
_NARROWEST = 40  # characters of a line that goes on in the next
_ENDS = (".", "!", "?", ":", ";")
_WROTE_LINES = 4  # over which "On …, … wrote:" may be wrapped
_ORIGINAL = re.compile(
    r"[-_=\s]*(?:original message|ursprüngliche nachricht|message d[’']origine|mensaje original|mensagem original|"
    r"messaggio originale|oorspronkelijk bericht|ursprungligt meddelande)[-_=:\s]*",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"[-_=\s]*(?:(?:begin )?forwarded message|(?:anfang der )?weitergeleiteten? nachricht|"
    r"(?:début du )?message (?:transféré|réexpédié)|mensaje reenviado|mensagem encaminhada|"
    r"(?:inizio )?messaggio inoltrato|doorgestuurd bericht)[-_=:\s]*",
    re.IGNORECASE,
)
# At the start only: a reply ("Re: Fwd: …") quotes what was forwarded.
_FORWARDED_SUBJECT = re.compile(r"\s*(?:fwd?|wg|tr|rv|enc|i|vs|doorst)\s*:", re.IGNORECASE)
_MARKERS: tuple[tuple[re.Pattern[str], Literal["forward", "original"]], ...] = (
    (_FORWARD, "forward"),
    (_ORIGINAL, "original"),
)
_LONGEST_SIGNATURE = 12  # lines with text


def line_roles(lines: Sequence[MailLine], subject: str) -> tuple[list[LineRole], ForwardedHeaders | None]:
    """The role of each line, and the headers of the mail that this one forwards, if any.

    A forwarded mail counts as the sender's own text, because it is why the mail was sent; what it quotes in turn does
    not. In a mail of nothing but quotations, these count as own.
    """
    # Without such a subject, "Original message" and headers in the text introduce the mail that is answered.
    forwards = _FORWARDED_SUBJECT.match(subject) is not None
    forwarded: ForwardedHeaders | None = None
    roles: list[LineRole] = []
    role: LineRole = "own"
    base = 0  # depth of quotation of what counts as own
    while (index := len(roles)) < len(lines):
        line = lines[index]
        introduction = _introduction(lines, index) if role != "quoted" and line.depth <= base else None
        if introduction is not None:
            roles += ["header"] * introduction.length
            below = _next_filled(lines, len(roles))
            if forwarded is None and (
                introduction.kind == "forward" or (forwards and introduction.kind != "wrote")
            ):
                role, base = "own", below.depth if below else base
                note = sum(
                    len(line.text.strip()) for line, role in zip(lines, roles, strict=False) if role == "own"
                )
                forwarded = ForwardedHeaders(introduction.sender, introduction.sent, note)
            elif below is None or below.depth <= line.depth:
                role = "quoted"
            continue
        if role == "own" and _opens_signature(lines, index):
            role = "signature"
        roles.append("quoted" if line.depth > base else role)
    if not any(role == "own" and line.text.strip() for line, role in zip(lines, roles, strict=True)):
        roles = ["own" if role == "quoted" else role for role in roles]
    return roles, forwarded


@dataclass(frozen=True)
class _QuoteIntroduction:
    """The lines that introduce another mail."""

    kind: Literal["forward", "original", "headers", "wrote"]
    length: int  # number of lines
    sender: str = ""  # as the lines state it
    sent: str = ""


def _introduction(lines: Sequence[MailLine], index: int) -> _QuoteIntroduction | None:
    """The introduction that begins with the line at `index`, None if none does."""
    text = lines[index].text.strip()
    if not text or len(text) > _LONGEST_HEADER:
        return None
    for pattern, kind in _MARKERS:
        if pattern.fullmatch(text):
            length, sender, sent = _header_block(lines, index + 1)
            return _QuoteIntroduction(kind, 1 + length, sender, sent)
    length, sender, sent = _header_block(lines, index)
    if length:
        return _QuoteIntroduction("headers", length, sender, sent)
    length = _attribution(lines, index)
    return _QuoteIntroduction("wrote", length) if length else None


def _opens_signature(lines: Sequence[MailLine], index: int) -> bool:
    """Whether the line is "-- " above the last few lines of a mail; above more it only separates sections."""
    line = lines[index]
    if line.text.strip() != "--":
        return False
    filled = 0
    for below in range(index + 1, len(lines)):
        if lines[below].depth > line.depth or _introduction(lines, below) is not None:
            break
        filled += bool(lines[below].text.strip())
        if filled > _LONGEST_SIGNATURE:
            return False
    return True


def _attribution(lines: Sequence[MailLine], index: int) -> int:
    """The number of lines that "On …, … wrote:" takes from here, 0 if it is not here.

    In an unknown language, a line with a date or an address and a colon counts if a quotation follows.
    """
    joined = ""
    for count in range(1, _WROTE_LINES + 1):
        place = index + count - 1
        if place >= len(lines) or not lines[place].text.strip() or lines[place].depth != lines[index].depth:
            return 0
        joined = f"{joined} {lines[place].text.strip()}".strip()
        if joined.endswith(":"):
            if _WROTE.fullmatch(joined):
                return count
            following = _next_filled(lines, place + 1)
            quotes = following is not None and following.depth > lines[place].depth
            return count if quotes and _SOMEBODY_THEN.match(joined) and _is_wrapped(lines[index:place]) else 0
    return 0


def _is_wrapped(lines: Sequence[MailLine]) -> bool:
    """Whether each of these lines continues in the next: it is long, and does not end like a sentence."""
    return all(
        len(line.text.strip()) >= _NARROWEST and not line.text.rstrip().endswith(_ENDS) for line in lines
    )


def _header_block(lines: Sequence[MailLine], index: int) -> tuple[int, str, str]:
    """A mail's headers that are written in the text from here: (number of lines, sender, date), (0, "", "") if none."""
    start = index
    while index < len(lines) and not lines[index].text.strip():
        index += 1
    sender = sent = ""
    fields = 0  # recognised so far
    end = index
    while index < len(lines):
        match = _HEADER.fullmatch(lines[index].text.strip())
        if match is not None:
            fields += 1
            end = index + 1
            if match["sender"] and not sender:
                sender = one_line(match["value"])
            elif match["sent"] and not sent:
                sent = one_line(match["value"])
        # A list of recipients may take several lines.
        elif fields == 0 or not lines[index].text.strip() or index - end >= 2:
            break
        index += 1
    if fields < _FEWEST_HEADERS or not sender:
        return 0, "", ""
    return end - start, sender, sent


def _next_filled(lines: Sequence[MailLine], index: int) -> MailLine | None:
    """The first line from `index` on that is not blank."""
    places = range(index, len(lines))
    return next((lines[place] for place in places if lines[place].text.strip()), None)
