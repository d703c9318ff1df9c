"""Follow-up questions, without a model: "and how many were killed there?" becomes one that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.words import MONTHS, fold, names, stems

Turn = tuple[str, str]  # role ("user" or "assistant"), content

_OPENER = re.compile(
    r"^(?:and|but|so|ok|okay|then|also|what about|how about|and what about|and how about)\b[\s,:]*", re.I
)
_POINTS_BACK = re.compile(
    r"\b(?:he|him|his|she|her|hers|it|its|they|them|their|theirs|this|that|these|those|there|then|"
    r"the (?:attack|group|groups|mission|region|country|report|coup|incident|operation|same|former|latter))\b",
    re.I,
)
_QUESTION_WORD = re.compile(r"\b(?:who|whom|whose|what|when|where|which|why|how)\b", re.I)
_VERB_FIRST = re.compile(r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b", re.I)
_DATE = re.compile(
    r"\b(?:(?:early|mid|late)[- ])?(?:\d{1,2}\s+)?(?:(?:" + "|".join(MONTHS) + r")\s*)?(?:19|20)\d{2}\b|"
    r"\b(?:\d{1,2}\s+)?(?:" + "|".join(MONTHS) + r")\b",
    re.I,
)
_PREPOSITION = re.compile(r"^(?:in|for|on|at|during|by|since|after|before|from|with|to|of)\s+", re.I)


def stand_alone(question: str, history: Sequence[Turn]) -> str:
    """The question, with what it leaves to the conversation put in; itself where it stands alone."""
    asked = [content for role, content in history if role == "user"]
    if not asked:
        return question
    earlier = ""
    for one in asked:  # earlier follow-ups leaned on what came before them, too
        earlier = _join(one, earlier)
    return _join(question, earlier)


def _join(question: str, earlier: str) -> str:
    question = " ".join(question.split())
    opener = _OPENER.match(question)
    rest = question[opener.end() :] if opener else question
    if not earlier or not _leans(rest, opener is not None):
        return question
    if not _QUESTION_WORD.search(rest) and not _VERB_FIRST.search(rest):
        return _replaced(rest, earlier)
    about = _about(earlier, rest)
    return f"{_sentence(rest)} ({about})" if about else _sentence(rest)


def _leans(rest: str, opened: bool) -> bool:
    """Whether a question needs the one before it."""
    if _POINTS_BACK.search(rest):
        return True
    if not _QUESTION_WORD.search(rest) and not _VERB_FIRST.search(rest):
        return opened or len(stems(rest)) <= 2
    return (opened or len(stems(rest)) <= 2) and not names(rest)


def _replaced(rest: str, earlier: str) -> str:
    """ "and in 2022?" asks the earlier question again, with the like part replaced."""
    part = rest.strip(" ?.!")
    bare = _PREPOSITION.sub("", part)
    if (date := _DATE.search(part)) is not None and len(date[0]) >= len(bare) - 4:
        if (old := _DATE.search(earlier)) is not None:
            return earlier[: old.start()] + bare + earlier[old.end() :]
        return f"{earlier.rstrip(' ?')} {part}?"
    known = names(earlier)
    if known and names(bare, first_word=True):
        return earlier.replace(known[-1], bare)
    return f"{earlier.rstrip(' ?')}, {part}?"


def _about(earlier: str, rest: str) -> str:
    """What the earlier question was about: its words without those that only ask or point back."""
    text = re.sub(r"[()?!]", " ", _QUESTION_WORD.sub(" ", earlier))
    text = re.sub(r"\b(?:there|many|much|that|this|it|they)\b", " ", text, flags=re.I)
    text = re.sub(
        r"^\s*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b", " ", text, flags=re.I
    )
    words = " ".join(text.split())
    return "" if fold(words) in fold(rest) else words


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
