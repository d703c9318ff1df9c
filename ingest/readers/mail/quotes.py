"""What in a mail its sender did not write: quoted mails, the headers above them, and signatures.

Works on lines of plain text and on the blocks of an HTML mail alike, each with its depth of quotation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.text.cleaning import one_line
from ingest.text.date_patterns import YEAR

LineRole = Literal[
    "own", "quoted", "header", "signature"
]  # header: what introduces a quoted or forwarded mail


@dataclass(frozen=True)
class MailLine:
    """A line or block of a mail's body."""

    text: str
    depth: int = 0  # how many times it is quoted


@dataclass(frozen=True)
class ForwardedHeaders:
    """The headers above a forwarded mail, as its forwarder's program wrote them; empty where missing."""

    sender: str
    sent: str
    note: int  # characters that the forwarder wrote above it


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
_LONGEST_HEADER = 3000  # characters: a list of recipients
_WROTE = re.compile(
    r"(?:on|le|am|el|il|op|em|den|dnia|w dniu)\b.{6,250}\b(?:wrote|a écrit|schrieb|escribió|ha scritto|schreef|"
    r"escreveu|skrev|napisał(?:\(?a\)?)?)\b(?:[^.!?]|\.(?=\S)){0,120}:",
    re.IGNORECASE,
)
# A date or an address, and a colon at the end.
_SOMEBODY_THEN = re.compile(rf"(?=.{{,300}}$).*(?:\d{{1,2}}[:.]\d\d|{YEAR}|@).*:$")
_NARROWEST = 40  # characters of a line that goes on in the next
_ENDS = (".", "!", "?", ":", ";")
_WROTE_LINES = 4  # over which such a line may be wrapped
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
# A reply to a forwarded mail quotes it.
_FORWARDED_SUBJECT = re.compile(r"\s*(?:fwd?|wg|tr|rv|enc|i|vs|doorst)\s*:", re.IGNORECASE)
_MARKERS: tuple[tuple[re.Pattern[str], Literal["forward", "original"]], ...] = (
    (_FORWARD, "forward"),
    (_ORIGINAL, "original"),
)
_LONGEST_SIGNATURE = 12  # lines


def line_roles(lines: Sequence[MailLine], subject: str) -> tuple[list[LineRole], ForwardedHeaders | None]:
    """What each line is, and the headers of the mail that this one forwards.

    What is forwarded counts as the sender's own: it is why the mail was sent. What that quotes in turn does not.
    Where nothing is left but quotations, they are what the mail says.
    """
    # Without such a subject, "Original message" and headers in the text stand above what is answered.
    forwards = _FORWARDED_SUBJECT.match(subject) is not None
    forwarded: ForwardedHeaders | None = None
    found: list[LineRole] = []
    role: LineRole = "own"
    base = 0  # depth of what counts as own
    while (index := len(found)) < len(lines):
        line = lines[index]
        above = _introduction(lines, index) if role != "quoted" and line.depth <= base else None
        if above is not None:
            found += ["header"] * above.length
            below = _next_filled(lines, len(found))
            if forwarded is None and (above.kind == "forward" or (forwards and above.kind != "wrote")):
                role, base = "own", below.depth if below else base
                note = sum(
                    len(line.text.strip()) for line, role in zip(lines, found, strict=False) if role == "own"
                )
                forwarded = ForwardedHeaders(above.sender, above.sent, note)
            elif below is None or below.depth <= line.depth:
                role = "quoted"
            continue
        if role == "own" and _opens_signature(lines, index):
            role = "signature"
        found.append("quoted" if line.depth > base else role)
    if not any(role == "own" and line.text.strip() for line, role in zip(lines, found, strict=True)):
        found = ["own" if role == "quoted" else role for role in found]
    return found, forwarded


@dataclass(frozen=True)
class _QuoteIntroduction:
    """Lines that introduce another mail."""

    kind: Literal["forward", "original", "headers", "wrote"]
    length: int  # lines
    sender: str = ""
    sent: str = ""


def _introduction(lines: Sequence[MailLine], index: int) -> _QuoteIntroduction | None:
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
    """Whether "-- " stands above the last few lines, rather than between sections."""
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
    """Of how many lines "On ..., ... wrote:" consists, in whatever language if a quotation follows directly."""
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
    """Whether these lines end only where the page does."""
    return all(
        len(line.text.strip()) >= _NARROWEST and not line.text.rstrip().endswith(_ENDS) for line in lines
    )


def _header_block(lines: Sequence[MailLine], index: int) -> tuple[int, str, str]:
    """How many lines from here are a mail's headers set in its text, 0 if none; with its sender and date."""
    start = index
    while index < len(lines) and not lines[index].text.strip():
        index += 1
    sender = sent = ""
    known = 0
    last = index
    while index < len(lines):
        match = _HEADER.fullmatch(lines[index].text.strip())
        if match is not None:
            known += 1
            last = index + 1
            if match["sender"] and not sender:
                sender = one_line(match["value"])
            elif match["sent"] and not sent:
                sent = one_line(match["value"])
        # A list of recipients may go over several lines.
        elif known == 0 or not lines[index].text.strip() or index - last >= 2:
            break
        index += 1
    if known < _FEWEST_HEADERS or not sender:
        return 0, "", ""
    return last - start, sender, sent


def _next_filled(lines: Sequence[MailLine], index: int) -> MailLine | None:
    places = range(index, len(lines))
    return next((lines[place] for place in places if lines[place].text.strip()), None)
