"""Finds dates of publication, as reports state them, and never dates of events.

Only a date that stands alone, follows a label ("Published:") or opens a dateline counts, since a wrong date is worse
than none. Dates are ISO 8601 strings, as precise as the report: YYYY, YYYY-MM or YYYY-MM-DD.
"""

from __future__ import annotations

import datetime
import re

from ingest.text.date_patterns import ANY_MONTH, MONTH_NUMBERS, WEEKDAYS, YEAR, month_number

_OF = r"(?:\s+(?:de|of|del))?"
# Day, month and year, in groups numbered by form: "3rd of June 2022", "June 3, 2022", "2022-06-03", "3/6/2022",
# "June 2022".
_DATE_FORMS = (
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?{_OF}[\s-]+(?P<m1>{ANY_MONTH}),?{_OF}[\s-]+(?P<y1>{YEAR})\b",
    rf"(?P<m2>{ANY_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<y2>{YEAR})\b",
    rf"(?P<y3>{YEAR})-(?P<m3>\d{{2}})-(?P<d3>\d{{2}})(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?|\b)",
    rf"(?P<a4>\d{{1,2}})[/.](?P<b4>\d{{1,2}})[/.](?P<y4>{YEAR})\b",
    rf"(?P<m5>{ANY_MONTH}),?{_OF}\s+(?P<y5>{YEAR})\b",
)
_DATE = re.compile("|".join(_DATE_FORMS), re.IGNORECASE)
_WEEKDAY = (
    rf"(?:{'|'.join(WEEKDAYS)}|{'|'.join(day[:3] for day in WEEKDAYS)}|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|mo|di|mi|do|fr|sa|so|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo)[,.]*\s+"
)
_TIME = (
    r"(?:,?\s*(?:at|à|um|klo|-|–|\||/|@)?\s*\d{1,2}[:h.]\d{2}(?::\d{2}(?:\.\d+)?)?"
    r"\s*(?:[ap]\.?m\.?|uhr|hrs?\.?)?(?:\s*(?:\(?[A-Z]{2,5}\)?|[+-]\d\d:?\d\d))?)?"
)
_C_TIME = re.compile(  # as C's ctime and date write it: "Mon Oct 11 14:57:21 CEST 2021"
    rf"[A-Z][a-z]{{2}} (?P<month>[A-Z][a-z]{{2}})\s+(?P<day>\d{{1,2}}) \d\d:\d\d:\d\d(?: [A-Z]+)? (?P<year>{YEAR})"
)
_VERB = (
    r"(?:(?:first|originally|initially)\s+)?(?:published|posted|released|issued|publication\s+date|"
    r"date\s+of\s+publication|date\s+published|release\s+date|publié|paru|mis\s+en\s+ligne|publicado|"
    r"veröffentlicht|erschienen|opublikowano)e?s?"
)
# What may stand before a labelled date: "Published on", "Date:"
_LABELLED = re.compile(
    rf"(?:{_VERB}|dat(?:e|um))(?:\s+(?:on|le|el|am|em))?\s*[:–—-]?\s*(?:{_WEEKDAY})?", re.IGNORECASE
)
_WAS_PUBLISHED = re.compile(
    r"(?:this|the|cet|cette|ce)\s+(?:article|piece|report|post|paper|brief|briefing|analysis|commentary|text|note|"
    rf"rapport|story|op-ed|essay|publication)\s+(?:was|has\s+been|is|a\s+été|est)\s+{_VERB}\b"
    rf"[^.]{{0,80}}?(?:\bon|\ble|\bin|\ben)\s+(?:{_WEEKDAY})?",
    re.IGNORECASE,
)
_CHANGED = (
    r"updat|modif|revis|edited|editiert|geändert|aktualis|bearbeitet|\bstand\b|mise? à jour|actualiz|aggiornat|"
    r"zaktualiz"
)
# Words beside a date that is not the date of publication
_NOT_PUBLICATION = re.compile(
    rf"{_CHANGED}|access|retriev|consult|situation|monthly|weekly|quarter|period|newsletter|from\b|"
    r"between|until|since|deadline|event|veranstaltung",
    re.IGNORECASE,
)
# Words of a series, beside which a month alone is a date of publication: "Policy Brief 12 | March 2021"
_SERIES_WORD = re.compile(
    r"brief|report|paper|issue|\bno\b|n°|\bvol|number|analys|comment|insight|news|blog|opinion|feature|note|research|"
    r"article|press|publication|statement|dispatch|q&a|\bby\b|\bpar\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][\w’' /.-]{1,40}(?:,\s[A-ZÀ-Þ][\w’' .-]{1,30})?,?\s+(?:le\s+)?"
    r"(?P<date>[^–—:(]{6,30}?)\s*(?:\([^)]{2,30}\)\s*)?(?:[–—:]|\s-)\s"
)
_SEPARATORS = re.compile(r"\s+[|•·–—-]\s+|\s*[|•·]\s*")
_LINE_LIMIT = 140  # characters; a longer line is a sentence, whose dates are of events


def parse_written_date(text: str, *, day_first: bool = False) -> str | None:
    """The date that `text` consists of, with or without weekday and time; None if there is anything else in it.

    `parse_written_date("Friday, 3 June 2022") == "2022-06-03"`. Where day and month cannot be told apart, only the
    year is returned, unless `day_first` says which comes first: `parse_written_date("3/4/2021") == "2021"`.
    """
    stripped = re.sub(rf"^{_WEEKDAY}", "", text.strip().strip("()[]").rstrip(".,"), flags=re.IGNORECASE)
    if re.fullmatch(YEAR, stripped):
        return stripped
    match = _DATE.match(stripped)
    if match is None or not re.fullmatch(_TIME, stripped[match.end() :], re.IGNORECASE):
        return None
    return _date_of_match(match, day_first)


def machine_date(value: str) -> str | None:
    """The date of a timestamp: ISO 8601 at any precision, C's ctime, else as `parse_written_date`; None if it is none.

    `machine_date("2021-03-12T08:00:00+01:00") == "2021-03-12"`
    """
    value = value.strip()
    match = re.match(rf"({YEAR})(?:-?(\d{{2}})(?:-?(\d{{2}}))?)?(?!\d)(?:[T ].*)?$", value)
    if match is not None:
        return _iso_date(match[1], match[2], match[3])
    if (clock := _C_TIME.fullmatch(value)) is not None:
        return _iso_date(clock["year"], str(MONTH_NUMBERS.get(clock["month"].lower(), 0)), clock["day"])
    return parse_written_date(value)


def publication_date_in_line(line: str, *, in_head: bool, day_first: bool = False) -> str | None:
    """The publication date that a short line states, None if it states none.

    A labelled date counts anywhere; a date alone, or set off from a byline or a series name, counts only above the
    first paragraph (`in_head`).
    `publication_date_in_line("Published: 3 June 2022", in_head=False) == "2022-06-03"`.
    """
    if len(line) > _LINE_LIMIT:
        return None
    for match in _DATE.finditer(line):
        before = line[: match.start()]
        if line[match.end() :].lstrip().startswith(";"):
            return None  # a row of a table: it is the date of what the row lists
        if _LABELLED.fullmatch(before) or _WAS_PUBLISHED.fullmatch(before):
            return _date_of_match(match, day_first)
    labelled_year = re.fullmatch(rf"{_VERB}\s*:?\s*(?P<year>{YEAR})\.?", line, re.IGNORECASE)
    if labelled_year:
        return labelled_year["year"]
    if not in_head:
        return None
    if (alone := parse_written_date(line, day_first=day_first)) is not None:
        return None if line.strip().isdigit() else alone  # a year alone may be anything
    return _date_set_off(line)


def without_date(line: str) -> tuple[str, bool]:
    """The line without its dates, and whether it had any: `without_date("Gao, 3 June 2022") == ("Gao, ", True)`."""
    rest = _DATE.sub("", line)
    return rest, rest != line


def is_not_publication(text: str) -> bool:
    """Whether words beside a date say that it is of a period, an update or an event.

    `is_not_publication("Newsletter") is True`.
    """
    return _NOT_PUBLICATION.search(text) is not None


def names_a_change(text: str) -> bool:
    """Whether words beside a date say that it is of a change: `names_a_change("Last updated:") is True`."""
    return re.search(_CHANGED, text, re.IGNORECASE) is not None


def dateline(paragraph: str) -> str | None:
    """The date in the dateline of a paragraph: `dateline("Bamako, 3 June 2022 – It rained.") == "2022-06-03"`."""
    match = _DATELINE.match(paragraph[:120])
    return parse_written_date(match["date"]) if match else None


def address_date(address: str) -> str | None:
    """The date in the address of an article: `address_date("https://x.org/2021/03/slug/") == "2021-03"`, else None."""
    match = re.search(rf"://[^/]+(?:/[^/]+)*?/({YEAR})/(\d{{1,2}})(?:/(\d{{1,2}}))?/", address)
    return _iso_date(match[1], match[2], match[3]) if match else None


def _date_set_off(line: str) -> str | None:
    """The one date in a line of parts set off: `_date_set_off("By A. Okoro | 12 March 2021") == "2021-03-12"`."""
    segments = [segment for segment in _SEPARATORS.split(line) if segment.strip()]
    dates = [
        date for segment in segments if (date := parse_written_date(_without_label(segment))) is not None
    ]
    rest = " ".join(segment for segment in segments if parse_written_date(_without_label(segment)) is None)
    if len(dates) != 1 or len(segments) < 2 or is_not_publication(rest):
        return None
    if len(dates[0]) == 4 or re.match(r"[–—-]", line):
        return None
    return dates[0] if len(dates[0]) == 10 or _SERIES_WORD.search(rest) else None


def _without_label(segment: str) -> str:
    """The segment without "Published on" and the like at its beginning."""
    return re.sub(rf"^{_VERB}(?:\s+(?:on|le))?\s*:?\s*", "", segment.strip(), flags=re.IGNORECASE)


def _date_of_match(match: re.Match[str], day_first: bool = False) -> str | None:
    """The ISO date of a match of `_DATE`; None if there is no such day."""
    groups = match.groupdict()
    if groups["y4"]:
        first, second = int(groups["a4"]), int(groups["b4"])
        if first > 12 or first == second or (day_first and second <= 12):
            return _iso_date(groups["y4"], str(second), str(first))
        if second > 12:
            return _iso_date(groups["y4"], str(first), str(second))
        return str(groups["y4"])  # day and month cannot be told apart
    if groups["y3"]:
        return _iso_date(groups["y3"], groups["m3"], groups["d3"])
    for number in "125":
        if groups[f"y{number}"]:
            month = str(month_number(groups[f"m{number}"]))
            return _iso_date(groups[f"y{number}"], month, groups.get(f"d{number}"))
    return None


def _iso_date(year: str, month: str | None, day: str | None) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD: `_iso_date("2021", "3", None) == "2021-03"`; None if there is no such date."""
    try:
        if month is None:
            return str(datetime.date(int(year), 1, 1).year)
        if day is None:
            return datetime.date(int(year), int(month), 1).isoformat()[:7]
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
