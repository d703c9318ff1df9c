"""Equations of Word files (OMML) as one line of text: x=(-b±√(b^2-4ac))/(2a)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from ingest.readers.common.ooxml import MATH


def equation_text(element: Any) -> str:
    """The equation as it would be typed, after Unicode's nearly plain text mathematics; letters as plain letters."""
    # Letters of the mathematical alphabets are italic by their code: as plain letters they can be searched.
    return "".join(
        unicodedata.normalize("NFKC", letter) if "\U0001d400" <= letter <= "\U0001d7ff" else letter
        for letter in _text(element)
    )


def _text(element: Any) -> str:
    kind = _name(element)
    if kind == "t":
        return element.text or ""
    if kind.endswith("Pr"):
        return ""
    if kind in _FORMS:
        return _FORMS[kind](element)
    return _joined(element)


def _joined(children: Iterable[Any]) -> str:
    """Children side by side; a space where one would run into the next: "x^2 y", "a cos b"."""
    joined = ""
    written_out = False  # whether the child before is more than letters in a row
    for child in children:
        text, name = _text(child), _name(child)
        apart = written_out or name in ("func", "nary")
        joined += " " if apart and joined[-1:].isalnum() and text[:1].isalnum() else ""
        joined += text
        written_out = name in _FORMS if text else written_out
    return joined


def _name(element: Any) -> str:
    return element.tag.removeprefix(MATH) if isinstance(element.tag, str) else ""


def _part(element: Any, name: str) -> str:
    child = element.find(MATH + name)
    return "" if child is None else _text(child).strip()


def _grouped(text: str) -> str:
    """`text`, in brackets where it is more than a number, a name or a bracket of its own."""
    bracketed = text.startswith("(") and text.endswith(")") and ")" not in text[:-1]
    return text if bracketed or text.isalnum() or len(text) < 2 else f"({text})"


def _property(element: Any, name: str, default: str) -> str:
    found = element.find(f"{MATH}{element.tag.removeprefix(MATH)}Pr/{MATH}{name}")
    return default if found is None else found.get(f"{MATH}val", "")


def _scripts(element: Any, base: str) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    return base + (f"_{_grouped(below)}" if below else "") + (f"^{_grouped(above)}" if above else "")


def _fraction(element: Any) -> str:
    above, below = _grouped(_part(element, "num")), _grouped(_part(element, "den"))
    return f"{above}{'¦' if _property(element, 'type', 'bar') == 'noBar' else '/'}{below}"


def _script(element: Any) -> str:
    base = _part(element, "e")
    return _scripts(element, base if "/" not in base else _grouped(base))


def _before(element: Any) -> str:
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


_FORMS = {
    "f": _fraction,
    "sSup": _script,
    "sSub": _script,
    "sSubSup": _script,
    "sPre": _before,
    "nary": _nary,
    "rad": _root,
    "d": _bracketed,
    "func": _function,
    "limLow": _limit,
    "limUpp": _limit,
    "m": _matrix,
    "eqArr": _lines,
}
