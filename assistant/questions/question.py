"""A question, parsed: its terms, names and times, and the type of answer it expects."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.language.countries import country_aliases
from assistant.language.words import names, stems
from assistant.questions.answer_types import AnswerType, expected_answer_type
from assistant.questions.times import time_asked, time_words
from ingest.text.cleaning import one_line

MAX_QUESTION = 20_000  # characters; a longer text is a document, not a question
_MOST_NAMES = 20  # a pasted page may have hundreds
_LONGEST_NAME = 12  # words


@dataclass(frozen=True)
class Question:
    """A question, parsed."""

    text: str  # one line
    terms: tuple[str, ...]  # stems of all words except stop words, each once
    names: tuple[str, ...]  # each once, in order
    country_aliases: tuple[str, ...] = ()  # other names of the countries in it
    answer_type: AnswerType = "thing"
    times: tuple[str, ...] = ()  # YYYY, YYYY-MM or YYYY-MM-DD: it asks about one of these
    time_words: str = ""  # the words for `times` in the question

    @property
    def search_text(self) -> str:
        """The text to search for: the question with the countries behind its capitals and adjectives."""
        return f"{self.text} ({', '.join(self.country_aliases)})" if self.country_aliases else self.text


def parse(text: str) -> Question:
    """Parse a question. Raises ValueError if it is empty or longer than MAX_QUESTION characters."""
    line = one_line(text)
    if not line:
        raise ValueError("The question is empty: write what you want to know")
    if len(line) > MAX_QUESTION:
        raise ValueError(
            f"The question has {len(line):,} characters, the most is {MAX_QUESTION:,}: to ask about a long text, add "
            "it to the index as a report"
        )
    names_in_line = [name for name in dict.fromkeys(names(line)) if name.count(" ") < _LONGEST_NAME]
    return Question(
        line,
        tuple(dict.fromkeys(stems(line))),
        tuple(names_in_line[:_MOST_NAMES]),
        tuple(country_aliases(line)),
        expected_answer_type(line),
        time_asked(line),
        time_words(line),
    )
