"""A briefing to work on: each sentence accepted, edited or struck, each paragraph renamed or moved."""

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

_LISTS: tuple[tuple[SectionName, str], ...] = (
    ("bottom_line", "Bottom line"),
    ("key_judgements", "Key judgements"),
    ("alternatives", "Alternatives considered"),
)


def show(desk: Assistant, saved: SavedBriefing, briefing: Briefing) -> None:
    for part, name in _LISTS:
        sentences: Sequence[Sentence] = getattr(briefing, part)
        if sentences:
            common.show(rendering.section(name))
        for number, sentence in enumerate(sentences):
            _sentence(desk, saved, briefing, SentencePosition(part, number), sentence)
    for number, paragraph in enumerate(briefing.paragraphs):
        _heading(desk, saved, briefing, number)
        for place, sentence in enumerate(paragraph.sentences):
            _sentence(desk, saved, briefing, SentencePosition("paragraph", place, number), sentence)


def _heading(desk: Assistant, saved: SavedBriefing, briefing: Briefing, number: int) -> None:
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
    desk: Assistant, saved: SavedBriefing, briefing: Briefing, place: SentencePosition, sentence: Sentence
) -> None:
    key = f"{saved.briefing_id}-{place.part}-{place.paragraph}-{place.sentence}-{hash(sentence.text)}"
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
                _keep(desk, saved, editing.accept(briefing, place))
            with st.popover("Edit", icon=":material/edit:", type="tertiary"):
                _editor(desk, saved, briefing, place, sentence, key)
            if st.button("Strike", icon=":material/delete:", key=f"strike-{key}", type="tertiary"):
                _keep(desk, saved, editing.strike(briefing, place))
            if sentence.mark == "edited":
                common.show(markup.small("edited by hand"), narrow=True)


def _editor(
    desk: Assistant,
    saved: SavedBriefing,
    briefing: Briefing,
    place: SentencePosition,
    sentence: Sentence,
    key: str,
) -> None:
    markers = "".join(f" [{number}]" for number in sentence.citations)
    with st.form(f"form-{key}", border=False):
        typed = st.text_area(
            "Sentence",
            sentence.text + markers,
            key=f"text-{key}",
            max_chars=editing.LONGEST,
            help="Numbers in brackets are the endnotes it rests on. It is checked against their words when it is kept.",
        )
        kept = st.form_submit_button("Check and keep", type="primary")
    if kept:
        with common.in_words():
            _keep(desk, saved, editing.reword(briefing, place, typed, desk.workspace.checker, desk.text))


def _keep(desk: Assistant, saved: SavedBriefing, briefing: Briefing) -> None:
    with common.in_words():
        desk.history.keep_briefing(saved.briefing_id, saved.briefing | briefing.to_json())
        st.rerun()
