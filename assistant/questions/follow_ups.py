"""Follow-up questions, without a model: "and how many were killed there?" becomes one that stands alone.

A turn is an instruction ("shorter", "only from ACCORD"), a correction ("no, I meant Niger"), a follow-up, or a
question of its own. Instructions apply to the last question; a new subject drops them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.language.countries import is_country
from assistant.language.date_expressions import date_expressions
from assistant.language.words import names, stems
from assistant.questions.instructions import Instructions, instructions_in, length_asked
from vectorstore.terms import fold

HistoryTurn = tuple[str, str]  # role ("user" or "assistant"), content

_OPENER = re.compile(
    r"^(?:and|but|so|ok|okay|then|also|what about|how about|and what about|and how about)\b[\s,:]*", re.I
)
# "No, I meant Niger", "sorry, in 2021", "not Mali, Niger".
_CORRECTS = re.compile(
    r"^(?:(?:(?:no|nope|sorry|oops|wait|pardon)\b[\s,.:!–-]*(?:(?:but|actually|rather)\b[\s,]*)?"
    r"(?:i (?:meant?|was asking about|am asking about)(?: to (?:ask|say))?\b[\s,:]*)?)|"
    r"(?:actually[\s,]*)?i meant?(?: to (?:ask|say))?\b[\s,:]*|(?=not .+(?:,| but | rather )))",
    re.I,
)
_NOT_BUT = re.compile(r"^not (?P<old>.+?)(?:,| but)(?: but| rather)? (?P<new>.+)$", re.I)
_BUT_NOT = re.compile(r"^(?P<new>.+?),? (?:and )?not (?P<old>.+)$", re.I)
_POINTS_BACK = re.compile(
    r"\b(?:he|him|his|she|her|hers|it|its|they|them|their|theirs|this|that|these|those|there|then|"
    r"the (?:attack|group|groups|mission|region|country|report|coup|incident|operation|same|former|latter))\b"
    r"(?! (?:of|in|on|at|near|against|from|which|that|called|by)\b)",
    re.I,
)
# "the number that fled", "it is true that …", "that of": words that point nowhere.
_POINTS_WITHIN = re.compile(
    r"\b(?:is|was|are|were) there\b|\bthere (?:is|was|are|were)\b|"
    r"\bthat (?=\w+ed\b|is\b|was\b|are\b|were\b|has\b|had\b)",
    re.I,
)
_PERSONAL = re.compile(r"\b(?:he|him|his|she|her|hers|it|its|they|them|their|theirs)\b", re.I)
_QUESTION_WORD = re.compile(r"\b(?:who|whom|whose|what|when|where|which|why|how)\b", re.I)
_VERB_FIRST = re.compile(r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b", re.I)
_PREPOSITION = re.compile(r"^(?:in|for|on|at|during|by|since|after|before|from|with|to|of|about)\s+", re.I)


@dataclass(frozen=True)
class StandaloneQuestion:
    """A question that stands alone, and what the conversation says about answering it."""

    question: str
    instructions: Instructions = field(default_factory=Instructions)

    @property
    def in_words(self) -> str:
        said = self.instructions.in_words
        return f"{self.question} ({said})" if said else self.question


def standalone_question(
    question: str, history: Sequence[HistoryTurn], publishers: Sequence[str] = ()
) -> StandaloneQuestion:
    """What the last turn of a conversation asks, oldest turn first in `history`.

    `publishers` are those of the index, for instructions like "only from ACCORD".
    """
    so_far: StandaloneQuestion | None = None
    answer = ""  # the desk's last
    for role, content in [*history, ("user", question)]:
        if role != "user":
            answer = content
            continue
        said = instructions_in(content, publishers) if so_far is not None else None
        if so_far is not None and said is not None:
            so_far = StandaloneQuestion(so_far.question, so_far.instructions.then(said))
            continue
        bare, length = length_asked(" ".join(content.split()))
        earlier = so_far.question if so_far is not None else ""
        joined = _join(bare, earlier, answer)
        kept = so_far.instructions if so_far is not None and joined != bare else Instructions()
        so_far = StandaloneQuestion(
            joined, Instructions(length, kept.as_of, kept.since, kept.publishers, kept.unknown_publishers)
        )
    assert so_far is not None
    return so_far


def make_standalone(question: str, history: Sequence[HistoryTurn]) -> str:
    """The question, with what it leaves to the conversation put in; itself where it stands alone."""
    return standalone_question(question, history).question


def _join(question: str, earlier: str, answer: str = "") -> str:
    if not earlier:
        return question
    if correction := _CORRECTS.match(question):
        meant = question[correction.end() :].strip(" .!")
        if meant and not _asks(meant):
            return _corrected(meant, earlier)
        question = meant or question
    elif (
        (changed := _BUT_NOT.match(question)) is not None
        and not _asks(question)
        and fold(_PREPOSITION.sub("", changed["old"].strip(" .!"))) in fold(earlier)
    ):  # "Niger, not Mali"
        return _corrected(question.strip(" .!"), earlier)
    opener = _OPENER.match(question)
    rest = question[opener.end() :] if opener else question
    if not _leans(rest, opener is not None):
        return _sentence(question)
    if not _asks(rest):
        return _replaced(rest, earlier)
    about = _about(earlier, rest)
    if named := _named_in(answer, f"{earlier} {rest}") if _PERSONAL.search(rest) else "":
        about = f"{about}, {named}" if about else named
    return f"{_sentence(rest)} ({about})" if about else _sentence(rest)


def _asks(text: str) -> bool:
    return bool(_QUESTION_WORD.search(text) or _VERB_FIRST.search(text))


def _leans(rest: str, opened: bool) -> bool:
    """Whether a question needs the one before it."""
    if _POINTS_BACK.search(_POINTS_WITHIN.sub(" ", rest)):
        return True
    if not _asks(rest):
        return opened or len(stems(rest)) <= 2
    return (opened or len(stems(rest)) <= 1) and not names(rest)


def _corrected(meant: str, earlier: str) -> str:
    """The earlier question with what was meant in the place of what was said."""
    for shape in (_NOT_BUT, _BUT_NOT):
        if (match := shape.match(meant)) is not None:
            old, new = match["old"].strip(" ,"), match["new"].strip(" ,.")
            changed = re.sub(
                re.escape(_PREPOSITION.sub("", old)), _PREPOSITION.sub("", new), earlier, flags=re.I
            )
            return changed if changed != earlier else _replaced(new, earlier)
    return _replaced(meant, earlier)


def _replaced(rest: str, earlier: str) -> str:
    """ "and in 2022?" asks the earlier question again, with the like part replaced."""
    part = rest.strip(" ?.!")
    bare = _PREPOSITION.sub("", part)
    # What is left of "and in may?" is read as a date, which the question it follows need not have proved.
    if (given := date_expressions(f"in {bare}")) and given[0].end - given[0].start >= len(bare) - 4:
        if old := date_expressions(earlier, or_counts=True):
            # "And in May?" after "in June 2023" means May 2023.
            same_year = f" {old[0].year}" if old[0].year and given[0].year is None else ""
            return earlier[: old[0].start] + bare + same_year + earlier[old[0].end :]
        return f"{earlier.rstrip(' ?')} {part}?"
    known = names(earlier)
    if known and names(bare, first_word=True):
        old_name = _like(bare, known)
        return earlier.replace(old_name, bare)
    return f"{earlier.rstrip(' ?')}, {part}?"


def _like(name: str, known: Sequence[str]) -> str:
    """Of the names in the earlier question the last of the same sort: a country for a country."""
    if is_country(name):
        countries = [one for one in known if is_country(one)]
        return countries[-1] if countries else known[-1]
    others = [one for one in known if not is_country(one)]
    return others[-1] if others else known[-1]


def _about(earlier: str, rest: str) -> str:
    """What the earlier question was about: its words without those that only ask or point back."""
    text = re.sub(r"[()?!]", " ", re.sub(_QUESTION_WORD.pattern + r"(?:['’]s)?", " ", earlier, flags=re.I))
    text = re.sub(r"\b(?:there|many|much|that|this|it|they)\b", " ", text, flags=re.I)
    text = re.sub(
        r"^\s*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b", " ", text, flags=re.I
    )
    words = " ".join(text.split())
    return "" if fold(words) in fold(rest) else words


def _named_in(answer: str, asked: str) -> str:
    """The one name in the first sentence of the last answer that the questions lack: "he" may be that one.

    Empty where there are several, or none.
    """
    first = re.split(r"(?<=[.!?])\s|\s\[\d", answer, maxsplit=1)[0]
    fresh = [
        one for one in dict.fromkeys(names(first)) if fold(one) not in fold(asked) and not _OWN.match(one)
    ]
    return fresh[0] if len(fresh) == 1 else ""


_OWN = re.compile(r"(?:I|You|We)\b")  # "I'd" is no name


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
