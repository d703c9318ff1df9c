"""The words that every export format shares: headings, credits, dates, markers, and text made safe to write.

A format decides how a part looks; what the part says is decided here, so that all files of a briefing agree.
"""

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
# Hebrew, Arabic, Syriac, Thaana, NKo and the other right-to-left blocks up to U+08FF, the presentation forms of
# Hebrew and Arabic, and the right-to-left blocks of the supplementary plane.
_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# C0 and C1 controls, surrogates and noncharacters have no glyph, and XML refuses most of them. The bidi controls
# (U+202A–202E, U+2066–2069) go too: left open by a source, they would reorder our own text after its words.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def is_excerpt(briefing: Briefing) -> bool:
    """Is this one paragraph to paste into another text, rather than a whole briefing?

    A single paragraph without a bottom line is an excerpt and gets no section headings; a refusal never is one.
    """
    return not briefing.refused and not briefing.bottom_line and len(briefing.paragraphs) == 1


def title_lines(briefing: Briefing) -> list[str]:
    """Lines under the title: topic, cut-off and sources, reports left out, writer and time, share of model prose.

    Lines that have nothing to say are left out.
    """
    summary = briefing.source_summary
    span = dict.fromkeys(date_words(date) for date in (summary.oldest, summary.newest) if date)
    independent = (
        f", {summary.sources} of them independent" if 0 < summary.sources < summary.documents else ""
    )
    basis = [
        f"As of {date_words(briefing.as_of)} (information cut-off)" if briefing.as_of else "No cut-off date",
        f"{count_words(summary.documents, 'report')} cited{independent}",
        " to ".join(span),
    ]
    created = f", {moment_words(briefing.created)}" if briefing.created else ""
    lines = [
        ""
        if briefing.topic.casefold() == briefing.title.casefold()
        else f"Topic: {sentence_text(briefing.topic)}",
        " · ".join(part for part in basis if part),
        _left_out(briefing),
        f"Written by: {writer_words(briefing.model)}{created}",
        prose_words(briefing) or "",
    ]
    return [line for line in lines if line]


def _left_out(briefing: Briefing) -> str:
    """How many reports the cut-off excluded, or ""."""
    undated, later = briefing.left_out_undated or 0, briefing.left_out_later or 0
    parts = [f"{count_words(undated, 'undated report')}"] * bool(undated)
    parts += [f"{count_words(later, 'report')} published after the cut-off"] * bool(later)
    return f"Left out: {', '.join(parts)}" if parts else ""


def judgement_sections(briefing: Briefing) -> list[tuple[str, tuple[Sentence, ...]]]:
    """A chat model's key judgements and alternatives as (heading, sentences); [] if no model judged."""
    parts = [(KEY_JUDGEMENTS, briefing.key_judgements), (ALTERNATIVES, briefing.alternatives)]
    return [(heading, sentences) for heading, sentences in parts if sentences]


def judgement_note(briefing: Briefing) -> str:
    """The line under each heading of `judgement_sections`: which model judged, and on what."""
    return judgement_words(briefing) or ""


def sentence_text(text: str) -> str:
    """A source's words on one line, without control characters, its own bracketed numbers made full-width.

    The full-width brackets keep a "[12]" that the source itself has from passing for one of our markers.

    >>> sentence_text("The port [12]\\nis\\x07 shut.")
    'The port ［12］ is shut.'
    """
    return escape_markers(" ".join(_CONTROL.sub("", text).split()))


def plain_text(sentence: Sentence) -> str:
    """The text of a sentence; one that its citations do not support says so in brackets."""
    doubt = " (not supported by what it cites)" if sentence.support == "unsupported" else ""
    return sentence_text(sentence.text) + doubt


def markers(numbers: Sequence[int]) -> str:
    """The markers that follow a sentence: `markers([1, 2])` is " [1] [2]"."""
    return "".join(f" [{number}]" for number in numbers)


def conflict_kind(conflict: Conflict) -> str:
    """In words: is the other side a later figure, or do the sources disagree?"""
    return "later figure" if conflict.kind == "update" else "disagreement"


def echo_kind(echo: Echo) -> str:
    """In words: what shows that these reports repeat one origin."""
    return "same words" if echo.kind == "copy" else "named as the origin"


def carriers(echo: Echo) -> str:
    """The reports that repeat the origin, separated by semicolons."""
    return "; ".join(sentence_text(carrier) for carrier in echo.carriers)


def credit(citation: Citation) -> str:
    """The one line of an endnote that stands before the quote: origin and grade."""
    return f"{credit_line(citation, credit_parts(citation))}. {grade_words(citation)}."


def credit_parts(citation: Citation) -> list[str]:
    """Publisher, authors, title, date and place, as far as they are known; always at least publisher and title."""
    parts = [
        citation.publisher or "Publisher unknown",
        ", ".join(citation.authors),
        f"“{source_name(citation.title, citation.source)}”",
        date_words(citation.published),
        place_words(citation),
    ]
    return [sentence_text(part) for part in parts if part]


def credit_line(citation: Citation, parts: Sequence[str]) -> str:
    """The parts of a credit (see `credit_parts`) as a format has marked them up, and the report's web address."""
    address = source_address(citation)
    return ", ".join([*parts, *([address] if address else [])])


def source_address(citation: Citation) -> str | None:
    """The report's address on the web; None if it was a file.

    A source is an address if it begins with http:// or https:// and names a host: "https://wire.example/a" is one,
    "wire.pdf", "javascript:alert(1)" and "https:///a" are not.
    """
    try:
        parts = urlsplit(sentence_text(citation.source))
    except ValueError:
        return None
    return sentence_text(citation.source) if parts.scheme in ("http", "https") and parts.netloc else None


def grade_words(citation: Citation) -> str:
    """The Admiralty grade: "Grade B2", or "Grade F6 (ungraded)"."""
    return f"Grade {sentence_text(citation.grade)}{' (ungraded)' if citation.grade == 'F6' else ''}"


def quote(citation: Citation) -> str:
    """The quoted words on one line, safe to write (see `sentence_text`)."""
    return sentence_text(citation.quote)


def isolate_runs(text: str) -> str:
    """The text, between isolates if it holds a right-to-left letter, so that it cannot reorder its surroundings.

    >>> isolate_runs("abc") == "abc", isolate_runs("אב") == isolate("אב")
    (True, True)
    """
    return isolate(text) if _RIGHT_TO_LEFT.search(text) else text


def isolate(text: str) -> str:
    """The text between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (UAX #9)."""
    return f"\u2068{text}\u2069"


def begins_right_to_left(text: str) -> bool:
    """Does the first letter with a direction run from right to left (UAX #9, rules P2 and P3)?

    >>> begins_right_to_left("12 שלום and more"), begins_right_to_left("Peace, שלום")
    (True, False)
    """
    directions = (unicodedata.bidirectional(char) for char in text)
    return next((direction for direction in directions if direction in ("L", "R", "AL")), "L") != "L"


def sentences_begin_right_to_left(sentences: Sequence[Sentence]) -> bool:
    """Does a paragraph of these sentences begin on the right?"""
    return begins_right_to_left(" ".join(sentence.text for sentence in sentences))
