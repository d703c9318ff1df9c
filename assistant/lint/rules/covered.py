"""Rule on the bottom line: it may say only what a paragraph below says with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.language.quantities import quantities
from assistant.language.tokens import tokenize
from assistant.language.words import numbers, stems
from assistant.lint.draft.draft import DraftBriefing, DraftStatement
from assistant.lint.draft.finding import Finding, finding
from assistant.lint.draft.icd203_terms import likelihoods
from assistant.lint.draft.notes import DraftNote
from assistant.lint.draft.reported_speech import plain_words
from assistant.lint.rules.cited import is_factual
from assistant.results.annotations import without_annotations
from ingest.text.date_patterns import YEAR
from vectorstore.embedding.types import Embed

# A sentence of the bottom line is covered by a paragraph below that holds enough of its stems. A paragraph that cites
# the same report needs fewer, or none if the quoted words hold enough: the note then shows the rest.
#
# threshold               | share of the sentence's stems in …              | set on
# _LEAST             0.4  | the paragraph                                   | briefings of the first half of
# _LEAST_WITH_REPORT 0.2  | a paragraph that cites the same report          | tests/benchmarks/lint_faults.py
# _LEAST_IN_QUOTE    0.3  | the words the sentence's own notes quote        | (all three)
_LEAST = 0.4
_LEAST_WITH_REPORT = 0.2
_LEAST_IN_QUOTE = 0.3
# Cosine from which a sentence below means the same as one of the bottom line. Sentences on other matters of the same
# country reach 0.47; if both cite one note, a lower cosine is proof enough.
_LIKE = 0.6
_LIKE_WITH_NOTE = 0.35


def uncovered_findings(draft: DraftBriefing, embed: Embed | None = None) -> Iterator[Finding]:
    """`bottom-line-not-covered`: sentences or figures of the bottom line that no paragraph below repeats.

    `embed` turns n texts into (n, d) unit vectors. It is called only where shared words do not decide, and None
    leaves meaning out.
    """
    below = [statement for statement in draft.stating if statement.role != "bottom line"]
    if not below:
        return
    paragraphs = [
        [statement for statement in below if statement.paragraph == place]
        for place in {statement.paragraph for statement in below}
    ]
    for statement in draft.stating:
        if statement.role != "bottom line" or not is_factual(statement):
            continue
        if not any(_covers(draft, statement, paragraph) for paragraph in paragraphs) and not _is_like(
            draft, statement, below, embed
        ):
            yield finding(
                statement,
                "bottom-line-not-covered",
                "no paragraph below says what this sentence of the bottom line says",
                "Add the paragraph that it sums up, or take it out of the bottom line.",
            )
        elif not draft.quotes(statement) and (missing := _figures_missing(statement, below)):
            # Figures of a sentence that cites a quote are checked by quoted.figure_findings.
            yield finding(
                statement,
                "bottom-line-not-covered",
                f"{_listed(missing)} stands nowhere below",
                "Give the figure below, with its source, or take it out of the bottom line.",
            )


def _covers(draft: DraftBriefing, statement: DraftStatement, paragraph: Sequence[DraftStatement]) -> bool:
    """True if a paragraph below says what a sentence of the bottom line says, by their words and notes."""
    share = _share(statement.text, " ".join(f"{other.text} {other.beside}" for other in paragraph))
    theirs = [note for other in paragraph for note in draft.cited(other)]
    if likelihoods(statement.text) and any(
        set(statement.markers) & set(other.markers) for other in paragraph
    ):
        return True  # a judgement on facts that are stated below
    if not any(_same_report(note, cited) for note in draft.cited(statement) for cited in theirs):
        return share >= _LEAST
    return (
        share >= _LEAST_WITH_REPORT
        or _share(statement.text, " ".join(draft.quotes(statement))) >= _LEAST_IN_QUOTE
    )


def _is_like(
    draft: DraftBriefing, statement: DraftStatement, below: Sequence[DraftStatement], embed: Embed | None
) -> bool:
    """True if a sentence below means the same as one of the bottom line, by the cosine of their vectors.

    Sentences that cite the same note need to be less alike than others.
    """
    if embed is None:
        return False
    vectors = embed([statement.text, *(statement_below.text for statement_below in below)])
    for statement_below, likeness in zip(below, vectors[1:] @ vectors[0], strict=True):
        same = bool(set(statement.markers) & set(statement_below.markers))
        if likeness >= (_LIKE_WITH_NOTE if same else _LIKE):
            return True
    return False


def _share(sentence: str, text: str) -> float:
    """The share, 0 to 1, of a sentence's stems that a text holds.

    `_share("The port was closed.", "They closed the port")` is 1.0.
    """
    sentence_stems = set(stems(without_annotations(sentence)))
    return len(sentence_stems & set(stems(text))) / len(sentence_stems) if sentence_stems else 1.0


def _same_report(note: DraftNote, cited: DraftNote) -> bool:
    """True if two notes name one report: same label, document id, or credit up to its date."""
    if note.label == cited.label:
        return True
    if note.document is not None and cited.document is not None:
        return note.document == cited.document
    return _report(note) == _report(cited)


def _report(note: DraftNote) -> str:
    """A note's credit up to and including its date, after which only the page follows."""
    dated = re.search(rf".*?\b(?:{YEAR}|undated|n\.d\.)(?!\w)", note.credit)
    return plain_words(dated[0] if dated else note.credit)


def _figures_missing(statement: DraftStatement, below: Sequence[DraftStatement]) -> list[str]:
    """The figures of a statement, as written, that no statement below gives; "one" and multiples aside."""
    reading = tokenize(without_annotations(statement.text))
    stated = set[float]().union(*(numbers(f"{other.text} {other.beside}") for other in below))
    return [
        reading.plain[figure.start : figure.end].strip()
        for figure in quantities(reading)
        if figure.kind == "number"
        and figure.unit != "times"
        and figure.value > 1
        and figure.value not in stated
    ]


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
