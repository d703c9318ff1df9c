"""The numbers of a text (counts, amounts, shares), with their units and the words that say what is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.date_expressions import date_expressions
from assistant.language.tokens import TokenizedText
from assistant.language.words import TENS, UNITS

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
_MONEY = {"$": "dollar", "us$": "dollar", "usd": "dollar", "€": "euro", "eur": "euro", "£": "pound"}
_BOUND = re.compile(
    r"(?:(?P<more>more than|over|above|exceed(?:s|ed|ing)?|upwards of|in excess of)"
    r"|(?P<less>less than|fewer than|under|below|up to|at most|as (?:much|many) as|no more than|not more than)"
    r"|(?P<least>at least|no fewer than|no less than|not less than|minimum of)"
    r"|(?P<about>about|around|roughly|some|nearly|almost|approximately|close to|an estimated|well|estimated|just))"
    r"\s(?:a\s|an\s|the\s|well\s|some\s)?$"
)
_NEAR_WORDS = 3  # words beside a number that say what it counts


@dataclass(frozen=True)
class Quantity:
    """A number in a text."""

    value: float  # scaled: 1200000 for "1.2 million"; shares in percent: 33.3 for "a third"
    unit: str | None  # "percent", "dollar", "day" …; None for a count
    kind: str  # "number", "single" ("a year"), "share" ("a third"), "ordinal" or "vague" ("dozens")
    bound: str  # "", "more", "less", "least" or "about"
    heads: frozenset[str]  # stems of the next few words: what is counted, what happened to it
    beside: frozenset[str]  # stems of its clause
    start: int  # offsets into TokenizedText.plain
    end: int


@lru_cache(maxsize=512)
def quantities(text: TokenizedText) -> tuple[Quantity, ...]:
    """The numbers of a text in order, except those in dates.

    >>> from assistant.language.tokens import tokenize
    >>> (quantity,) = quantities(tokenize("On 3 May more than 1.2 million people voted."))
    >>> quantity.value, quantity.unit, quantity.bound, sorted(quantity.heads)
    (1200000.0, None, 'more', ['elect', 'peopl'])
    """
    dates = [(date.start, date.end) for date in date_expressions(text.plain)]
    matches = [
        match
        for match in _NUMBER.finditer(text.lower)
        if not any(start < match.end() and match.start() < end for start, end in dates)
    ]
    result = []
    for index, match in enumerate(matches):
        next_start = matches[index + 1].start() if index + 1 < len(matches) else len(text.lower)
        quantity = _quantity(text, match, next_start)
        if quantity is not None:
            result.append(quantity)
    return tuple(result)


def _quantity(text: TokenizedText, match: re.Match[str], next_start: int) -> Quantity | None:
    """The quantity of a match of _NUMBER, whose next match begins at `next_start`; None if it states no number."""
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
    if unit is None and (unit_match := _UNIT.match(text.lower, end)) is not None:
        unit, end = _UNITS[unit_match["unit"]], unit_match.end()
    heads, beside = _heads(text, end, next_start), text.clause_stems(match.start(), end)
    return Quantity(
        value, unit, kind, _bound(text.lower, match.start(), end), heads, beside, match.start(), end
    )


def _value(words: str) -> float:
    """The value of a number in lower-case words or plain digits.

    >>> _value("a hundred and twenty"), _value("two dozen"), _value("thirty thousand"), _value("7")
    (120.0, 24.0, 30000.0, 7.0)
    """
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
    """A fraction in percent.

    >>> _fraction("half"), _fraction("a quarter"), _fraction("three quarters")
    (50.0, 25.0, 75.0)
    """
    first, *rest = words.split()
    if not rest or rest[0] == "of":
        return _PARTS[first]
    numerator = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}.get(first) or int(first)
    return numerator * _PARTS[rest[0].removesuffix("s")]


def _vague(words: str) -> float:
    """A value that stands for a vague count: 100 for "hundreds"."""
    return {"dozens": 12.0, "hundreds": 1e2, "thousands": 1e3, "tens of thousands": 1e4,
            "hundreds of thousands": 1e5, "millions": 1e6, "billions": 1e9}[words]  # fmt: skip


def _bound(lower: str, start: int, end: int) -> str:
    """The bound on the number lower[start:end]; words after it ("or more") outweigh words before it ("about").

    >>> _bound("at least 20 people", 9, 11), _bound("about 20 or more", 6, 8), _bound("the 20", 4, 6)
    ('least', 'least', '')
    """
    after = re.match(r"\s(or more|or fewer|or less|at (?:most|least))\b", lower[end:])
    if after:
        return {"or more": "least", "at least": "least"}.get(after[1], "less")
    before = _BOUND.search(lower[max(0, start - 24) : start])
    return (before.lastgroup or "") if before else ""


def _heads(text: TokenizedText, end: int, next_start: int) -> frozenset[str]:
    """Stems of the few words between a number and the next one, or those before it if there are none."""
    clause = [word for word in text.clause_at(end - 1) if word.has_meaning]
    after = [word.stem for word in clause if end <= word.start < next_start]
    before = [word.stem for word in clause if word.end < end]
    return frozenset(after[:_NEAR_WORDS] or before[-_NEAR_WORDS:])
