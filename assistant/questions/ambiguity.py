"""Questions that leave open whom or what they mean: "the actor" of whom nothing was said, a lone "it"."""

from __future__ import annotations

import re

from assistant.language.words import stem, stems
from assistant.questions.question import Question
from vectorstore.terms import fold

# One of many; "the country" and "the mission" are left out, which are clear where reports are on one.
_HEADS = (
    "actor|actress|singer|artist|author|writer|player|athlete|astronaut|character|scientist|president|prime minister|"
    "minister|governor|mayor|king|queen|language|film|movie|book|novel|song|album|season|episode|series|game|team|club|"
    "school|university|college|hospital|clinic|museum|stadium|airport|festival|flag|"
    "company|chain|bank|loan|plan|product|department|agency|law|act|treaty|war|battle"
)
_ONE_OF_MANY = re.compile(
    rf"\b(?:the|this|that) (?:[a-z-]+ )??(?P<head>{_HEADS})\b"
    # "The battle of …" and "the song snuff" say which; what is followed by a verb or an end does not.
    r"(?=['’]s\b|[?.!,;]|$| (?:is|was|were|are|has|had|did|does|do|get|gets|got|say|says|said|win|won|plays?|and|or|to|"
    r"for|about|\w+ed)\b)"
)
_PRONOUN = re.compile(r"\b(?:he|she|it|they|him|them|his|her|its|their)\b")
_FEW = 2  # words with meaning beside a pronoun, at which a question says nothing without it


def names_no_subject(question: Question, conversation: str) -> str | None:
    """That a question is a lone pronoun's, in a sentence: nothing can be looked for; None where it is not.

    `conversation` is what was said before, by either side.
    """
    pronoun = _PRONOUN.search(fold(question.text))
    if pronoun is None or question.names or conversation or len(question.terms) > _FEW:
        return None
    return f"The question does not say who or what “{pronoun[0]}” is."


def underspecified_reference(question: Question, conversation: str) -> str | None:
    """Which one of many a question does not name, in a sentence. Where reports are on one, they settle it."""
    before = set(stems(conversation))
    for match in [] if question.names else _ONE_OF_MANY.finditer(question.text):
        if not {stem(word) for word in fold(match["head"]).split()} & before:
            return f"The question does not say which {match['head']} is meant."
    return None
