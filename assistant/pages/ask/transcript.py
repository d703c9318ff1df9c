"""A kept conversation: its questions, and its answers with their sources and a copy to take along."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from assistant.pages.shared import common, filters, markup, source
from assistant.results.answer import Answer, Citation
from vectorstore import Filters, Passage
from vectorstore.ledger.history import Turn
from vectorstore.records import DocumentRecord

FILTERS = "filters"  # key in the saved JSON of an answer, beside the fields of Answer.to_json


def show(
    turns: Sequence[Turn], records: Sequence[DocumentRecord], *, last: bool
) -> dict[str, tuple[Citation, ...]]:
    """Show a conversation; returns the citations shown, by the key of their answer (see common.citation_at).

    `last` says that no further question follows on the page, so that the last one here is to stand at its top.
    """
    shown: dict[str, tuple[Citation, ...]] = {}
    newest = (last and last_question(turns)) or len(turns)
    for number, turn in enumerate(turns[:newest]):
        _turn(turn, number, records, shown)
    if newest < len(turns):
        with newest_question():
            for number, turn in enumerate(turns[newest:], newest):
                _turn(turn, number, records, shown)
    return shown


def newest_question() -> Any:
    """A container for the newest question and its answer, tall enough to scroll the question to the top."""
    return st.container(key="newest")


def last_question(turns: Sequence[Turn]) -> int:
    """The index of the last question among the turns; 0 if there is none."""
    return max((number for number, turn in enumerate(turns) if turn.role == "user"), default=0)


def last_filters(turns: Sequence[Turn]) -> Filters | None:
    """The filters of the last answer; None if no answer has any saved."""
    saved = [turn.answer[FILTERS] for turn in turns if turn.answer is not None and FILTERS in turn.answer]
    return filters.from_json(saved[-1]) if saved else None


def question(text: str, number: int = 0) -> None:
    """Show a question; `number` is its index among the turns."""
    common.show(f'<div class="bd-question" data-question="{number}">{common.escape(text)}</div>')


def show_filters(chosen: Filters, records: Sequence[DocumentRecord]) -> None:
    """Say under which filters the answer below was given; nothing if there were none."""
    if words := filters.words(chosen, records):
        common.show(f'<div class="bd-under">{common.escape(words)}</div>')


def _turn(
    turn: Turn, number: int, records: Sequence[DocumentRecord], shown: dict[str, tuple[Citation, ...]]
) -> None:
    """Show a question or an answer, and put the citations of an answer into `shown`."""
    if turn.role == "user":
        question(turn.content, number)
    elif turn.answer is not None:
        key = f"answer{number}"
        answer = replace(Answer.from_json(turn.answer), nearest=_nearest(turn.answer))
        chosen = filters.from_json(turn.answer.get(FILTERS, {}))
        show_filters(chosen, records)
        _answer(answer, key, filters.words(chosen, records), records)
        shown[key] = answer.citations + tuple(
            Citation.of(passage, 0, len(passage.text), number)
            for number, passage in enumerate(answer.nearest, 1)
        )
    else:
        common.show(f'<div class="bd-prose">{common.escape(turn.content)}</div>')


def _nearest(saved: Mapping[str, Any]) -> tuple[Passage, ...]:
    """The nearest passages of a saved refusal, which Answer.from_json leaves out."""
    return tuple(Passage(**{**row, "authors": tuple(row["authors"])}) for row in saved.get("nearest", ()))


def _answer(answer: Answer, key: str, filter_words: str, records: Sequence[DocumentRecord]) -> None:
    """Show an answer: how the question was understood, sentences, notices, sources, and the copy to take along."""
    if answer.understood:
        common.show(markup.small(f"Understood as: {answer.understood}"))
    common.show(markup.answer(answer.sentences, key, answer.citations, listed=answer.listed))
    if answer.notice:
        common.show(f'<div class="bd-reason">{common.escape(answer.notice)}</div>')
    filters.left_out(answer.left_out_undated)
    if answer.citations:
        common.show(markup.sources(answer.citations, key))
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            common.show(markup.small(markup.support_line(answer)))
            _save(answer, key, filter_words, records)
    elif answer.nearest:
        common.show(markup.nearest(answer.nearest, key))
    st.space("medium")


def _save(answer: Answer, key: str, filter_words: str, records: Sequence[DocumentRecord]) -> None:
    """The popover to copy an answer as Markdown or save it."""
    with st.popover("Copy or save", icon=":material/content_copy:", type="tertiary"):
        text = markdown(answer, filter_words, records)
        common.show(markup.small("Copy with the button at the top right of the text, or save it."))
        with st.container(key=f"copy-{key}"):
            st.code(text, language=None, wrap_lines=True, height=260)
        st.download_button(
            "Save as Markdown",
            text,
            file_name="answer.md",
            mime="text/markdown",
            icon=":material/download:",
            on_click="ignore",
            key=f"save-{key}",
        )


def markdown(answer: Answer, filter_words: str, records: Sequence[DocumentRecord]) -> str:
    """The answer as Markdown with endnotes, its filters (`filter_words`, "" for none) and the grades of its sources."""
    from assistant.export import answer_markdown

    by_id = {record.document_id: record for record in records}
    grades = [
        f"{citation.number}: {grade}"
        for citation in answer.citations
        if citation.document_id in by_id and (grade := source.grade_words(by_id[citation.document_id]))
    ]
    lines = (
        [re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", f"Asked of reports: {filter_words}")] if filter_words else []
    )
    lines += [f"Grades of the sources (Admiralty): {', '.join(grades)}"] if grades else []
    return answer_markdown(answer) + "".join(f"\n{line}\n" for line in lines)
