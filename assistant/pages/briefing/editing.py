"""The editor of a briefing: each sentence is accepted, edited or struck, each paragraph renamed or moved."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.briefings import editing
from assistant.briefings.editing import SectionName, SentencePosition
from assistant.desk import Assistant
from assistant.pages.briefing import rendering
from assistant.pages.shared import common, markup
from assistant.results.answer import Sentence
from assistant.results.briefing import Briefing
from vectorstore.ledger.history import SavedBriefing

# Parts of a briefing that are lists of sentences: name of the field, heading.
_LISTS: tuple[tuple[SectionName, str], ...] = (
    ("bottom_line", "Bottom line"),
    ("key_judgements", "Key judgements"),
    ("alternatives", "Alternatives considered"),
)


def show(desk: Assistant, saved: SavedBriefing, briefing: Briefing) -> None:
    """Show every sentence and heading with its buttons; each change is saved and shown at once."""
    for part, name in _LISTS:
        sentences: Sequence[Sentence] = getattr(briefing, part)
        if sentences:
            common.show(rendering.section(name))
        for number, sentence in enumerate(sentences):
            _sentence(desk, saved, briefing, SentencePosition(part, number), sentence)
    for number, paragraph in enumerate(briefing.paragraphs):
        _heading(desk, saved, briefing, number)
        for index, sentence in enumerate(paragraph.sentences):
            _sentence(desk, saved, briefing, SentencePosition("paragraph", index, number), sentence)


def _heading(desk: Assistant, saved: SavedBriefing, briefing: Briefing, number: int) -> None:
    """The heading of a paragraph as a field, with buttons that move the paragraph up or down."""
    heading = briefing.paragraphs[number].heading
    key = f"{saved.briefing_id}-{number}-{len(briefing.paragraphs)}-{heading}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        typed = st.text_input("Heading", heading, key=f"edit-heading-{key}", label_visibility="collapsed")
        if typed.strip() and typed != heading:
            _keep(desk, saved, editing.rename(briefing, number, typed))
        last = number == len(briefing.paragraphs) - 1
        if st.button("", icon=":material/arrow_upward:", key=f"lift-{key}", help="Up", disabled=number == 0):
            _keep(desk, saved, editing.move(briefing, number, -1))
        if st.button("", icon=":material/arrow_downward:", key=f"lower-{key}", help="Down", disabled=last):
            _keep(desk, saved, editing.move(briefing, number, 1))


def _sentence(
    desk: Assistant,
    saved: SavedBriefing,
    briefing: Briefing,
    position: SentencePosition,
    sentence: Sentence,
) -> None:
    """A sentence with buttons to accept, edit and strike it."""
    key = (
        f"{saved.briefing_id}-{position.part}-{position.paragraph}-{position.sentence}-{hash(sentence.text)}"
    )
    with st.container(key=f"sentence-{key}", gap=None):
        common.show(
            f'<div class="bd-prose">{markup.sentence(sentence, rendering.KEY, briefing.citations)}</div>'
        )
        with st.container(horizontal=True, gap="xsmall"):
            accepted = sentence.mark == "accepted"
            if st.button(
                "Accepted" if accepted else "Accept",
                icon=":material/check:",
                key=f"accept-{key}",
                type="tertiary",
                disabled=accepted,
            ):
                _keep(desk, saved, editing.accept(briefing, position))
            with st.popover("Edit", icon=":material/edit:", type="tertiary"):
                _editor(desk, saved, briefing, position, sentence, key)
            if st.button("Strike", icon=":material/delete:", key=f"strike-{key}", type="tertiary"):
                _keep(desk, saved, editing.strike(briefing, position))
            if sentence.mark == "edited":
                common.show(markup.small("edited by hand"), narrow=True)


def _editor(
    desk: Assistant,
    saved: SavedBriefing,
    briefing: Briefing,
    position: SentencePosition,
    sentence: Sentence,
    key: str,
) -> None:
    """The form in the Edit popover; a reworded sentence is checked against the quotes that it cites."""
    markers = "".join(f" [{number}]" for number in sentence.citations)
    with st.form(f"form-{key}", border=False):
        typed = st.text_area(
            "Sentence",
            sentence.text + markers,
            key=f"text-{key}",
            max_chars=editing.LONGEST,
            help="Numbers in brackets are the endnotes it rests on. It is checked against their words when it is kept.",
        )
        submitted = st.form_submit_button("Check and keep", type="primary")
    if submitted:
        with common.errors_as_messages():
            _keep(desk, saved, editing.reword(briefing, position, typed, desk.workspace.checker, desk.text))


def _keep(desk: Assistant, saved: SavedBriefing, briefing: Briefing) -> None:
    """Save the changed briefing in place of the old one, and rerun the page."""
    with common.errors_as_messages():
        desk.history.update_briefing(saved.briefing_id, saved.briefing | briefing.to_json())
        st.rerun()
