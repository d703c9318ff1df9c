"""The bottom line says nothing that is not said, with its source, below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.lint.cited import is_factual
from assistant.lint.draft import Draft, Statement
from assistant.lint.finding import Finding, of
from assistant.lint.notes import Note
from assistant.lint.passed_on import plain
from assistant.support.quantities import quantities
from assistant.support.reading import read
from assistant.words import numbers, stems

# Shares of the bottom line's stems that one paragraph below must hold: where it cites a report that the bottom line
# cites, too, a few suffice; else enough that it speaks of the same thing. Set on the briefings of the first half of
# tests/benchmarks/lint_faults.py.
_LEAST_WITH_SOURCE = 0.12
_LEAST = 0.4


def uncovered(draft: Draft) -> Iterator[Finding]:
    below = [one for one in draft.stating if one.role != "bottom line"]
    if not below:
        return
    paragraphs = [
        [one for one in below if one.paragraph == place] for place in {one.paragraph for one in below}
    ]
    for one in draft.stating:
        if one.role != "bottom line" or not is_factual(one):
            continue
        if not any(_covers(draft, one, paragraph) for paragraph in paragraphs):
            yield of(
                one,
                "bottom-line-not-covered",
                "no paragraph below says what this sentence of the bottom line says",
                "Add the paragraph that it sums up, or take it out of the bottom line.",
            )
        elif missing := _figures_missing(draft, one, below):
            yield of(
                one,
                "bottom-line-not-covered",
                f"{_listed(missing)} stands neither below nor in the quoted source",
                "Give the figure below, with its source, or take it out of the bottom line.",
            )


def _covers(draft: Draft, one: Statement, paragraph: Sequence[Statement]) -> bool:
    theirs = [note for each in paragraph for note in draft.cited(each)]
    same = any(_same_source(note, other) for note in draft.cited(one) for other in theirs)
    return goes_into(" ".join(f"{each.text} {each.beside}" for each in paragraph), one.text, same_report=same)


def goes_into(paragraph: str, sentence: str, *, same_report: bool) -> bool:
    """Whether a paragraph speaks of what a sentence of the bottom line says, judged by the words they share."""
    said = set(stems(sentence))
    share = len(said & set(stems(paragraph))) / len(said) if said else 1.0
    return share >= (_LEAST_WITH_SOURCE if same_report else _LEAST)


def _same_source(note: Note, other: Note) -> bool:
    """Whether two notes name one report: the same id, title or beginning of the credit."""
    if note.label == other.label:
        return True
    if note.document is not None and other.document is not None:
        return note.document == other.document
    return _report(note) == _report(other)


def _report(note: Note) -> str:
    """A credit up to and with its date: what comes then is the page."""
    dated = re.search(r".*?\b(?:19|20)\d{2}\b", note.credit)
    return plain(dated[0] if dated else note.credit)


def _figures_missing(draft: Draft, one: Statement, below: Sequence[Statement]) -> list[str]:
    reading = read(one.text)
    held = set[float]().union(*(numbers(f"{each.text} {each.beside}") for each in below))
    held = held.union(*(numbers(quote) for quote in draft.quotes(one)))
    return [
        reading.plain[figure.start : figure.end].strip()
        for figure in quantities(reading)
        if figure.kind == "number"
        and figure.unit != "times"
        and figure.value > 1
        and figure.value not in held
    ]


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
