"""What the styles of a Word file make of a paragraph: a heading, a list item, a caption, a line of the contents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.readers.common.list_items import whole_number
from ingest.readers.common.style_names import heading_level, is_furniture, outlined_level

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE = f"{W}val"
_LONGEST_CHAIN = 20  # styles based on each other; a loop ends here


class Styles:
    """The paragraph styles of a file, from its styles part as an lxml element; None where it has none."""

    def __init__(self, part: Any | None) -> None:
        styles = [] if part is None else list(part.iterfind(f"{W}style"))
        self._styles = {style.get(f"{W}styleId"): style for style in styles}
        self._default = next(
            (
                style.get(f"{W}styleId")
                for style in styles
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")
            ),
            None,
        )

    def name(self, paragraph: Any) -> str:
        """The name of the paragraph's style, "" where it has none."""
        return next((stated_value(style, f"{W}name") or "" for style in self._chain(paragraph)), "")

    def heading_level(self, paragraph: Any) -> int:
        """1 for a title, 2 to 11 for headings of levels 1 to 10, 0 for what is none."""
        outline = whole_number(self._first(paragraph, f"{W}outlineLvl"), -1)
        return heading_level(self.name(paragraph)) or outlined_level(outline)

    def is_furniture(self, paragraph: Any) -> bool:
        """Whether the style is one of captions or of a table of contents."""
        return is_furniture(self.name(paragraph))

    def is_list(self, paragraph: Any) -> bool:
        """Whether the style is one of lists, numbered or not."""
        return self.name(paragraph).startswith("List")

    def numbering(self, paragraph: Any) -> tuple[str, int | None, str] | None:
        """(number, level or None, style) of the list that the paragraph or its style belongs to."""
        number = level = None
        style_id = ""
        for properties, owner in self._properties(paragraph):
            listed = properties.find(f"{W}numPr")
            if listed is None:
                continue
            level = level if level is not None else stated_value(listed, f"{W}ilvl")
            if (number := stated_value(listed, f"{W}numId")) is not None:
                style_id = owner
                break
        if number in (None, "0"):  # 0 takes the numbering of the style away
            return None
        return str(number), int(level) if level is not None and level.isdecimal() else None, style_id

    def style_numbering(self, style_id: str) -> str | None:
        """The number of the list that a list style stands for."""
        style = self._styles.get(style_id)
        return None if style is None else stated_value(style, f"{W}pPr/{W}numPr/{W}numId")

    def _first(self, paragraph: Any, name: str) -> str | None:
        return next(
            (
                value
                for properties, _ in self._properties(paragraph)
                if (value := stated_value(properties, name))
            ),
            None,
        )

    def _properties(self, paragraph: Any) -> Iterator[tuple[Any, str]]:
        """The paragraph's own properties and those of its styles, the nearest first, with the style's id or ""."""
        if (own := paragraph.find(f"{W}pPr")) is not None:
            yield own, ""
        for style in self._chain(paragraph):
            if (properties := style.find(f"{W}pPr")) is not None:
                yield properties, style.get(f"{W}styleId")

    def _chain(self, paragraph: Any) -> Iterator[Any]:
        """The paragraph's style and those it is based on."""
        style_id = stated_value(paragraph, f"{W}pPr/{W}pStyle") or self._default
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = stated_value(style, f"{W}basedOn")


def stated_value(element: Any, path: str) -> str | None:
    """The value of the property at a path of qualified names below an element, None where it is not there."""
    found = element.find(path)
    value: str | None = None if found is None else found.get(VALUE)
    return value
