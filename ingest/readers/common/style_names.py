"""Recognises headings and furniture by the names of paragraph styles in Word and LibreOffice, in several languages."""

from __future__ import annotations

import re

_HEADING = re.compile(r"(?:heading|titre|überschrift|título|titolo|intestazione)\s*(\d+)", re.IGNORECASE)
_TITLES = frozenset(("title", "titre", "titel", "título", "titolo"))
# Styles of headers and footers are not among them: those are in other parts, and a body paragraph in them is text.
_FURNITURE = re.compile(
    r"caption|légende|beschriftung|toc\s*(?:\d|heading)|contents\s*(?:\d|heading)|table of figures",
    re.IGNORECASE,
)
_DEEPEST_HEADING = 10  # level of a heading
_BODY_OUTLINE = 9  # the outline level of body text


def heading_level(name: str) -> int:
    """1 for the style of titles, 2 to 11 for those of headings, 0 for others: `heading_level("heading 2") == 3`."""
    if name.strip().lower() in _TITLES:
        return 1
    # "Heading 1" is one level below "Title".
    numbered = _HEADING.match(name)
    return min(int(numbered[1]), _DEEPEST_HEADING) + 1 if numbered else 0


def level_of_outline(outline: int) -> int:
    """The heading level, 2 to 10, for an outline level of 0 to 8; else 0: `level_of_outline(0) == 2`."""
    return outline + 2 if 0 <= outline < _BODY_OUTLINE else 0


def is_furniture_style(name: str) -> bool:
    """Whether a style is for captions or tables of contents: `is_furniture_style("TOC 1") is True`."""
    return _FURNITURE.match(name) is not None
