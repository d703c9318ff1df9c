"""Words that turn a statement round: denials, and the contrary of what is asked."""

from __future__ import annotations

import re

from assistant.language.antonyms import question_sides
from assistant.language.words import stem
from vectorstore.terms import fold

_DENIES = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|nobody|nothing|hardly|rarely|seldom|except|excluding|unlike|"
    r"instead of|rather than|other than|un(?!i|der|til|less|to\b|e\b)\w{3,}(?:ed|able|al|ful))\b|n't\b"
)
# What has such a word and denies nothing: "no more than once", "not only".
_LIMITS = re.compile(
    r"\b(?:no (?:more|less|fewer|later|earlier|longer|sooner) than|not (?:only|just|least))\b"
)


def denies(text: str) -> bool:
    """Whether a text says that something is not so."""
    return _DENIES.search(_LIMITS.sub(" ", fold(text))) is not None


def contraries(asked: str, said: str) -> list[str]:
    """Words of a question of which a sentence holds the contrary, and not the word itself.

    `contraries("Who opened the port?", "The port closed in May.") == ["opened"]`.
    """
    there = {stem(word) for word in re.findall(r"[\w']+", fold(said))}
    told = {place for word in there for place in question_sides().get(word, ())}
    return [
        word
        for word in dict.fromkeys(re.findall(r"[\w']+", fold(asked)))
        if (form := stem(word)) not in there
        and any((axis, 1 - side) in told for axis, side in question_sides().get(form, ()))
    ]
