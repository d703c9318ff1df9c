"""The parts of a briefing in words: what every format says, whatever it looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Citation, Sentence, escape_markers
from assistant.authorship import judgement_words, prose_words
from assistant.briefing import Briefing, Conflict
from assistant.wording import count_words, date_words, moment_words, name_of, place_words, writer_words

BOTTOM_LINE = "Bottom line"
KEY_JUDGEMENTS = "Key judgements"
ALTERNATIVES = "Alternatives considered"
CHRONOLOGY = "Chronology"
CONFLICTS = "Where sources differ"
GAPS = "What is not known"
SOURCES = "Sources"
ENDNOTES = "Endnotes"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def head(one: Briefing) -> list[str]:
    """Lines under the title: cut-off, extent of the sources, who wrote and when."""
    summary = one.source_summary
    span = dict.fromkeys(date_words(date) for date in (summary.oldest, summary.newest) if date)
    about = [
        f"As of {date_words(one.as_of)}" if one.as_of else "No cut-off date",
        f"{count_words(summary.documents, 'report')} cited",
        " to ".join(span),
    ]
    made = f", {moment_words(one.created)}" if one.created else ""
    wrote = f"Written by: {writer_words(one.model)}{made}"
    counted = prose_words(one)
    return [" · ".join(part for part in about if part), wrote, *([counted] if counted else [])]


def judged(one: Briefing) -> list[tuple[str, tuple[Sentence, ...]]]:
    """What a model judged, under its headings; empty where none did."""
    parts = [(KEY_JUDGEMENTS, one.key_judgements), (ALTERNATIVES, one.alternatives)]
    return [(heading, sentences) for heading, sentences in parts if sentences]


def of_judgements(one: Briefing) -> str:
    """Who judged, as it stands over each part of `judged`."""
    return judgement_words(one) or ""


def said(text: str) -> str:
    """A source's words on one line, its own bracketed numbers told from ours, without control characters."""
    return escape_markers(" ".join(_CONTROL.sub("", text).split()))


def plain(sentence: Sentence) -> str:
    """The text of a sentence, a doubt said aloud."""
    doubt = " (not supported by what it cites)" if sentence.support == "unsupported" else ""
    return said(sentence.text) + doubt


def markers(numbers: Sequence[int]) -> str:
    return "".join(f" [{number}]" for number in numbers)


def kind_of(conflict: Conflict) -> str:
    return "later figure" if conflict.kind == "update" else "disagreement"


def credit(citation: Citation) -> str:
    """Publisher, author, title, date and place, as far as they are known."""
    parts = [
        citation.publisher or "Publisher unknown",
        ", ".join(citation.authors),
        f"“{name_of(citation.title, citation.source)}”",
        date_words(citation.published),
        place_words(citation),
        citation.source if citation.source.startswith(("http://", "https://")) else "",
    ]
    return ", ".join(part for part in parts if part)


def quote(citation: Citation) -> str:
    """The quoted words."""
    return said(citation.quote)
