"""The parts of a briefing in words: what every format says, whatever it looks like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import urlsplit

from assistant.results.answer import Citation, Sentence, escape_markers
from assistant.results.authorship import judgement_words, prose_words
from assistant.results.briefing import Briefing, Conflict, Echo
from assistant.results.wording import (
    count_words,
    date_words,
    moment_words,
    place_words,
    source_name,
    writer_words,
)

CONTENTS = "Contents"
BOTTOM_LINE = "Bottom line"
KEY_JUDGEMENTS = "Key judgements"
ALTERNATIVES = "Alternatives considered"
FINDINGS = "Findings"
CHRONOLOGY = "Chronology"
CONFLICTS = "Where sources differ"
ECHOES = "Reports that repeat one origin"
GAPS = "What is not known"
SOURCES = "Sources"
ENDNOTES = "Endnotes"
ALSO_CITED = "Also cited:"
# Hebrew, Arabic, Syriac, Thaana, NKo and their kin, and the letters of old or joined forms
_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Besides those without a form, those that would reorder what stands after a source's words.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def is_excerpt(one: Briefing) -> bool:
    """Whether it is a paragraph to paste into a text of one's own, and not a briefing."""
    return not one.refused and not one.bottom_line and len(one.paragraphs) == 1


def title_lines(one: Briefing) -> list[str]:
    """Lines under the title: topic, cut-off, extent of the sources, what was left out, who wrote and when."""
    summary = one.source_summary
    span = dict.fromkeys(date_words(date) for date in (summary.oldest, summary.newest) if date)
    apart = f", {summary.sources} of them independent" if 0 < summary.sources < summary.documents else ""
    about = [
        f"As of {date_words(one.as_of)} (information cut-off)" if one.as_of else "No cut-off date",
        f"{count_words(summary.documents, 'report')} cited{apart}",
        " to ".join(span),
    ]
    made = f", {moment_words(one.created)}" if one.created else ""
    lines = [
        "" if one.topic.casefold() == one.title.casefold() else f"Topic: {sentence_text(one.topic)}",
        " · ".join(part for part in about if part),
        _left_out(one),
        f"Written by: {writer_words(one.model)}{made}",
        prose_words(one) or "",
    ]
    return [line for line in lines if line]


def _left_out(one: Briefing) -> str:
    undated, later = one.left_out_undated or 0, one.left_out_later or 0
    parts = [f"{count_words(undated, 'undated report')}"] * bool(undated)
    parts += [f"{count_words(later, 'report')} published after the cut-off"] * bool(later)
    return f"Left out: {', '.join(parts)}" if parts else ""


def judged(one: Briefing) -> list[tuple[str, tuple[Sentence, ...]]]:
    """What a model judged, under its headings; empty where none did."""
    parts = [(KEY_JUDGEMENTS, one.key_judgements), (ALTERNATIVES, one.alternatives)]
    return [(heading, sentences) for heading, sentences in parts if sentences]


def of_judgements(one: Briefing) -> str:
    """Who judged, as it stands over each part of `judged`."""
    return judgement_words(one) or ""


def sentence_text(text: str) -> str:
    """A source's words on one line, its own bracketed numbers told from ours, without control characters."""
    return escape_markers(" ".join(_CONTROL.sub("", text).split()))


def plain_text(sentence: Sentence) -> str:
    """The text of a sentence, a doubt said aloud."""
    doubt = " (not supported by what it cites)" if sentence.support == "unsupported" else ""
    return sentence_text(sentence.text) + doubt


def markers(numbers: Sequence[int]) -> str:
    return "".join(f" [{number}]" for number in numbers)


def conflict_kind(conflict: Conflict) -> str:
    return "later figure" if conflict.kind == "update" else "disagreement"


def kind_of_echo(echo: Echo) -> str:
    return "same words" if echo.kind == "copy" else "named as the origin"


def carriers(echo: Echo) -> str:
    return "; ".join(sentence_text(one) for one in echo.carriers)


def credit_parts(citation: Citation) -> list[str]:
    """Publisher, author, title, date and place, as far as they are known."""
    parts = [
        citation.publisher or "Publisher unknown",
        ", ".join(citation.authors),
        f"“{source_name(citation.title, citation.source)}”",
        date_words(citation.published),
        place_words(citation),
    ]
    return [sentence_text(part) for part in parts if part]


def source_address(citation: Citation) -> str | None:
    """Where the report can be read on the web, if it came from there."""
    try:
        parts = urlsplit(sentence_text(citation.source))
    except ValueError:
        return None
    return sentence_text(citation.source) if parts.scheme in ("http", "https") and parts.netloc else None


def grade_words(citation: Citation) -> str:
    """Its Admiralty grade in words."""
    return f"Grade {sentence_text(citation.grade)}{' (ungraded)' if citation.grade == 'F6' else ''}"


def credit(citation: Citation) -> str:
    """All that an endnote says before the quote, in one line."""
    return f"{origin(citation, credit_parts(citation))}. {grade_words(citation)}."


def origin(citation: Citation, parts: Sequence[str]) -> str:
    """Where a quote is from: the parts of its credit, as a format writes them, and its address."""
    where = source_address(citation)
    return ", ".join([*parts, *([where] if where else [])])


def isolate_runs(text: str) -> str:
    """Text with right-to-left letters between marks that keep it from reordering what stands beside it."""
    return isolate(text) if _RIGHT_TO_LEFT.search(text) else text


def isolate(text: str) -> str:
    return f"\u2068{text}\u2069"


def quote(citation: Citation) -> str:
    """The quoted words."""
    return sentence_text(citation.quote)


def begins_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    directions = (unicodedata.bidirectional(char) for char in text)
    return next((one for one in directions if one in ("L", "R", "AL")), "L") != "L"


def run_from_right(sentences: Sequence[Sentence]) -> bool:
    """Whether a paragraph of these sentences begins on the right."""
    return begins_right_to_left(" ".join(one.text for one in sentences))
