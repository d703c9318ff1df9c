"""Looks up what a paragraph's style makes of it: a heading, a list item, a caption, a line of the contents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.readers.common.list_items import whole_number
from ingest.readers.common.style_names import heading_level, is_furniture_style, level_of_outline

# The namespace of WordprocessingML, as lxml writes it before a name.
WORDPROCESSINGML = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE_ATTRIBUTE = f"{WORDPROCESSINGML}val"
_LONGEST_CHAIN = 20  # styles, each based on the next; a loop ends here


class Styles:
    """The paragraph styles of a file."""

    def __init__(self, part: Any | None) -> None:
        """`part` is the styles part as an lxml element; None where the file has none."""
        styles = [] if part is None else list(part.iterfind(f"{WORDPROCESSINGML}style"))
        self._styles = {style.get(f"{WORDPROCESSINGML}styleId"): style for style in styles}
        self._default = next(
            (
                style.get(f"{WORDPROCESSINGML}styleId")
                for style in styles
                if style.get(f"{WORDPROCESSINGML}type") == "paragraph"
                and style.get(f"{WORDPROCESSINGML}default") in ("1", "true", "on")
            ),
            None,
        )

    def name(self, paragraph: Any) -> str:
        """The name of the paragraph's style, such as "heading 1"; "" where it has none."""
        return next(
            (property_value(style, f"{WORDPROCESSINGML}name") or "" for style in self._chain(paragraph)), ""
        )

    def heading_level(self, paragraph: Any) -> int:
        """The level as a heading: 1 for a title, 2 to 11 for Word's levels 1 to 10, 0 for text."""
        outline = whole_number(self._nearest_value(paragraph, f"{WORDPROCESSINGML}outlineLvl"), -1)
        return heading_level(self.name(paragraph)) or level_of_outline(outline)

    def is_furniture(self, paragraph: Any) -> bool:
        """Whether the style is for captions or for a table of contents."""
        return is_furniture_style(self.name(paragraph))

    def is_list(self, paragraph: Any) -> bool:
        """Whether the style is one of Word's list styles, numbered or not."""
        return self.name(paragraph).startswith("List")

    def numbering(self, paragraph: Any) -> tuple[str, int | None, str] | None:
        """The list of a paragraph: (id of the list, level or None, id of the style that names the list or "").

        Levels count from 0. None where neither the paragraph nor its styles are in a list.
        """
        list_id = level = None
        style_id = ""
        for properties, owner_id in self._properties(paragraph):
            list_properties = properties.find(f"{WORDPROCESSINGML}numPr")
            if list_properties is None:
                continue
            level = level if level is not None else property_value(list_properties, f"{WORDPROCESSINGML}ilvl")
            if (list_id := property_value(list_properties, f"{WORDPROCESSINGML}numId")) is not None:
                style_id = owner_id
                break
        if list_id in (None, "0"):  # 0 takes the numbering of the style away
            return None
        return str(list_id), int(level) if level is not None and level.isdecimal() else None, style_id

    def style_numbering(self, style_id: str) -> str | None:
        """The id of the list that a list style stands for; None where it names none."""
        style = self._styles.get(style_id)
        return (
            None
            if style is None
            else property_value(
                style, f"{WORDPROCESSINGML}pPr/{WORDPROCESSINGML}numPr/{WORDPROCESSINGML}numId"
            )
        )

    def _nearest_value(self, paragraph: Any, name: str) -> str | None:
        """The value of a property in the nearest place that states it."""
        return next(
            (
                value
                for properties, _ in self._properties(paragraph)
                if (value := property_value(properties, name))
            ),
            None,
        )

    def _properties(self, paragraph: Any) -> Iterator[tuple[Any, str]]:
        """The paragraph's own properties with "", then those of its styles, the nearest first, with the style's id."""
        if (own := paragraph.find(f"{WORDPROCESSINGML}pPr")) is not None:
            yield own, ""
        for style in self._chain(paragraph):
            if (properties := style.find(f"{WORDPROCESSINGML}pPr")) is not None:
                yield properties, style.get(f"{WORDPROCESSINGML}styleId")

    def _chain(self, paragraph: Any) -> Iterator[Any]:
        """The paragraph's style and the styles it is based on."""
        style_id = (
            property_value(paragraph, f"{WORDPROCESSINGML}pPr/{WORDPROCESSINGML}pStyle") or self._default
        )
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = property_value(style, f"{WORDPROCESSINGML}basedOn")


def property_value(element: Any, path: str) -> str | None:
    """The `w:val` of the property at a path of qualified names below an element; None where there is none."""
    property_element = element.find(path)
    value: str | None = None if property_element is None else property_element.get(VALUE_ATTRIBUTE)
    return value
