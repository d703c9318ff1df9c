"""Handling markings: the line at the top and bottom of every page of an exported briefing."""

from __future__ import annotations

import unicodedata

MAX_MARKING = 80  # characters that fit one line of a page header


def handling_marking(text: str | None) -> str | None:
    """The marking without surrounding white space; None if it is empty.

    Raises ValueError for control characters, several lines, or more than MAX_MARKING characters.
    """
    marking = (text or "").strip()
    if any(unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") for char in marking):
        raise ValueError(
            "A handling marking is one line of text: leave out line breaks and control characters"
        )
    if len(marking) > MAX_MARKING:
        raise ValueError(
            f"A handling marking has at most {MAX_MARKING} characters, and this one has {len(marking)}: "
            f"{marking[:MAX_MARKING]!r} …"
        )
    return marking or None
