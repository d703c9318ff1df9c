"""The numbers and bullets that Word puts before list items and headings: they are counted, not stored."""

from __future__ import annotations

import re
from typing import Any

from ingest.word_styles import VALUE, Styles, W

_LEVELS = 9
_BULLET = "•"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    )
)
_MOST_ROMAN = 4000
_MOST_LETTERS = 780  # the thirtieth round of the alphabet, as far as Word goes


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
            return _BULLET
        if level is None:
            level = _level_of_style(form, style_id)
        level = min(level, _LEVELS - 1)
        described = self._level(number, form, level)
        if described is None or _value(described, "numFmt") == "bullet":
            return _BULLET
        counts = self._counted(number, form_id, form, level)
        pattern = _value(described, "lvlText") or ""
        legal = described.find(f"{W}isLgl") is not None

        def counted(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            of_level = self._level(number, form, place)
            style = "decimal" if legal or of_level is None else _value(of_level, "numFmt") or "decimal"
            return numeral(counts[place] or 0, style)

        return re.sub(r"%([1-9])", counted, pattern).strip()

    def _form(self, number: str) -> tuple[str, Any | None]:
        """The description that a list follows, with its id; lists may lend theirs from a style."""
        for _ in range(3):
            form_id = _value(self._lists[number], "abstractNumId") if number in self._lists else None
            form = self._forms.get(form_id)
            lent = None if form is None else _value(form, "numStyleLink")
            if form_id is None or form is None or lent is None:
                return form_id or "", form
            number = self._styles.style_numbering(lent) or ""
        return "", None

    def _level(self, number: str, form: Any, level: int) -> Any | None:
        own = self._lists[number].find(f"{W}lvlOverride[@{W}ilvl='{level}']/{W}lvl")
        return own if own is not None else form.find(f"{W}lvl[@{W}ilvl='{level}']")

    def _start(self, number: str, form: Any, level: int) -> int:
        described = self._level(number, form, level)
        return _integer(None if described is None else _value(described, "start"), 1)

    def _counted(self, number: str, form_id: str, form: Any, level: int) -> list[int | None]:
        """The counts of all levels after one more paragraph on `level`."""
        counts = self._counts.setdefault(form_id, [None] * _LEVELS)
        override = self._lists[number].find(f"{W}lvlOverride[@{W}ilvl='{level}']/{W}startOverride")
        count = counts[level]
        if override is not None and (number, level) not in self._restarted:
            self._restarted.add((number, level))
            counts[level] = _integer(override.get(VALUE), 1)
        else:
            counts[level] = self._start(number, form, level) if count is None else count + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        for above in range(level):
            if counts[above] is None:
                counts[above] = self._start(number, form, above)
        return counts


def _level_of_style(form: Any, style_id: str) -> int:
    for described in form.iterfind(f"{W}lvl"):
        if style_id and _value(described, "pStyle") == style_id:
            return _integer(described.get(f"{W}ilvl"), 0)
    return 0


def numeral(count: int, style: str) -> str:
    if style == "none":
        return ""
    if style.endswith("Letter") and 0 < count <= _MOST_LETTERS:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if style.startswith("upper") else letter
    if style.endswith("Roman") and 0 < count < _MOST_ROMAN:
        roman = _roman(count)
        return roman.upper() if style.startswith("upper") else roman
    return f"{count:02}" if style == "decimalZero" else str(count)


def _roman(count: int) -> str:
    letters_so_far = ""
    for value, letters in _ROMAN:
        letters_so_far += letters * (count // value)
        count %= value
    return letters_so_far


def _value(element: Any, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    value: str | None = None if found is None else found.get(VALUE)
    return value


def _integer(text: str | None, default: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"\d{1,6}", text) else default
