"""Handling markings: the words that stand at the top and bottom of every page of what is handed on."""

from __future__ import annotations

import unicodedata

MOST = 80  # characters: one line of a page's head


def handling_marking(text: str | None) -> str | None:
    """The marking as it is kept; None for none. Raises ValueError for more than one line or MOST characters."""
    marking = (text or "").strip()
    if any(unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") for char in marking):
        raise ValueError(
            "A handling marking is one line of text: leave out line breaks and control characters"
        )
    if len(marking) > MOST:
        raise ValueError(
            f"A handling marking has at most {MOST} characters, and this one has {len(marking)}: {marking[:MOST]!r} …"
        )
    return marking or None
