"""Counts, amounts and shares: a number must stand in the cited words, in the same unit and said of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import isclose

from assistant.support.moments import Moment, moments
from assistant.support.reading import Reading
from assistant.words import TENS, UNITS

_CARDINALS = UNITS | TENS | {"dozen": 12}
_ORDINALS = dict(
    zip(
        """
    third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    """.split(),
        range(3, 16),
        strict=True,
    )
)
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "bn": 1e9,
           "m": 1e6, "k": 1e3}  # fmt: skip
_WORDS = "|".join(sorted(_CARDINALS, key=len, reverse=True))
_SCALE = "hundred|thousand|million|billion|trillion"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d.,]\d)|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?:(?P<money>us\$|\$|€|£|usd|eur)\s?)?(?<![\w.,])(?:"
    rf"(?P<half>(?<!and a )half|(?:a|one|two|three|four|\d) (?:third|quarter|fifth|tenth)s?\b(?! of \d{{4}})"
    rf"|three quarters|quarter of|third of)(?!\s(?:(?:a|an|the)\s)?(?:year|hour|day|month|decade|way|brother|century))"
    rf"|(?P<ratio>(?P<part>{_WORDS}|\d+) (?:in|(?:\w+ )?out of) (?:every )?(?P<whole>{_WORDS}|\d{{1,3}}(?!\d)))"
    rf"(?= (?!hour|day|month|year|week))"
    rf"|(?P<digits>{_DIGITS})(?P<th>st|nd|rd|th)?(?:\s?(?P<scale>{_SCALE}|mn|bn|m|k)\b)?"
    rf"|(?P<single>an?|one)\b(?=\s(?:year|decade|century|month|week|day)\b)"
    rf"|(?P<words>(?:(?:a|{_WORDS})\s)?(?:{_SCALE}|{_WORDS})(?:\s(?:and\s)?(?:{_WORDS}|{_SCALE}))*)\b"
    rf"|(?P<vague>dozens|hundreds|thousands|tens of thousands|hundreds of thousands|millions|billions)\b"
    rf"|(?P<ordinal>{'|'.join(_ORDINALS)})\b"
    rf"|(?P<times>twice|(?:double|triple|quadruple)(?= (?:the|that|as|its|their))|doubled|thrice|tripled|quadrupled)\b)"
)
_TIMES = {"twice": 2.0, "double": 2.0, "doubled": 2.0, "thrice": 3.0, "triple": 3.0, "tripled": 3.0, "quadruple": 4.0,
          "quadrupled": 4.0}  # fmt: skip
_PARTS = {"third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0, "half": 50.0}
_UNITS = {
    "%": "percent", "percent": "percent", "per cent": "percent", "percentage": "percent", "pct": "percent",
    "dollar": "dollar", "euro": "euro", "pound": "pound", "franc": "franc", "cfa": "franc", "yen": "yen",
    "rupee": "rupee",
    "tonne": "tonne", "ton": "tonne", "kilogram": "kilogram", "kilo": "kilogram", "kg": "kilogram", "gram": "gram",
    "ounce": "ounce", "kilometre": "kilometre", "kilometer": "kilometre", "km": "kilometre", "mile": "mile",
    "metre": "metre", "meter": "metre", "hectare": "hectare", "acre": "acre", "litre": "litre", "liter": "litre",
    "barrel": "barrel", "second": "second", "minute": "minute", "hour": "hour", "day": "day", "week": "week",
    "month": "month", "year": "year", "decade": "decade", "century": "century", "time": "times", "degree": "degree",
    "watt": "watt", "megawatt": "megawatt", "foot": "foot", "feet": "foot", "inch": "inch",
}  # fmt: skip
_UNIT_NAMES = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_UNIT = re.compile(
    rf"[\s-]*(?:u\.?s\.?\s|american\s|cfa\s)?(?P<unit>{_UNIT_NAMES})"
    r"(?:s|es)?(?![a-z])"
)
_SAME_SPAN = {
    "year": ("month", 12.0),
    "week": ("day", 7.0),
    "decade": ("month", 120.0),
}  # unit -> smaller unit, factor
_MONEY = {"$": "dollar", "us$": "dollar", "usd": "dollar", "€": "euro", "eur": "euro", "£": "pound"}
_BOUND = re.compile(
    r"(?:(?P<more>more than|over|above|exceed(?:s|ed|ing)?|upwards of|in excess of)"
    r"|(?P<less>less than|fewer than|under|below|up to|at most|as (?:much|many) as|no more than|not more than)"
    r"|(?P<least>at least|no fewer than|no less than|not less than|minimum of)"
    r"|(?P<about>about|around|roughly|some|nearly|almost|approximately|close to|an estimated|well|estimated|just))"
    r"\s(?:a\s|an\s|the\s|well\s|some\s)?$"
)
_CLOSE = 0.06  # relative: what "about", "nearly" and a rounded figure may differ by
_SHARE = 2.5  # percentage points by which a fraction in words may miss a percentage: "a third" is 31 to 35 %
_LARGEST = 1e15  # beyond, a number is no rounded count, and the largest are not finite
_NEAR_WORDS = 3  # words after a number that say what it counts


@dataclass(frozen=True)
class Quantity:
    """A number as written: 1.2 million is 1200000, "a third" 33.3 percent."""

    value: float
    unit: str | None  # "percent", "dollar", "day" …; None for a count
    kind: str  # "number", "single" ("a year"), "share" ("a third"), "ordinal" or "vague" ("dozens")
    bound: str  # "", "more", "less", "least" or "about"
    heads: frozenset[str]  # stems that say what is counted and what befell it
    beside: frozenset[str]  # stems of its clause
    start: int  # offsets into Reading.plain
    end: int


@lru_cache(maxsize=512)
def quantities(text: Reading) -> tuple[Quantity, ...]:
    """The numbers of a text in order, dates aside."""
    dated = [(one.start, one.end) for one in moments(text)]
    found = []
    matches = [
        match
        for match in _NUMBER.finditer(text.lower)
        if not any(start < match.end() and match.start() < end for start, end in dated)
    ]
    for place, match in enumerate(matches):
        following = matches[place + 1].start() if place + 1 < len(matches) else len(text.lower)
        one = _quantity(text, match, following)
        if one is not None:
            found.append(one)
    return tuple(found)


def _quantity(text: Reading, match: re.Match[str], following: int) -> Quantity | None:
    end, unit, kind = match.end(), _MONEY.get((match["money"] or "").strip()), "number"
    if match["half"]:
        value, kind, unit = _fraction(match["half"]), "share", "percent"
    elif match["ratio"]:
        part, whole = _value(match["part"]), _value(match["whole"])
        if not 0 < part < whole:
            return None
        value, kind, unit = 100 * part / whole, "share", "percent"
    elif match["digits"]:
        value = float(re.sub(r"[, ]", "", match["digits"])) * _SCALES.get(match["scale"] or "", 1.0)
        kind = "ordinal" if match["th"] else "number"
    elif match["words"]:
        value = _value(match["words"])
        if value == 1 or match["words"] in ("m", "k"):
            return None  # "one of the reasons" states no number
    elif match["single"]:
        value, kind = 1.0, "single"
    elif match["vague"]:
        value, kind = _vague(match["vague"]), "vague"
    elif match["ordinal"]:
        value, kind = float(_ORDINALS[match["ordinal"]]), "ordinal"
    else:
        value, unit = _TIMES[match["times"]], "times"
    if unit is None and (said := _UNIT.match(text.lower, end)) is not None:
        unit, end = _UNITS[said["unit"]], said.end()
    bound = _BOUND.search(text.lower[max(0, match.start() - 24) : match.start()])
    after = re.match(r"\s(or more|or fewer|or less|at (?:most|least))\b", text.lower[end:])
    how = (bound.lastgroup or "") if bound else ""
    if after:
        how = {"or more": "least", "at least": "least"}.get(after[1], "less")
    heads, beside = _heads(text, end, following), text.clause_stems(match.start(), end)
    return Quantity(value, unit, kind, how, heads, beside, match.start(), end)


def _value(words: str) -> float:
    if words.isdigit():
        return float(words)
    total, current = 0.0, 0.0
    for word in words.split():
        if word in ("and", "a"):
            current = current or (1.0 if word == "a" else 0.0)
        elif word == "dozen":
            current = max(current, 1.0) * 12
        elif word in _CARDINALS:
            current = (
                current + _CARDINALS[word]
                if current != 1.0 or not words.startswith("a ")
                else _CARDINALS[word]
            )
        elif word == "hundred":
            current = max(current, 1.0) * 100
        else:
            total, current = total + max(current, 1.0) * _SCALES[word], 0.0
    return total + current


def _fraction(words: str) -> float:
    first, *rest = words.split()
    if not rest or rest[0] == "of":
        return _PARTS[first]
    many = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}.get(first) or int(first)
    return many * _PARTS[rest[0].removesuffix("s")]


def _vague(words: str) -> float:
    return {"dozens": 12.0, "hundreds": 1e2, "thousands": 1e3, "tens of thousands": 1e4,
            "hundreds of thousands": 1e5, "millions": 1e6, "billions": 1e9}[words]  # fmt: skip


def _heads(text: Reading, end: int, following: int) -> frozenset[str]:
    """The few words after a number, up to the next number or a break; where none, those before it."""
    clause = [word for word in text.clause_at(end - 1) if word.carries]
    after = [word.stem for word in clause if end <= word.start < following]
    before = [word.stem for word in clause if word.end < end]
    return frozenset(after[:_NEAR_WORDS] or before[-_NEAR_WORDS:])


def disagreements(ours: Reading, cited: Reading) -> Iterator[str]:
    """Numbers of a sentence that the cited words do not hold, hold in another unit, or say of another thing."""
    theirs = quantities(cited)
    dated = moments(cited)
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


def _listed(text: Reading) -> set[float]:
    """How many names stand in each list of three or more: "Mali, Niger and Chad" are three states."""
    found = [re.split(r",\s(?:and\s)?|\sand\s", match[0]) for match in _LIST.finditer(text.plain)]
    return {float(len(names)) for names in found if len(names) >= 3}


def _worked_out(one: Quantity, ours: Reading, theirs: Sequence[Quantity]) -> bool:
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


def _lasted(unit: str | None, dated: Sequence[Moment]) -> set[float]:
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


def _wrong_way(ours: Reading) -> Iterator[str]:
    """ "Rose from 19 to 12": a sentence that contradicts itself."""
    for match in _FROM_TO.finditer(ours.lower):
        after = [one for one in quantities(ours) if one.start >= match.end() and one.kind == "number"]
        end = [one for one in after if re.search(r"\bto\s(?:\w+\s)?$", ours.lower[: one.start])][:1]
        if not end or after[0] is end[0] or after[0].unit != end[0].unit:
            continue
        if (after[0].value > end[0].value) if match["up"] else (after[0].value < end[0].value):
            yield "the figures do not go the way the sentence says"
