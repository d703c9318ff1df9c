"""Writes the value of a cell as its sheet shows it, with percentages and units, but dates in ISO 8601."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from ingest.text.cleaning import one_line

_ERRORS = frozenset(
    {"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
# Parts of a number format that are no digits. Groups hold what is shown: quoted and escaped characters, currencies.
# Spaces, fillings and colours are not shown.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|[_*].|\[[^\]]*\]')
_DIGIT_PLACES = re.compile(r"[#0?](?:[#0?,. ]*[#0?])?")
_LARGEST_EXACT = 10**15  # a float has no more exact digits
# What is kept before and after a number: "km", "€"
_UNIT = re.compile(r"\s*(?:[^\W\d_]{1,12}\.?|[$€£¥₦₹₽¢°])\s*")


def cell_text(value: object, number_format: str = "General") -> str:
    """The text of a cell with a value and an Excel number format; empty for nothing and for error values.

    Dates are ISO 8601, as precise as the format shows them; numbers are rounded as the format shows them.
    `cell_text(0.125, "0.0%") == "12.5%"`
    """
    if value is None or value in _ERRORS:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number_text(value, number_format)
    if isinstance(value, datetime.datetime):
        return _datetime_text(value, number_format)
    if isinstance(value, datetime.time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    return one_line(str(value).replace("_x000D_", " "))


def _datetime_text(value: datetime.datetime, number_format: str) -> str:
    """`_datetime_text(datetime.datetime(2021, 3, 1), "mmm-yy") == "2021-03"`"""
    date_format = _unquoted(number_format).lower()
    with_time = "h" in date_format or "s" in date_format
    if "y" in date_format and "d" not in date_format and not with_time:
        return f"{value:%Y-%m}" if "m" in date_format else f"{value:%Y}"
    if not with_time or value.time() == datetime.time():
        return value.date().isoformat()
    return value.isoformat(" ", "seconds" if value.second else "minutes")


def _number_text(value: float, number_format: str) -> str:
    """`_number_text(1234.5, "0.00") == "1234.50"`; thousands are never separated. Infinity and NaN are empty."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    parsed = _parsed_format(number_format)
    exact = Decimal(repr(value)) * parsed.factor
    if abs(exact) >= _LARGEST_EXACT:
        digits_text = str(value) if isinstance(value, int) else f"{value:.15g}"
    elif parsed.decimals is not None:
        digits_text = f"{exact.quantize(Decimal(1).scaleb(-parsed.decimals), ROUND_HALF_UP):f}"
    elif exact == exact.to_integral_value():
        digits_text = str(int(exact))
    else:
        digits_text = f"{value:.15g}"
    whole, _, decimals = digits_text.partition(".")
    if not decimals.strip("0"):
        digits_text = whole
    elif parsed.open_ended:
        digits_text = digits_text.rstrip("0")
    sign = "-" if digits_text.startswith("-") and float(digits_text) else ""
    return f"{sign}{parsed.before}{digits_text.lstrip('-').zfill(parsed.digits)}{parsed.after}".strip()


@dataclass(frozen=True)
class _NumberFormat:
    """The first section of a number format, parsed; the defaults are those of "General"."""

    factor: Decimal = Decimal(1)  # by which the value is multiplied: 100 for percent
    decimals: int | None = None  # to which it is rounded; None: as many as the number has
    open_ended: bool = False  # zeros at the end are left out
    digits: int = 1  # before the point, at least
    before: str = ""  # the unit or currency before the number
    after: str = ""  # the unit or percent sign after it


@lru_cache(maxsize=1000)
def _parsed_format(number_format: str) -> _NumberFormat:
    """The first section of a number format, the one for positive numbers; "General" for what is not understood."""
    section = number_format.split(";")[0]
    unescaped = _LITERAL.sub(lambda mark: next((group for group in mark.groups() if group), ""), section)
    digits = _DIGIT_PLACES.search(unescaped)
    if digits is None or "general" in unescaped.lower():
        return _NumberFormat()
    before, after = unescaped[: digits.start()], unescaped[digits.end() :]
    if re.match(r"E[+-]|\s*/", after):  # scientific notation and fractions
        return _NumberFormat()
    thousands = len(after) - len(after.lstrip(","))
    after = after.lstrip(",")
    decimals = digits[0].partition(".")[2]
    percent = "%" in unescaped
    return _NumberFormat(
        Decimal(100) if percent else Decimal(1).scaleb(-3 * thousands),
        len(re.findall("[#0?]", decimals)),
        "#" in decimals,
        0 if decimals else digits[0].count("0"),
        before if _UNIT.fullmatch(before) else "",
        "%" if percent else after if _UNIT.fullmatch(after) else "",
    )


@lru_cache(maxsize=1000)
def _unquoted(number_format: str) -> str:
    """The first section of a date format without quoted text and colours."""
    return _LITERAL.sub("", number_format.split(";")[0])
