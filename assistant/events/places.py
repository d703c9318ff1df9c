"""Where an event took place, as its sentence, or the text around it, writes it."""

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
# "Islamic State in the Greater Sahara" is one name.
_IN_NAME = re.compile(r"(?:State|Qaeda|Mission|Movement|Front|Group|Province|Operation|Command|Forces?)\s*$")
# What has a capital and is no place.
_NOT = re.compile(
    r"\b(?:Army|Forces?|Group|Council|Nations|Union|Operation|Party|Ministry|Government|Security|President|Minister|"
    r"Mission|Court|Bank|Institute|University|Parliament|Agency|Act|Agreement|Plan|Agenda|Movement|Front|Coalition|"
    r"Organi[sz]ation|Committee|Commission|Community|Command|Committee|Association|Company|Corps|Brigade|Battalion|"
    r"General|Colonel|Captain|Mr|Mrs|Dr|God|Islam|Christmas|Easter|Ramadan|Facebook|Twitter|Telegram|Parliament|"
    r"Constitution|Treaty|Accord|Charter|Protocol|Cup|League|Championship|Games|House|Senate|Congress)\b"
)
_POINTS = re.compile(
    r"\b(?:there|the (?:town|city|village|region|province|district|country|camp|base|garrison|area))\b(?! of)"
)
_HEADING = re.compile(rf"(?P<place>{_NAME}\s+(?:[Rr]egion|[Pp]rovince|[Dd]istrict|[Ss]tate|[Cc]ounty))\b")


def place_of(stretches: Sequence[str], before: str = "", heading: str | None = None) -> str | None:
    """The place of an event, in the first of the `stretches` of its sentence, nearest first, that names one.

    A country named in passing counts where no place is. Where the last stretch only points at a place ("the town"), the
    sentence before counts, `before` being the text up to there; where nothing does, a heading that names a region.
    """
    for find in (_named, _country):
        for text in stretches:
            if found := find(text):
                return found
    if _POINTS.search(stretches[-1]):
        paragraph = re.split(r"\n\s*\n", before)[-1].strip()
        if found := _named(re.split(r"(?<=[.!?])\s+", paragraph)[-1]):
            return found
    head = _HEADING.search(heading or "")
    return head["place"] if head else None


def _named(text: str) -> str | None:
    return _first(_WHERE, text) or _first(_REACHED, text) or _first(_ON, text, sure=True)


def _first(shape: re.Pattern[str], text: str, *, sure: bool = False) -> str | None:
    """The first place of that shape; with `sure` only one that a country's name or a word like "camp" proves."""
    for match in shape.finditer(text):
        place = re.sub(r"['’]s$", "", match["place"].strip())
        if _IN_NAME.search(text[: match.start()]):
            continue
        if _is_place(place) and (not sure or _proven(place)):
            return place
    return None


def _is_place(place: str) -> bool:
    words = re.findall(r"[\w’'-]+", place)
    names = [word for word in words if word[0].isupper()]
    if _NOT.search(place) or not names or fold(names[0]) in MONTHS or fold(names[0]).endswith("day"):
        return False
    if all(word.isupper() and len(word) > 2 for word in names):
        return False  # MINUSMA, ECOWAS
    return not (is_adjective(names[-1]) and not re.search(rf"\b(?:{_HEADS})\b", place))


def _proven(place: str) -> bool:
    plain = fold(place)
    return bool(
        re.search(rf"\b(?:{_HEADS})\b", plain)
        or any(country_of_place(one) for one in (plain, plain.split()[0]))
    )


def _country(text: str) -> str | None:
    """The first country or capital that the text names, as it writes it."""
    return next((name for name in country_mentions(text) if country_of_place(name)), None)


def are_apart(one: str, other: str) -> bool:
    """Whether two places cannot be one: a town may lie in a country that is named, two countries or towns differ."""
    land, other_land = country_of_place(one), country_of_place(other)
    if land and other_land:
        return bool(unmatched({land}, {other_land}))
    return not (land or other_land) and not set(stems(one)) & set(stems(other))
