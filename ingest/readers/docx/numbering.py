"""The numbers and bullets that Word puts before list items and headings: they are counted, not stored."""

from __future__ import annotations

import re
from typing import Any

from ingest.readers.common.list_items import BULLET, numeral, whole_number
from ingest.readers.docx.styles import VALUE, Styles, W, stated_value

_LEVELS = 9


class Numbering:
    """Counts the numbered paragraphs of a file; each must be asked for once, in order."""

    def __init__(self, part: Any | None, styles: Styles) -> None:
        """`part` is the numbering part as an lxml element; None where the file has none."""
        self._styles = styles
        self._lists = {} if part is None else {one.get(f"{W}numId"): one for one in part.iterfind(f"{W}num")}
        self._forms = (
            {}
            if part is None
            else {one.get(f"{W}abstractNumId"): one for one in part.iterfind(f"{W}abstractNum")}
        )
        self._counts: dict[str, list[int | None]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def label(self, paragraph: Any) -> str | None:
        """What stands before the paragraph: "•", "3.", "2.1"; "" for nothing; None where it is not in a list."""
        listed = self._styles.numbering(paragraph)
        if listed is None:
            return None
        number, level, style_id = listed
        form_id, form = self._form(number)
        if form is None:
            return BULLET
        if level is None:
            level = _level_of_style(form, style_id)
        level = min(level, _LEVELS - 1)
        described = self._level(number, form, level)
        if described is None or stated_value(described, f"{W}numFmt") == "bullet":
            return BULLET
        counts = self._counted(number, form_id, form, level)
        pattern = stated_value(described, f"{W}lvlText") or ""
        legal = described.find(f"{W}isLgl") is not None

        def counted(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            of_level = self._level(number, form, place)
            style = (
                "decimal" if legal or of_level is None else stated_value(of_level, f"{W}numFmt") or "decimal"
            )
            return numeral(counts[place] or 0, style)

        return re.sub(r"%([1-9])", counted, pattern).strip()

    def _form(self, number: str) -> tuple[str, Any | None]:
        """The description that a list follows, with its id; lists may lend theirs from a style."""
        for _ in range(3):
            form_id = (
                stated_value(self._lists[number], f"{W}abstractNumId") if number in self._lists else None
            )
            form = self._forms.get(form_id)
            lent = None if form is None else stated_value(form, f"{W}numStyleLink")
            if form_id is None or form is None or lent is None:
                return form_id or "", form
            number = self._styles.style_numbering(lent) or ""
        return "", None

    def _level(self, number: str, form: Any, level: int) -> Any | None:
        own = self._lists[number].find(f"{W}lvlOverride[@{W}ilvl='{level}']/{W}lvl")
        return own if own is not None else form.find(f"{W}lvl[@{W}ilvl='{level}']")

    def _start(self, number: str, form: Any, level: int) -> int:
        described = self._level(number, form, level)
        return whole_number(None if described is None else stated_value(described, f"{W}start"), 1)

    def _counted(self, number: str, form_id: str, form: Any, level: int) -> list[int | None]:
        """The counts of all levels after one more paragraph on `level`."""
        counts = self._counts.setdefault(form_id, [None] * _LEVELS)
        override = self._lists[number].find(f"{W}lvlOverride[@{W}ilvl='{level}']/{W}startOverride")
        count = counts[level]
        if override is not None and (number, level) not in self._restarted:
            self._restarted.add((number, level))
            counts[level] = whole_number(override.get(VALUE), 1)
        else:
            counts[level] = self._start(number, form, level) if count is None else count + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        for above in range(level):
            if counts[above] is None:
                counts[above] = self._start(number, form, above)
        return counts


def _level_of_style(form: Any, style_id: str) -> int:
    for described in form.iterfind(f"{W}lvl"):
        if style_id and stated_value(described, f"{W}pStyle") == style_id:
            return whole_number(described.get(f"{W}ilvl"), 0)
    return 0
