"""The styles of an OpenDocument text: what they make of a paragraph, and how they number lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.readers.common.list_items import BULLET, numeral, whole_number
from ingest.readers.common.style_names import heading_level, is_furniture

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_LONGEST_CHAIN = 20  # styles based on each other; a loop ends here
_NUMERALS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


class DocumentStyles:
    """Styles by name, from the roots of the styles and the content; those of the content come first."""

    def __init__(self, *roots: Any | None) -> None:
        self._styles: dict[tuple[str, str], Any] = {}
        self._lists: dict[str, Any] = {}
        self._outline: Any | None = None
        for root in roots:
            for style in [] if root is None else root.iter(f"{_STYLE}style"):
                self._styles[style.get(f"{_STYLE}family", ""), style.get(f"{_STYLE}name", "")] = style
            for style in [] if root is None else root.iter(f"{TEXT}list-style"):
                self._lists[style.get(f"{_STYLE}name", "")] = style

    def heading_level(self, name: str | None) -> int:
        """1 for a title, 2 to 11 for headings of levels 1 to 10, 0 for what is none."""
        return next(filter(None, map(heading_level, self._names(name))), 0)

    def is_furniture(self, name: str | None) -> bool:
        """Whether a paragraph's style is one of captions or a table of contents."""
        return any(map(is_furniture, self._names(name)))

    def is_hidden(self, name: str | None, family: str = "paragraph") -> bool:
        """Whether what is in this style is not shown."""
        for style in self._chain(name, family):
            for properties in style.iterfind(f"{_STYLE}text-properties"):
                if (shown := properties.get(f"{TEXT}display")) is not None:
                    return bool(shown == "none")
        return False

    def list_label(self, name: str, level: int, number: int) -> str:
        """The bullet or number of an item at a level (1 is the highest) of a list style; "" for none."""
        described = self._list_level(name, level)
        if described is None or described.tag != f"{TEXT}list-level-style-number":
            return BULLET
        form = described.get(f"{_STYLE}num-format") or ""
        if not form:
            return ""
        prefix, suffix = (described.get(f"{_STYLE}num-{place}") or "" for place in ("prefix", "suffix"))
        return f"{prefix}{numeral(number, _NUMERALS.get(form, form))}{suffix}".strip()

    def first_number(self, name: str, level: int) -> int:
        """The number that counting begins with."""
        described = self._list_level(name, level)
        return whole_number(None if described is None else described.get(f"{TEXT}start-value"), 1)

    def _list_level(self, name: str, level: int) -> Any | None:
        style = self._lists.get(name)
        levels = [] if style is None else list(style)
        return next((one for one in levels if one.get(f"{TEXT}level") == str(level)), None)

    def _names(self, name: str | None) -> Iterator[str]:
        """The names of a paragraph's style and those it is based on, as people see them."""
        for style in self._chain(name, "paragraph"):
            shown = style.get(f"{_STYLE}display-name") or style.get(f"{_STYLE}name", "")
            yield re.sub(r"_([0-9a-f]{2})_", lambda match: chr(int(match[1], 16)), shown)

    def _chain(self, name: str | None, family: str) -> Iterator[Any]:
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get((family, name or ""))
            if style is None:
                return
            yield style
            name = style.get(f"{_STYLE}parent-style-name")
