"""Works out the numbers and bullets of list items and headings, which Word counts instead of storing."""

from __future__ import annotations

import re
from typing import Any

from ingest.readers.common.list_items import BULLET, numeral, whole_number
from ingest.readers.docx.styles import VALUE_ATTRIBUTE, WORDPROCESSINGML, Styles, property_value

_LEVELS = 9  # of a list, as the format has it


class Numbering:
    """Counts the numbered paragraphs of a file: `label` must be called once a paragraph, in document order.

    A list (`w:num`) follows an abstract list (`w:abstractNum`), which describes its nine levels; lists that share an
    abstract list count on together.
    """

    def __init__(self, part: Any | None, styles: Styles) -> None:
        """`part` is the numbering part as an lxml element; None where the file has none."""
        self._styles = styles
        lists = [] if part is None else part.iterfind(f"{WORDPROCESSINGML}num")
        self._lists = {element.get(f"{WORDPROCESSINGML}numId"): element for element in lists}
        abstract_lists = [] if part is None else part.iterfind(f"{WORDPROCESSINGML}abstractNum")
        self._abstract_lists = {
            element.get(f"{WORDPROCESSINGML}abstractNumId"): element for element in abstract_lists
        }
        # Abstract list -> the count of each level, None before its first paragraph.
        self._counts: dict[str, list[int | None]] = {}
        self._restarted: set[tuple[str, int]] = set()  # (list, level) whose own start was used

    def label(self, paragraph: Any) -> str | None:
        """The label before a paragraph, such as "•", "3." or "2.1"; "" for an empty one, None for no list item."""
        item = self._styles.numbering(paragraph)
        if item is None:
            return None
        list_id, level, style_id = item
        abstract_id, abstract_list = self._abstract_list(list_id)
        if abstract_list is None:
            return BULLET
        if level is None:
            level = _level_of_style(abstract_list, style_id)
        level = min(level, _LEVELS - 1)
        level_element = self._level(list_id, abstract_list, level)
        if level_element is None or property_value(level_element, f"{WORDPROCESSINGML}numFmt") == "bullet":
            return BULLET
        counts = self._count(list_id, abstract_id, abstract_list, level)
        pattern = property_value(level_element, f"{WORDPROCESSINGML}lvlText") or ""
        is_legal = level_element.find(f"{WORDPROCESSINGML}isLgl") is not None

        def numeral_of(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            description = self._level(list_id, abstract_list, place)
            style = (
                "decimal"
                if is_legal or description is None
                else property_value(description, f"{WORDPROCESSINGML}numFmt") or "decimal"
            )
            return numeral(counts[place] or 0, style)

        return re.sub(r"%([1-9])", numeral_of, pattern).strip()

    def _abstract_list(self, list_id: str) -> tuple[str, Any | None]:
        """The abstract list that a list follows, and its id; ("", None) for none. It may be found through a style."""
        for _ in range(3):  # a list that refers to itself ends here
            abstract_id = (
                property_value(self._lists[list_id], f"{WORDPROCESSINGML}abstractNumId")
                if list_id in self._lists
                else None
            )
            abstract_list = self._abstract_lists.get(abstract_id)
            linked_style = (
                None
                if abstract_list is None
                else property_value(abstract_list, f"{WORDPROCESSINGML}numStyleLink")
            )
            if abstract_id is None or abstract_list is None or linked_style is None:
                return abstract_id or "", abstract_list
            list_id = self._styles.style_numbering(linked_style) or ""
        return "", None

    def _level(self, list_id: str, abstract_list: Any, level: int) -> Any | None:
        """The description of a level (0 to 8): the list's own, else that of its abstract list."""
        own = self._lists[list_id].find(
            f"{WORDPROCESSINGML}lvlOverride[@{WORDPROCESSINGML}ilvl='{level}']/{WORDPROCESSINGML}lvl"
        )
        return (
            own
            if own is not None
            else abstract_list.find(f"{WORDPROCESSINGML}lvl[@{WORDPROCESSINGML}ilvl='{level}']")
        )

    def _start(self, list_id: str, abstract_list: Any, level: int) -> int:
        level_element = self._level(list_id, abstract_list, level)
        return whole_number(
            None if level_element is None else property_value(level_element, f"{WORDPROCESSINGML}start"), 1
        )

    def _count(self, list_id: str, abstract_id: str, abstract_list: Any, level: int) -> list[int | None]:
        """Counts one more paragraph on `level`; the counts of all levels, those below it reset to None."""
        counts = self._counts.setdefault(abstract_id, [None] * _LEVELS)
        override = self._lists[list_id].find(
            f"{WORDPROCESSINGML}lvlOverride[@{WORDPROCESSINGML}ilvl='{level}']/{WORDPROCESSINGML}startOverride"
        )
        count = counts[level]
        if override is not None and (list_id, level) not in self._restarted:
            self._restarted.add((list_id, level))
            counts[level] = whole_number(override.get(VALUE_ATTRIBUTE), 1)
        else:
            counts[level] = self._start(list_id, abstract_list, level) if count is None else count + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        for above in range(level):
            if counts[above] is None:
                counts[above] = self._start(list_id, abstract_list, above)
        return counts


def _level_of_style(abstract_list: Any, style_id: str) -> int:
    """The level that an abstract list ties to a paragraph style; 0 where it names none."""
    for level_element in abstract_list.iterfind(f"{WORDPROCESSINGML}lvl"):
        if style_id and property_value(level_element, f"{WORDPROCESSINGML}pStyle") == style_id:
            return whole_number(level_element.get(f"{WORDPROCESSINGML}ilvl"), 0)
    return 0
