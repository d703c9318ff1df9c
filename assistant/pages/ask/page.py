"""The Ask page: a conversation whose answers cite, and open, the exact words they rest on."""

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

EXAMPLES = (  # of the sample reports
    "Why did the UN mission leave Mali?",
    "How many soldiers did the attack on Indelimane kill?",
    "How many people were displaced in Mali at the end of 2020?",
    "How many attacks were there in Kayes in 2023?",
)
_EXAMPLE_SOURCE = "2023-07-minusma-exit-assessment.pdf"
_EMPTY = "The library is empty: add reports first."


def show() -> None:
    desk = common.desk()
    clicked = components.listen()
    answering.await_interrupted()
    records = desk.documents()
    conversation, turns = _conversation(desk)
    _follow(conversation, turns, records)
    with st.bottom:
        chosen = filters.choose(records, "ask")
        typed = st.chat_input("Ask the reports …", key="question", submit_mode="disable", max_chars=20_000)
    question = (typed or st.session_state.pop("asked", None) or "").strip()
    if st.session_state.get("conversation") != conversation:
        st.session_state["conversation"] = conversation
        if question:
            st.session_state["asked"] = question
        st.rerun()  # the sidebar marks which one is open
    hindrance = _hindrance(desk, records, chosen)
    if question and hindrance:
        st.session_state["held"], question = question, ""
    held = "" if question else st.session_state.get("held", "")
    shown = transcript.show(turns, records, last=not (question or held))
    if turns and turns[-1].role == "user" and not (question or held) and _ask_again():
        question = turns[-1].content
    welcome = st.empty()  # emptied, rather than left to fade, as soon as there is a question
    if held:
        _held(held, hindrance)
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
    """The conversation that the address names, and what was said in it."""
    conversation = st.query_params.get("conversation")
    if conversation is None:
        return None, []
    try:
        return conversation, desk.history.turns(conversation)
    except NotFound:
        st.toast("This conversation has been deleted: the next question begins a new one.")
        st.query_params.clear()
        st.session_state["filters-of"] = None  # a question that was just typed keeps its filters
        return None, []


def _follow(conversation: str | None, turns: Sequence[Turn], records: Sequence[DocumentRecord]) -> None:
    """Filters belong to a conversation: opened again it has those of its last answer, a new one has none."""
    if st.session_state.get("filters-of") == conversation:
        return
    st.session_state["filters-of"] = conversation
    last = transcript.last_filters(turns) if conversation is not None else NO_FILTERS
    if last is not None:
        filters.fill("ask", last, records)


# -- a question that cannot be asked yet


def _hindrance(desk: Assistant, records: Sequence[DocumentRecord], chosen: Filters | None) -> str:
    """Why no question can be answered now, or nothing."""
    if not records:
        return "The first reports are still being added." if desk.jobs.active() else _EMPTY
    return "" if chosen is not None else "A filter is no date: put it right or clear it, then ask."


def _held(question: str, hindrance: str) -> None:
    """Show a question that is held back, and ask it at a click once nothing hinders it."""
    transcript.question(question)
    if hindrance:
        common.show(f'<div class="bd-reason">{common.escape(hindrance)}</div>')
    with st.container(horizontal=True):
        st.button(
            "Ask this question",
            type="primary",
            disabled=bool(hindrance),
            key="ask-held",
            on_click=_release,
            args=(question,),
        )
        st.button("Discard", type="tertiary", key="discard-held", on_click=_release)


def _release(question: str | None = None) -> None:
    st.session_state["held"] = ""
    st.session_state["asked"] = question


def _ask_again() -> bool:
    with st.container(horizontal=True, vertical_alignment="center"):
        common.show('<span class="bd-note">This question was not answered.</span>')
        return st.button("Ask again", icon=":material/refresh:", type="tertiary")


# -- nothing asked yet


def _welcome(desk: Assistant, records: Sequence[DocumentRecord]) -> None:
    st.title("Ask the reports", anchor=False)
    if not records:
        adding.lead(
            desk,
            "The library is empty. Add reports, and every answer will show the exact words it rests on.",
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
