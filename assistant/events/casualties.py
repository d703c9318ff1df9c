"""Finds how many people a sentence says were killed, wounded, missing or abducted, in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.words import TENS
from vectorstore.terms import NUMBER_WORDS

_NUMBER_WORDS = f"(?:{'|'.join([*NUMBER_WORDS[1:], *TENS])}|hundred|thousand|million|billion)"
_PEOPLE = (
    "soldiers?|troops?|people|persons?|civilians?|fighters?|guards?|officers?|peacekeepers?|policem[ae]n|police|"
    "gendarmes?|villagers?|miners?|workers?|hostages?|militants?|m[ae]n|wom[ae]n|child|children|insurgents?|terrorists?|"
    "jihadists?|rebels?|protesters?|passengers?|students?|pupils?|residents?|farmers?|herders?|personnel|others?|"
    "attackers?|journalists?|victims?|boys?|girls?|prisoners?|members?|helpers?|drivers?|traders?|worshippers?"
)
_BOUND = "at least|more than|over|up to|as many as|nearly|almost|around|about|some|fewer than|less than|all"
_COUNT = (
    rf"(?:(?:{_BOUND})\s+)?(?:\d[\d,]*(?!\d|%)|{_NUMBER_WORDS}(?:[\s-](?:and\s)?{_NUMBER_WORDS})*|"
    r"(?:dozens|scores|hundreds|thousands) of|several|a dozen)"
)
_GROUP = (
    rf"{_COUNT}\s+(?:other\s+)?(?:(?!and\b|or\b|of\b|in\b|were\b|was\b)[A-Za-z-]+\s+){{0,3}}?(?:{_PEOPLE})\b"
)
_GROUPS = rf"{_GROUP}(?:(?:,\s+|,?\s+and\s+){_GROUP})*"
_FATE = "killed|dead|died|wounded|injured|missing|kidnapped|abducted|executed|massacred|murdered|slain|drowned|hurt"
_PASSIVE = re.compile(  # "53 soldiers and one civilian were killed", "25 dead and some 60 missing"
    rf"\b(?P<who>{_GROUPS}|{_COUNT})(?P<where>\s+(?:aboard|on board|there))?\s+"
    rf"(?:(?:are|is|were|was|been|be|have|has|had|also|reportedly|left|confirmed|feared)\s+){{0,3}}(?P<fate>{_FATE})\b",
    re.IGNORECASE,
)
_ACTIVE = re.compile(  # "killing five in the region", "wounded 29 soldiers"
    r"\b(?P<act>kill|wound|injur|kidnap|abduct|execut|massacr|murder)(?:p?ed|p?ing)\s+"
    rf"(?P<who>{_GROUPS}|{_COUNT}(?=[.,;]|\s+(?:in|at|near|on|and|during|of)\b|$))",
    re.IGNORECASE,
)
_NOMINAL = re.compile(  # "the execution of 300 civilians", "raised the toll to 42 soldiers"
    rf"\b(?:(?:deaths?|killing|execution|massacre|murder|abduction|kidnapping) of (?:the )?{_GROUPS}|"
    rf"(?:death )?toll (?:\w+ )?to {_GROUPS})",
    re.IGNORECASE,
)
_PAST = {"kill": "killed", "wound": "wounded", "injur": "injured", "kidnap": "kidnapped", "abduct": "abducted",
         "execut": "executed", "massacr": "massacred", "murder": "murdered"}  # fmt: skip
# Words that casualties_in may add in another form than the source's: "killed" for "killing five".
PAST_FATES = frozenset(_PAST.values())


def casualties_in(text: str) -> str | None:
    """The casualties that a text counts, without auxiliary verbs; None if it counts none.

    `casualties_in("53 soldiers and one civilian were killed.") == "53 soldiers and one civilian killed"`.
    """
    stated = [words for _, words in sorted(_counts(text))]
    return "; ".join(dict.fromkeys(stated)) or None


def _counts(text: str) -> Iterator[tuple[int, str]]:
    """(offset, words) of each count. Matches are blanked out, so that no pattern reads the same words again."""
    rest = text

    def blank(match: re.Match[str]) -> str:
        return "\0" * len(match[0])

    for match in _NOMINAL.finditer(rest):
        yield match.start(), match[0]
    rest = _NOMINAL.sub(blank, rest)
    for match in _ACTIVE.finditer(rest):
        yield match.start(), f"{match['who']} {_PAST[match['act'].casefold()]}"
    rest = _ACTIVE.sub(blank, rest)
    for match in _PASSIVE.finditer(rest):
        yield match.start(), f"{match['who']}{match['where'] or ''} {match['fate']}"
