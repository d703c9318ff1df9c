"""Rules on citing: every factual sentence needs a marker, every marker a note, and every note a marker."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lint.draft.draft import DraftBriefing, DraftStatement
from assistant.lint.draft.finding import Finding, finding
from assistant.lint.draft.icd203_terms import likelihoods
from assistant.lint.draft.reported_speech import is_sources_own, is_verbatim
from assistant.lint.draft.self_reference import is_about_itself

_LEAST_WORDS = 4  # a line without a full stop is a label if it has fewer words
_ENDS = re.compile(r"[.!…][”\"’')\]]*$")
_KIND_OF_CONFLICT = re.compile(r" \(?(?:later figure|disagreement|conflict|update)\)?$")


def uncited_findings(draft: DraftBriefing) -> Iterator[Finding]:
    """`uncited`, and `judgement-without-fact` for judgements: sentences of the message that cite nothing."""
    for place, statement in enumerate(draft.stating):
        if statement.markers or not is_factual(statement) or _quoted_onward(draft, place):
            continue
        judged = [
            term for term in likelihoods(statement.text) if not is_sources_own(draft, statement, term.text)
        ]
        if judged:
            yield finding(
                statement,
                "judgement-without-fact",
                f"a judgement (“{judged[0].text}”) cites no fact that it rests on",
                "Put the marker of the facts it rests on behind it, or cut it.",
                judged[0].start,
            )
        elif statement.role == "judgements":
            yield finding(
                statement,
                "judgement-without-fact",
                "a key judgement or alternative cites no fact that it rests on",
                "Put the marker of the facts it rests on behind it, or cut it.",
            )
        else:
            yield finding(
                statement,
                "uncited",
                "a factual sentence cites nothing",
                "Put the marker of its source behind it, or cut it.",
            )


def is_factual(statement: DraftStatement) -> bool:
    """True if a statement says something about the world; a label, a question or a word on the briefing does not.

    "Ships wait outside." is factual, "Losses:" and "Who opened the sluice?" are not. A table row always is, if it
    has words.
    """
    if statement.row:
        return bool(statement.text)
    text = statement.text.strip()
    if text.endswith(":") or _KIND_OF_CONFLICT.search(text) or is_about_itself(text):
        return False
    return len(text.split()) >= (2 if _ENDS.search(text) else _LEAST_WORDS) and any(map(str.islower, text))


def _quoted_onward(draft: DraftBriefing, place: int) -> bool:
    """True if the next cited sentence of the paragraph has a note that quotes this statement, too.

    So one marker can serve two sentences in a row: "The dyke broke. Nobody was warned. [1]".
    """
    statement = draft.stating[place]
    for later in draft.stating[place + 1 :]:
        if later.paragraph != statement.paragraph:
            return False
        if later.markers:
            return is_verbatim(statement.text, draft.quotes(later))
    return False


def markers_without_note(draft: DraftBriefing) -> Iterator[Finding]:
    """`marker-without-note`: markers whose label no note has."""
    for statement in draft.statements:
        for label in statement.markers:
            if label not in draft.by_label:
                yield finding(
                    statement,
                    "marker-without-note",
                    f"the marker [{label}] leads to no note",
                    f"Add note {label}, or set the marker to the note that is meant.",
                )


def unused_notes(draft: DraftBriefing) -> Iterator[Finding]:
    """`unused-note`: notes that no sentence cites, and labels that two notes share."""
    used = {label for statement in draft.statements for label in statement.markers}
    for note in draft.notes:
        if note.label not in used:
            yield Finding(
                note.line,
                note.where,
                "unused-note",
                f"note {note.label} is cited by no sentence",
                "Cite it where it is used, or take it out of the list.",
                note.text,
            )
        elif draft.by_label[note.label] is not note:
            yield Finding(
                note.line,
                note.where,
                "unused-note",
                f"the number {note.label} is given to two notes",
                "Number the notes anew, each once.",
                note.text,
            )
