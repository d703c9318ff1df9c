"""The bottom line says nothing that is not said, with its source, below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.grounding.similarity import Embed
from assistant.language.quantities import quantities
from assistant.language.tokens import tokenize
from assistant.language.words import numbers, stems
from assistant.lint.draft.draft import DraftBriefing, DraftStatement
from assistant.lint.draft.finding import Finding, finding
from assistant.lint.draft.icd203_terms import likelihoods
from assistant.lint.draft.notes import DraftNote
from assistant.lint.draft.reported_speech import plain_words
from assistant.lint.rules.cited import is_factual
from assistant.results.annotations import without_report_date
from ingest.text.date_patterns import YEAR

# Shares of the bottom line's stems. One paragraph below must hold enough of them to speak of the same thing; where it
# cites a report that the bottom line cites, too, a few suffice, or that the quoted words carry the sentence (three in
# ten, as in support/checking.py): the paragraph then goes into that report, and the note shows the rest. Set on the
# briefings of the first half of tests/benchmarks/lint_faults.py.
_LEAST = 0.4
_LEAST_WITH_REPORT = 0.2
_LEAST_IN_QUOTE = 0.3
# Cosines from which a sentence below means what the bottom line says. Other matters of the same country reach 0.47;
# between sentences that cite one note less proves it.
_LIKE = 0.6
_LIKE_WITH_NOTE = 0.35


def uncovered_findings(draft: DraftBriefing, embed: Embed | None = None) -> Iterator[Finding]:
    """`embed` turns n texts into (n, d) unit vectors; it is asked only where words do not tell."""
    below = [one for one in draft.stating if one.role != "bottom line"]
    if not below:
        return
    paragraphs = [
        [one for one in below if one.paragraph == place] for place in {one.paragraph for one in below}
    ]
    for one in draft.stating:
        if one.role != "bottom line" or not is_factual(one):
            continue
        if not any(_covers(draft, one, paragraph) for paragraph in paragraphs) and not _is_like(
            draft, one, below, embed
        ):
            yield finding(
                one,
                "bottom-line-not-covered",
                "no paragraph below says what this sentence of the bottom line says",
                "Add the paragraph that it sums up, or take it out of the bottom line.",
            )
        elif not draft.quotes(one) and (missing := _figures_missing(one, below)):  # else see quoted.figures
            yield finding(
                one,
                "bottom-line-not-covered",
                f"{_listed(missing)} stands nowhere below",
                "Give the figure below, with its source, or take it out of the bottom line.",
            )


def _covers(draft: DraftBriefing, one: DraftStatement, paragraph: Sequence[DraftStatement]) -> bool:
    share = _share(one.text, " ".join(f"{each.text} {each.beside}" for each in paragraph))
    theirs = [note for each in paragraph for note in draft.cited(each)]
    if likelihoods(one.text) and any(set(one.markers) & set(each.markers) for each in paragraph):
        return True  # a judgement on facts that are given below
    if not any(_same_report(note, other) for note in draft.cited(one) for other in theirs):
        return share >= _LEAST
    return share >= _LEAST_WITH_REPORT or _share(one.text, " ".join(draft.quotes(one))) >= _LEAST_IN_QUOTE


def _is_like(
    draft: DraftBriefing, one: DraftStatement, below: Sequence[DraftStatement], embed: Embed | None
) -> bool:
    """Whether a sentence below that cites the same note, or any very like it, means what the bottom line says."""
    if embed is None:
        return False
    vectors = embed([one.text, *(each.text for each in below)])
    for each, likeness in zip(below, vectors[1:] @ vectors[0], strict=True):
        same = bool(set(one.markers) & set(each.markers))
        if likeness >= (_LIKE_WITH_NOTE if same else _LIKE):
            return True
    return False


def _share(sentence: str, text: str) -> float:
    """How much of a sentence's stems a text holds."""
    said = set(stems(without_report_date(sentence)))
    return len(said & set(stems(text))) / len(said) if said else 1.0


def _same_report(note: DraftNote, other: DraftNote) -> bool:
    """Whether two notes name one report: the same id, title or beginning of the credit."""
    if note.label == other.label:
        return True
    if note.document is not None and other.document is not None:
        return note.document == other.document
    return _report(note) == _report(other)


def _report(note: DraftNote) -> str:
    """A credit up to and with its date: what comes then is the page."""
    dated = re.search(rf".*?\b(?:{YEAR}|undated|n\.d\.)(?!\w)", note.credit)
    return plain_words(dated[0] if dated else note.credit)


def _figures_missing(one: DraftStatement, below: Sequence[DraftStatement]) -> list[str]:
    reading = tokenize(without_report_date(one.text))
    held = set[float]().union(*(numbers(f"{each.text} {each.beside}") for each in below))
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
