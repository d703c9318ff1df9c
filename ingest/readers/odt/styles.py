"""Looks up what the styles of an OpenDocument text make of a paragraph, and how they number lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.readers.common.list_items import BULLET, numeral, whole_number
from ingest.readers.common.style_names import heading_level, is_furniture_style

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_LONGEST_CHAIN = 20  # styles, each based on the next; a loop ends here
# OpenDocument's name of a numeral style -> Word's, which `numeral` takes.
_NUMERALS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


class DocumentStyles:
    """The paragraph, text and list styles of a file, by name."""

    def __init__(self, *roots: Any | None) -> None:
        """`roots` are the lxml roots of styles.xml and content.xml; a later root's style replaces one of its name."""
        self._styles: dict[tuple[str, str], Any] = {}  # (family, name) -> element
        self._lists: dict[str, Any] = {}  # name -> element
        for root in roots:
            for style in [] if root is None else root.iter(f"{_STYLE}style"):
                self._styles[style.get(f"{_STYLE}family", ""), style.get(f"{_STYLE}name", "")] = style
            for style in [] if root is None else root.iter(f"{TEXT}list-style"):
                self._lists[style.get(f"{_STYLE}name", "")] = style

    def heading_level(self, name: str | None) -> int:
        """The level as a heading: 1 for a title, 2 to 11 for levels 1 to 10, 0 for text."""
        return next(filter(None, map(heading_level, self._names(name))), 0)

    def is_furniture(self, name: str | None) -> bool:
        """Whether a paragraph's style is for captions or for a table of contents."""
        return any(map(is_furniture_style, self._names(name)))

    def is_hidden(self, name: str | None, family: str = "paragraph") -> bool:
        """Whether text in this style is hidden; `family` is "paragraph" or "text"."""
        for style in self._chain(name, family):
            for properties in style.iterfind(f"{_STYLE}text-properties"):
                if (display := properties.get(f"{TEXT}display")) is not None:
                    return bool(display == "none")
        return False

    def list_label(self, name: str, level: int, number: int) -> str:
        """The label of an item, such as "•" or "(a)"; "" for an unlabelled one.

        `name` is the list style, `level` counts from 1, `number` is the item's place in its list.
        """
        level_style = self._list_level(name, level)
        if level_style is None or level_style.tag != f"{TEXT}list-level-style-number":
            return BULLET
        num_format = level_style.get(f"{_STYLE}num-format") or ""
        if not num_format:
            return ""
        prefix, suffix = (level_style.get(f"{_STYLE}num-{place}") or "" for place in ("prefix", "suffix"))
        return f"{prefix}{numeral(number, _NUMERALS.get(num_format, num_format))}{suffix}".strip()

    def first_number(self, name: str, level: int) -> int:
        """The number of the first item at a level (from 1) of a list style."""
        level_style = self._list_level(name, level)
        return whole_number(None if level_style is None else level_style.get(f"{TEXT}start-value"), 1)

    def _list_level(self, name: str, level: int) -> Any | None:
        style = self._lists.get(name)
        levels = [] if style is None else list(style)
        return next((element for element in levels if element.get(f"{TEXT}level") == str(level)), None)

    def _names(self, name: str | None) -> Iterator[str]:
        """The names of a paragraph style and the styles it is based on, as people see them."""
        for style in self._chain(name, "paragraph"):
            display_name = style.get(f"{_STYLE}display-name") or style.get(f"{_STYLE}name", "")
            # A name without a display name has its spaces and signs as hex codes: "Heading_20_1".
            yield re.sub(r"_([0-9a-f]{2})_", lambda match: chr(int(match[1], 16)), display_name)

    def _chain(self, name: str | None, family: str) -> Iterator[Any]:
        """The style of this name and the styles it is based on."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get((family, name or ""))
            if style is None:
                return
            yield style
            name = style.get(f"{_STYLE}parent-style-name")
