"""Words that turn a statement round: denials, and pairs of words of which each is the other's contrary."""

from __future__ import annotations

import re
from functools import cache

from assistant.language.words import fold, stem

_DENIES = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|nobody|nothing|hardly|rarely|seldom|except|excluding|unlike|"
    r"instead of|rather than|other than|un(?!i|der|til|less|to\b|e\b)\w{3,}(?:ed|able|al|ful))\b|n't\b"
)
# What has such a word and denies nothing: "no more than once", "not only".
_LIMITS = re.compile(
    r"\b(?:no (?:more|less|fewer|later|earlier|longer|sooner) than|not (?:only|just|least))\b"
)
_PAIRS = """
    first last, highest lowest, largest smallest, biggest smallest, most least, most fewest, before after,
    north south, east west, northern southern, eastern western, northeast southwest, northwest southeast,
    increase decrease, increase decline, rise fall, rise drop, grow shrink, grew shrank, rose fell, begin
    end, began ended, start stop, start finish, more less, more fewer, win lose, won lost, victory defeat,
    positive negative, internal external, upper lower, early late, earlier later, earliest latest, minimum
    maximum, above below, male female, old new, older younger, oldest youngest, oldest newest, rich poor,
    public private, import export, support oppose, accept reject, accept refuse, agree disagree, allow
    forbid, allow ban, inside outside, high low, higher lower, greater smaller, greater lesser, larger
    smaller, strong weak, stronger weaker, strength weakness, major minor, majority minority, always
    never, all none, enter leave, arrive depart, arrival departure, join leave, open close, create
    destroy, build demolish, attack defend, buy sell, gain lose, gain loss, profit loss, success failure,
    succeed fail, active inactive, formal informal, legal illegal, direct indirect, dependent independent,
    equal unequal, equality inequality, possible impossible, common rare, common uncommon, simple complex,
    easy difficult, short long, shorter longer, shortest longest, fast slow, nearest farthest, closest
    farthest, wide narrow, hot cold, warmer colder, wet dry, summer winter, day night, husband wife,
    father mother, son daughter, brother sister, king queen, man woman, men women, urban rural, ancient
    modern, allies enemies, ally enemy, friend enemy, natural artificial, domestic foreign, national
    local, front back, top bottom, better worse, best worst, good bad, true false, prime composite, finite
    infinite, encourage discourage, hire dismiss, appoint dismiss, capture release, arrest release, lend
    borrow, advantage disadvantage, peace war, cause prevent, strengthen weaken, raise lower, expand
    contract, include exclude, remember forget, love hate, withdraw deploy, appear disappear, similar
    different, similarity difference, together separately
"""


def denies(text: str) -> bool:
    """Whether a text says that something is not so."""
    return _DENIES.search(_LIMITS.sub(" ", fold(text))) is not None


def contraries(asked: str, said: str) -> list[str]:
    """Words of a question of which a sentence holds the contrary, and not the word itself."""
    there = {stem(word) for word in re.findall(r"[\w']+", fold(said))}
    return [
        word
        for word in dict.fromkeys(re.findall(r"[\w']+", fold(asked)))
        if (one := stem(word)) not in there and _contrary().get(one, frozenset()) & there
    ]


@cache
def _contrary() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for pair in " ".join(_PAIRS.split()).split(", "):
        one, other = pair.split()
        table.setdefault(stem(one), set()).add(stem(other))
        table.setdefault(stem(other), set()).add(stem(one))
    return {word: frozenset(others) for word, others in table.items()}
