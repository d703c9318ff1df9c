"""What a paragraph style is by its name, as Word and LibreOffice name theirs in several languages, and its outline."""

from __future__ import annotations

import re

_HEADING = re.compile(r"(?:heading|titre|überschrift|título|titolo|intestazione)\s*(\d+)", re.IGNORECASE)
_TITLES = frozenset(("title", "titre", "titel", "título", "titolo"))
# Not those of headers and footers, which stand in parts of their own: a paragraph so styled in the body is text.
_FURNITURE = re.compile(
    r"caption|légende|beschriftung|toc\s*(?:\d|heading)|contents\s*(?:\d|heading)|table of figures",
    re.IGNORECASE,
)
_DEEPEST = 10
_BODY_LEVEL = 9  # the outline level of what is no heading


def heading_level(name: str) -> int:
    """1 for a title, 2 to 11 for headings of levels 1 to 10, 0 for what is none."""
    if name.strip().lower() in _TITLES:
        return 1
    # One below the title, so that "Heading 1" stands under "Title".
    numbered = _HEADING.match(name)
    return min(int(numbered[1]), _DEEPEST) + 1 if numbered else 0


def outlined_level(outline: int) -> int:
    """The level of headings of an outline level, of which 0 is the highest: 2 to 10, 0 for what is none."""
    return outline + 2 if 0 <= outline < _BODY_LEVEL else 0


def is_furniture(name: str) -> bool:
    """Whether the style is one of captions or a table of contents."""
    return _FURNITURE.match(name) is not None
