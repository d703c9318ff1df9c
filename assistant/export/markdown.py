"""Briefings and answers as Markdown in which a source's own characters are never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.export import content
from assistant.results.answer import Answer, Citation, Sentence
from assistant.results.briefing import Briefing, Event
from assistant.results.event_table import WHAT_HAPPENED, cell, columns
from assistant.results.wording import date_words


def render(briefing: Briefing) -> bytes:
    """The briefing as a Markdown file (CommonMark with tables) in UTF-8."""
    return ("\n\n".join(_blocks(briefing)) + "\n").encode()


def answer(answer: Answer) -> str:
    """Question, answer and endnotes; one bullet per sentence if the answer is a list."""
    blocks = [f"**{_text(answer.question)}**"]
    if answer.listed:
        blocks += [
            ("" if sentence.support == "note" else "- ") + _sentences([sentence])
            for sentence in answer.sentences
        ]
    else:
        blocks.append(_sentences(answer.sentences))
    if answer.citations:
        blocks.append(_endnotes(answer.citations))
    return "\n\n".join(blocks) + "\n"


def _blocks(briefing: Briefing) -> Iterator[str]:
    """The blocks of the file in order; they are joined by empty lines."""
    marking = [f"**{_text(content.sentence_text(briefing.handling))}**"] if briefing.handling else []
    yield from marking
    yield f"# {_source_text(briefing.title)}"
    yield "  \n".join(_text(line) for line in content.title_lines(briefing))
    if briefing.notice:
        yield f"*{_text(briefing.notice)}*"
    if briefing.bottom_line:
        yield f"**{content.BOTTOM_LINE}.** {_sentences(briefing.bottom_line)}"
    for heading, sentences in content.judgement_sections(briefing):
        yield f"## {heading}"
        yield f"*{_text(content.judgement_note(briefing))}*"
        yield "\n".join(f"- {_sentences([sentence])}" for sentence in sentences)
    yield from _findings(briefing)
    if briefing.chronology:
        yield f"## {content.CHRONOLOGY}"
        yield "\n".join(_events(briefing.chronology))
    yield from _conflicts(briefing)
    yield from _echoes(briefing)
    if briefing.gaps:
        yield f"## {content.GAPS}"
        yield "\n".join(f"- {_source_text(gap)}" for gap in briefing.gaps)
    if not content.is_excerpt(briefing):
        yield f"## {content.SOURCES}"
        yield _source_text(briefing.source_summary.text)
    if briefing.citations:
        yield f"## {content.ENDNOTES}"
        yield _endnotes(briefing.citations)
    yield from marking


def _findings(briefing: Briefing) -> Iterator[str]:
    """The paragraphs under their headings; an excerpt has no headings."""
    if briefing.paragraphs and not content.is_excerpt(briefing):
        yield f"## {content.FINDINGS}"
    for paragraph in briefing.paragraphs:
        if not content.is_excerpt(briefing):
            yield f"### {_source_text(paragraph.heading)}"
        yield _sentences(paragraph.sentences)
        if paragraph.confidence:
            yield f"*{_text(paragraph.confidence.text)}*"


def _events(events: Sequence[Event]) -> Iterator[str]:
    """The lines of the chronology's table."""
    names = columns(events)
    yield f"| {' | '.join(names)} |"
    yield f"| {' | '.join('---' for _ in names)} |"
    for event in events:
        cells = [
            _source_text(cell(event, name))
            + (content.markers(event.citations) if name == WHAT_HAPPENED else "")
            for name in names
        ]
        yield f"| {' | '.join(cells)} |"


def _conflicts(briefing: Briefing) -> Iterator[str]:
    if briefing.conflicts:
        yield f"## {content.CONFLICTS}"
    for conflict in briefing.conflicts:
        sides = [
            f"- {date_words(side.date)}: {_source_text(side.text)}{content.markers(side.citations)}"
            for side in conflict.sides
        ]
        yield "\n".join(
            [f"**{_source_text(conflict.about)}** ({content.conflict_kind(conflict)})", "", *sides]
        )


def _echoes(briefing: Briefing) -> Iterator[str]:
    if briefing.echoes:
        yield f"## {content.ECHOES}"
        yield "\n".join(
            f"- **{_source_text(echo.origin)}** ({content.echo_kind(echo)}): {_text(content.carriers(echo))}"
            f"{content.markers(echo.citations)}"
            for echo in briefing.echoes
        )


def _sentences(sentences: Sequence[Sentence]) -> str:
    """Sentences with their markers, in one paragraph."""
    return " ".join(
        _text(content.isolate_runs(content.plain_text(sentence))) + content.markers(sentence.citations)
        for sentence in sentences
    )


def _endnotes(citations: Sequence[Citation]) -> str:
    """One paragraph per citation. Its number is plain text like the markers, so it is copied along with the note."""
    return "\n\n".join(
        f"[{citation.number}] {_text(_credit(citation))}  \n"
        f"{_text(content.isolate_runs(f'“{content.quote(citation)}”'))}"
        for citation in citations
    )


def _credit(citation: Citation) -> str:
    parts = [content.isolate_runs(part) for part in content.credit_parts(citation)]
    return f"{content.credit_line(citation, parts)}. {content.grade_words(citation)}."


def _source_text(text: str) -> str:
    """Words of a source: safe characters, isolated if they run from the right, nothing of them markup."""
    return _text(content.isolate_runs(content.sentence_text(text)))


def _text(text: str) -> str:
    r"""Text in which no character is markup.

    Also escapes what would open a list, a heading or a rule at the start of the line, and entities:
    `_text("# no heading")` is `\# no heading`, `_text("1994. It rained.")` is `1994\. It rained.`
    """
    line = re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", " ".join(text.split()))
    line = re.sub(r"^(\d*)([#+=.)-])", r"\1\\\2", line)
    return line.replace("&", "&amp;") if re.search(r"&#?\w+;", line) else line
