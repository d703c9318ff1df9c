"""Rewrites a follow-up such as "and how many were killed there?" into a question that stands alone, without a model.

A turn is an instruction ("shorter", "only from ACCORD"), a correction ("no, I meant Niger"), a follow-up, or a new
question. Instructions stay in force until a new question changes the subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

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
# "The number that fled", "there are": words of _POINTS_BACK that do not refer to an earlier turn.
_POINTS_WITHIN = re.compile(
    r"\b(?:is|was|are|were) there\b|\bthere (?:is|was|are|were)\b|"
    r"\bthat (?=\w+ed\b|is\b|was\b|are\b|were\b|has\b|had\b)",
    re.I,
)
_PERSONAL = re.compile(r"\b(?:he|him|his|she|her|hers|it|its|they|them|their|theirs)\b", re.I)
_QUESTION_WORD = re.compile(r"\b(?:who|whom|whose|what|when|where|which|why|how)\b", re.I)
_VERB_FIRST = re.compile(r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b", re.I)
_PREPOSITION = re.compile(r"^(?:in|for|on|at|during|by|since|after|before|from|with|to|of|about)\s+", re.I)
_FIRST_PERSON = re.compile(r"(?:I|You|We)\b")  # capitalised, but no name: "I'd"


@dataclass(frozen=True)
class StandaloneQuestion:
    """A question that needs no earlier turn, with the instructions in force."""

    question: str
    instructions: Instructions = field(default_factory=Instructions)
    only_instructs: bool = False  # the last turn asks nothing itself: "shorter, and only from ACCORD"

    @property
    def in_words(self) -> str:
        """What was understood: "How many attacks were there in Mali? (only from ACCORD, shorter)"."""
        instructions = self.instructions.in_words
        return f"{self.question} ({instructions})" if instructions else self.question


def standalone_question(
    question: str, history: Sequence[HistoryTurn], publishers: Sequence[str] = ()
) -> StandaloneQuestion:
    """The last turn of a conversation as a question that stands alone; `history` has the oldest turn first.

    `publishers` are those of the index, for instructions like "only from ACCORD".
    """
    current: StandaloneQuestion | None = None
    answer = ""  # the desk's last answer
    for role, content in [*history, ("user", question)]:
        if role != "user":
            answer = content
            continue
        instructions = instructions_in(content, publishers)
        if current is not None and instructions is not None:
            current = StandaloneQuestion(current.question, current.instructions.then(instructions), True)
            continue
        bare, length = length_asked(" ".join(content.split()))
        earlier = current.question if current is not None else ""
        joined = _join(bare, earlier, answer)
        is_follow_up = current is not None and joined != bare
        in_force = current.instructions if current is not None and is_follow_up else Instructions()
        # The length of an answer is never inherited, and applies only to the turn that asks for it.
        current = StandaloneQuestion(joined, replace(in_force, length=length), instructions is not None)
    assert current is not None
    return current


def make_standalone(question: str, history: Sequence[HistoryTurn]) -> str:
    """The question of `standalone_question`, without instructions.

    >>> make_standalone("And in Kayes?", [("user", "How many attacks were there in Mopti?")])
    'How many attacks were there in Kayes?'
    """
    return standalone_question(question, history).question


def _join(question: str, earlier: str, answer: str = "") -> str:
    """A turn completed from the question before it; `answer` is the desk's answer between them."""
    if not earlier:
        return question
    if correction := _CORRECTS.match(question):
        meant = question[correction.end() :].strip(" .!")
        if meant and not _asks(meant):
            return _corrected(meant, earlier)
        question = meant or question
    elif (
        (swap := _BUT_NOT.match(question)) is not None
        and not _asks(question)
        and fold(_PREPOSITION.sub("", swap["old"].strip(" .!"))) in fold(earlier)
    ):  # "Niger, not Mali"
        return _corrected(question.strip(" .!"), earlier)
    opener = _OPENER.match(question)
    rest = question[opener.end() :] if opener else question
    if not _depends_on_earlier(rest, opener is not None):
        return _capitalised(question)
    if not _asks(rest):
        return _replaced(rest, earlier)
    context = _subject(earlier, rest)
    if name := _name_in_answer(answer, f"{earlier} {rest}") if _PERSONAL.search(rest) else "":
        context = f"{context}, {name}" if context else name
    return f"{_capitalised(rest)} ({context})" if context else _capitalised(rest)


def _asks(text: str) -> bool:
    """True if a text has the form of a question.

    >>> _asks("did it end"), _asks("who left"), _asks("in Kayes")
    (True, True, False)
    """
    return bool(_QUESTION_WORD.search(text) or _VERB_FIRST.search(text))


def _depends_on_earlier(rest: str, has_opener: bool) -> bool:
    """True if a turn needs the question before it; `has_opener`: it began with "and", "what about" or the like.

    >>> _depends_on_earlier("how many died there?", False), _depends_on_earlier("who governs Kolda?", True)
    (True, False)
    """
    if _POINTS_BACK.search(_POINTS_WITHIN.sub(" ", rest)):
        return True
    if not _asks(rest):
        return has_opener or len(stems(rest)) <= 2
    return (has_opener or len(stems(rest)) <= 1) and not names(rest)


def _corrected(meant: str, earlier: str) -> str:
    """The earlier question with the correction put in.

    >>> _corrected("Niger, not Mali", "Who left Mali?")
    'Who left Niger?'
    """
    for pattern in (_NOT_BUT, _BUT_NOT):
        if (match := pattern.match(meant)) is not None:
            old, new = match["old"].strip(" ,"), match["new"].strip(" ,.")
            corrected = re.sub(
                re.escape(_PREPOSITION.sub("", old)), _PREPOSITION.sub("", new), earlier, flags=re.I
            )
            return corrected if corrected != earlier else _replaced(new, earlier)
    return _replaced(meant, earlier)


def _replaced(rest: str, earlier: str) -> str:
    """The earlier question with a date or name replaced by the one in `rest`, or with `rest` added.

    >>> _replaced("in May?", "Who fled in June 2023?"), _replaced("by force?", "Who fled?")
    ('Who fled in May 2023?', 'Who fled, by force?')
    """
    part = rest.strip(" ?.!")
    bare = _PREPOSITION.sub("", part)
    # Put after "in", a lone month or year is certainly read as a date. It has to fill the part, give or take four
    # characters.
    if (new := date_expressions(f"in {bare}")) and new[0].end - new[0].start >= len(bare) - 4:
        if old := date_expressions(earlier, or_counts=True):
            # "And in May?" after "in June 2023" means May 2023.
            same_year = f" {old[0].year}" if old[0].year and new[0].year is None else ""
            return earlier[: old[0].start] + bare + same_year + earlier[old[0].end :]
        return f"{earlier.rstrip(' ?')} {part}?"
    earlier_names = names(earlier)
    if earlier_names and names(bare, first_word=True):
        return earlier.replace(_counterpart(bare, earlier_names), bare)
    return f"{earlier.rstrip(' ?')}, {part}?"


def _counterpart(name: str, earlier_names: Sequence[str]) -> str:
    """The last earlier name of the same sort, a country for a country; the last of all if there is none.

    >>> _counterpart("Niger", ["Mali", "Wagner"]), _counterpart("Barkhane", ["Takuba", "Mali"])
    ('Mali', 'Takuba')
    """
    if is_country(name):
        countries = [earlier for earlier in earlier_names if is_country(earlier)]
        return countries[-1] if countries else earlier_names[-1]
    others = [earlier for earlier in earlier_names if not is_country(earlier)]
    return others[-1] if others else earlier_names[-1]


def _subject(earlier: str, rest: str) -> str:
    """The words of the earlier question that name its subject; "" if `rest` already has them.

    >>> _subject("Who attacked the post at Kolda?", "how many died")
    'attacked the post at Kolda'
    """
    text = re.sub(r"[()?!]", " ", re.sub(_QUESTION_WORD.pattern + r"(?:['’]s)?", " ", earlier, flags=re.I))
    text = re.sub(r"\b(?:there|many|much|that|this|it|they)\b", " ", text, flags=re.I)
    text = re.sub(
        r"^\s*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b", " ", text, flags=re.I
    )
    words = " ".join(text.split())
    return "" if fold(words) in fold(rest) else words


def _name_in_answer(answer: str, questions: str) -> str:
    """The only new name in the first sentence of an answer, which a pronoun may refer to; "" if not exactly one.

    `questions` is the text of the last questions, whose names are not new.

    >>> _name_in_answer("The force was led by Marc Conruyt. [1]", "Who led the force? When was he killed?")
    'Marc Conruyt'
    """
    first = re.split(r"(?<=[.!?])\s|\s\[\d", answer, maxsplit=1)[0]
    new_names = [
        name
        for name in dict.fromkeys(names(first))
        if fold(name) not in fold(questions) and not _FIRST_PERSON.match(name)
    ]
    return new_names[0] if len(new_names) == 1 else ""


def _capitalised(text: str) -> str:
    """The text with its first letter in upper case, the rest unchanged."""
    return text[:1].upper() + text[1:]
