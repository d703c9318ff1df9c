"""Checks that each number of a sentence is in the cited words, in the same unit and about the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import isclose

from assistant.language.date_expressions import DateExpression, date_expressions
from assistant.language.quantities import Quantity, quantities
from assistant.language.tokens import TokenizedText

_SMALLER_UNIT = {
    "year": ("month", 12.0),
    "week": ("day", 7.0),
    "decade": ("month", 120.0),
}  # unit -> (smaller unit, how many of it)
_CLOSE = 0.06  # relative tolerance for "about", "nearly" and rounded figures
_FRACTION_TOLERANCE = 2.5  # percentage points: "a third" is 31 to 35 %
_LARGEST = 1e15  # larger numbers are no rounded counts, and may be infinite as floats


def figure_disagreements(claim: TokenizedText, cited: TokenizedText) -> Iterator[str]:
    """A fault for each number of the sentence that the cited words lack, give in another unit or of another thing.

    "killed 21 guards" is a fault where the cited words give "killed 12 guards"; "33%" for "a third" is none. So is a
    trend that contradicts its own figures: "rose from 19 to 12".
    """
    cited_quantities = quantities(cited)
    cited_dates = date_expressions(cited.plain)
    date_numbers = {float(part) for quantity in cited_dates for part in (*quantity.days, quantity.year or 0)}
    for quantity in quantities(claim):
        written = claim.plain[quantity.start : quantity.end].strip()
        equal = [candidate for candidate in cited_quantities if _is_equal(quantity, candidate)]
        if quantity.kind == "single":
            continue
        if quantity.kind == "ordinal":
            rivals = [
                p
                for p in cited_quantities
                if p.kind == "ordinal" and p.heads & quantity.heads and p.value != quantity.value
            ]
            if not equal and quantity.value not in date_numbers and (rivals or quantity.value > 3):
                yield f"“{written}” does not stand in the cited words"
            continue
        if not equal:
            if quantity.unit is None and (
                quantity.value in date_numbers or quantity.value in _list_lengths(cited)
            ):
                continue
            if quantity.value not in _durations(quantity.unit, cited_dates) and not _is_computed(
                quantity, claim, cited_quantities
            ):
                yield f"“{written}” does not stand in the cited words"
        elif not (fitting := [candidate for candidate in equal if _same_unit(quantity, candidate)]):
            yield f"“{written}” is given in another unit in the cited words"
        elif all(_opposite_bounds(quantity.bound, candidate.bound) for candidate in fitting):
            yield f"“{written}” is bounded the other way in the cited words"
        elif (rival := _rival_figure(quantity, fitting, cited_quantities)) is not None:
            cited_words = cited.plain[rival.start : rival.end].strip()
            yield f"“{written}” is said of something else in the cited words, which give “{cited_words}” here"
    yield from _reversed_trend(claim)


_LIST = re.compile(
    r"(?:[A-Z][\w']*(?: [A-Z][\w']*)*, (?:and )?)+[A-Z][\w']*(?: [A-Z][\w']*)*(?:,? and [A-Z]\w*)?"
)


def _list_lengths(text: TokenizedText) -> set[float]:
    """Lengths of the lists of three or more names: {3.0} for "Mali, Niger and Chad", cited as "three states"."""
    name_lists = [re.split(r",\s(?:and\s)?|\sand\s", match[0]) for match in _LIST.finditer(text.plain)]
    return {float(len(names)) for names in name_lists if len(names) >= 3}


def _is_computed(quantity: Quantity, claim: TokenizedText, cited_quantities: Sequence[Quantity]) -> bool:
    """Whether a number follows from two cited ones: "17 more" from 61 and 44, "doubled" from 19 and 43."""
    pairs = [
        (max(a.value, b.value), min(a.value, b.value))
        for a, b in combinations(cited_quantities, 2)
        if a.kind == b.kind == "number" and a.unit == b.unit
    ]
    if re.match(r"\s(?:more|fewer|less|higher|lower)\b", claim.lower[quantity.end :]):
        return any(high - low == quantity.value for high, low in pairs)
    if quantity.unit == "times":
        return any(low and quantity.value * 0.9 <= high / low < quantity.value + 0.6 for high, low in pairs)
    return False


def _durations(unit: str | None, dates: Sequence[DateExpression]) -> set[float]:
    """Lengths of time between any two dates, in months or years: {3.0} months for "from January to March"."""
    if unit == "month":
        months = [date.month for date in dates if date.month]
        return {float(abs(a - b) + 1) for a, b in combinations(months, 2)}
    if unit == "year":
        years = [date.year for date in dates if date.year]
        return {float(abs(a - b)) for a, b in combinations(years, 2)}
    return set()


def _is_equal(quantity: Quantity, cited: Quantity) -> bool:
    """Whether a number may stand for the cited one: "a year" for "12 months", "333,000" for "332,957"."""
    if "vague" in (quantity.kind, cited.kind):
        if quantity.kind == cited.kind:
            return quantity.value == cited.value
        vague, exact = (quantity, cited) if quantity.kind == "vague" else (cited, quantity)
        return vague is quantity and vague.value <= exact.value < 100 * vague.value
    if "share" in (quantity.kind, cited.kind) and quantity.unit == cited.unit:
        return abs(quantity.value - cited.value) <= _FRACTION_TOLERANCE
    a, b = _in_smaller_unit(quantity), _in_smaller_unit(cited)
    if a == b:
        return True
    loose = quantity.bound == "about" or _is_rounded(quantity.value, cited.value)
    return loose and isclose(a, b, rel_tol=_CLOSE)


def _is_rounded(rounded: float, exact: float) -> bool:
    """Whether one number is the other rounded to three digits: `_is_rounded(333_000, 332_957) is True`."""
    if not 1000 <= rounded <= _LARGEST or rounded == exact:
        return False
    step: int = 10 ** (len(f"{int(rounded)}") - 3)
    return rounded % step == 0 and abs(rounded - exact) <= step / 2


def _in_smaller_unit(quantity: Quantity) -> float:
    """The value in months for years and decades, in days for weeks: 24 for "two years"."""
    return (
        quantity.value * _SMALLER_UNIT[quantity.unit][1] if quantity.unit in _SMALLER_UNIT else quantity.value
    )


def _same_unit(quantity: Quantity, cited: Quantity) -> bool:
    """Whether two units agree: years with months, tonnes with none; not tonnes with dollars, nor 77 with 77%."""
    a, b = (_SMALLER_UNIT[unit][0] if unit in _SMALLER_UNIT else unit for unit in (quantity.unit, cited.unit))
    if a == b or quantity.kind == "vague":
        return True
    # A unit may be given once for several figures, so a missing unit fits any, except that a percentage is no count.
    return (a is None or b is None) and "percent" not in (a, b)


def _opposite_bounds(bound: str, cited_bound: str) -> bool:
    """`_opposite_bounds("more", "less") is True`: "more than 300" for "fewer than 300"."""
    return (bound in ("more", "least") and cited_bound == "less") or (
        bound == "less" and cited_bound in ("more", "least")
    )


def _rival_figure(
    quantity: Quantity, equal: list[Quantity], cited_quantities: tuple[Quantity, ...]
) -> Quantity | None:
    """The cited number for the claim's subject, if the cited words give the claim's number for something else.

    "29 soldiers died in Kolda" cites "24 soldiers died in Kolda, and 29 civilians fled": the rival is 24.
    """
    if not quantity.heads or any(
        not candidate.heads or candidate.heads & quantity.heads for candidate in equal
    ):
        return None
    rivals = [
        candidate
        for candidate in cited_quantities
        if candidate.kind == quantity.kind
        and not _is_equal(quantity, candidate)
        and _same_unit(quantity, candidate)
        and candidate.heads & quantity.heads
    ]
    fits = max(len(candidate.beside & quantity.beside) for candidate in equal)
    return next((candidate for candidate in rivals if len(candidate.beside & quantity.beside) > fits), None)


_FROM_TO = re.compile(
    r"\b(?:(?P<up>rose|risen|rise|increased?|grew|grown|climbed|jumped|up)|(?P<down>fell|fallen|decreased?|dropped"
    r"|declined?|shrank|shrunk|down))\b[^.;]{0,60}?\bfrom\s"
)


def _reversed_trend(claim: TokenizedText) -> Iterator[str]:
    """A fault for a trend that contradicts its figures: "rose from 19 to 12"."""
    for match in _FROM_TO.finditer(claim.lower):
        after = [
            quantity
            for quantity in quantities(claim)
            if quantity.start >= match.end() and quantity.kind == "number"
        ]
        end = [
            quantity for quantity in after if re.search(r"\bto\s(?:\w+\s)?$", claim.lower[: quantity.start])
        ][:1]
        if not end or after[0] is end[0] or after[0].unit != end[0].unit:
            continue
        if (after[0].value > end[0].value) if match["up"] else (after[0].value < end[0].value):
            yield "the figures do not go the way the sentence says"
