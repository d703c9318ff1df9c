"""Asks one question: shows the answer as it is written, offers a Stop button, and keeps what was written."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace

import streamlit as st

from assistant.desk import Assistant
from assistant.pages.ask import transcript
from assistant.pages.shared import common, components, filters, markup
from assistant.pages.shared.streaming import with_ticks
from assistant.results.answer import Answer, Sentence
from ingest import IngestError
from vectorstore import Filters, StoreError
from vectorstore.errors import NotFound
from vectorstore.ledger.history import Turn

_WAITING = '<div class="bd bd-wait">Reading the reports …</div>'
_PATIENCE = 5.0  # seconds to wait for an interrupted run to keep its answer
_STOPPED = "Stopped before the answer was finished."


def await_interrupted() -> None:
    """Wait until the run that a click has interrupted has kept what it had written.

    Streamlit starts the new run at once; without waiting it would show the conversation before that answer is in it.
    """
    interrupted = st.session_state.pop("answering", None)
    if interrupted is not None:
        interrupted.wait(_PATIENCE)


def answer(
    desk: Assistant, conversation: str | None, turns: Sequence[Turn], question: str, chosen: Filters
) -> None:
    """Ask in a conversation, or in a new one if it is None; shows the answer as it is written, and keeps it.

    If the conversation already ends with this question, unanswered, it is not added again. Reruns the page at the end.
    """
    again = bool(turns and turns[-1].role == "user" and turns[-1].content == question)
    if conversation is None or not again:
        conversation = _add_question(desk, conversation, question)
    with nullcontext() if again or not turns else transcript.newest_question():
        if not again:
            transcript.question(question, len(turns))
            components.stand_at_question(f"{conversation}/{len(turns)}")
        transcript.show_filters(chosen, desk.documents())
        kept_in = _write_answer(desk, conversation, turns, question, chosen)
    if kept_in is not None:
        _go_to(kept_in)
        st.rerun()


def _add_question(desk: Assistant, conversation: str | None, question: str) -> str:
    """Add the question to the conversation and return its id: a new one if the old was deleted in another tab."""
    if conversation is not None:
        try:
            desk.history.append(conversation, "user", question)
            return conversation
        except NotFound:
            st.toast("The conversation had been deleted: the question begins a new one.")
    conversation = desk.history.start(question)
    desk.history.append(conversation, "user", question)
    _go_to(conversation)
    return conversation


def _go_to(conversation: str) -> None:
    """Make this the open conversation, in the session and in the address; its filters stay as they are."""
    st.session_state["conversation"] = st.session_state["filters-of"] = conversation
    st.query_params["conversation"] = conversation


def _write_answer(
    desk: Assistant, conversation: str, turns: Sequence[Turn], question: str, chosen: Filters
) -> str | None:
    """Stream the answer and keep it; returns the id of the conversation that holds it.

    None if nothing was written; the reason has been shown then.
    """
    written: list[Sentence] = []
    whole: Answer | None = None
    output, stop = st.empty(), st.empty()
    # A click ends this run the next time it draws. The run that the click starts waits for `done`, then shows what was
    # written by then (see await_interrupted).
    done = st.session_state["answering"] = threading.Event()
    stop.button("Stop", icon=":material/stop_circle:", type="tertiary", key="stop")
    failure = None
    try:
        for piece in with_ticks(desk.stream(question, _history(turns), chosen)):
            if isinstance(piece, Answer):
                whole = piece
            elif piece is not None:
                written.append(piece)
            output.html(f'<div class="bd">{markup.answer(written, None, ())}</div>' if written else _WAITING)
    except (StoreError, IngestError) as error:
        failure = error.message
    except ValueError as error:
        failure = str(error)
    finally:  # runs also when a click ends the run, which Streamlit does by an exception
        result = whole or _partial(desk, question, written)
        kept_in = _keep(desk, conversation, result, chosen) if result is not None else None
        done.set()
    if failure is not None:
        stop.empty()
        output.error(common.label(failure), icon=":material/error:")
    return kept_in


def _keep(desk: Assistant, conversation: str, answer: Answer, chosen: Filters) -> str:
    """Save the answer with its filters; returns the conversation's id, a new one if it was deleted meanwhile."""
    row = answer.to_json() | {transcript.FILTERS: filters.to_json(chosen)}
    try:
        desk.history.append(conversation, "assistant", answer.text, row)
    except NotFound:  # deleted in another tab while the answer was written
        conversation = desk.history.start(answer.question)
        desk.history.append(conversation, "user", answer.question)
        desk.history.append(conversation, "assistant", answer.text, row)
    return conversation


def _partial(desk: Assistant, question: str, written: Sequence[Sentence]) -> Answer | None:
    """The sentences of a stopped answer as an answer; without citations, which come only with the whole answer."""
    if not written:
        return None
    return Answer(
        question=question,
        sentences=tuple(replace(sentence, citations=()) for sentence in written),
        citations=(),
        refused=False,
        model=desk.settings.model,
        seconds=0.0,
        notice=_STOPPED,
    )


def _history(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """The answered questions of the conversation with their answers, as {"role", "content"} messages."""
    messages = []
    for turn, following in zip(turns, turns[1:], strict=False):
        if turn.role == "user" and following.role == "assistant":
            messages += [
                {"role": "user", "content": turn.content},
                {"role": "assistant", "content": following.content},
            ]
    return messages
