"""Rules on quoting: what a note quotes stands in the report, and what is said stands in the quote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding import figures as figure_rules
from assistant.grounding.similarity import Embed
from assistant.language.tokens import tokenize
from assistant.lint.draft.draft import DraftBriefing, DraftStatement
from assistant.lint.draft.finding import Finding, finding
from assistant.lint.draft.notes import DraftNote
from assistant.lint.draft.reported_speech import is_verbatim, plain_words
from assistant.results.annotations import without_report_date
from ingest.text.date_patterns import YEAR
from vectorstore import DocumentRecord
from vectorstore.terms import fold

_QUOTED = re.compile(r"[“\"«]([^”\"»]+)[”\"»]")
_LEAST_QUOTED = 4  # words of a quoted phrase that must stand in the cited quote: fewer are a name or a title
# A year is no figure, whatever follows it ("the plan for 2023 asks"), and "two" may be counted from a list.
_NO_FIGURE = re.compile(rf"“(?:{YEAR}|two|both)”")
_OMITTED = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.)\s*")
_ADDED = re.compile(r"\[[^\]\d][^\]]*\]")


@dataclass(frozen=True)
class SourceLookup:
    """The reports that quotes are looked up in, and the index's way to compare meanings."""

    documents: Sequence[DocumentRecord]
    text: Callable[[str], str]  # document id -> extracted text
    nearest: Callable[[str], Sequence[str]]  # words -> ids of the documents whose text is likely to hold them
    embed: Embed | None = None  # n texts -> (n, d) unit vectors


def missing_quote_findings(draft: DraftBriefing, shelf: SourceLookup) -> Iterator[Finding]:
    """Notes whose quoted words do not stand in the report they name, or in any where none is named."""

    @lru_cache(maxsize=64)
    def text(document: str) -> str:
        return plain_words(shelf.text(document))

    for note in draft.notes:
        if not note.quote:
            continue
        named = _named(note, shelf.documents)
        if any(_stands(note.quote, text(one.document_id)) for one in named):
            continue
        ids = {one.document_id for one in named}
        elsewhere = next(
            (
                document
                for document in shelf.nearest(note.quote)
                if document not in ids and _stands(note.quote, text(document))
            ),
            None,
        )
        if elsewhere is not None and not named:
            continue
        if elsewhere is not None:
            title = next(one.title or one.source for one in shelf.documents if one.document_id == elsewhere)
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
    """The documents that a note names by their id, or by title, address or file name."""
    if note.document is not None and any(one.document_id == note.document for one in documents):
        return [one for one in documents if one.document_id == note.document]
    credit = plain_words(note.credit)
    return [
        one
        for one in documents
        if (one.title and plain_words(one.title) in credit)
        or (len(one.source) > 5 and plain_words(one.source) in credit)
    ]


def _stands(quote: str, text: str) -> bool:
    """Whether quoted words stand in a text, in order; "…" and words in brackets are the writer's."""
    at = 0
    for piece in _OMITTED.split(_ADDED.sub(" … ", quote)):
        words = plain_words(piece).strip(" .,;:")
        found = text.find(words, at)
        if found < 0:
            return False
        at = found + len(words)
    return True


def altered_quote_findings(draft: DraftBriefing) -> Iterator[Finding]:
    """Phrases in quotation marks that the notes cited beside them do not quote."""
    for one in draft.stating:
        quotes = [plain_words(quote) for quote in draft.quotes(one)]
        if not quotes or len(quotes) < len(draft.cited(one)) or is_verbatim(one.text, draft.quotes(one)):
            continue
        for match in _QUOTED.finditer(one.text):
            if len(match[1].split()) >= _LEAST_QUOTED and not any(
                _stands(match[1], quote) for quote in quotes
            ):
                yield finding(
                    one,
                    "quote-not-found",
                    f"“{_short(match[1])}” does not stand in the words that its note quotes",
                    "Quote the words as the note has them, or cite the note that has them.",
                    match.start(),
                )


def figure_findings(draft: DraftBriefing) -> Iterator[Finding]:
    """Numbers of a sentence that the words it cites do not hold."""
    for one in draft.stating:
        quotes = draft.quotes(one)
        if not quotes or len(quotes) < len(draft.cited(one)) or is_verbatim(one.text, quotes):
            continue
        ours, cited = tokenize(without_report_date(one.text)), tokenize("\n\n".join(quotes))
        for reason in dict.fromkeys(figure_rules.figure_disagreements(ours, cited)):
            if _NO_FIGURE.match(reason):
                continue
            yield finding(
                one,
                "figure-not-in-quote",
                f"{reason}",
                "Give the figure as the quoted words have it, or cite the source that gives this one.",
                max(0, _where(one, reason)),
            )


def _where(one: DraftStatement, reason: str) -> int:
    written = re.search(r"“([^”]+)”", reason)
    return fold(one.text).find(fold(written[1])) if written else 0


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
