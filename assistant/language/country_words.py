"""Countries by name, inhabitants, capital or seat of government: "Malian", "Bamako" and "Mali" are one."""

from __future__ import annotations

import re
from functools import cache

from assistant.language.countries import countries_table

# Further names of states and bodies under which reports know them.
_ALIASES = {
    "uk": "united kingdom", "u.k": "united kingdom", "britain": "united kingdom", "great britain": "united kingdom",
    "briton": "united kingdom", "usa": "united states", "u.s": "united states", "u.s.a": "united states",
    "america": "united states", "cote d'ivoire": "ivory coast", "holland": "netherlands", "burkina": "burkina faso",
    "kremlin": "russia", "uae": "united arab emirates", "drc": "congo", "car": "central african republic",
    "czechia": "czech republic", "nigerian army": "nigeria", "dakar": "senegal", "white house": "united states",
    "elysee": "france",
}  # fmt: skip


def countries(text: str) -> frozenset[str]:
    """Countries that a text names by name, inhabitants or seat of government, as keys."""
    return frozenset(country(match[0]) for match in country_pattern().finditer(text))


def country(written: str) -> str:
    """The key of what `country_pattern` found."""
    return country_keys()[written.lower()]


@cache
def country_keys() -> dict[str, str]:
    """What a country may be called, in small letters, to its key."""
    keys: dict[str, str] = {}
    for country, capital, adjectives in countries_table():
        for name in (country, capital, *adjectives):
            if name:
                keys.setdefault(name, country)
                keys.setdefault(name + "s", country)
    return (
        keys | _ALIASES | {"us": "united states", "un": "united nations", "united nations": "united nations"}
    )


@cache
def capitals() -> frozenset[str]:
    """Names of capitals, in small letters."""
    return frozenset(capital for _, capital, _ in countries_table() if capital)


@cache
def country_pattern() -> re.Pattern[str]:
    """Names of countries with a capital letter; longer ones first, so that "South Sudan" is not "Sudan"."""
    found = sorted(country_keys(), key=len, reverse=True)
    forms = [
        key.upper() if key in ("us", "un", "uk", "usa", "uae", "drc", "car") else _titled(key)
        for key in found
    ]
    return re.compile(r"\b(?:" + "|".join(forms) + r")(?!\w)")


def _titled(key: str) -> str:
    return r"\s".join(re.escape(word[0].upper()) + re.escape(word[1:]) for word in key.split()).replace(
        r"D'ivoire", r"[dD]'[iI]voire"
    )
