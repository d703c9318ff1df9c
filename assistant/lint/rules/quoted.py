"""Rules on quoting: a note's quote must stand in its report, and what a sentence says must stand in the quote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding import figures as figure_rules
from assistant.language.tokens import tokenize
from assistant.lint.draft.draft import DraftBriefing, DraftStatement
from assistant.lint.draft.finding import Finding, finding
from assistant.lint.draft.notes import DraftNote
from assistant.lint.draft.reported_speech import is_verbatim, plain_words
from assistant.results.annotations import without_annotations
from ingest.text.date_patterns import YEAR
from vectorstore import DocumentRecord
from vectorstore.embedding.types import Embed
from vectorstore.terms import fold

_QUOTED = re.compile(r"[“\"«]([^”\"»]+)[”\"»]")
# Words; a shorter phrase in quotation marks is a name or title, and need not stand in the quote.
_LEAST_QUOTED = 4
# Not reported as figures: years ("the plan for 2023 asks"), and "two" and "both", which may be counted from a list.
_NO_FIGURE = re.compile(rf"“(?:{YEAR}|two|both)”")
_OMITTED = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.)\s*")
_ADDED = re.compile(r"\[[^\]\d][^\]]*\]")


@dataclass(frozen=True)
class SourceLookup:
    """Access to an index: the reports in which quotes are looked up, and a way to compare meanings."""

    documents: Sequence[DocumentRecord]
    text: Callable[[str], str]  # document id -> extracted text
    nearest: Callable[[str], Sequence[str]]  # words -> ids of documents likely to hold them, best first
    embed: Embed | None = None  # n texts -> (n, d) unit vectors; None leaves meaning out


def missing_quote_findings(draft: DraftBriefing, lookup: SourceLookup) -> Iterator[Finding]:
    """`quote-not-found`: notes whose quote is not in the report they name, or in no report if they name none."""

    @lru_cache(maxsize=64)
    def text(document_id: str) -> str:
        return plain_words(lookup.text(document_id))

    for note in draft.notes:
        if not note.quote:
            continue
        named = _named(note, lookup.documents)
        if any(_stands(note.quote, text(document.document_id)) for document in named):
            continue
        ids = {document.document_id for document in named}
        elsewhere = next(
            (
                document_id
                for document_id in lookup.nearest(note.quote)
                if document_id not in ids and _stands(note.quote, text(document_id))
            ),
            None,
        )
        if elsewhere is not None and not named:
            continue
        if elsewhere is not None:
            title = next(
                document.title or document.source
                for document in lookup.documents
                if document.document_id == elsewhere
            )
            message = (
                f"the words that note {note.label} quotes stand in “{title}”, not in the report it names"
            )
        elif named:
            message = f"the words that note {note.label} quotes do not stand in “{named[0].title or named[0].source}”"
        else:
            message = (
                f"no report of the index holds the words that note {note.label} quotes, or is titled like it"
            )
        remedy = "Copy the words from the report as they stand there, or add the report to the index."
        yield Finding(note.line, note.where, "quote-not-found", message, remedy, note.text)


def _named(note: DraftNote, documents: Sequence[DocumentRecord]) -> list[DocumentRecord]:
    """The documents that a note names by id, or whose title, address or file name stands in its credit."""
    if note.document is not None and any(document.document_id == note.document for document in documents):
        return [document for document in documents if document.document_id == note.document]
    credit = plain_words(note.credit)
    return [
        document
        for document in documents
        if (document.title and plain_words(document.title) in credit)
        or (len(document.source) > 5 and plain_words(document.source) in credit)
    ]


def _stands(quote: str, text: str) -> bool:
    """True if the words of a quote stand in a text, in order. "…" and words in brackets are the writer's.

    `text` must be in the form of `plain_words`: `_stands("The dyke […] broke", "the dyke soon broke")` is True,
    `_stands("It broke", "the dyke")` is False.
    """
    at = 0
    for piece in _OMITTED.split(_ADDED.sub(" … ", quote)):
        words = plain_words(piece).strip(" .,;:")
        position = text.find(words, at)
        if position < 0:
            return False
        at = position + len(words)
    return True


def altered_quote_findings(draft: DraftBriefing) -> Iterator[Finding]:
    """`quote-not-found`: phrases in quotation marks that the cited notes do not quote."""
    for statement in draft.stating:
        quotes = [plain_words(quote) for quote in draft.quotes(statement)]
        if (
            not quotes
            or len(quotes) < len(draft.cited(statement))
            or is_verbatim(statement.text, draft.quotes(statement))
        ):
            continue
        for match in _QUOTED.finditer(statement.text):
            if len(match[1].split()) >= _LEAST_QUOTED and not any(
                _stands(match[1], quote) for quote in quotes
            ):
                yield finding(
                    statement,
                    "quote-not-found",
                    f"“{_short(match[1])}” does not stand in the words that its note quotes",
                    "Quote the words as the note has them, or cite the note that has them.",
                    match.start(),
                )


def figure_findings(draft: DraftBriefing) -> Iterator[Finding]:
    """`figure-not-in-quote`: figures of a sentence that the quotes it cites do not give."""
    for statement in draft.stating:
        quotes = draft.quotes(statement)
        if not quotes or len(quotes) < len(draft.cited(statement)) or is_verbatim(statement.text, quotes):
            continue
        ours, cited = tokenize(without_annotations(statement.text)), tokenize("\n\n".join(quotes))
        for reason in dict.fromkeys(figure_rules.figure_disagreements(ours, cited)):
            if _NO_FIGURE.match(reason):
                continue
            yield finding(
                statement,
                "figure-not-in-quote",
                f"{reason}",
                "Give the figure as the quoted words have it, or cite the source that gives this one.",
                max(0, _where(statement, reason)),
            )


def _where(statement: DraftStatement, reason: str) -> int:
    """Offset in the statement of the figure that `reason` names in quotation marks; -1 if absent, 0 if unnamed."""
    number = re.search(r"“([^”]+)”", reason)
    return fold(statement.text).find(fold(number[1])) if number else 0


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
