"""Rules on citing: every factual sentence has a marker, every marker a note, every note a marker."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lint.draft.draft import DraftBriefing, DraftStatement
from assistant.lint.draft.finding import Finding, finding
from assistant.lint.draft.icd203_terms import likelihoods
from assistant.lint.draft.reported_speech import is_sources_own, is_verbatim
from assistant.lint.draft.self_reference import is_about_itself

_LEAST_WORDS = 4  # of a line without a full stop: shorter ones are labels
_ENDS = re.compile(r"[.!…][”\"’')\]]*$")
_KIND_OF_CONFLICT = re.compile(r" \(?(?:later figure|disagreement|conflict|update)\)?$")


def uncited_findings(draft: DraftBriefing) -> Iterator[Finding]:
    """Sentences of the message that cite nothing."""
    for place, one in enumerate(draft.stating):
        if one.markers or not is_factual(one) or _quoted_onward(draft, place):
            continue
        judged = [term for term in likelihoods(one.text) if not is_sources_own(draft, one, term.text)]
        if judged:
            yield finding(
                one,
                "judgement-without-fact",
                f"a judgement (“{judged[0].text}”) cites no fact that it rests on",
                "Put the marker of the facts it rests on behind it, or cut it.",
                judged[0].start,
            )
        elif one.role == "judgements":
            yield finding(
                one,
                "judgement-without-fact",
                "a key judgement or alternative cites no fact that it rests on",
                "Put the marker of the facts it rests on behind it, or cut it.",
            )
        else:
            yield finding(
                one,
                "uncited",
                "a factual sentence cites nothing",
                "Put the marker of its source behind it, or cut it.",
            )


def is_factual(one: DraftStatement) -> bool:
    """Whether a statement says something of the world: no label, question, or word on the briefing itself."""
    if one.row:
        return bool(one.text)
    text = one.text.strip()
    if text.endswith(":") or _KIND_OF_CONFLICT.search(text) or is_about_itself(text):
        return False
    return len(text.split()) >= (2 if _ENDS.search(text) else _LEAST_WORDS) and any(map(str.islower, text))


def _quoted_onward(draft: DraftBriefing, place: int) -> bool:
    """Whether the next cited sentence of the paragraph quotes this one, too: one note for two sentences in a row."""
    one = draft.stating[place]
    for other in draft.stating[place + 1 :]:
        if other.paragraph != one.paragraph:
            return False
        if other.markers:
            return is_verbatim(one.text, draft.quotes(other))
    return False


def markers_without_note(draft: DraftBriefing) -> Iterator[Finding]:
    for one in draft.statements:
        for label in one.markers:
            if label not in draft.by_label:
                yield finding(
                    one,
                    "marker-without-note",
                    f"the marker [{label}] leads to no note",
                    f"Add note {label}, or set the marker to the note that is meant.",
                )


def unused_notes(draft: DraftBriefing) -> Iterator[Finding]:
    used = {label for one in draft.statements for label in one.markers}
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
