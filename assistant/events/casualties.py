"""The dead, wounded, missing and abducted that a sentence counts, as it states them."""

from __future__ import annotations

import re
from collections.abc import Iterator

NUMBER_WORDS = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion)"
)
_PEOPLE = (
    "soldiers?|troops?|people|persons?|civilians?|fighters?|guards?|officers?|peacekeepers?|policem[ae]n|police|"
    "gendarmes?|villagers?|miners?|workers?|hostages?|militants?|m[ae]n|wom[ae]n|child|children|insurgents?|terrorists?|"
    "jihadists?|rebels?|protesters?|passengers?|students?|pupils?|residents?|farmers?|herders?|personnel|others?|"
    "attackers?|journalists?|victims?|boys?|girls?|prisoners?|members?|helpers?|drivers?|traders?|worshippers?"
)
_BOUND = "at least|more than|over|up to|as many as|nearly|almost|around|about|some|fewer than|less than|all"
_COUNT = (
    rf"(?:(?:{_BOUND})\s+)?(?:\d[\d,]*(?!\d|%)|{NUMBER_WORDS}(?:[\s-](?:and\s)?{NUMBER_WORDS})*|"
    r"(?:dozens|scores|hundreds|thousands) of|several|a dozen)"
)
_GROUP = (
    rf"{_COUNT}\s+(?:other\s+)?(?:(?!and\b|or\b|of\b|in\b|were\b|was\b)[A-Za-z-]+\s+){{0,3}}?(?:{_PEOPLE})\b"
)
_GROUPS = rf"{_GROUP}(?:(?:,\s+|,?\s+and\s+){_GROUP})*"
_FATE = "killed|dead|died|wounded|injured|missing|kidnapped|abducted|executed|massacred|murdered|slain|drowned|hurt"
_SUFFERED = re.compile(  # "53 soldiers and one civilian were killed", "25 dead and some 60 missing"
    rf"\b(?P<who>{_GROUPS}|{_COUNT})(?P<where>\s+(?:aboard|on board|there))?\s+"
    rf"(?:(?:are|is|were|was|been|be|have|has|had|also|reportedly|left|confirmed|feared)\s+){{0,3}}(?P<fate>{_FATE})\b",
    re.IGNORECASE,
)
_DONE = re.compile(  # "killing five in the region", "wounded 29 soldiers"
    r"\b(?P<act>kill|wound|injur|kidnap|abduct|execut|massacr|murder)(?:p?ed|p?ing)\s+"
    rf"(?P<who>{_GROUPS}|{_COUNT}(?=[.,;]|\s+(?:in|at|near|on|and|during|of)\b|$))",
    re.IGNORECASE,
)
_NAMED = re.compile(  # "the execution of 300 civilians", "raised the toll to 42 soldiers"
    rf"\b(?:(?:deaths?|killing|execution|massacre|murder|abduction|kidnapping) of (?:the )?{_GROUPS}|"
    rf"(?:death )?toll (?:\w+ )?to {_GROUPS})",
    re.IGNORECASE,
)
_PAST = {"kill": "killed", "wound": "wounded", "injur": "injured", "kidnap": "kidnapped", "abduct": "abducted",
         "execut": "executed", "massacr": "massacred", "murder": "murdered"}  # fmt: skip
# Words in which it is said what was done, of which the source may have another form ("killing five").
PAST_FATES = frozenset(_PAST.values())


def casualties_in(text: str) -> str | None:
    """ "53 soldiers and one civilian killed; 29 wounded": the words of `text`, helping verbs left out."""
    stated = [words for _, words in sorted(_stated(text))]
    return "; ".join(dict.fromkeys(stated)) or None


def _stated(text: str) -> Iterator[tuple[int, str]]:
    """Where each count stands, and what it says."""
    rest = text

    def taken(match: re.Match[str]) -> str:
        return "\0" * len(match[0])

    for match in _NAMED.finditer(rest):
        yield match.start(), match[0]
    rest = _NAMED.sub(taken, rest)
    for match in _DONE.finditer(rest):
        yield match.start(), f"{match['who']} {_PAST[match['act'].casefold()]}"
    rest = _DONE.sub(taken, rest)
    for match in _SUFFERED.finditer(rest):
        yield match.start(), f"{match['who']}{match['where'] or ''} {match['fate']}"
