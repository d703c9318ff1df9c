"""A question on its way: its sentences as they come, the Stop button, and what is kept of them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace

import streamlit as st

from assistant.desk import Assistant
from assistant.pages.ask import transcript
from assistant.pages.shared import common, components, filters, markup
from assistant.pages.shared.streaming import ticking
from assistant.results.answer import Answer, Sentence
from ingest import IngestError
from vectorstore import Filters, StoreError
from vectorstore.errors import NotFound
from vectorstore.ledger.history import Turn

_WAITING = '<div class="bd bd-wait">Reading the reports …</div>'
_PATIENCE = 5.0  # seconds
_STOPPED = "Stopped before the answer was finished."


def await_interrupted() -> None:
    """A click starts a new run before the one it interrupts has put away what it had written."""
    interrupted = st.session_state.pop("answering", None)
    if interrupted is not None:
        interrupted.wait(_PATIENCE)


def answer(
    desk: Assistant, conversation: str | None, turns: Sequence[Turn], question: str, chosen: Filters
) -> None:
    """Ask in a conversation, or with None in a new one; shows the answer as it is written, and keeps it."""
    again = bool(turns and turns[-1].role == "user" and turns[-1].content == question)
    if conversation is None or not again:
        conversation = _asked(desk, conversation, question)
    with nullcontext() if again or not turns else transcript.newest_question():
        if not again:
            transcript.question(question, len(turns))
            components.stand_at_question(f"{conversation}/{len(turns)}")
        transcript.under(chosen, desk.documents())
        kept = _written(desk, conversation, turns, question, chosen)
    if kept is not None:
        _go_to(kept)
        st.rerun()


def _asked(desk: Assistant, conversation: str | None, question: str) -> str:
    """The conversation that holds the question now: a new one if the old one has gone in another tab."""
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
    st.session_state["conversation"] = st.session_state["filters-of"] = conversation
    st.query_params["conversation"] = conversation


def _written(
    desk: Assistant, conversation: str, turns: Sequence[Turn], question: str, chosen: Filters
) -> str | None:
    """The conversation in which the answer is kept; None where there is none, and why has been shown."""
    written: list[Sentence] = []
    whole: Answer | None = None
    place, stop = st.empty(), st.empty()
    # A click ends this run where it draws next; what was written by then is kept, and shown by the run it starts.
    done = st.session_state["answering"] = threading.Event()
    stop.button("Stop", icon=":material/stop_circle:", type="tertiary", key="stop")
    failure = None
    try:
        for piece in ticking(desk.stream(question, _history(turns), chosen)):
            if isinstance(piece, Answer):
                whole = piece
            elif piece is not None:
                written.append(piece)
            place.html(f'<div class="bd">{markup.answer(written, None, ())}</div>' if written else _WAITING)
    except (StoreError, IngestError) as error:
        failure = error.message
    except ValueError as error:
        failure = str(error)
    finally:  # also when a click ends the run, by an exception of Streamlit's own
        kept = whole or _partial(desk, question, written)
        where = _keep(desk, conversation, kept, chosen) if kept is not None else None
        done.set()
    if failure is not None:
        stop.empty()
        place.error(common.label(failure), icon=":material/error:")
    return where


def _keep(desk: Assistant, conversation: str, answer: Answer, chosen: Filters) -> str:
    row = answer.to_json() | {transcript.FILTERS: filters.to_json(chosen)}
    try:
        desk.history.append(conversation, "assistant", answer.text, row)
    except NotFound:  # deleted in another tab while the answer was written
        conversation = desk.history.start(answer.question)
        desk.history.append(conversation, "user", answer.question)
        desk.history.append(conversation, "assistant", answer.text, row)
    return conversation


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
