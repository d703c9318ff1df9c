"""A conversation as it was: questions, and answers that can be read, opened and carried away."""

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

FILTERS = "filters"  # in the JSON that is kept of an answer, beside what the answer itself says


def show(
    turns: Sequence[Turn], records: Sequence[DocumentRecord], *, last: bool
) -> dict[str, tuple[Citation, ...]]:
    """Show a conversation; `last` says that its last question is the last of the page.

    Returns the citations shown, by the key of their answer.
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
    """The place of a later question and its answer, high enough that the question can stand at the top."""
    return st.container(key="newest")


def last_question(turns: Sequence[Turn]) -> int:
    """Its place among the turns."""
    return max((number for number, turn in enumerate(turns) if turn.role == "user"), default=0)


def last_filters(turns: Sequence[Turn]) -> Filters | None:
    """Those under which the last answer was given; None where that was not kept."""
    kept = [turn.answer[FILTERS] for turn in turns if turn.answer is not None and FILTERS in turn.answer]
    return filters.from_json(kept[-1]) if kept else None


def question(text: str, number: int = 0) -> None:
    common.show(f'<div class="bd-question" data-question="{number}">{common.escape(text)}</div>')


def under(chosen: Filters, records: Sequence[DocumentRecord]) -> None:
    """Say which reports the answer below was asked of."""
    if told := filters.words(chosen, records):
        common.show(f'<div class="bd-under">{common.escape(told)}</div>')


def _turn(
    turn: Turn, number: int, records: Sequence[DocumentRecord], shown: dict[str, tuple[Citation, ...]]
) -> None:
    if turn.role == "user":
        question(turn.content, number)
    elif turn.answer is not None:
        key = f"answer{number}"
        answer = replace(Answer.from_json(turn.answer), nearest=_nearest(turn.answer))
        chosen = filters.from_json(turn.answer.get(FILTERS, {}))
        under(chosen, records)
        _answer(answer, key, filters.words(chosen, records), records)
        shown[key] = answer.citations + tuple(
            Citation.of(passage, 0, len(passage.text), place)
            for place, passage in enumerate(answer.nearest, 1)
        )
    else:
        common.show(f'<div class="bd-prose">{common.escape(turn.content)}</div>')


def _nearest(saved: Mapping[str, Any]) -> tuple[Passage, ...]:
    return tuple(Passage(**{**row, "authors": tuple(row["authors"])}) for row in saved.get("nearest", ()))


def _answer(answer: Answer, key: str, asked_of: str, records: Sequence[DocumentRecord]) -> None:
    if answer.understood:
        common.show(markup.small(f"Understood as: {answer.understood}"))
    common.show(markup.answer(answer.sentences, key, answer.citations, listed=answer.listed))
    if answer.notice:
        common.show(f'<div class="bd-reason">{common.escape(answer.notice)}</div>')
    filters.left_out(answer.left_out_undated)
    if answer.citations:
        common.show(markup.sources(answer.citations, key))
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            common.show(markup.small(markup.standing(answer)))
            _save(answer, key, asked_of, records)
    elif answer.nearest:
        common.show(markup.nearest(answer.nearest, key))
    st.space("medium")


def _save(answer: Answer, key: str, asked_of: str, records: Sequence[DocumentRecord]) -> None:
    with st.popover("Copy or save", icon=":material/content_copy:", type="tertiary"):
        text = markdown(answer, asked_of, records)
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


def markdown(answer: Answer, asked_of: str, records: Sequence[DocumentRecord]) -> str:
    """The answer with its endnotes, the filters it was asked under and the grades of its sources."""
    from assistant.export import answer_markdown

    by_id = {one.document_id: one for one in records}
    grades = [
        f"{cited.number}: {grade}"
        for cited in answer.citations
        if cited.document_id in by_id and (grade := source.grade_words(by_id[cited.document_id]))
    ]
    told = [re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", f"Asked of reports: {asked_of}")] if asked_of else []
    told += [f"Grades of the sources (Admiralty): {', '.join(grades)}"] if grades else []
    return answer_markdown(answer) + "".join(f"\n{line}\n" for line in told)
