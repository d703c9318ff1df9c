"""Publication dates as reports state them, never dates of events.

Only a date that stands alone, follows a label ("Published:") or opens a dateline counts: a wrong date is worse
than none. Dates are ISO 8601 strings, partial where the report is: YYYY, YYYY-MM or YYYY-MM-DD.
"""

from __future__ import annotations

import datetime
import re

from ingest.text.date_patterns import ANY_MONTH, MONTH_NUMBERS, YEAR, month_number

_OF = r"(?:\s+(?:de|of|del))?"
_FORMS = (
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?{_OF}[\s-]+(?P<m1>{ANY_MONTH}),?{_OF}[\s-]+(?P<y1>{YEAR})\b",
    rf"(?P<m2>{ANY_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<y2>{YEAR})\b",
    rf"(?P<y3>{YEAR})-(?P<m3>\d{{2}})-(?P<d3>\d{{2}})(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?|\b)",
    rf"(?P<a4>\d{{1,2}})[/.](?P<b4>\d{{1,2}})[/.](?P<y4>{YEAR})\b",
    rf"(?P<m5>{ANY_MONTH}),?{_OF}\s+(?P<y5>{YEAR})\b",
)
_DAY = re.compile("|".join(_FORMS), re.IGNORECASE)
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|mo|di|mi|do|fr|sa|so|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo)[,.]*\s+"
)
_TIME = (
    r"(?:,?\s*(?:at|à|um|klo|-|–|\||/|@)?\s*\d{1,2}[:h.]\d{2}(?::\d{2}(?:\.\d+)?)?"
    r"\s*(?:[ap]\.?m\.?|uhr|hrs?\.?)?(?:\s*(?:\(?[A-Z]{2,5}\)?|[+-]\d\d:?\d\d))?)?"
)
_CLOCK = re.compile(  # as C writes it: "Mon Oct 11 14:57:21 CEST 2021"
    rf"[A-Z][a-z]{{2}} (?P<month>[A-Z][a-z]{{2}})\s+(?P<day>\d{{1,2}}) \d\d:\d\d:\d\d(?: [A-Z]+)? (?P<year>{YEAR})"
)
_VERB = (
    r"(?:(?:first|originally|initially)\s+)?(?:published|posted|released|issued|publication\s+date|"
    r"date\s+of\s+publication|date\s+published|release\s+date|publié|paru|mis\s+en\s+ligne|publicado|"
    r"veröffentlicht|erschienen|opublikowano)e?s?"
)
_LABELLED = re.compile(
    rf"(?:{_VERB}|dat(?:e|um))(?:\s+(?:on|le|el|am|em))?\s*[:–—-]?\s*(?:{_WEEKDAY})?", re.IGNORECASE
)
_WAS_PUBLISHED = re.compile(
    r"(?:this|the|cet|cette|ce)\s+(?:article|piece|report|post|paper|brief|briefing|analysis|commentary|text|note|"
    rf"rapport|story|op-ed|essay|publication)\s+(?:was|has\s+been|is|a\s+été|est)\s+{_VERB}\b"
    rf"[^.]{{0,80}}?(?:\bon|\ble|\bin|\ben)\s+(?:{_WEEKDAY})?",
    re.IGNORECASE,
)
_CHANGE = (
    r"updat|modif|revis|edited|editiert|geändert|aktualis|bearbeitet|\bstand\b|mise? à jour|actualiz|aggiornat|"
    r"zaktualiz"
)
_NOT_PUBLICATION = re.compile(
    rf"{_CHANGE}|access|retriev|consult|situation|monthly|weekly|quarter|period|newsletter|from\b|"
    r"between|until|since|deadline|event|veranstaltung",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"brief|report|paper|issue|\bno\b|n°|\bvol|number|analys|comment|insight|news|blog|opinion|feature|note|research|"
    r"article|press|publication|statement|dispatch|q&a|\bby\b|\bpar\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][\w’' /.-]{1,40}(?:,\s[A-ZÀ-Þ][\w’' .-]{1,30})?,?\s+(?:le\s+)?"
    r"(?P<date>[^–—:(]{6,30}?)\s*(?:\([^)]{2,30}\)\s*)?(?:[–—:]|\s-)\s"
)
_SEPARATORS = re.compile(r"\s+[|•·–—-]\s+|\s*[|•·]\s*")
_LINE_LIMIT = 140  # characters; longer is a sentence about something


def parse_date(text: str, *, day_first: bool = False) -> str | None:
    """The date that `text` is, whole; None where it is none or holds anything else.

    3/4/2021 is 2021 alone, as day and month cannot be told apart, unless `day_first` says how they are written.
    """
    bare = re.sub(rf"^{_WEEKDAY}", "", text.strip().strip("()[]").rstrip(".,"), flags=re.IGNORECASE)
    if re.fullmatch(YEAR, bare):
        return bare
    match = _DAY.match(bare)
    if match is None or not re.fullmatch(_TIME, bare[match.end() :], re.IGNORECASE):
        return None
    return _iso(match, day_first)


def machine_date(value: str) -> str | None:
    """A date written for machines: ISO 8601 to any precision, time of day dropped; else as people write it."""
    value = value.strip()
    match = re.match(rf"({YEAR})(?:-?(\d{{2}})(?:-?(\d{{2}}))?)?(?!\d)(?:[T ].*)?$", value)
    if match is not None:
        return _checked(match[1], match[2], match[3])
    if (clock := _CLOCK.fullmatch(value)) is not None:
        return _checked(clock["year"], str(MONTH_NUMBERS.get(clock["month"].lower(), 0)), clock["day"])
    return parse_date(value)


def stated_date(line: str, *, in_head: bool, day_first: bool = False) -> str | None:
    """The publication date that a short line states.

    In the head of a report (`in_head`: above its first paragraph) a date alone is one, or a date set off from
    a byline or a series name; elsewhere only a labelled one.
    """
    if len(line) > _LINE_LIMIT:
        return None
    for match in _DAY.finditer(line):
        before = line[: match.start()]
        if line[match.end() :].lstrip().startswith(";"):
            return None  # the row of a table: the date is one of what it lists
        if _LABELLED.fullmatch(before) or _WAS_PUBLISHED.fullmatch(before):
            return _iso(match, day_first)
    labelled_year = re.fullmatch(rf"{_VERB}\s*:?\s*(?P<year>{YEAR})\.?", line, re.IGNORECASE)
    if labelled_year:
        return labelled_year["year"]
    if not in_head:
        return None
    if (alone := parse_date(line, day_first=day_first)) is not None:
        return None if line.strip().isdigit() else alone  # a year alone may be of anything
    return _set_off(line)


def without_date(line: str) -> tuple[str, bool]:
    """The line without its dates, and whether it held one."""
    rest = _DAY.sub("", line)
    return rest, rest != line


def names_a_period(text: str) -> bool:
    """Whether the words beside a date say that it is a period reported on, an update or an event's."""
    return _NOT_PUBLICATION.search(text) is not None


def names_a_change(text: str) -> bool:
    """Whether the words beside a date say that it is that of a change."""
    return re.search(_CHANGE, text, re.IGNORECASE) is not None


def dateline(paragraph: str) -> str | None:
    """The date of a dateline that opens a paragraph: "Bamako, 3 June 2022 – ..."."""
    match = _DATELINE.match(paragraph[:120])
    return parse_date(match["date"]) if match else None


def address_date(address: str) -> str | None:
    """The date many sites put in the addresses of their articles: /2021/03/12/slug or /2021/03/slug."""
    match = re.search(rf"://[^/]+(?:/[^/]+)*?/({YEAR})/(\d{{1,2}})(?:/(\d{{1,2}}))?/", address)
    return _checked(match[1], match[2], match[3]) if match else None


def _set_off(line: str) -> str | None:
    segments = [segment for segment in _SEPARATORS.split(line) if segment.strip()]
    dates = [date for segment in segments if (date := parse_date(_without_label(segment))) is not None]
    rest = " ".join(segment for segment in segments if parse_date(_without_label(segment)) is None)
    if len(dates) != 1 or len(segments) < 2 or names_a_period(rest):
        return None
    if len(dates[0]) == 4 or re.match(r"[–—-]", line):
        return None
    return dates[0] if len(dates[0]) == 10 or _SERIES.search(rest) else None


def _without_label(segment: str) -> str:
    return re.sub(rf"^{_VERB}(?:\s+(?:on|le))?\s*:?\s*", "", segment.strip(), flags=re.IGNORECASE)


def _iso(match: re.Match[str], day_first: bool = False) -> str | None:
    groups = match.groupdict()
    if groups["y4"]:
        first, second = int(groups["a4"]), int(groups["b4"])
        if first > 12 or first == second or (day_first and second <= 12):
            return _checked(groups["y4"], str(second), str(first))
        if second > 12:
            return _checked(groups["y4"], str(first), str(second))
        return str(groups["y4"])  # day and month cannot be told apart
    if groups["y3"]:
        return _checked(groups["y3"], groups["m3"], groups["d3"])
    for number in "125":
        if groups[f"y{number}"]:
            month = str(month_number(groups[f"m{number}"]))
            return _checked(groups[f"y{number}"], month, groups.get(f"d{number}"))
    return None


def _checked(year: str, month: str | None, day: str | None) -> str | None:
    try:
        if month is None:
            return str(datetime.date(int(year), 1, 1).year)
        if day is None:
            return datetime.date(int(year), int(month), 1).isoformat()[:7]
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
