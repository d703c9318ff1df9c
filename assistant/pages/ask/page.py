"""The Ask page: a conversation whose answers cite the exact words they rest on, and open them at a click."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.desk import Assistant
from assistant.pages.ask import answering, transcript
from assistant.pages.shared import adding, common, components, filters, source
from assistant.results import wording
from vectorstore import Filters
from vectorstore.errors import NotFound
from vectorstore.ledger.history import Turn
from vectorstore.records import NO_FILTERS, DocumentRecord

EXAMPLES = (  # questions that the sample reports answer
    "Why did the UN mission leave Mali?",
    "How many soldiers did the attack on Indelimane kill?",
    "How many people were displaced in Mali at the end of 2020?",
    "How many attacks were there in Kayes in 2023?",
)
_EXAMPLE_SOURCE = "2023-07-minusma-exit-assessment.pdf"  # in the library: the samples are there
_EMPTY = "The library is empty: add reports first."


def show() -> None:
    """Draw the page: the conversation of the address, the question field, and an answer if a question was asked."""
    desk = common.desk()
    clicked = components.listen()
    answering.await_interrupted()
    records = desk.documents()
    conversation, turns = _conversation(desk)
    _set_filters(conversation, turns, records)
    with st.bottom:
        chosen = filters.choose(records, "ask")
        typed = st.chat_input("Ask the reports …", key="question", submit_mode="disable", max_chars=20_000)
    question = (typed or st.session_state.pop("asked", None) or "").strip()
    if st.session_state.get("conversation") != conversation:
        st.session_state["conversation"] = conversation
        if question:
            st.session_state["asked"] = question
        st.rerun()  # so that the sidebar marks the open conversation
    obstacle = _obstacle(desk, records, chosen)
    if question and obstacle:
        st.session_state["held"], question = question, ""
    pending = "" if question else st.session_state.get("held", "")
    shown = transcript.show(turns, records, last=not (question or pending))
    if turns and turns[-1].role == "user" and not (question or pending) and _ask_again():
        question = turns[-1].content
    welcome = st.empty()  # cleared at once by a question; what a run does not draw would only fade
    if pending:
        _pending_question(pending, obstacle)
        if not records:
            adding.first_steps(desk)
    elif not turns and not question:
        with welcome.container():
            _welcome(desk, records)
    if question and chosen is not None:
        answering.answer(desk, conversation, turns, question, chosen)
    elif turns:
        components.stand_at_question(f"{conversation}/{transcript.last_question(turns)}")
    cited = common.citation_at(clicked, shown)
    if cited is not None:
        source.show(desk, cited)


def _conversation(desk: Assistant) -> tuple[str | None, list[Turn]]:
    """The id and turns of the conversation that the address names; (None, []) if it names none.

    If that conversation has been deleted, says so and takes it out of the address.
    """
    conversation = st.query_params.get("conversation")
    if conversation is None:
        return None, []
    try:
        return conversation, desk.history.turns(conversation)
    except NotFound:
        st.toast("This conversation has been deleted: the next question begins a new one.")
        st.query_params.clear()
        # The open conversation is None now: marking its filters as set keeps those of a question just typed.
        st.session_state["filters-of"] = None
        return None, []


def _set_filters(conversation: str | None, turns: Sequence[Turn], records: Sequence[DocumentRecord]) -> None:
    """Once per opened conversation, set the filters to those of its last answer; a new one starts without filters."""
    if st.session_state.get("filters-of") == conversation:
        return
    st.session_state["filters-of"] = conversation
    last = transcript.last_filters(turns) if conversation is not None else NO_FILTERS
    if last is not None:
        filters.set_fields("ask", last, records)


# -- a question that cannot be asked yet


def _obstacle(desk: Assistant, records: Sequence[DocumentRecord], chosen: Filters | None) -> str:
    """Why no question can be answered now, in words; "" if one can."""
    if not records:
        return "The first reports are still being added." if desk.jobs.active() else _EMPTY
    return "" if chosen is not None else "A filter is no date: put it right or clear it, then ask."


def _pending_question(question: str, obstacle: str) -> None:
    """Show a question that could not be asked yet, with buttons to ask it once nothing is in the way, or drop it."""
    transcript.question(question)
    if obstacle:
        common.show(f'<div class="bd-reason">{common.escape(obstacle)}</div>')
    with st.container(horizontal=True):
        st.button(
            "Ask this question",
            type="primary",
            disabled=bool(obstacle),
            key="ask-held",
            on_click=_release,
            args=(question,),
        )
        st.button("Discard", type="tertiary", key="discard-held", on_click=_release)


def _release(question: str | None = None) -> None:
    """Callback of the two buttons: ask this question in the next run, or with None drop it."""
    st.session_state["held"] = ""
    st.session_state["asked"] = question


def _ask_again() -> bool:
    """Under a question without an answer: was "Ask again" clicked?"""
    with st.container(horizontal=True, vertical_alignment="center"):
        common.show('<span class="bd-note">This question was not answered.</span>')
        return st.button("Ask again", icon=":material/refresh:", type="tertiary")


# -- nothing asked yet


def _welcome(desk: Assistant, records: Sequence[DocumentRecord]) -> None:
    """What the page shows before the first question: how to begin, and examples if the samples are there."""
    st.title("Ask the reports", anchor=False)
    if not records:
        adding.empty_library_line(
            desk,
            "The library is empty. Add reports, and every answer will show the exact words it rests on.",
        )
        adding.first_steps(desk)
        return
    common.show(
        f'<div class="bd-lead">Every sentence of an answer shows the exact words it rests on, in '
        f"{wording.count_words(len(records), 'report')}.</div>"
    )
    if any(record.source == _EXAMPLE_SOURCE for record in records):
        st.space("small")
        common.show('<div class="bd-label">For example</div>')
        for number, example in enumerate(EXAMPLES):
            if st.button(example, key=f"example-{number}", width="stretch"):
                st.session_state["asked"] = example
                st.rerun()
