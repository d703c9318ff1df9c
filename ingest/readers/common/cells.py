"""A cell's value as its sheet shows it: ISO dates, percentages, units, no error values."""

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
# In a number format: quoted and escaped characters and currencies are shown, spaces, fillings and colours are not.
_MARK = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|[_*].|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?](?:[#0?,. ]*[#0?])?")
_LARGEST_ROUNDED = 10**15  # a float holds no more digits than that
_UNIT = re.compile(r"\s*(?:[^\W\d_]{1,12}\.?|[$€£¥₦₹₽¢°])\s*")


def cell_text(value: object, number_format: str = "General") -> str:
    """The text of a cell's value; empty where it holds nothing or an error.

    Dates are ISO 8601, only as precise as the format shows them; numbers are rounded as the format says.
    """
    if value is None or value in _ERRORS:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(value, number_format)
    if isinstance(value, datetime.datetime):
        return _moment(value, number_format)
    if isinstance(value, datetime.time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    return one_line(str(value).replace("_x000D_", " "))


def _moment(value: datetime.datetime, number_format: str) -> str:
    shown = _shown(number_format).lower()
    with_time = "h" in shown or "s" in shown
    if "y" in shown and "d" not in shown and not with_time:
        return f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"
    if not with_time or value.time() == datetime.time():
        return value.date().isoformat()
    return value.isoformat(" ", "seconds" if value.second else "minutes")


def _number(value: float, number_format: str) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    form = _form(number_format)
    exact = Decimal(repr(value)) * form.factor
    if abs(exact) >= _LARGEST_ROUNDED:
        plain = str(value) if isinstance(value, int) else f"{value:.15g}"
    elif form.decimals is not None:
        plain = f"{exact.quantize(Decimal(1).scaleb(-form.decimals), ROUND_HALF_UP):f}"
    elif exact == exact.to_integral_value():
        plain = str(int(exact))
    else:
        plain = f"{value:.15g}"
    whole, _, decimals = plain.partition(".")
    if not decimals.strip("0"):
        plain = whole
    elif form.open_ended:
        plain = plain.rstrip("0")
    sign = "-" if plain.startswith("-") and float(plain) else ""
    return f"{sign}{form.before}{plain.lstrip('-').zfill(form.digits)}{form.after}".strip()


@dataclass(frozen=True)
class _NumberFormat:
    factor: Decimal = Decimal(1)  # from the value to the number shown
    decimals: int | None = None  # None: as many as the number has
    open_ended: bool = False  # zeros at the end are not shown
    digits: int = 1  # before the point, at the least
    before: str = ""
    after: str = ""


@lru_cache(maxsize=1000)
def _form(number_format: str) -> _NumberFormat:
    """What the first section of a number format, the one for positive numbers, makes of a number."""
    section = number_format.split(";")[0]
    plain = _MARK.sub(lambda mark: next((group for group in mark.groups() if group), ""), section)
    digits = _DIGITS.search(plain)
    if digits is None or "general" in plain.lower():
        return _NumberFormat()
    before, after = plain[: digits.start()], plain[digits.end() :]
    if re.match(r"E[+-]|\s*/", after):  # scientific notation and fractions
        return _NumberFormat()
    thousands = len(after) - len(after.lstrip(","))
    after = after.lstrip(",")
    decimals = digits[0].partition(".")[2]
    percent = "%" in plain
    return _NumberFormat(
        Decimal(100) if percent else Decimal(1).scaleb(-3 * thousands),
        len(re.findall("[#0?]", decimals)),
        "#" in decimals,
        0 if decimals else digits[0].count("0"),
        before if _UNIT.fullmatch(before) else "",
        "%" if percent else after if _UNIT.fullmatch(after) else "",
    )


@lru_cache(maxsize=1000)
def _shown(number_format: str) -> str:
    """A date format without what it quotes or colours."""
    return _MARK.sub("", number_format.split(";")[0])
