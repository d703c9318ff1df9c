"""Writes equations of Word files (OMML) as one line of text that can be searched: x=(-b±√(b^2-4ac))/(2a)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from ingest.readers.common.ooxml import MATH


def equation_text(element: Any) -> str:
    """An equation (an lxml element) in the linear format of Unicode Technical Note 28, "nearly plain-text"."""
    # Mathematical italic and bold letters have codes of their own; plain letters can be searched.
    return "".join(
        unicodedata.normalize("NFKC", letter) if "\U0001d400" <= letter <= "\U0001d7ff" else letter
        for letter in _text(element)
    )


def _text(element: Any) -> str:
    element_name = _name(element)
    if element_name == "t":
        return element.text or ""
    if element_name.endswith("Pr"):
        return ""
    if element_name in _WRITERS:
        return _WRITERS[element_name](element)
    return _joined(element)


def _joined(children: Iterable[Any]) -> str:
    """Children side by side, with a space where two would run together: "x^2 y", "a cos b"."""
    line = ""
    written_out = False  # whether the child before was a fraction, a power or the like
    for child in children:
        text, name = _text(child), _name(child)
        needs_space = written_out or name in ("func", "nary")
        line += " " if needs_space and line[-1:].isalnum() and text[:1].isalnum() else ""
        line += text
        written_out = name in _WRITERS if text else written_out
    return line


def _name(element: Any) -> str:
    return element.tag.removeprefix(MATH) if isinstance(element.tag, str) else ""


def _part(element: Any, name: str) -> str:
    child = element.find(MATH + name)
    return "" if child is None else _text(child).strip()


def _grouped(text: str) -> str:
    """`text`, in brackets unless it is one term: `_grouped("a+b") == "(a+b)"`, `_grouped("12") == "12"`."""
    bracketed = text.startswith("(") and text.endswith(")") and ")" not in text[:-1]
    return text if bracketed or text.isalnum() or len(text) < 2 else f"({text})"


def _property(element: Any, name: str, default: str) -> str:
    stated = element.find(f"{MATH}{element.tag.removeprefix(MATH)}Pr/{MATH}{name}")
    return default if stated is None else stated.get(f"{MATH}val", "")


def _scripts(element: Any, base: str) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    return base + (f"_{_grouped(below)}" if below else "") + (f"^{_grouped(above)}" if above else "")


def _fraction(element: Any) -> str:
    above, below = _grouped(_part(element, "num")), _grouped(_part(element, "den"))
    return f"{above}{'¦' if _property(element, 'type', 'bar') == 'noBar' else '/'}{below}"


def _script(element: Any) -> str:
    base = _part(element, "e")
    return _scripts(element, base if "/" not in base else _grouped(base))


def _prescript(element: Any) -> str:
    return f"{_scripts(element, '')}{_part(element, 'e')}"


def _nary(element: Any) -> str:
    return f"{_scripts(element, _property(element, 'chr', '∫'))} {_part(element, 'e')}"


def _root(element: Any) -> str:
    return f"{_part(element, 'deg')}√{_grouped(_part(element, 'e'))}"


def _bracketed(element: Any) -> str:
    inside = _property(element, "sepChr", "|").join(
        _text(child) for child in element.iterchildren(f"{MATH}e")
    )
    return f"{_property(element, 'begChr', '(')}{inside}{_property(element, 'endChr', ')')}"


def _function(element: Any) -> str:
    argument = _part(element, "e")
    return f"{_part(element, 'fName')}{'' if argument.startswith('(') else ' '}{argument}"


def _limit(element: Any) -> str:
    sign = "_" if element.tag == f"{MATH}limLow" else "^"
    return f"{_part(element, 'e')}{sign}{_grouped(_part(element, 'lim'))}"


def _matrix(element: Any) -> str:
    return "; ".join(
        ", ".join(_text(cell) for cell in row.iterchildren(f"{MATH}e"))
        for row in element.iterchildren(f"{MATH}mr")
    )


def _lines(element: Any) -> str:
    return "; ".join(_text(line) for line in element.iterchildren(f"{MATH}e"))


# OMML element -> the function that writes it
_WRITERS = {
    "f": _fraction,
    "sSup": _script,
    "sSub": _script,
    "sSubSup": _script,
    "sPre": _prescript,
    "nary": _nary,
    "rad": _root,
    "d": _bracketed,
    "func": _function,
    "limLow": _limit,
    "limUpp": _limit,
    "m": _matrix,
    "eqArr": _lines,
}
