"""A sentence read for setting it beside another report's: its words, names, dates and place, each by itself."""

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

_UNSURE = re.compile(
    r"\b(?:will|would|could|should|might|may|can|if|unless|whether|expect(?:s|ed|ing)?|plan(?:s|ning)? to|planned|"
    r"forecasts?|projected|likely|unlikely|possibl[ey]|intend(?:s|ed)?|threaten(?:s|ed)|hopes? (?:to|that)|wants?|"
    r"aims? to|scheduled|due to|ought|until|feared)\b"
)
_BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Statement:
    """One sentence with what it can be compared by."""

    evidence: Evidence

    @cached_property
    def _dated(self) -> list[tuple[str, int, int]]:
        one = self.evidence
        found = dates_in(one.text, one.passage.text[: one.start], one.passage.published)
        return [(each.date, each.start, each.end) for each in found]

    @cached_property
    def when(self) -> frozenset[str]:
        """The dates that it states: YYYY, YYYY-MM or YYYY-MM-DD."""
        return frozenset(date for date, _, _ in self._dated)

    def dated(self, at: int) -> frozenset[str]:
        """The date of what stands at a place of the sentence: of several the nearest, where it has none, `around`."""
        if not self._dated:
            return self.around
        nearest = min(self._dated, key=lambda each: min(abs(each[1] - at), abs(at - each[2])))
        return frozenset((nearest[0],))

    @cached_property
    def around(self) -> frozenset[str]:
        """The dates of the sentence before it in its paragraph: where it has none, it speaks of the same time."""
        one = self.evidence
        paragraph = _BREAK.split(one.passage.text[: one.start])[-1]
        spans = sentences(paragraph)
        if not spans:
            return frozenset()
        start, end = spans[-1]
        return frozenset(each.date for each in dates_in(paragraph[start:end], "", one.passage.published))

    @cached_property
    def plain(self) -> str:
        """The sentence with its dates blanked out."""
        text = list(self.evidence.text)
        for _, start, end in self._dated:
            text[start:end] = ";" * (end - start)
        return "".join(text)

    @cached_property
    def reading(self) -> TokenizedText:
        return tokenize(self.plain)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of the words that carry meaning, numbers and dates left out; words of one meaning share one."""
        return frozenset(
            word.stem for word in self.reading.words if word.carries and not word.text[0].isdigit()
        )

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(fold(name) for name in names(self.plain, first_word=False))

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """Stems of the words of its names, the first word of the sentence included where it has a capital."""
        return frozenset(
            stem(word) for name in names(self.plain, first_word=True) for word in fold(name).split()
        )

    @cached_property
    def countries(self) -> frozenset[str]:
        return countries(self.plain) - {UNITED_NATIONS}

    @cached_property
    def place(self) -> str | None:
        return place_of([self.plain])

    @property
    def is_sure(self) -> bool:
        """Whether it states what is or was, not what may be, was planned or is asked."""
        return _UNSURE.search(self.plain) is None

    @property
    def published(self) -> str | None:
        return self.evidence.passage.published


def timing(one: Statement, other: Statement) -> Timing:
    """Whether two sentences speak of one time, of different times, or leave it open."""
    return same_time(one.when or one.around, other.when or other.around)


def same_time(mine: frozenset[str], theirs: frozenset[str]) -> Timing:
    """Whether dates of two sentences can be one: a month holds its days, a year its months."""
    if not mine or not theirs:
        return "open"
    return "same" if any(a.startswith(b) or b.startswith(a) for a in mine for b in theirs) else "apart"


def same_day(one: Statement, other: Statement) -> bool:
    """Whether a day stands in both, or in the sentences before them."""
    return any(len(date) == 10 for date in (one.when or one.around) & (other.when or other.around))


def different_place(one: Statement, other: Statement) -> bool:
    """Whether the two tell of different countries, or of places neither of which the other names."""
    if one.countries and other.countries and unmatched(one.countries, other.countries) == one.countries:
        return True
    if not one.place or not other.place or not are_apart(one.place, other.place):
        return False
    return fold(one.place) not in fold(other.evidence.text) and fold(other.place) not in fold(
        one.evidence.text
    )


def days_between(one: str | None, other: str | None) -> int | None:
    """Days that at least lie between two dates; None where one is not known."""
    if not one or not other:
        return None
    a, b = sorted((one, other), key=first_day)
    gap = _day(first_day(b)) - _day(last_day(a))
    return max(0, gap)


def _day(date: str) -> int:
    return datetime.date.fromisoformat(date).toordinal()


def common_subject(shared: Iterable[str], text: str, otherwise: str = "") -> str:
    """What two sentences speak of, by up to two names that both hold, written as `text` writes them."""
    written = {fold(name): name for name in names(text)}
    held = sorted((name for name in shared if not is_adjective(name)), key=lambda name: (-len(name), name))
    return ", ".join(written.get(name, name) for name in held[:2]) or otherwise
