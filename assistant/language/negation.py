"""Negation in a text, and words of a sentence that mean the opposite of words of a question."""

from __future__ import annotations

import re

from assistant.language.antonyms import question_sides
from assistant.language.words import stem
from vectorstore.terms import fold

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|nobody|nothing|hardly|rarely|seldom|except|excluding|unlike|"
    r"instead of|rather than|other than|un(?!i|der|til|less|to\b|e\b)\w{3,}(?:ed|able|al|ful))\b|n't\b"
)
# Phrases with a negative word that limit or add instead of denying: "no more than once", "not only".
_LIMITS = re.compile(
    r"\b(?:no (?:more|less|fewer|later|earlier|longer|sooner) than|not (?:only|just|least))\b"
)


def denies(text: str) -> bool:
    """True if a text says that something is not so.

    >>> denies("The post was not taken."), denies("Not only the post was taken.")
    (True, False)
    """
    return _NEGATION.search(_LIMITS.sub(" ", fold(text))) is not None


def opposites_of_question(question: str, sentence: str) -> list[str]:
    """The words of a question whose opposite stands in the sentence while the word itself does not.

    Words are folded (lower case, no accents), in the order of the question, each once.

    >>> opposites_of_question("Who opened the port?", "The port closed in May.")
    ['opened']
    """
    sentence_stems = {stem(word) for word in re.findall(r"[\w']+", fold(sentence))}
    sides_taken = {side for form in sentence_stems for side in question_sides().get(form, ())}
    return [
        word
        for word in dict.fromkeys(re.findall(r"[\w']+", fold(question)))
        if (form := stem(word)) not in sentence_stems
        and any((axis, 1 - side) in sides_taken for axis, side in question_sides().get(form, ()))
    ]
