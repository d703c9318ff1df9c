"""Finds a name in a text in any of its forms: derived, abbreviated, in full, spelled differently, written together."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.language.countries import countries, country, country_mentions, is_capital, unmatched
from assistant.language.tokens import TokenizedText
from assistant.language.words import names
from ingest.text.date_patterns import MONTHS
from vectorstore.terms import STOP_WORDS

_PARTICLES = frozenset(
    "al el ag ould de du des la le of the and for bin ibn ul wal van von der in on at to d'".split()
)
_LONGEST_ABBREVIATION = 12  # letters
_DERIVED = re.compile(r"(?:n|an|ian|ean|ern|ese|i|ish|ic|ist|ite|er|s|is|ite)$")


def missing_words(name: str, text: TokenizedText) -> list[str]:
    """The words of a name that a text holds in no form, in lower case.

    For "Red Front" and a text with "the Blue Front": ["red"]; for "Niger" and "the Nigerian army": ["niger"]. Empty for
    "United Nations" and a text with "UN".
    """
    states = countries(name)
    forms = _forms(text) - _words_of_other_states(states, text)
    if name == "TV" and "television" in text.lower:
        return []
    if len(name) >= 4 and name.lower().replace(" ", "") in _run_together(text):
        return []  # "TiO 2", "Da Na Ambassagou"
    if (
        _as_abbreviation(name) in _initials(text)
        or _abbreviates(name, text)
        or _holds_abbreviation(name, text)
    ):
        return []
    missing = [word for word in name_words(name) if not _has_form(word.removesuffix("'s"), forms)]
    if not missing:
        return []
    if states and not unmatched(states, countries(text.plain)):
        covered = {word for state in country_mentions(name) for word in name_words(state)}
        missing = [word for word in missing if word not in covered]
    elif "capital" in text.lower and is_capital(name):
        return []
    return missing


def _words_of_other_states(states: frozenset[str], text: TokenizedText) -> frozenset[str]:
    """The words by which a text names other countries than these, where it does not name all of these.

    They name none of these: no Sudan is in "South Sudan", no Niger in "Nigerian".
    """
    if not states or not unmatched(states, countries(text.plain)):
        return frozenset()
    return frozenset(
        word
        for state in country_mentions(text.plain)
        if unmatched(countries(state), states)
        for word in name_words(state)
    )


@lru_cache(maxsize=256)
def _run_together(text: TokenizedText) -> frozenset[str]:
    """Each two and each three adjacent words of a text as one: "tio2" for "TiO 2"."""
    words = [word.text for word in text.words]
    return frozenset("".join(words[at : at + n]) for n in (2, 3) for at in range(len(words) - n + 1))


def name_words(name: str) -> list[str]:
    """The words that carry a name, in lower case: `name_words("Bank of Mali's") == ["bank", "mali"]`."""
    return [
        word
        for word in re.findall(r"[^\W_]+(?:'[^\W_]+)?", name.lower().removesuffix("'s"))
        if word not in _PARTICLES and word not in MONTHS and word not in STOP_WORDS and len(word) > 1
    ]


def _abbreviates(name: str, text: TokenizedText) -> bool:
    """Whether adjacent words have the initials of this abbreviation: "GDP" for "gross domestic product"."""
    if not re.fullmatch(r"[A-Z]{2,6}", name):
        return False
    words = "".join(word.text[0] for word in text.words if word.text not in _PARTICLES)
    return name.lower() in words


def _has_form(word: str, forms: frozenset[str]) -> bool:
    """Whether a word is among the forms as it is, singular or plural, derived, or spelled alike."""
    singular = word.removesuffix("s") if len(word) > 3 else word
    return (
        word in forms
        or singular in forms
        or word + "s" in forms
        or any(_derived(singular, form) or _derived(form, singular) for form in forms)
        or (len(word) >= 4 and any(_spelled_alike(singular, form) for form in forms))
    )


def _derived(long: str, short: str) -> bool:
    """`_derived("sahelian", "sahel") is True`, and so is "western" from "west"."""
    return len(short) >= 4 and long.startswith(short) and _DERIVED.fullmatch(long[len(short) :]) is not None


def _spelled_alike(a: str, b: str) -> bool:
    """Whether two words are spellings of one name: same consonants, nearly the same length ("qaeda", "qaida").

    Never two countries: "niger" is not "nigeria".
    """
    if a[0] != b[0] or abs(len(a) - len(b)) > 2 or _skeleton(a) != _skeleton(b):
        return False
    return country(a) is None or country(b) is None


@lru_cache(maxsize=20_000)
def _skeleton(word: str) -> str:
    """The first letter and the consonants, doubled ones once: `_skeleton("qaeda") == "qd"`."""
    consonants = re.sub(r"[aeiouyh']", "", word[1:].replace("ph", "f").replace("ck", "k").replace("w", "u"))
    return word[0] + re.sub(r"(.)\1", r"\1", consonants.replace("u", ""))


@lru_cache(maxsize=256)
def _forms(text: TokenizedText) -> frozenset[str]:
    """All words of a text, and their parts around an apostrophe."""
    return frozenset(part for word in text.words for part in {word.text, *word.text.split("'")} if part)


def _as_abbreviation(name: str) -> str:
    """A name without dots and spaces, if it looks like an abbreviation: `_as_abbreviation("U.S.") == "us"`."""
    return (
        re.sub(r"[.\s]", "", name).lower() if re.fullmatch(r"[A-Z][A-Za-z0-9.]{1,9}", name) else name.lower()
    )


@lru_cache(maxsize=256)
def _initials(text: TokenizedText) -> frozenset[str]:
    """Abbreviations that the names in a text could have: {"un"} for "The United Nations left."."""
    abbreviations = set()
    for name in names(text.plain, first_word=True):
        words = [word for word in re.findall(r"[^\W_]+", name.lower()) if word not in _PARTICLES]
        for start in range(len(words)):
            for end in range(start + 2, min(start + _LONGEST_ABBREVIATION, len(words)) + 1):
                abbreviations.add("".join(word[0] for word in words[start:end]))
    return frozenset(abbreviations)


def _holds_abbreviation(name: str, text: TokenizedText) -> bool:
    """Whether a text holds the abbreviation of a full name: "UN" for "United Nations"."""
    words = [word for word in re.findall(r"[^\W_]+", name) if word.lower() not in _PARTICLES]
    if len(words) < 2:
        return False
    short = "".join(word[0] for word in words).lower()
    return len(short) > 1 and any(
        text.plain[word.start : word.end].isupper() and len(word.text) > 1 and word.text.endswith(short)
        for word in text.words
    )
