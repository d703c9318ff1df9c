"""Questions that do not say whom or what they are about: "Who is the actor?", "When was it built?"."""

from __future__ import annotations

import re

from assistant.language.words import stem, stems
from assistant.questions.question import Question
from vectorstore.terms import fold

# Nouns for one of many things. "The country" and "the mission" are missing because the reports usually make them clear.
_HEADS = (
    "actor|actress|singer|artist|author|writer|player|athlete|astronaut|character|scientist|president|prime minister|"
    "minister|governor|mayor|king|queen|language|film|movie|book|novel|song|album|season|episode|series|game|team|club|"
    "school|university|college|hospital|clinic|museum|stadium|airport|festival|flag|"
    "company|chain|bank|loan|plan|product|department|agency|law|act|treaty|war|battle"
)
_ONE_OF_MANY = re.compile(
    rf"\b(?:the|this|that) (?:[a-z-]+ )??(?P<head>{_HEADS})\b"
    # "The battle of …" and "the song Snuff" say which; a noun followed by a verb or the end does not.
    r"(?=['’]s\b|[?.!,;]|$| (?:is|was|were|are|has|had|did|does|do|get|gets|got|say|says|said|win|won|plays?|and|or|to|"
    r"for|about|\w+ed)\b)"
)
_PRONOUN = re.compile(r"\b(?:he|she|it|they|him|them|his|her|its|their)\b")
_FEW = 2  # stems, not counting stop words; a question with a pronoun and no more than these says nothing by itself


def names_no_subject(question: Question, conversation: str) -> str | None:
    """A sentence for the user if a pronoun is the only subject of a question; otherwise None.

    `conversation` is the text of the earlier turns of both sides; if there is any, the pronoun may refer to it.

    >>> from assistant.questions.question import parse
    >>> names_no_subject(parse("When was it built?"), "")
    'The question does not say who or what “it” is.'
    """
    pronoun = _PRONOUN.search(fold(question.text))
    if pronoun is None or question.names or conversation or len(question.terms) > _FEW:
        return None
    return f"The question does not say who or what “{pronoun[0]}” is."


def underspecified_reference(question: Question, conversation: str) -> str | None:
    """A sentence for the user if a question means one of many ("the film") without naming it; otherwise None.

    A caller uses it only if the reports do not settle which one is meant.

    >>> from assistant.questions.question import parse
    >>> underspecified_reference(parse("Who plays the actor?"), "")
    'The question does not say which actor is meant.'
    """
    mentioned = set(stems(conversation))
    for match in [] if question.names else _ONE_OF_MANY.finditer(question.text):
        if not {stem(word) for word in fold(match["head"]).split()} & mentioned:
            return f"The question does not say which {match['head']} is meant."
    return None
