"""Names of months and weekdays, and patterns of days, years and written dates, shared by all code that reads dates.

Patterns are strings without named groups, for use in larger patterns. Names of months match in any case, except in
MONTH_CAPITAL.
"""

from __future__ import annotations

# Per month: the English name, its short form if it has one, then the names in other languages in which reports are
# dated.
_NAMES = (
    "january jan janvier janv enero ene janeiro januar gennaio januari stycznia",
    "february feb février fevrier févr febrero fevereiro februar febbraio februari lutego",
    "march mar mars marzo março märz maerz maart marca",
    "april apr avril avr abril aprile kwietnia",
    "may mai mayo maio maggio mei maja",
    "june jun juin junio junho juni giugno czerwca",
    "july jul juillet juil julio julho juli luglio lipca",
    "august aug août aout agosto augustus augusti sierpnia",
    "september sep sept septembre septiembre setembro settembre września",
    "october oct octobre octubre outubro oktober ottobre października",
    "november nov novembre noviembre novembro listopada",
    "december dec décembre decembre déc diciembre dezembro dezember dez dicembre grudnia",
)
MONTH_NUMBERS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
MONTHS = tuple(names.split()[0] for names in _NAMES)  # English, in lower case, January first
SHORT_MONTHS = ("sept", *(month[:3] for month in MONTHS if month != "may"))  # English, without full stop

WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())  # English, in lower case
# English names only, but for ANY_MONTH.
MONTH_NAME = rf"(?i:{'|'.join(MONTHS)})"
MONTH_CAPITAL = "(?:" + "|".join(month.title() for month in MONTHS) + ")"
MONTH = rf"(?i:{'|'.join(MONTHS)}|(?:{'|'.join(SHORT_MONTHS)})\b\.?)"
ANY_MONTH = rf"(?i:(?:{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\b\.?)"  # of any language

DAY = r"(?:0?[1-9]|[12]\d|3[01])"
ORDINAL = r"(?:st|nd|rd|th)?"
YEAR = r"(?:19|20)\d{2}"  # of reports and of nearly all events in them
LONG_YEAR = r"(?:1[5-9]|20)\d{2}"  # also of history; a number below 1900 is more often a count than a year
ANY_YEAR = r"(?:1[0-9]|20)\d{2}"  # where a text is known to speak of times: of all history since 1000
ISO_DAY = rf"{YEAR}-\d{{2}}-\d{{2}}(?![\d-])"
# Dates with their year, as English reports write them: 5 May 2021, 5th of May 2021, May 5, 2021, May 2021.
DATED_MONTH = rf"(?:(?:{DAY}{ORDINAL}\s+(?:of\s+)?)?{MONTH},?\s+(?:of\s+)?(?:{DAY}{ORDINAL},?\s+)?{YEAR}\b)"
WRITTEN_DATE = rf"(?:{YEAR}(?:-\d{{2}}){{0,2}}\b|{DATED_MONTH})"  # 2021, 2021-05 and 2021-05-03, too


def month_number(name: str) -> int:
    """1 to 12 for the name of a month, full or short, in any of the languages: `month_number("Sept.") == 9`.

    Raises KeyError for any other word.
    """
    return MONTH_NUMBERS[name.casefold().rstrip(".")]
