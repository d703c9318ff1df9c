"""What a question asks for: the kind of fact, and the words that matter."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.language.countries import country_aliases
from assistant.language.words import names, stems
from assistant.questions.answer_types import AnswerType, expected_answer_type
from assistant.questions.times import time_asked, time_words
from ingest.text.cleaning import one_line

LONGEST = 20_000  # characters: longer is a document, not a question
_MOST_NAMES = 20  # looked for, of a pasted page
_LONGEST_NAME = 12  # words


@dataclass(frozen=True)
class Question:
    text: str
    terms: tuple[str, ...]  # stems of the words that carry meaning, each once
    names: tuple[str, ...]
    kin: tuple[str, ...] = ()  # other names of the countries it names
    answer_type: AnswerType = "thing"  # the kind of fact it asks for
    times: tuple[str, ...] = ()  # dates in one of which what is asked lies
    time_words: str = ""  # that name them

    @property
    def search_text(self) -> str:
        """What is searched for: the question, and the countries behind its capitals and adjectives."""
        return f"{self.text} ({', '.join(self.kin)})" if self.kin else self.text


def parse(text: str) -> Question:
    """Raises ValueError, in words, for an empty or over-long question."""
    line = one_line(text)
    if not line:
        raise ValueError("The question is empty: write what you want to know")
    if len(line) > LONGEST:
        raise ValueError(
            f"The question has {len(line):,} characters, the most is {LONGEST:,}: to ask about a long text, add "
            "it to the index as a report"
        )
    named = [name for name in dict.fromkeys(names(line)) if name.count(" ") < _LONGEST_NAME][:_MOST_NAMES]
    return Question(
        line,
        tuple(dict.fromkeys(stems(line))),
        tuple(named),
        tuple(country_aliases(line)),
        expected_answer_type(line),
        time_asked(line),
        time_words(line),
    )
