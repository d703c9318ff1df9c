"""Finds who published a report, by the lines that sites and series put around their texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.metadata.dates import parse_written_date
from ingest.metadata.names import organisation
from ingest.text.date_patterns import YEAR

# The name of an organisation: capitalised words with small words between them. These patterns are case-sensitive.
_WORD = r"(?:[A-ZÀ-Þ0-9][\w’'&.-]*)"
_SMALL = r"(?:of|for|and|on|in|the|de|des|du|la|le|les|et|sur|pour|&)"
_NAME = rf"(?P<name>{_WORD}(?:\s+(?:{_SMALL}\s+){{0,2}}{_WORD}){{0,7}})"
_THE = r"(?:(?:the|The|le|la|les)\s+)?"
_PIECE = r"(?:article|report|piece|post|paper|brief|briefing|analysis|commentary|essay)"
_ON_A_DAY = rf"(?:on [^.]{{4,25}}{YEAR},? )?"
_COPYRIGHT = r"(?:(?:©|\([cC]\)|Copyright)\s*)+"
_WORK = r"(?:articles?|content|contents|material|pieces?|stories|texts?|publications?)"

# (pattern, how it is named to people), the most reliable first
_PATTERNS = tuple(
    (re.compile(pattern), how)
    for pattern, how in (
        (
            rf"^(?:Publisher|Published by|Publication of|Éditeur|Publié par)\s*:?\s+{_THE}{_NAME}",
            "“published by” line",
        ),
        (
            rf"^(?:This {_PIECE} (?:was|is|has been) (?:first |originally )?|The {_PIECE} was (?:first|originally) |"
            rf"First |Originally )(?:published|posted|appeared) {_ON_A_DAY}(?:by|in|on) {_THE}{_NAME}",
            "“first published by” line",
        ),
        (rf"\bre-?publish {_THE}{_NAME} {_WORK}\b", "republishing line"),
        (
            rf"^Welcome to {_THE}{_NAME}[’']s? (?:[\w-]+ ){{0,6}}(?:[Nn]ewsletter|[Bb]ulletin|[Bb]riefing|[Dd]igest)\b",
            "newsletter greeting",
        ),
        (
            (
                r"^(?:Get|Receive|Subscribe to|Sign up (?:for|to)|Join) (?:the |our |your )?(?:free |daily |weekly )*"
                rf"(?:e-?mails?|newsletters?|updates?|alerts?|briefings?|mailing list) (?:from|of|by) {_THE}{_NAME}"
            ),
            "newsletter invitation",
        ),
        (
            (
                rf"^(?:Subscribe to|Sign up (?:for|to)) {_THE}{_NAME}[’']s? (?:[\w-]+ ){{0,3}}"
                r"(?:e-?mails?|newsletters?|updates?)\b"
            ),
            "newsletter invitation",
        ),
        (
            (
                rf"^{_THE}{_NAME} (?:recogni[sz]es|acknowledges) its (?:[\w-]+ ){{0,3}}"
                r"(?:partnerships?|partners|donors|funders|supporters)\b"
            ),
            "partners line",
        ),
        (
            rf"^{_COPYRIGHT}(?:{YEAR}(?:\s*[-–]\s*(?:{YEAR}|\d\d))?,?\s*)(?:by )?{_THE}{_NAME}",
            "copyright line",
        ),
        (rf"^{_COPYRIGHT}(?:by )?{_THE}{_NAME}\.?,?\s+{YEAR}\b", "copyright line"),
    )
)
_BEGINNING = 600  # characters of a block that are searched
# Picture agencies, which are named beside pictures and publish no reports
_AGENCY = re.compile(r"\b(?:Getty|Alamy|Reuters|AFP|Shutterstock|EPA|AP Photo|iStock|Unsplash|Wikimedia)\b")
_ACRONYM_END = re.compile(r"\s+(?:All|Tous|Inc|Ltd|LLC|GmbH)\b.*$")


def find_publisher(lines: Sequence[str]) -> tuple[str, str] | None:
    """(publisher, how it was found) in a report's blocks, by the most reliable pattern that matches; None without one.

    `find_publisher(["Published by the Harbour Institute"]) == ("Harbour Institute", "“published by” line")`
    """
    for pattern, how in _PATTERNS:
        for line in lines:
            match = pattern.search(line[:_BEGINNING])
            if (
                match is None
                or _AGENCY.search(match["name"])
                or parse_written_date(match["name"]) is not None
            ):
                continue
            name = organisation(_first_sentence(match["name"]))
            if name is not None:
                return name, how
    return None


def _first_sentence(name: str) -> str:
    """The name up to the end of its sentence, as a pattern may run on into the next sentence."""
    name = re.split(r"(?<=[a-zà-ÿ]{2})\.\s", name + " ", maxsplit=1)[0]
    return _ACRONYM_END.sub("", name.strip())
