"""The sidebar: the pages, the conversations, and which model is writing."""

from __future__ import annotations

import streamlit as st

from assistant.desk import Assistant
from assistant.pages.shared import common, components
from assistant.results import wording
from vectorstore.ledger.history import Conversation

_SHOWN = 30  # conversations before "Show all"


def show(desk: Assistant) -> None:
    common.show('<div class="bd-brand">Briefing Desk</div>')
    components.close_sidebar_on_phones()
    with st.container(gap="xxsmall", key="pages"):
        st.page_link(
            common.page("ask"),
            width="stretch",
            query_params=common.conversation_link(st.session_state.get("conversation")),
        )
        st.page_link(common.page("briefing"), width="stretch")
        st.page_link(common.page("library"), width="stretch")
    st.space("small")
    with common.in_words():
        _conversations(desk)
    st.space("small")
    common.show(
        f'<div class="bd-small"><b>Writing:</b> '
        f"{common.escape(wording.writer_words(desk.settings.model))}</div>"
    )


def _conversations(desk: Assistant) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        common.show('<div class="bd-label">Conversations</div>')
        if st.button("New", icon=":material/add:", type="tertiary", key="new-conversation"):
            common.open_conversation(None)
    known = desk.history.conversations()
    if not known:
        common.show('<div class="bd-small">Your questions will be kept here.</div>')
    everything = len(known) <= _SHOWN or st.session_state.get("all-conversations", False)
    with st.container(gap="xxsmall", key="conversations"):
        for one in known if everything else known[:_SHOWN]:
            _row(desk, one)
    if len(known) > _SHOWN:
        st.toggle(f"Show all {len(known)}", key="all-conversations", persist_state="session")


def _row(desk: Assistant, one: Conversation) -> None:
    now = st.session_state.get("conversation") == one.conversation_id
    with st.container(
        horizontal=True,
        wrap=False,
        gap=None,
        vertical_alignment="center",
        key=f"row-{'now-' if now else ''}{one.conversation_id}",
    ):
        if st.button(
            common.label(one.title), key=f"go-{one.conversation_id}", type="tertiary", width="stretch"
        ):
            common.open_conversation(one.conversation_id)
        wish = st.menu_button(
            "",
            ["Rename", "Delete"],
            icon=":material/more_horiz:",
            type="tertiary",
            key=f"menu-{one.conversation_id}",
            help="Rename or delete",
        )
    if wish == "Rename":
        _rename(desk, one)
    elif wish == "Delete":
        _delete(desk, one)


@st.dialog("Rename conversation")
def _rename(desk: Assistant, one: Conversation) -> None:
    with st.form("rename", border=False):
        title = st.text_input("Name", value=one.title, max_chars=80)
        with st.container(horizontal=True):
            save = st.form_submit_button("Save", type="primary")
            if st.form_submit_button("Cancel"):
                st.rerun()
    if save:
        with common.in_words():
            if not title.strip():
                raise ValueError("A conversation needs a name: write one.")
            desk.history.rename(one.conversation_id, title)
            st.rerun()


@st.dialog("Delete conversation?")
def _delete(desk: Assistant, one: Conversation) -> None:
    common.show(f"<p>“{common.escape(one.title)}” and its answers will be gone. Reports stay.</p>")
    if common.confirmed("Delete"):
        with common.in_words():
            desk.history.delete(one.conversation_id)
        if st.session_state.get("conversation") == one.conversation_id:
            common.open_conversation(None)
        st.rerun()
