"""A sentence prepared for comparison with one of another report: its words, names, dates and place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assistant.events.places import are_apart, place_of
from assistant.evidence.scoring import Evidence
from assistant.language.countries import UNITED_NATIONS, countries, is_adjective, unmatched
from assistant.language.dates import dates_in
from assistant.language.tokens import TokenizedText, tokenize
from assistant.language.words import names, stem
from ingest import sentences
from vectorstore import first_day, last_day
from vectorstore.terms import fold

Timing = Literal["same", "apart", "open"]

_UNCERTAIN = re.compile(
    r"\b(?:will|would|could|should|might|may|can|if|unless|whether|expect(?:s|ed|ing)?|plan(?:s|ning)? to|planned|"
    r"forecasts?|projected|likely|unlikely|possibl[ey]|intend(?:s|ed)?|threaten(?:s|ed)|hopes? (?:to|that)|wants?|"
    r"aims? to|scheduled|due to|ought|until|feared)\b"
)
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Statement:
    """One sentence with what it is compared by; everything is computed once, on first use."""

    evidence: Evidence

    @cached_property
    def _date_spans(self) -> list[tuple[str, int, int]]:
        evidence = self.evidence
        mentions = dates_in(
            evidence.text, evidence.passage.text[: evidence.start], evidence.passage.published
        )
        return [(mention.date, mention.start, mention.end) for mention in mentions]

    @cached_property
    def when(self) -> frozenset[str]:
        """The dates in the sentence: YYYY, YYYY-MM or YYYY-MM-DD."""
        return frozenset(date for date, _, _ in self._date_spans)

    def dated(self, offset: int) -> frozenset[str]:
        """The date nearest to an offset of the sentence; `around` if the sentence has none."""
        if not self._date_spans:
            return self.around
        nearest = min(self._date_spans, key=lambda date: min(abs(date[1] - offset), abs(offset - date[2])))
        return frozenset((nearest[0],))

    @cached_property
    def around(self) -> frozenset[str]:
        """The dates of the sentence before in its paragraph: a sentence without dates is about the same time."""
        evidence = self.evidence
        paragraph = _PARAGRAPH_BREAK.split(evidence.passage.text[: evidence.start])[-1]
        spans = sentences(paragraph)
        if not spans:
            return frozenset()
        start, end = spans[-1]
        return frozenset(
            mention.date for mention in dates_in(paragraph[start:end], "", evidence.passage.published)
        )

    @cached_property
    def plain(self) -> str:
        """The sentence with each character of its dates replaced by ";", so that offsets stay the same."""
        text = list(self.evidence.text)
        for _, start, end in self._date_spans:
            text[start:end] = ";" * (end - start)
        return "".join(text)

    @cached_property
    def reading(self) -> TokenizedText:
        """`plain`, tokenized."""
        return tokenize(self.plain)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of the content words without numbers and dates; synonyms share a stem."""
        return frozenset(
            word.stem for word in self.reading.words if word.has_meaning and not word.text[0].isdigit()
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """The names in the sentence, folded, without a first word that may be capitalised for its place only."""
        return frozenset(fold(name) for name in names(self.plain, first_word=False))

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """Stems of the words of its names, the capitalised first word of the sentence included."""
        return frozenset(
            stem(word) for name in names(self.plain, first_word=True) for word in fold(name).split()
        )

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries in the sentence, as ISO codes."""
        return countries(self.plain) - {UNITED_NATIONS}

    @cached_property
    def place(self) -> str | None:
        """The place of its event, as written."""
        return place_of([self.plain])

    @property
    def is_sure(self) -> bool:
        """Whether it states what is or was: "The post fell." is sure, "The post may fall." is not."""
        return _UNCERTAIN.search(self.plain) is None

    @property
    def published(self) -> str | None:
        """The date of its report: YYYY, YYYY-MM or YYYY-MM-DD."""
        return self.evidence.passage.published


def timing(statement: Statement, other_statement: Statement) -> Timing:
    """Whether two sentences are about one time, different times, or leave it open: see `same_time`."""
    return same_time(statement.when or statement.around, other_statement.when or other_statement.around)


def same_time(dates: frozenset[str], other_dates: frozenset[str]) -> Timing:
    """Whether two sets of dates have a pair that can be one date; "open" if a set is empty.

    `same_time(frozenset({"2022-05"}), frozenset({"2022-05-17"})) == "same"`.
    """
    if not dates or not other_dates:
        return "open"
    return "same" if any(a.startswith(b) or b.startswith(a) for a in dates for b in other_dates) else "apart"


def same_day(statement: Statement, other_statement: Statement) -> bool:
    """Whether both sentences, or the ones before them, give the same day."""
    return any(
        len(date) == 10
        for date in (statement.when or statement.around) & (other_statement.when or other_statement.around)
    )


def different_place(statement: Statement, other_statement: Statement) -> bool:
    """Whether two sentences are about different countries, or about places of which neither names the other's."""
    if (
        statement.countries
        and other_statement.countries
        and unmatched(statement.countries, other_statement.countries) == statement.countries
    ):
        return True
    if (
        not statement.place
        or not other_statement.place
        or not are_apart(statement.place, other_statement.place)
    ):
        return False
    return fold(statement.place) not in fold(other_statement.evidence.text) and fold(
        other_statement.place
    ) not in fold(statement.evidence.text)


def days_between(date: str | None, other_date: str | None) -> int | None:
    """The least number of days between two dates, 0 or more; None if one is unknown.

    `days_between("2022-05", "2022-06-03") == 3`: from the last day of May.
    """
    if not date or not other_date:
        return None
    a, b = sorted((date, other_date), key=first_day)
    gap = _day(first_day(b)) - _day(last_day(a))
    return max(0, gap)


def _day(date: str) -> int:
    """The ordinal number of a day YYYY-MM-DD."""
    return datetime.date.fromisoformat(date).toordinal()


def common_subject(names_in_common: Iterable[str], text: str, otherwise: str = "") -> str:
    """Up to two shared names, the longest first, as `text` writes them; `otherwise` if there are none.

    `names_in_common` are folded. `common_subject({"inabar"}, "The army left Inabar.") == "Inabar"`.
    """
    written = {fold(name): name for name in names(text)}
    subjects = sorted(
        (name for name in names_in_common if not is_adjective(name)), key=lambda name: (-len(name), name)
    )
    return ", ".join(written.get(name, name) for name in subjects[:2]) or otherwise
