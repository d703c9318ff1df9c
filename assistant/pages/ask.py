"""The Ask page: a conversation whose answers cite, and open, the exact words they rest on."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from assistant import wording
from assistant.answer import Answer, Citation, Sentence
from assistant.desk import Assistant
from assistant.pages import adding, common, filters, prose, source
from assistant.pages.streaming import ticking
from ingest import IngestError
from vectorstore import Filters, Passage, StoreError
from vectorstore.errors import NotFound
from vectorstore.history import Turn

EXAMPLES = (  # of the sample reports
    "Why did the UN mission leave Mali?",
    "How many soldiers did the attack on Indelimane kill?",
    "How many people were displaced in Mali at the end of 2020?",
    "How many attacks were there in Kayes in 2023?",
)
_EXAMPLE_SOURCE = "2023-07-minusma-exit-assessment.pdf"
_WAITING = '<div class="bd bd-wait">Reading the reports …</div>'
_PATIENCE = 5.0  # seconds
_STOPPED = "Stopped before the answer was finished."


def show() -> None:
    desk = common.desk()
    clicked = common.listen()
    _await_interrupted()
    conversation, turns = _conversation(desk)
    shown = _turns(turns)
    with st.bottom:
        chosen = filters.choose(desk, "ask")
    typed = st.chat_input("Ask the reports …", key="question", submit_mode="disable", max_chars=20_000)
    question = typed or st.session_state.pop("asked", None)
    if turns and turns[-1].role == "user" and not question and _ask_again():
        question = turns[-1].content
    welcome = st.empty()  # emptied, rather than left to fade, as soon as there is a question
    if not turns and not question:
        with welcome.container():
            _welcome(desk)
    if question and chosen is not None:
        _answer(desk, conversation, turns, question, chosen)
    cited = common.citation_at(clicked, shown)
    if cited is not None:
        source.show(desk, cited)


def _await_interrupted() -> None:
    """A click starts a new run before the one it interrupts has put away what it had written."""
    interrupted = st.session_state.pop("answering", None)
    if interrupted is not None:
        interrupted.wait(_PATIENCE)


def _conversation(desk: Assistant) -> tuple[str | None, list[Turn]]:
    """The conversation that the address names, and what was said in it."""
    conversation = st.query_params.get("conversation")
    if conversation is not None:
        try:
            turns = desk.history.turns(conversation)
        except NotFound as error:
            st.warning(common.label(error.message))
            conversation = None
            st.query_params.clear()
    if st.session_state.get("conversation") != conversation:
        st.session_state["conversation"] = conversation
        st.rerun()  # the sidebar marks which one is open
    return conversation, turns if conversation else []


def _welcome(desk: Assistant) -> None:
    st.title("Ask the reports", anchor=False)
    records = desk.documents()
    if not records:
        common.show(
            '<div class="bd-lead">The library is empty. Add reports, and every answer will show the exact words '
            "it rests on.</div>"
        )
        adding.first_steps(desk)
        return
    common.show(
        f'<div class="bd-lead">Every sentence of an answer shows the exact words it rests on, in '
        f"{wording.count_words(len(records), 'report')}.</div>"
    )
    if any(one.source == _EXAMPLE_SOURCE for one in records):
        st.space("small")
        common.show('<div class="bd-label">For example</div>')
        for number, example in enumerate(EXAMPLES):
            if st.button(example, key=f"example-{number}", width="stretch"):
                st.session_state["asked"] = example
                st.rerun()


def _ask_again() -> bool:
    with st.container(horizontal=True, vertical_alignment="center"):
        common.show('<span class="bd-note">This question was not answered.</span>')
        return st.button("Ask again", icon=":material/refresh:", type="tertiary")


# -- what was said


def _turns(turns: Sequence[Turn]) -> dict[str, tuple[Citation, ...]]:
    """Show a conversation; the citations shown, by the key of their answer."""
    shown = {}
    for number, turn in enumerate(turns):
        if turn.role == "user":
            _question(turn.content)
        elif turn.answer is not None:
            key = f"answer{number}"
            answer = replace(Answer.from_json(turn.answer), nearest=_nearest(turn.answer))
            _shown_answer(answer, key)
            shown[key] = answer.citations + tuple(
                Citation.of(passage, 0, len(passage.text), place)
                for place, passage in enumerate(answer.nearest, 1)
            )
        else:
            common.show(f'<div class="bd-prose">{common.escape(turn.content)}</div>')
    return shown


def _nearest(saved: Mapping[str, Any]) -> tuple[Passage, ...]:
    return tuple(Passage(**{**row, "authors": tuple(row["authors"])}) for row in saved.get("nearest", ()))


def _question(question: str) -> None:
    common.show(f'<div class="bd-question">{common.escape(question)}</div>')


def _shown_answer(answer: Answer, key: str) -> None:
    if answer.understood:
        common.show(prose.small(f"Understood as: {answer.understood}"))
    common.show(prose.answer(answer.sentences, key, answer.citations))
    if answer.notice:
        common.show(f'<div class="bd-reason">{common.escape(answer.notice)}</div>')
    filters.left_out(answer.left_out_undated)
    if answer.citations:
        common.show(prose.sources(answer.citations, key))
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            common.show(prose.small(prose.standing(answer)))
            _save(answer, key)
    elif answer.nearest:
        common.show(prose.nearest(answer.nearest, key))
    st.space("medium")


def _save(answer: Answer, key: str) -> None:
    with st.popover("Copy or save", icon=":material/content_copy:", type="tertiary"):
        from assistant.export import answer_markdown

        text = answer_markdown(answer)
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


# -- answering


def _answer(
    desk: Assistant, conversation: str | None, turns: Sequence[Turn], question: str, chosen: Filters
) -> None:
    if conversation is None:
        conversation = desk.history.start(question)
        st.session_state["conversation"] = conversation
        st.query_params["conversation"] = conversation
    if not (turns and turns[-1].role == "user" and turns[-1].content == question):
        desk.history.append(conversation, "user", question)
        _question(question)
    written: list[Sentence] = []
    answer: Answer | None = None
    place = st.empty()
    # A click ends this run where it draws next; what was written by then is kept, and shown by the run it starts.
    done = st.session_state["answering"] = threading.Event()
    st.button("Stop", icon=":material/stop_circle:", type="tertiary", key="stop")
    try:
        for piece in ticking(desk.stream(question, _history(turns), chosen)):
            if isinstance(piece, Answer):
                answer = piece
            elif piece is not None:
                written.append(piece)
            place.html(f'<div class="bd">{prose.answer(written, None, ())}</div>' if written else _WAITING)
    except (StoreError, IngestError) as error:
        st.error(common.label(error.message), icon=":material/error:")
    except ValueError as error:
        st.error(common.label(str(error)), icon=":material/error:")
    finally:  # also when a click ends the run, by an exception of Streamlit's own
        kept = answer or _partial(desk, question, written)
        if kept is not None:
            desk.history.append(conversation, "assistant", kept.text, kept.to_json())
        done.set()
    if kept is not None:
        st.rerun()


def _partial(desk: Assistant, question: str, written: Sequence[Sentence]) -> Answer | None:
    """What had been written when the answer was stopped; its sources come only with a whole answer."""
    if not written:
        return None
    return Answer(
        question=question,
        sentences=tuple(replace(one, citations=()) for one in written),
        citations=(),
        refused=False,
        model=desk.settings.model,
        seconds=0.0,
        notice=_STOPPED,
    )


def _history(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """The answered questions of the conversation, with their answers."""
    told = []
    for turn, following in zip(turns, turns[1:], strict=False):
        if turn.role == "user" and following.role == "assistant":
            told += [
                {"role": "user", "content": turn.content},
                {"role": "assistant", "content": following.content},
            ]
    return told
