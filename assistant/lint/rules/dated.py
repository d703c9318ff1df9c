"""Rules on time: "currently" needs a date, the head needs an as-of date, and no source may be later than that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.relative_dates import relative_words
from assistant.lint.draft.draft import DraftBriefing, DraftStatement
from assistant.lint.draft.finding import Finding, finding
from assistant.lint.draft.icd203_terms import unquoted
from assistant.lint.draft.notes import dates_of
from assistant.results.annotations import has_report_date
from ingest.text.date_patterns import YEAR
from vectorstore import first_day, last_day

_NEAR = 30  # characters within which a date next to a relative word explains it
_SAYS_WHEN = re.compile(
    rf"^(?:As of|By|At|In|On|Since|Until|During|Writing in|At the end of|In early|In late|In mid)\b[^,]{{0,40}}{YEAR},|"
    r"\bas of\b|\b(?:wrote|written|writing|reported|published|said|warned|counted|noted|stated)\b[^.]{0,40}\b"
    rf"(?:in|on)\b[^.]{{0,20}}{YEAR}|[(\[][^)\]]*{YEAR}[^)\]]*[)\]]",
)


def undated_time(draft: DraftBriefing) -> Iterator[Finding]:
    """`undated-time`: words such as "currently" or "last month" without the date they refer to."""
    for statement in draft.stating:
        undated = [word for word in relative_words(statement.text) if not _is_explained(statement, word)]
        if undated:
            yield finding(
                statement,
                "undated-time",
                f"“{undated[0][0]}” means another time once the source is old",
                "Put the date of the source beside it: “(as of 21 July 2023)”, “In July 2023, … reported”.",
                undated[0].start(),
            )


def _is_explained(statement: DraftStatement, word: re.Match[str]) -> bool:
    """True if a statement says to which date one of its relative words refers.

    "currently" is explained in "The port is currently (as of 16 May 2022) closed.", not in "It is currently closed.".
    In a quotation a date anywhere in the sentence explains it.
    """
    text = statement.text
    if has_report_date(text) or (_SAYS_WHEN.search(text) and dates_of(text)):
        return True
    near = text[max(0, word.start() - _NEAR) : word.end() + _NEAR]
    quoted = unquoted(text)[word.start() : word.end()] != word[0]
    return bool(dates_of(text if quoted else near))


def as_of(draft: DraftBriefing) -> Iterator[Finding]:
    """`no-as-of`: a head without an as-of date. `later-than-as-of`: notes published after that date."""
    if draft.as_of is None:
        if not draft.says_no_cut_off:
            yield Finding(
                1,
                "",
                "no-as-of",
                "the briefing does not say as of when it is written",
                "Put “As of DATE” under the title: the day up to which sources were used.",
                "",
            )
        return
    for note in draft.notes:
        if note.published is not None and first_day(note.published) > last_day(draft.as_of):
            yield Finding(
                note.line,
                note.where,
                "later-than-as-of",
                f"note {note.label} is dated {note.published}, after the as-of date {draft.as_of}",
                "Leave the source out, or move the as-of date.",
                note.text,
            )
