"""Finds where an event took place, as its sentence or the text around it names the place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.countries import country_mentions, country_of_place, is_adjective, unmatched
from assistant.language.words import stems
from ingest.text.date_patterns import MONTHS
from vectorstore.terms import fold

_HEADS = (
    "town|city|village|region|province|district|area|cercle|commune|county|state|capital|garrison|camp|base|barracks|post|"
    "mine|border|road|highway|stretch|airport|port|prison|park|lake|river|valley|island|forest|market|dam|mountains?|"
    "peninsula|strait|quarter|suburb|square|bridge"
)
_SIDE = r"(?:(?:north|south|east|west|central|border|old|small|upper|lower|[a-z]+ern|[a-z]+-[a-z]+ern)[\s-]+)"
_WORD = r"[A-ZÀ-Þ][\w’'-]*\w"
_NAME = rf"{_WORD}(?:\s+(?:{_WORD}|(?:d[eu]|of the|el|al|la|of)\s+{_WORD})){{0,3}}"
_PLACE = (
    rf"(?:the\s+)?(?P<place>(?:{_WORD}(?:['’]s|s['’])\s+)?{_SIDE}{{0,2}}(?:(?:{_HEADS})\s+(?:of\s+)?(?:the\s+)?)?"
    rf"{_SIDE}?{_NAME}(?:\s+(?:{_HEADS}|Region|Province|District|State)\b)?)"
)
_WHERE = re.compile(
    rf"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Ii]nside|[Aa]round|[Bb]etween|[Ww]ithin)\s+{_PLACE}"
)
_ON = re.compile(
    rf"\b(?:[Oo]n|[Aa]long|[Aa]cross|[Tt]owards?|[Ff]rom|[Ii]nto|[Tt]o|[Oo]f|"
    rf"[Aa]gainst)\s+{_PLACE}"
)
_REACHED = re.compile(
    rf"\b(?:left|reached|entered|hit|stormed|overran|struck|took|shelled|bombed|besieged|quit)\s+{_PLACE}"
)
# "Islamic State in the Greater Sahara" is one name and no place.
_IN_NAME = re.compile(r"(?:State|Qaeda|Mission|Movement|Front|Group|Province|Operation|Command|Forces?)\s*$")
# Words in capitalised names that are no places.
_NO_PLACE = re.compile(
    r"\b(?:Army|Forces?|Group|Council|Nations|Union|Operation|Party|Ministry|Government|Security|President|Minister|"
    r"Mission|Court|Bank|Institute|University|Parliament|Agency|Act|Agreement|Plan|Agenda|Movement|Front|Coalition|"
    r"Organi[sz]ation|Committee|Commission|Community|Command|Committee|Association|Company|Corps|Brigade|Battalion|"
    r"General|Colonel|Captain|Mr|Mrs|Dr|God|Islam|Christmas|Easter|Ramadan|Facebook|Twitter|Telegram|Parliament|"
    r"Constitution|Treaty|Accord|Charter|Protocol|Cup|League|Championship|Games|House|Senate|Congress)\b"
)
_REFERENCE = re.compile(
    r"\b(?:there|the (?:town|city|village|region|province|district|country|camp|base|garrison|area))\b(?! of)"
)
_HEADING = re.compile(rf"(?P<place>{_NAME}\s+(?:[Rr]egion|[Pp]rovince|[Dd]istrict|[Ss]tate|[Cc]ounty))\b")


def place_of(stretches: Sequence[str], before: str = "", heading: str | None = None) -> str | None:
    """The place of an event as written, or None.

    `stretches` are parts of its sentence, nearest to the verb first; the first that names a place counts, or else the
    first that mentions a country. If the last stretch only refers to a place ("the town"), the sentence before is
    read, `before` being the text up to the sentence. The last resort is a `heading` that names a region.
    `place_of(["The army shelled a camp near Tamsin."]) == "Tamsin"`.
    """
    for find in (_named_place, _named_country):
        for text in stretches:
            if place := find(text):
                return place
    if _REFERENCE.search(stretches[-1]):
        paragraph = re.split(r"\n\s*\n", before)[-1].strip()
        if place := _named_place(re.split(r"(?<=[.!?])\s+", paragraph)[-1]):
            return place
    head = _HEADING.search(heading or "")
    return head["place"] if head else None


def _named_place(text: str) -> str | None:
    """The first place after "in", "near" …, after a verb like "reached", or, if surely a place, after "on", "to" …."""
    return _first_match(_WHERE, text) or _first_match(_REACHED, text) or _first_match(_ON, text, sure=True)


def _first_match(shape: re.Pattern[str], text: str, *, sure: bool = False) -> str | None:
    """The first place that the pattern finds; with `sure` only one with a country's name or a word like "camp"."""
    for match in shape.finditer(text):
        place = re.sub(r"['’]s$", "", match["place"].strip())
        if _IN_NAME.search(text[: match.start()]):
            continue
        if _is_place(place) and (not sure or _is_surely_place(place)):
            return place
    return None


def _is_place(place: str) -> bool:
    """Whether capitalised words may be a place: no organisation, person, month, weekday, abbreviation or adjective.

    `_is_place("Kolda") is True`; "Red Army", "MINUSMA" and "Monday" are none.
    """
    words = re.findall(r"[\w’'-]+", place)
    names = [word for word in words if word[0].isupper()]
    if _NO_PLACE.search(place) or not names or fold(names[0]) in MONTHS or fold(names[0]).endswith("day"):
        return False
    if all(word.isupper() and len(word) > 2 for word in names):
        return False  # MINUSMA, ECOWAS
    return not (is_adjective(names[-1]) and not re.search(rf"\b(?:{_HEADS})\b", place))


def _is_surely_place(place: str) -> bool:
    """Whether a country, a capital or a word like "camp" is in it: "Mali", "Gao camp", not "Kolda"."""
    plain = fold(place)
    return bool(
        re.search(rf"\b(?:{_HEADS})\b", plain)
        or any(country_of_place(name) for name in (plain, plain.split()[0]))
    )


def _named_country(text: str) -> str | None:
    """The first country or capital in the text, as written."""
    return next((name for name in country_mentions(text) if country_of_place(name)), None)


def are_apart(place: str, other_place: str) -> bool:
    """Whether two places must differ: two countries, or two towns; a town may lie in the country named.

    `are_apart("Mali", "Niger") is True`; "Kolda" and "Mali" may be one place.
    """
    country, other_country = country_of_place(place), country_of_place(other_place)
    if country and other_country:
        return bool(unmatched({country}, {other_country}))
    return not (country or other_country) and not set(stems(place)) & set(stems(other_place))
