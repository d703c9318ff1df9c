"""A briefing as markup: our own tags around escaped text."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.pages.briefing import timeline
from assistant.pages.shared.common import escape
from assistant.pages.shared.markup import (
    dates_in_words,
    endnote,
    marker,
    report_date_in_words,
    sentences,
    small,
)
from assistant.results.answer import escape_markers
from assistant.results.authorship import judgement_words, prose_words
from assistant.results.briefing import Briefing, Conflict, Echo, Event
from assistant.results.event_table import WHAT, cell, columns
from assistant.results.wording import count_words, date_words, moment_words, writer_words

KEY = "briefing"  # of its citations


def section(heading: str) -> str:
    return f'<div class="bd-doc"><h3>{escape(heading)}</h3></div>'


def head(one: Briefing) -> str:
    summary = one.source_summary
    told = [f"As of {date_words(one.as_of)}" if one.as_of else "No cut-off date"]
    if summary.documents:
        told.append(count_words(summary.documents, "report") + " cited")
    if summary.oldest and summary.newest:
        span = [date_words(summary.oldest), date_words(summary.newest)]
        told.append(" to ".join(dict.fromkeys(span)))
    told.append(f"written {moment_words(one.created)}" if one.created else "")
    marking = f'<div class="bd-label">{escape(one.handling)}</div>' if one.handling else ""
    return (
        f'<div class="bd-doc">{marking}<h2>{escape(one.title)}</h2>'
        f'<div class="bd-small">{escape(" · ".join(part for part in told if part))}</div>'
        f'<div class="bd-small">Writing: {escape(writer_words(one.model))}</div>'
        + (f'<div class="bd-small">{escape(counted)}</div>' if (counted := prose_words(one)) else "")
        + "</div>"
    )


def body(one: Briefing) -> str:
    """Notice, bottom line and paragraphs; of a refused briefing, the refusal."""
    parts = []
    if one.notice:
        parts.append(f'<p class="bd-reason">{escape(one.notice)}</p>')
    if one.refused:
        parts.append(f"<p>{sentences(one.bottom_line, KEY, one.citations)}</p>")
    elif one.bottom_line:
        parts.append(
            f'<div class="bd-bottom-line"><div class="bd-label">Bottom line</div>'
            f"{sentences(one.bottom_line, KEY, one.citations)}</div>"
        )
    for name, judged in (
        ("Key judgements", one.key_judgements),
        ("Alternatives considered", one.alternatives),
    ):
        if judged:
            items = "".join(f"<li>{sentences([each], KEY, one.citations)}</li>" for each in judged)
            told = escape(judgement_words(one) or "")
            parts.append(f'<h3>{name}</h3><div class="bd-small">{told}</div><ul>{items}</ul>')
    for paragraph in one.paragraphs:
        heading = f"<h3>{escape(paragraph.heading)}</h3>" if paragraph.heading else ""
        told = small(paragraph.confidence.text) if paragraph.confidence else ""
        parts.append(f"{heading}<p>{sentences(paragraph.sentences, KEY, one.citations)}</p>{told}")
    return f'<div class="bd-doc bd-prose">{"".join(parts)}</div>'


def chronology(one: Briefing) -> str:
    """The timeline, and the table of the events."""
    names = columns(one.chronology)
    head = "".join(f"<th>{name}</th>" for name in names)
    rows = "".join(
        f'<tr data-cites="{" ".join(map(str, event.citations))}">'
        f"{''.join(_cell(event, name, one) for name in names)}</tr>"
        for event in one.chronology
    )
    return (
        f"{timeline.show(one, KEY)}"
        f'<table class="bd-table bd-events"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _cell(event: Event, name: str, one: Briefing) -> str:
    said = escape(escape_markers(report_date_in_words(cell(event, name))))
    marks = _markers(event.citations, one) if name == WHAT else ""
    return f'<td data-name="{name}">{said}{marks}</td>'


def rest(one: Briefing) -> str:
    """Disagreements, gaps, sources and endnotes."""
    parts = []
    if one.conflicts:
        parts.append("<h3>Where sources differ</h3>")
        parts += [_conflict(conflict, one) for conflict in one.conflicts]
    if one.echoes:
        parts.append("<h3>Reports that repeat one origin</h3>")
        parts += [_echo(echo, one) for echo in one.echoes]
    if one.gaps:
        items = "".join(f"<li>{escape(dates_in_words(gap))}</li>" for gap in one.gaps)
        parts.append(f"<h3>What is not known</h3><ul>{items}</ul>")
    if one.source_summary.documents:
        parts.append(f"<h3>Sources</h3><p>{escape(dates_in_words(one.source_summary.text))}</p>")
    if one.citations:
        parts.append("<h3>Endnotes</h3>" + "".join(endnote(citation, KEY) for citation in one.citations))
    return f'<div class="bd-doc">{"".join(parts)}</div>' if parts else ""


def _conflict(conflict: Conflict, one: Briefing) -> str:
    sides = "".join(
        f'<div class="bd-side"><div class="bd-label">{escape(date_words(side.date))}</div>'
        f"{escape(report_date_in_words(side.text))}{_markers(side.citations, one)}</div>"
        for side in conflict.sides
    )
    kind = "Later figure" if conflict.kind == "update" else "Disagreement"
    return (
        f'<div class="bd-conflict"><b>{escape(conflict.about)}</b> <span class="bd-tag">{kind}</span>'
        f'<div class="bd-sides">{sides}</div></div>'
    )


def _echo(echo: Echo, one: Briefing) -> str:
    """Reports that count as one source, and why."""
    kind = "the same words" if echo.kind == "copy" else "all name it as their source"
    told = small(" · ".join(echo.carriers))
    return (
        f'<div class="bd-conflict"><b>{escape(echo.origin)}</b> <span class="bd-tag">{kind}</span>'
        f"{_markers(echo.citations, one)}{told}</div>"
    )


def _markers(numbers: Sequence[int], one: Briefing) -> str:
    return "".join(marker(number, KEY, one.citations) for number in numbers)
