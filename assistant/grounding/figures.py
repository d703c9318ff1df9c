"""Figures: a number must stand in the cited words, in the same unit and said of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import isclose

from assistant.language.date_expressions import DateExpression, date_expressions
from assistant.language.quantities import Quantity, quantities
from assistant.language.tokens import TokenizedText

_SAME_SPAN = {
    "year": ("month", 12.0),
    "week": ("day", 7.0),
    "decade": ("month", 120.0),
}  # unit -> smaller unit, factor
_CLOSE = 0.06  # relative: what "about", "nearly" and a rounded figure may differ by
_SHARE = 2.5  # percentage points by which a fraction in words may miss a percentage: "a third" is 31 to 35 %
_LARGEST = 1e15  # beyond, a number is no rounded count, and the largest are not finite


def figure_disagreements(ours: TokenizedText, cited: TokenizedText) -> Iterator[str]:
    """Numbers of a sentence that the cited words do not hold, hold in another unit, or say of another thing."""
    theirs = quantities(cited)
    dated = date_expressions(cited.plain)
    plain = {float(part) for one in dated for part in (*one.days, one.year or 0)}
    for one in quantities(ours):
        written = ours.plain[one.start : one.end].strip()
        same = [other for other in theirs if _equal(one, other)]
        if one.kind == "single":
            continue
        if one.kind == "ordinal":
            rivals = [
                p for p in theirs if p.kind == "ordinal" and p.heads & one.heads and p.value != one.value
            ]
            if not same and one.value not in plain and (rivals or one.value > 3):
                yield f"“{written}” does not stand in the cited words"
            continue
        if not same:
            if one.unit is None and (one.value in plain or one.value in _listed(cited)):
                continue
            if one.value not in _lasted(one.unit, dated) and not _worked_out(one, ours, theirs):
                yield f"“{written}” does not stand in the cited words"
        elif not (fitting := [other for other in same if _same_unit(one, other)]):
            yield f"“{written}” is given in another unit in the cited words"
        elif all(_against(one.bound, other.bound) for other in fitting):
            yield f"“{written}” is bounded the other way in the cited words"
        elif (rival := _said_of_another(one, fitting, theirs)) is not None:
            given = cited.plain[rival.start : rival.end].strip()
            yield f"“{written}” is said of something else in the cited words, which give “{given}” here"
    yield from _wrong_way(ours)


_LIST = re.compile(
    r"(?:[A-Z][\w']*(?: [A-Z][\w']*)*, (?:and )?)+[A-Z][\w']*(?: [A-Z][\w']*)*(?:,? and [A-Z]\w*)?"
)


def _listed(text: TokenizedText) -> set[float]:
    """How many names stand in each list of three or more: "Mali, Niger and Chad" are three states."""
    found = [re.split(r",\s(?:and\s)?|\sand\s", match[0]) for match in _LIST.finditer(text.plain)]
    return {float(len(names)) for names in found if len(names) >= 3}


def _worked_out(one: Quantity, ours: TokenizedText, theirs: Sequence[Quantity]) -> bool:
    """ "17 more" where the cited words give 61 and 44, "doubled" where they give 19 and 43."""
    pairs = [
        (max(a.value, b.value), min(a.value, b.value))
        for a, b in combinations(theirs, 2)
        if a.kind == b.kind == "number" and a.unit == b.unit
    ]
    if re.match(r"\s(?:more|fewer|less|higher|lower)\b", ours.lower[one.end :]):
        return any(high - low == one.value for high, low in pairs)
    if one.unit == "times":
        return any(low and one.value * 0.9 <= high / low < one.value + 0.6 for high, low in pairs)
    return False


def _lasted(unit: str | None, dated: Sequence[DateExpression]) -> set[float]:
    """How long it is from one date to another of a text, in a unit: "from January to March" are three months."""
    if unit == "month":
        months = [one.month for one in dated if one.month]
        return {float(abs(a - b) + 1) for a, b in combinations(months, 2)}
    if unit == "year":
        years = [one.year for one in dated if one.year]
        return {float(abs(a - b)) for a, b in combinations(years, 2)}
    return set()


def _equal(one: Quantity, other: Quantity) -> bool:
    if "vague" in (one.kind, other.kind):
        if one.kind == other.kind:
            return one.value == other.value
        vague, exact = (one, other) if one.kind == "vague" else (other, one)
        return vague is one and vague.value <= exact.value < 100 * vague.value
    if "share" in (one.kind, other.kind) and one.unit == other.unit:
        return abs(one.value - other.value) <= _SHARE
    a, b = _in_small(one), _in_small(other)
    if a == b:
        return True
    loose = one.bound == "about" or _rounds(one.value, other.value)
    return loose and isclose(a, b, rel_tol=_CLOSE)


def _rounds(ours: float, theirs: float) -> bool:
    """Whether ours is theirs with its last digits rounded away: 333,000 for 332,957."""
    if not 1000 <= ours <= _LARGEST or ours == theirs:
        return False
    step: int = 10 ** (len(f"{int(ours)}") - 3)
    return ours % step == 0 and abs(ours - theirs) <= step / 2


def _in_small(one: Quantity) -> float:
    return one.value * _SAME_SPAN[one.unit][1] if one.unit in _SAME_SPAN else one.value


def _same_unit(one: Quantity, other: Quantity) -> bool:
    a, b = (_SAME_SPAN[q.unit][0] if q.unit in _SAME_SPAN else q.unit for q in (one, other))
    if a == b or one.kind == "vague":
        return True
    # A unit said once for several figures, or left to be understood: only two named units can differ, and a
    # percentage never is a count.
    return (a is None or b is None) and "percent" not in (a, b)


def _against(ours: str, theirs: str) -> bool:
    return (ours in ("more", "least") and theirs == "less") or (
        ours == "less" and theirs in ("more", "least")
    )


def _said_of_another(one: Quantity, same: list[Quantity], theirs: tuple[Quantity, ...]) -> Quantity | None:
    """The number that the cited words give for what ours is said of, where they say ours of something else."""
    if not one.heads or any(not other.heads or other.heads & one.heads for other in same):
        return None
    rivals = [
        other
        for other in theirs
        if other.kind == one.kind
        and not _equal(one, other)
        and _same_unit(one, other)
        and other.heads & one.heads
    ]
    fits = max(len(other.beside & one.beside) for other in same)
    return next((other for other in rivals if len(other.beside & one.beside) > fits), None)


_FROM_TO = re.compile(
    r"\b(?:(?P<up>rose|risen|rise|increased?|grew|grown|climbed|jumped|up)|(?P<down>fell|fallen|decreased?|dropped"
    r"|declined?|shrank|shrunk|down))\b[^.;]{0,60}?\bfrom\s"
)


def _wrong_way(ours: TokenizedText) -> Iterator[str]:
    """ "Rose from 19 to 12": a sentence that contradicts itself."""
    for match in _FROM_TO.finditer(ours.lower):
        after = [one for one in quantities(ours) if one.start >= match.end() and one.kind == "number"]
        end = [one for one in after if re.search(r"\bto\s(?:\w+\s)?$", ours.lower[: one.start])][:1]
        if not end or after[0] is end[0] or after[0].unit != end[0].unit:
            continue
        if (after[0].value > end[0].value) if match["up"] else (after[0].value < end[0].value):
            yield "the figures do not go the way the sentence says"
