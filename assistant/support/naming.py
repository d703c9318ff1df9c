"""People, places and bodies: who a sentence names must be named, or plainly meant, in what it cites."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from assistant.places import countries_table
from assistant.support.reading import Reading, closest, read
from assistant.words import MONTHS, names
from vectorstore.query_terms import STOP_WORDS

# Further names of states and bodies under which reports know them.
_ALIASES = {
    "uk": "united kingdom", "u.k": "united kingdom", "britain": "united kingdom", "great britain": "united kingdom",
    "briton": "united kingdom", "usa": "united states", "u.s": "united states", "u.s.a": "united states",
    "america": "united states", "cote d'ivoire": "ivory coast", "holland": "netherlands", "burkina": "burkina faso",
    "kremlin": "russia", "uae": "united arab emirates", "drc": "congo", "car": "central african republic",
    "czechia": "czech republic", "nigerian army": "nigeria", "dakar": "senegal", "white house": "united states",
    "elysee": "france",
}  # fmt: skip
# Titles tell little about who is meant; what a sentence may leave out or add where the report has it elsewhere.
_TITLES = frozenset(
    """
    mr mrs ms dr sir president vice prime foreign defence defense interior minister ministry general colonel captain
    major lieutenant sergeant governor mayor ambassador chancellor secretary senator king queen prince chief director
    professor judge bishop pope sheikh imam spokesman spokeswoman spokesperson commander opposition leader government
    army armed forces parliament state region operation group mission council party court bank north south east west
    northern southern eastern western central act law series season show internet web book film page part chapter
    university college church war museum bridge river lake
    """.split()
)
_PARTICLES = frozenset(
    "al el ag ould de du des la le of the and for bin ibn ul wal van von der in on at to d'".split()
)
# A cited sentence that points at something named before it.
POINTS_BACK = re.compile(
    r"\b(?:he|she|it|they|his|her|its|their|him|them|this|these|those|both|there|"
    r"(?:the|that|same|our|latter|former)\s(?:\w+\s)?(?:group|movement|coalition|alliance|mission|army|force|forces|troops|"
    r"government|junta|regime|authorities|country|countries|region|regions|town|city|village|capital|area|state|party|company|"
    r"bank|bloc|union|organi[sz]ation|agency|council|court|report|centre|center|institute|president|minister|general|"
    r"colonel|leader|leaders|captive|attack|operation|deployment|agreement|two|four|three|members|soldiers|fighters|west|"
    r"north|south|east|industry|sector|place|camp|post|base|battalion|coup|incidents|attacks|crisis|communities))\b"
)
_COMMON_ENDING = re.compile(
    r"(?:tion|sion|ment|ity|ness|ence|ance|ing|ism|ship|dom|ure|age|th|al|ly|ers|ors|ists|ives|ies|ed|es|ogy|ics|ry)$"
)
# What follows a name that opens a sentence: a singular verb, where a common noun would have had its article.
_BARE_SINGULAR = re.compile(
    r"^\s*([A-Z][a-z]{2,}[^s\W])(?:'s\b|\s(?:has|was|is|had|will|would|became|saw|says|said|insists|insisted"
    r"|announced|declared|told|called|remains|remained|denied|accused|claimed|expects|expected|wants|wanted|led|took"
    r"|lost|won|withdrew|joined|left)\b|, (?:who|which|whose|an?|the)\b)"
)
_OPENERS = frozenset(
    """
    today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday neither either nobody
    everybody everyone someone somebody anyone anybody everything something anything nothing
    whoever whatever never furthermore moreover however therefore thus hence nevertheless nonetheless meanwhile
    otherwise instead overall despite although while whereas note yes unless if with without nearly another
    """.split()
)
_LONGEST_SHORT = 12  # letters of an abbreviation, at most
_DERIVED = re.compile(r"(?:n|an|ian|ean|ern|ese|i|ish|ic|ist|ite|er|s|is|ite)$")


def disagreements(ours: Reading, cited: Reading, around: Reading) -> Iterator[str]:
    """Names of a sentence that its cited words neither hold nor stand for.

    A name found only in the text around the cited words passes where these point back ("the group", "they") and
    name nothing else in its place.
    """
    near = around if POINTS_BACK.search(cited.lower) else cited
    for written in dict.fromkeys(_named(ours, cited, around)):
        missing = _missing(written, cited)
        if not missing or (missing == _words(written)[:1] and _only_opens(written, ours)):
            continue
        if near is around and not _missing(written, around) and not _replaced(written, ours, cited):
            continue
        if _goes_without_saying(written, ours, cited, around) or _only_tells_where(
            written, ours, cited, around
        ):
            continue
        if set(missing) <= _TITLES and _TITLES & set(_words(written)) != set(_words(written)):
            if not (
                _TITLES & {word.text for word in cited.words} - {"state", "region", "army", "government"}
            ):
                continue
            if not _missing(written, around):
                continue
        yield f"“{written}” does not stand in the cited words"


def _named(ours: Reading, cited: Reading, around: Reading) -> Iterator[str]:
    for name in single_names(ours.plain):
        at = re.search(rf"(?<!\w){re.escape(name)}", ours.plain)
        if at is None:
            continue  # the end of "iPad"
        if ours.plain[: at.start()].endswith(": "):  # the capital of a beginning
            name = name.partition(" ")[2]
        if set(_words(name)) - _TITLES - _OPENERS:  # "the Act" names nobody
            yield name
    for start, end in ours.spans:
        opening = _opening_name(ours.plain[start:end], cited, around)
        if opening:
            yield opening
    for match in _country_pattern().finditer(ours.plain):
        if not match[0][0].islower():
            yield match[0]


def single_names(text: str, first_word: bool = False) -> list[str]:
    """The names of a text, those joined by "and" apart."""
    return [part for name in names(text, first_word) for part in re.split(r"\sand\s(?:the\s)?", name)]


def same_name(one: str, other: str) -> bool:
    """Whether two names can stand for the same."""
    return not _missing(one, read(other)) or not _missing(other, read(one))


def _opening_name(sentence: str, cited: Reading, around: Reading) -> str | None:
    """The word that opens a sentence, where it is a name: its capital alone proves nothing."""
    first = re.match(r"[\"'(]*([A-Z][\w']+)", sentence)
    if first is None:
        return None
    word = first[1].removesuffix("'s")
    if word.lower() in STOP_WORDS | _TITLES | _OPENERS:
        return None
    known = _capitalised(around) | _capitalised(cited)
    lower = {one for one in known if one.islower()}
    if word in known and word.lower() not in lower and not word.endswith("ly"):
        return word
    bare = _BARE_SINGULAR.match(sentence)
    if bare and word.lower() not in lower and not _COMMON_ENDING.search(word.lower()):
        return word
    return None


@lru_cache(maxsize=256)
def _capitalised(text: Reading) -> frozenset[str]:
    """Words as written inside sentences, the first of each left out."""
    firsts = {next((w.start for w in text.words if w.start >= start), -1) for start, _ in text.spans}
    return frozenset(
        text.plain[word.start : word.end].removesuffix("'s")
        for word in text.words
        if word.start not in firsts
    )


def _words(name: str) -> list[str]:
    return [
        word
        for word in re.findall(r"[^\W_]+(?:'[^\W_]+)?", name.lower().removesuffix("'s"))
        if word not in _PARTICLES and word not in MONTHS and word not in STOP_WORDS and len(word) > 1
    ]


def _missing(name: str, text: Reading) -> list[str]:
    """Words of a name that a text does not hold in any form."""
    there = _forms(text)
    if name == "TV" and "television" in text.lower:
        return []
    if len(name) >= 4 and name.lower().replace(" ", "") in _run_together(text):
        return []  # "TiO 2", "Da Na Ambassagou"
    if _joined(name) in _initials(text) or _abbreviates(name, text) or _stands_for(name, text):
        return []
    missing = [word for word in _words(name) if not _found(word.removesuffix("'s"), there)]
    if not missing:
        return []
    states = countries(name)
    if states and states <= countries(text.plain):
        covered = {word for match in _country_pattern().finditer(name) for word in _words(match[0])}
        missing = [word for word in missing if word not in covered]
    elif states and "capital" in text.lower and name.lower() in _capitals():
        return []
    return missing


@lru_cache(maxsize=256)
def _run_together(text: Reading) -> frozenset[str]:
    """Two and three words of a text written as one."""
    words = [word.text for word in text.words]
    return frozenset("".join(words[at : at + n]) for at in range(len(words)) for n in (2, 3))


def _only_opens(name: str, text: Reading) -> bool:
    """Whether a name begins with an ordinary word that has the capital of the sentence that it opens."""
    first = _words(name)[0]
    opens = any(text.plain[start:].startswith(name) for start, _ in text.spans)
    return opens and (first in STOP_WORDS | _OPENERS or _COMMON_ENDING.search(first) is not None)


def _abbreviates(name: str, text: Reading) -> bool:
    """Whether the initials of words that follow one another make this abbreviation ("gross domestic product")."""
    if not re.fullmatch(r"[A-Z]{2,6}", name):
        return False
    words = "".join(word.text[0] for word in text.words if word.text not in _PARTICLES)
    return name.lower() in words


def _found(word: str, there: frozenset[str]) -> bool:
    singular = word.removesuffix("s") if len(word) > 3 else word
    return (
        word in there
        or singular in there
        or word + "s" in there
        or any(_derived(singular, other) or _derived(other, singular) for other in there)
        or (len(word) >= 4 and any(_spelled_alike(singular, other) for other in there))
    )


def _derived(long: str, short: str) -> bool:
    """ "Sahelian" from "Sahel", "Western" from "West"."""
    return len(short) >= 4 and long.startswith(short) and _DERIVED.fullmatch(long[len(short) :]) is not None


def _spelled_alike(a: str, b: str) -> bool:
    """Two ways to write one foreign name: the same consonants and nearly the same length ("Qaeda", "Qaida")."""
    if a[0] != b[0] or abs(len(a) - len(b)) > 2 or _skeleton(a) != _skeleton(b):
        return False
    return not countries(a.title()) or not countries(b.title())


@lru_cache(maxsize=20_000)
def _skeleton(word: str) -> str:
    consonants = re.sub(r"[aeiouyh']", "", word[1:].replace("ph", "f").replace("ck", "k").replace("w", "u"))
    return word[0] + re.sub(r"(.)\1", r"\1", consonants.replace("u", ""))


@lru_cache(maxsize=256)
def _forms(text: Reading) -> frozenset[str]:
    return frozenset(part for word in text.words for part in {word.text, *word.text.split("'")} if part)


def _joined(name: str) -> str:
    return (
        re.sub(r"[.\s]", "", name).lower() if re.fullmatch(r"[A-Z][A-Za-z0-9.]{1,9}", name) else name.lower()
    )


@lru_cache(maxsize=256)
def _initials(text: Reading) -> frozenset[str]:
    """Abbreviations that the names of a text could have: "United Nations" gives "un", "Group of 5" "g5"."""
    found = set()
    for name in names(text.plain, first_word=True):
        words = [word for word in re.findall(r"[^\W_]+", name.lower()) if word not in _PARTICLES]
        for start in range(len(words)):
            for end in range(start + 2, min(start + _LONGEST_SHORT, len(words)) + 1):
                found.add("".join(word[0] for word in words[start:end]))
    return frozenset(found)


def _stands_for(name: str, text: Reading) -> bool:
    """Whether a text holds the abbreviation of a name given in full."""
    words = [word for word in re.findall(r"[^\W_]+", name) if word.lower() not in _PARTICLES]
    if len(words) < 2:
        return False
    short = "".join(word[0] for word in words).lower()
    return len(short) > 1 and any(
        text.plain[word.start : word.end].isupper() and len(word.text) > 1 and word.text.endswith(short)
        for word in text.words
    )


def _replaced(name: str, ours: Reading, cited: Reading) -> bool:
    """Whether the cited words that say the same name somebody whom ours leaves out, so that ours may have put
    another in the place."""
    if re.search(r"\bthere\b", cited.lower) and re.search(
        rf"\b(?:in|at|near|from) {re.escape(name)}", ours.plain
    ):
        return False
    near = [cited.plain[slice(*cited.spans[number])] for number in closest(ours, cited)[:1]]
    if countries(name):
        return any(countries(text) - countries(ours.plain) for text in near)
    full = {long for text in near for long, short in _abbreviations(text) if short in ours.plain}
    return any(
        not countries(other)
        and not set(_words(other)) <= _TITLES
        and len(_missing(other, ours)) == len(_words(other))
        and not any(other in long for long in full)
        for text in near
        for other in single_names(text)
        if _words(other)
    )


_IN_FULL = re.compile(
    r"((?:[A-Z][\w']*\s(?:(?:in|of|the|and|for|al|wal|el|de|des|to)\s)*){2,9})\(([A-Z][\w-]{1,9})\)"
)


def _abbreviations(text: str) -> list[tuple[str, str]]:
    """(name in full, abbreviation) wherever a text gives both: "Central Bank of Foo (CBF)"."""
    return [(match[1].strip(), match[2]) for match in _IN_FULL.finditer(text)]


def _only_tells_where(name: str, ours: Reading, cited: Reading, around: Reading) -> bool:
    """Whether a name is that of the place that the text around speaks of, where the cited words tell none."""
    where = r"\b(?:in|at|near|around|to|from|of|for|towards?|on)\s(?:the\s)?"
    return (
        re.search(rf"\b(?:in|at|near) {re.escape(name)}", ours.plain) is not None
        and not _missing(name, around)
        and re.search(rf"{where}[A-Z]", cited.plain) is None
    )


def _goes_without_saying(name: str, ours: Reading, cited: Reading, around: Reading) -> bool:
    """Whether a country is one of the two that the text about the cited words is about, and these name no other."""
    states = countries(name)
    if (
        not states
        or set(_words(name)) - set(_country_keys()) - _TITLES
        or countries(cited.plain) - countries(ours.plain)
    ):
        return False
    spoken = Counter(_country(match[0]) for match in _country_pattern().finditer(around.plain)).most_common(2)
    return bool(spoken) and states <= {country for country, _ in spoken} | countries(
        around.plain.split("\n\n")[0]
    )


def countries(text: str) -> frozenset[str]:
    """Countries that a text names by name, inhabitants or seat of government, as keys."""
    return frozenset(_country(match[0]) for match in _country_pattern().finditer(text))


def _country(written: str) -> str:
    return _country_keys()[written.lower()]


@cache
def _country_keys() -> dict[str, str]:
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
def _capitals() -> frozenset[str]:
    return frozenset(capital for _, capital, _ in countries_table() if capital)


@cache
def _country_pattern() -> re.Pattern[str]:
    """Names of countries with a capital letter; longer ones first, so that "South Sudan" is not "Sudan"."""
    found = sorted(_country_keys(), key=len, reverse=True)
    forms = [
        key.upper() if key in ("us", "un", "uk", "usa", "uae", "drc", "car") else _titled(key)
        for key in found
    ]
    return re.compile(r"\b(?:" + "|".join(forms) + r")(?!\w)")


def _titled(key: str) -> str:
    return r"\s".join(re.escape(word[0].upper()) + re.escape(word[1:]) for word in key.split()).replace(
        r"D'ivoire", r"[dD]'[iI]voire"
    )
