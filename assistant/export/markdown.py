"""Markdown in which the sources' characters stand for themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.export import content
from assistant.results.answer import Answer, Citation, Sentence
from assistant.results.briefing import Briefing, Event
from assistant.results.event_table import WHAT, cell, columns
from assistant.results.wording import date_words


def render(one: Briefing) -> bytes:
    return ("\n\n".join(_blocks(one)) + "\n").encode()


def answer(one: Answer) -> str:
    """Question, answer and endnotes."""
    blocks = [f"**{_text(one.question)}**"]
    if one.listed:
        blocks += [("" if each.support == "note" else "- ") + _sentences([each]) for each in one.sentences]
    else:
        blocks.append(_sentences(one.sentences))
    if one.citations:
        blocks.append(_endnotes(one.citations))
    return "\n\n".join(blocks) + "\n"


def _blocks(one: Briefing) -> Iterator[str]:
    marking = [f"**{_text(content.sentence_text(one.handling))}**"] if one.handling else []
    yield from marking
    yield f"# {_said(one.title)}"
    yield "  \n".join(_text(line) for line in content.title_lines(one))
    if one.notice:
        yield f"*{_text(one.notice)}*"
    if one.bottom_line:
        yield f"**{content.BOTTOM_LINE}.** {_sentences(one.bottom_line)}"
    for heading, sentences in content.judged(one):
        yield f"## {heading}"
        yield f"*{_text(content.of_judgements(one))}*"
        yield "\n".join(f"- {_sentences([each])}" for each in sentences)
    yield from _findings(one)
    if one.chronology:
        yield f"## {content.CHRONOLOGY}"
        yield "\n".join(_events(one.chronology))
    yield from _conflicts(one)
    yield from _echoes(one)
    if one.gaps:
        yield f"## {content.GAPS}"
        yield "\n".join(f"- {_said(gap)}" for gap in one.gaps)
    if not content.is_excerpt(one):
        yield f"## {content.SOURCES}"
        yield _said(one.source_summary.text)
    if one.citations:
        yield f"## {content.ENDNOTES}"
        yield _endnotes(one.citations)
    yield from marking


def _findings(one: Briefing) -> Iterator[str]:
    if one.paragraphs and not content.is_excerpt(one):
        yield f"## {content.FINDINGS}"
    for paragraph in one.paragraphs:
        if not content.is_excerpt(one):
            yield f"### {_said(paragraph.heading)}"
        yield _sentences(paragraph.sentences)
        if paragraph.confidence:
            yield f"*{_text(paragraph.confidence.text)}*"


def _events(events: Sequence[Event]) -> Iterator[str]:
    """The lines of a table."""
    names = columns(events)
    yield f"| {' | '.join(names)} |"
    yield f"| {' | '.join('---' for _ in names)} |"
    for event in events:
        cells = [
            _said(cell(event, name)) + (content.markers(event.citations) if name == WHAT else "")
            for name in names
        ]
        yield f"| {' | '.join(cells)} |"


def _conflicts(one: Briefing) -> Iterator[str]:
    if one.conflicts:
        yield f"## {content.CONFLICTS}"
    for conflict in one.conflicts:
        sides = [
            f"- {date_words(side.date)}: {_said(side.text)}{content.markers(side.citations)}"
            for side in conflict.sides
        ]
        yield "\n".join([f"**{_said(conflict.about)}** ({content.conflict_kind(conflict)})", "", *sides])


def _echoes(one: Briefing) -> Iterator[str]:
    if one.echoes:
        yield f"## {content.ECHOES}"
        yield "\n".join(
            f"- **{_said(echo.origin)}** ({content.kind_of_echo(echo)}): {_text(content.carriers(echo))}"
            f"{content.markers(echo.citations)}"
            for echo in one.echoes
        )


def _sentences(sentences: Sequence[Sentence]) -> str:
    return " ".join(
        _text(content.isolate_runs(content.plain_text(one))) + content.markers(one.citations)
        for one in sentences
    )


def _endnotes(citations: Sequence[Citation]) -> str:
    """A paragraph each: its number is text like the markers', and goes along when it is copied."""
    return "\n\n".join(
        f"[{one.number}] {_text(_credit(one))}  \n{_text(content.isolate_runs(f'“{content.quote(one)}”'))}"
        for one in citations
    )


def _credit(one: Citation) -> str:
    parts = [content.isolate_runs(part) for part in content.credit_parts(one)]
    return f"{content.origin(one, parts)}. {content.grade_words(one)}."


def _said(text: str) -> str:
    return _text(content.isolate_runs(content.sentence_text(text)))


def _text(text: str) -> str:
    """Text in which no character is markup."""
    line = re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", " ".join(text.split()))
    line = re.sub(r"^(\d*)([#+=.)-])", r"\1\\\2", line)
    return line.replace("&", "&amp;") if re.search(r"&#?\w+;", line) else line
