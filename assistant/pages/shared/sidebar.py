"""The sidebar: the pages, the conversations, and which model is writing."""

from __future__ import annotations

import streamlit as st

from assistant.desk import Assistant
from assistant.pages.shared import common, components
from assistant.results import wording
from vectorstore.ledger.history import Conversation

_SHOWN = 30  # conversations listed before "Show all" is needed


def show(desk: Assistant) -> None:
    """Draw the sidebar."""
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
    with common.errors_as_messages():
        _conversations(desk)
    st.space("small")
    common.show(
        f'<div class="bd-small"><b>Writing:</b> '
        f"{common.escape(wording.writer_words(desk.settings.model))}</div>"
    )


def _conversations(desk: Assistant) -> None:
    """The list of conversations, the open one marked, and the button for a new one."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        common.show('<div class="bd-label">Conversations</div>')
        if st.button("New", icon=":material/add:", type="tertiary", key="new-conversation"):
            common.open_conversation(None)
    conversations = desk.history.conversations()
    if not conversations:
        common.show('<div class="bd-small">Your questions will be kept here.</div>')
    show_all = len(conversations) <= _SHOWN or st.session_state.get("all-conversations", False)
    with st.container(gap="xxsmall", key="conversations"):
        for conversation in conversations if show_all else conversations[:_SHOWN]:
            _row(desk, conversation)
    if len(conversations) > _SHOWN:
        st.toggle(f"Show all {len(conversations)}", key="all-conversations", persist_state="session")


def _row(desk: Assistant, conversation: Conversation) -> None:
    """A conversation: a button that opens it, and a menu to rename or delete it."""
    is_open = st.session_state.get("conversation") == conversation.conversation_id
    with st.container(
        horizontal=True,
        wrap=False,
        gap=None,
        vertical_alignment="center",
        key=f"row-{'now-' if is_open else ''}{conversation.conversation_id}",
    ):
        if st.button(
            common.label(conversation.title),
            key=f"go-{conversation.conversation_id}",
            type="tertiary",
            width="stretch",
        ):
            common.open_conversation(conversation.conversation_id)
        action = st.menu_button(
            "",
            ["Rename", "Delete"],
            icon=":material/more_horiz:",
            type="tertiary",
            key=f"menu-{conversation.conversation_id}",
            help="Rename or delete",
        )
    if action == "Rename":
        _rename(desk, conversation)
    elif action == "Delete":
        _delete(desk, conversation)


@st.dialog("Rename conversation")
def _rename(desk: Assistant, conversation: Conversation) -> None:
    """Ask for a new name."""
    with st.form("rename", border=False):
        title = st.text_input("Name", value=conversation.title, max_chars=80)
        with st.container(horizontal=True):
            save = st.form_submit_button("Save", type="primary")
            if st.form_submit_button("Cancel"):
                st.rerun()
    if save:
        with common.errors_as_messages():
            if not title.strip():
                raise ValueError("A conversation needs a name: write conversation.")
            desk.history.rename(conversation.conversation_id, title)
            st.rerun()


@st.dialog("Delete conversation?")
def _delete(desk: Assistant, conversation: Conversation) -> None:
    """Ask before the conversation is deleted; if it was open, a new one is."""
    common.show(f"<p>“{common.escape(conversation.title)}” and its answers will be gone. Reports stay.</p>")
    if common.confirmed("Delete"):
        with common.errors_as_messages():
            desk.history.delete(conversation.conversation_id)
        if st.session_state.get("conversation") == conversation.conversation_id:
            common.open_conversation(None)
        st.rerun()
