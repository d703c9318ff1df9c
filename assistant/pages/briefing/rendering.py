"""The parts of a briefing as HTML: our own tags around escaped text, nothing else."""

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
from assistant.results.event_table import WHAT_HAPPENED, cell, columns
from assistant.results.wording import count_words, date_words, moment_words, writer_words

KEY = "briefing"  # the first half of KEY/NUMBER on its citation buttons


def section(heading: str) -> str:
    """A heading that stands alone."""
    return f'<div class="bd-doc"><h3>{escape(heading)}</h3></div>'


def head(briefing: Briefing) -> str:
    """Marking, title, cut-off, number and dates of the reports, time, and who wrote."""
    summary = briefing.source_summary
    facts = [f"As of {date_words(briefing.as_of)}" if briefing.as_of else "No cut-off date"]
    if summary.documents:
        facts.append(count_words(summary.documents, "report") + " cited")
    if summary.oldest and summary.newest:
        span = [date_words(summary.oldest), date_words(summary.newest)]
        facts.append(" to ".join(dict.fromkeys(span)))
    facts.append(f"written {moment_words(briefing.created)}" if briefing.created else "")
    marking = f'<div class="bd-label">{escape(briefing.handling)}</div>' if briefing.handling else ""
    return (
        f'<div class="bd-doc">{marking}<h2>{escape(briefing.title)}</h2>'
        f'<div class="bd-small">{escape(" · ".join(part for part in facts if part))}</div>'
        f'<div class="bd-small">Writing: {escape(writer_words(briefing.model))}</div>'
        + (f'<div class="bd-small">{escape(counted)}</div>' if (counted := prose_words(briefing)) else "")
        + "</div>"
    )


def body(briefing: Briefing) -> str:
    """Notice, bottom line, judgements and paragraphs; for a refused briefing, the refusal."""
    parts = []
    if briefing.notice:
        parts.append(f'<p class="bd-reason">{escape(briefing.notice)}</p>')
    if briefing.refused:
        parts.append(f"<p>{sentences(briefing.bottom_line, KEY, briefing.citations)}</p>")
    elif briefing.bottom_line:
        parts.append(
            f'<div class="bd-bottom-line"><div class="bd-label">Bottom line</div>'
            f"{sentences(briefing.bottom_line, KEY, briefing.citations)}</div>"
        )
    for name, judged in (
        ("Key judgements", briefing.key_judgements),
        ("Alternatives considered", briefing.alternatives),
    ):
        if judged:
            items = "".join(
                f"<li>{sentences([sentence], KEY, briefing.citations)}</li>" for sentence in judged
            )
            by_whom = escape(judgement_words(briefing) or "")
            parts.append(f'<h3>{name}</h3><div class="bd-small">{by_whom}</div><ul>{items}</ul>')
    for paragraph in briefing.paragraphs:
        heading = f"<h3>{escape(paragraph.heading)}</h3>" if paragraph.heading else ""
        confidence = small(paragraph.confidence.text) if paragraph.confidence else ""
        parts.append(f"{heading}<p>{sentences(paragraph.sentences, KEY, briefing.citations)}</p>{confidence}")
    return f'<div class="bd-doc bd-prose">{"".join(parts)}</div>'


def chronology(briefing: Briefing) -> str:
    """The timeline and the table of events; call only for a briefing that has events."""
    names = columns(briefing.chronology)
    head = "".join(f"<th>{name}</th>" for name in names)
    rows = "".join(
        f'<tr data-cites="{" ".join(map(str, event.citations))}">'
        f"{''.join(_cell(event, name, briefing) for name in names)}</tr>"
        for event in briefing.chronology
    )
    return (
        f"{timeline.show(briefing, KEY)}"
        f'<table class="bd-table bd-events"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _cell(event: Event, name: str, briefing: Briefing) -> str:
    """A cell of the table of events; the event's markers follow what happened."""
    text = escape(escape_markers(report_date_in_words(cell(event, name))))
    marks = _markers(event.citations, briefing) if name == WHAT_HAPPENED else ""
    return f'<td data-name="{name}">{text}{marks}</td>'


def back_matter(briefing: Briefing) -> str:
    """Disagreements, repeated origins, gaps, sources and endnotes; "" if there are none of them."""
    parts = []
    if briefing.conflicts:
        parts.append("<h3>Where sources differ</h3>")
        parts += [_conflict(conflict, briefing) for conflict in briefing.conflicts]
    if briefing.echoes:
        parts.append("<h3>Reports that repeat one origin</h3>")
        parts += [_echo(echo, briefing) for echo in briefing.echoes]
    if briefing.gaps:
        items = "".join(f"<li>{escape(dates_in_words(gap))}</li>" for gap in briefing.gaps)
        parts.append(f"<h3>What is not known</h3><ul>{items}</ul>")
    if briefing.source_summary.documents:
        parts.append(f"<h3>Sources</h3><p>{escape(dates_in_words(briefing.source_summary.text))}</p>")
    if briefing.citations:
        parts.append("<h3>Endnotes</h3>" + "".join(endnote(citation, KEY) for citation in briefing.citations))
    return f'<div class="bd-doc">{"".join(parts)}</div>' if parts else ""


def _conflict(conflict: Conflict, briefing: Briefing) -> str:
    """A disagreement, its sides next to each other under their dates."""
    sides = "".join(
        f'<div class="bd-side"><div class="bd-label">{escape(date_words(side.date))}</div>'
        f"{escape(report_date_in_words(side.text))}{_markers(side.citations, briefing)}</div>"
        for side in conflict.sides
    )
    kind = "Later figure" if conflict.kind == "update" else "Disagreement"
    return (
        f'<div class="bd-conflict"><b>{escape(conflict.about)}</b> <span class="bd-tag">{kind}</span>'
        f'<div class="bd-sides">{sides}</div></div>'
    )


def _echo(echo: Echo, briefing: Briefing) -> str:
    """Reports that count as one source, and why."""
    kind = "the same words" if echo.kind == "copy" else "all name it as their source"
    carriers = small(" · ".join(echo.carriers))
    return (
        f'<div class="bd-conflict"><b>{escape(echo.origin)}</b> <span class="bd-tag">{kind}</span>'
        f"{_markers(echo.citations, briefing)}{carriers}</div>"
    )


def _markers(numbers: Sequence[int], briefing: Briefing) -> str:
    """The citation buttons of these numbers."""
    return "".join(marker(number, KEY, briefing.citations) for number in numbers)
