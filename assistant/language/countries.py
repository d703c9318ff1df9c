"""Countries by name, inhabitants, capital or seat of government: "Mali", "Malian" and "Bamako" are one.

A country is known by its ISO 3166-1 code ("ML"). The names stand in countries.txt: in English and French from Unicode
CLDR, with a reviewed table of capitals, adjectives, other names and seats of government. A name that two countries
share has the codes of both: "Congo" and "Congolese" are "CG|CD", either of the two Congos, and contradict neither
(see `unmatched`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

from vectorstore.terms import fold

UNITED_NATIONS = "UN"  # no country, but it acts beside them: "UN troops", "French troops"

# Names of CLDR that mean something else more often: first names, words, a peninsula at Dakar, a province of Congo.
_MISLEADING = frozenset("cap vert,chili,dominique,equateur,grenade,maurice,reunion,salvador,suede".split(","))
_WORD = re.compile(r"[^\W_]+")
_JOINS = frozenset([*" \n\t\u00a0-\u2010\u2011.'’", " & "])  # between the words of a name


class Country(NamedTuple):
    """A country or territory, with its names as they are written."""

    code: str  # ISO 3166-1 alpha-2; "XK" for Kosovo
    name: str  # the one that reports in English use
    names: tuple[str, ...]  # all: also long, former and French ones, and initials; `name` first
    capitals: tuple[str, ...]  # that stand for its government; today's first
    other_capitals: tuple[str, ...]  # that do not, since the name means other things more often
    adjectives: tuple[str, ...]  # and inhabitants, in the singular
    seats: tuple[str, ...]  # of government: "Kremlin"


_Sort = Literal["name", "initials", "capital", "adjective", "seat", "body"]


class _Name(NamedTuple):
    """What a name in the table stands for."""

    code: str  # of a country; "A|B": either of two; "": the name only holds a country's, "Niger Delta"
    sort: _Sort
    words: tuple[str, ...]  # as they are written, to compare capital letters


def country(name: str) -> str | None:
    """The code of the country that a name in full means, in any case; None for other words.

    "Malian" and "bamako" give "ML", "Congolese" gives "CG|CD", "Malian army" gives None.
    """
    known_name = _table().get(_key(name))
    return known_name.code or None if known_name else None


def countries(text: str) -> frozenset[str]:
    """The codes of the countries that a text names with a capital letter, and of the United Nations.

    "French troops left Mali" gives {"FR", "ML"}. Where a text names one of the Congos in full, "Congo" is that one:
    "The DRC said that Congolese troops …" gives {"CD"}.
    """
    codes = {name.code for _, name in _mentions(text)}
    return frozenset(
        code for code in codes if not any(either in codes for either in code.split("|") if either != code)
    )


def country_mentions(text: str) -> list[str]:
    """The names of countries in a text, as it writes them, in order.

    "South Sudan's army met Malians in N'Djamena" gives ["South Sudan", "Malians", "N'Djamena"].
    """
    return [written for written, _ in _mentions(text)]


def unmatched(codes: Iterable[str], others: Iterable[str]) -> frozenset[str]:
    """Those codes that are none of the others. A code for either of two countries matches both.

    {"FR", "CD"} less {"CG|CD"} leaves {"FR"}; {"CD"} less {"CG"} leaves {"CD"}.
    """
    known = {either for code in others for either in code.split("|")}
    return frozenset(code for code in codes if known.isdisjoint(code.split("|")))


def country_of_place(place: str) -> str | None:
    """The code of the country that a place is, or whose capital it is, in any case; None for any other.

    "Niger" and "Niamey" give "NE"; "Gao", "Nigerien", "Kremlin" and "US" give None.
    """
    known_name = _table().get(_key(place))
    return known_name.code or None if known_name and known_name.sort in ("name", "capital") else None


def is_country(name: str) -> bool:
    """Whether a name is a country's own ("Niger", "UK"), not its capital or adjective."""
    known_name = _table().get(_key(name))
    return known_name is not None and bool(known_name.code) and known_name.sort in ("name", "initials")


def is_adjective(word: str) -> bool:
    """Whether a word is a country's adjective or inhabitant ("Malian", "Malians"), not a place."""
    known_name = _table().get(_key(word))
    return known_name is not None and known_name.sort == "adjective"


def is_capital(name: str) -> bool:
    """Whether a name is a country's capital, in any case: "Bamako", also "Victoria"."""
    return _key(name) in _capitals()


def country_aliases(text: str) -> list[str]:
    """Other names under which the countries that a text names, in any case, may stand in a report.

    A capital or seat of government brings its country and the adjective; an adjective, a former or a French name
    brings the country. The usual name brings nothing: it is the one that reports use. "What did Paris say of
    Swaziland?" gives ["Eswatini", "France", "French"].
    """
    mentions = {
        (name.code, name.sort) for _, name in _mentions(text, any_case=True) if name.sort != "initials"
    }
    aliases = [
        word
        for state in all_countries()
        for code, sort in mentions
        if state.code in code.split("|")
        for word in (
            state.name,
            *(state.adjectives[:1] if sort in ("capital", "seat") else ()),
        )
    ]
    plain = fold(text)
    return [word for word in dict.fromkeys(aliases) if fold(word) not in plain]


@cache
def all_countries() -> tuple[Country, ...]:
    """Every country of the table, by name."""
    return tuple(_country(row) for row in _rows() if row[0])


@cache
def _rows() -> tuple[list[str], ...]:
    """The lines of countries.txt, each as its eight columns."""
    lines = Path(__file__).with_name("countries.txt").read_text("utf8").splitlines()
    return tuple((line.split("|") + [""] * 7)[:8] for line in lines if line and line[0] != "#")


def _country(row: list[str]) -> Country:
    code, english, french, usual, capitals, adjectives, others, seats = row
    formal = [
        name for written in (english, french) for name in _forms(written) if _key(name) not in _MISLEADING
    ]
    cities = _listed(capitals)
    return Country(
        code,
        usual or english,
        tuple(dict.fromkeys([usual or english, *_listed(others), *formal])),
        tuple(city for city in cities if city[0] != "("),
        tuple(city.strip("()") for city in cities if city[0] == "("),
        _listed(adjectives),
        _listed(seats),
    )


def _listed(column: str) -> tuple[str, ...]:
    return tuple(column.split(", ")) if column else ()


def _forms(name: str) -> Iterator[str]:
    """The ways to write a name of CLDR: "Myanmar (Burma)" is two names, "St. Kitts & Nevis" has four forms."""
    for form in filter(None, re.split(r"\s*[()]", name)):
        for saint in dict.fromkeys((form, form.replace("St. ", "Saint "))):
            yield from dict.fromkeys((saint, saint.replace(" & ", " and ")))


@cache
def _table() -> dict[str, _Name]:
    """Every name of a country by its folded words."""
    table: dict[str, _Name] = {}

    def add(code: str, sort: _Sort, *names: str) -> None:
        for name in names:
            key = _key(name)
            known = table.get(key)
            if known is None:
                own = "initials" if sort == "name" and name.isupper() else sort
                table[key] = _Name(code, own, tuple(_WORD.findall(name)))
            elif code not in known.code.split("|"):
                table[key] = known._replace(code=f"{known.code}|{code}")

    for state in all_countries():
        add(state.code, "name", state.name)  # before the adjectives: "Laos" is no plural,
        for adjective in state.adjectives:
            add(state.code, "adjective", adjective, adjective + "s")
        add(state.code, "name", *state.names)  # and after them: "Argentine" is also French
        add(state.code, "capital", *state.capitals)
        add(state.code, "seat", *state.seats)
    add(UNITED_NATIONS, "body", "United Nations", "UN")
    for row in _rows():
        if not row[0]:
            add("", "name", *_listed(row[6]))
    return table


def _key(name: str) -> str:
    """The folded words of a name: "Côte d’Ivoire" gives "cote d ivoire"."""
    return " ".join(_WORD.findall(fold(name)))


@cache
def _capitals() -> frozenset[str]:
    return frozenset(
        _key(city) for state in all_countries() for city in (*state.capitals, *state.other_capitals)
    )


def _mentions(text: str, *, any_case: bool = False) -> Iterator[tuple[str, _Name]]:
    """The names of countries in a text: as it writes them, and as the table has them.

    The longest at each place: "South Sudan" is not "Sudan". With `any_case` only initials need their capitals.
    """
    longest = _longest()
    words = [(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        word = words[at][0]
        size = longest.get(fold(word), 0) if any_case or word[0].isupper() else 0
        size = min(size, len(words) - at)
        while size and (named := _name_at(text, words[at : at + size], any_case)) is None:
            size -= 1
        if size and named and named.code:
            yield text[words[at][1] : words[at + size - 1][2]], named
        at += size or 1


def _name_at(text: str, words: list[tuple[str, int, int]], any_case: bool) -> _Name | None:
    """The name that these words of a text make, joined and with capitals as a name is."""
    known_name = _table().get(" ".join(fold(word) for word, _, _ in words))
    if known_name is None:
        return None
    for (before, _, end), (_, start, _) in pairwise(words):
        abbreviated = before == "St" or len(before) == 1  # "St. Lucia", "U.S. Virgin Islands"
        if text[end:start] not in _JOINS and not (abbreviated and text[end:start] == ". "):
            return None
    if any_case and known_name.sort != "initials":
        return known_name
    written = zip(known_name.words, words, strict=True)
    return known_name if all(_has_capitals(word, name) for name, (word, _, _) in written) else None


def _has_capitals(word: str, name: str) -> bool:
    """Whether a word has the capitals that the word of a name has: "US" is not "Us", "MALI" is "Mali"."""
    return word.isupper() if name.isupper() else word[0].isupper() or not name[0].isupper()


@cache
def _longest() -> dict[str, int]:
    """The first word of each name to the number of words of the longest name that begins with it."""
    longest: dict[str, int] = {}
    for key in _table():
        first, *rest = key.split()
        longest[first] = max(longest.get(first, 0), len(rest) + 1)
    return longest
