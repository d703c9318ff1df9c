"""The Briefing page: turns a topic into a cited briefing, keeps it, and offers it as a file in six formats."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

import streamlit as st

from assistant.desk import Assistant
from assistant.pages.briefing import changes, editing, outline, rendering, source_panel
from assistant.pages.shared import adding, common, components, date_input, filters, source
from assistant.pages.shared.streaming import with_ticks
from assistant.results import wording
from assistant.results.briefing import Briefing
from assistant.settings import EXTRACTIVE
from vectorstore import Filters
from vectorstore.ledger.history import SavedBriefing

FORMATS = {  # file ending -> name of the button, media type
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("PDF", "application/pdf"),
    "html": ("Web page", "text/html"),
    "md": ("Markdown", "text/markdown"),
    "csv": ("Chronology (CSV)", "text/csv"),
    "json": ("JSON", "application/json"),
}
_LENGTHS = {"short": "Short", "standard": "Standard", "long": "Long"}


def show() -> None:
    """Draw the page: the briefing that the address names, or else the form and the saved briefings."""
    desk = common.desk()
    saved = desk.history.briefings()
    briefing_id = st.query_params.get("briefing")
    if briefing_id is None:
        _form(desk)
        _list(saved)
        return
    briefing = next((entry for entry in saved if str(entry.briefing_id) == briefing_id), None)
    st.page_link(common.page("briefing"), label="All briefings", icon=":material/arrow_back:")
    if briefing is None:
        st.warning("This briefing does not exist (any more).")
        return
    _open(desk, briefing)


def _form(desk: Assistant) -> None:
    """The form for a new briefing; an empty library shows how to add reports instead."""
    st.title("Write a briefing", anchor=False)
    records = desk.documents()
    if not records:
        adding.empty_library_line(
            desk, "The library is empty. A briefing is made of reports: add some first."
        )
        adding.first_steps(desk)
        return
    topic = st.text_input(
        "Topic",
        placeholder="The end of the UN mission in Mali",
        key="topic",
        persist_state="session",
        max_chars=500,
    )
    with st.container(horizontal=True):
        as_of = st.text_input(
            "As of",
            placeholder="today",
            key="brief-as-of",
            persist_state="session",
            width=190,
            help=f"Information cut-off: only reports published on or before it. {date_input.HELP}.",
        )
        length = st.segmented_control(
            "Length",
            list(_LENGTHS),
            default="standard",
            required=True,
            format_func=lambda length: _LENGTHS[length],
            key="brief-length",
        )
    chosen = filters.choose(records, "brief", with_as_of=False)
    handling = st.text_input(
        "Handling marking",
        placeholder="none",
        key="brief-handling",
        persist_state="session",
        max_chars=80,
        help="Stands at the head and foot of every page that is saved.",
    )
    headings = outline.edit(lambda: _proposed(desk, topic, as_of, chosen))
    if st.button("Write briefing", type="primary", icon=":material/edit_note:") and chosen is not None:
        with common.errors_as_messages():
            request = "\n".join([topic.strip(), *(f"- {heading}" for heading in headings)])
            _write(desk, request, as_of, length or "standard", chosen, handling.strip() or None)


def _proposed(desk: Assistant, topic: str, as_of: str, chosen: Filters | None) -> list[str]:
    """The headings of a briefing without an outline. Raises ValueError without a topic or for a date that is none."""
    if not topic.strip():
        raise ValueError("Name a topic first.")
    briefing = desk.brief(topic, as_of=_cutoff(as_of), filters=chosen, model=EXTRACTIVE)
    return [paragraph.heading for paragraph in briefing.paragraphs]


def _cutoff(as_of: str) -> str | None:
    """The as-of date that was typed, None if the field is empty. Raises ValueError for what is no date."""
    return date_input.typed(as_of) if as_of.strip() else None


def _write(
    desk: Assistant, topic: str, as_of: str, length: str, chosen: Filters, handling: str | None
) -> None:
    """Write a briefing, showing its drafts as they grow; save it and open it. Raises ValueError without a topic.

    `topic` is followed by the outline, one "- heading" per line. The Stop button ends the run and saves nothing.
    """
    if not topic.strip():
        raise ValueError("Name a topic first.")
    output, stop = st.empty(), st.empty()
    stop.button("Stop", icon=":material/stop_circle:", type="tertiary", key="stop-briefing")
    briefing: Briefing | None = None
    with st.spinner("Gathering passages, weighing sources, writing …", show_time=True):
        drafts = desk.stream_brief(topic, as_of=_cutoff(as_of), length=length, filters=chosen)
        for draft in with_ticks(drafts):
            if draft is not None:
                briefing = draft
                output.html(f'<div class="bd">{rendering.head(draft)}{rendering.body(draft)}</div>')
    assert briefing is not None
    number = desk.save_briefing(replace(briefing, handling=handling).to_json())
    st.switch_page(common.page("briefing"), query_params={"briefing": str(number)})


def _list(saved: list[SavedBriefing]) -> None:
    """The saved briefings, each a button that opens it, with its time and cut-off."""
    if not saved:
        return
    st.space("small")
    common.show('<div class="bd-label">Saved briefings</div>')
    with st.container(gap="xxsmall"):
        for entry in saved:
            with st.container(key=f"report-briefing-{entry.briefing_id}", gap=None):
                if st.button(
                    common.label(entry.topic), key=f"open-briefing-{entry.briefing_id}", type="tertiary"
                ):
                    st.switch_page(common.page("briefing"), query_params={"briefing": str(entry.briefing_id)})
                cutoff = entry.briefing.get("as_of")
                facts = [wording.moment_words(entry.created)]
                facts += [f"as of {wording.date_words(cutoff)}"] if cutoff else []
                common.show(f'<div class="bd-small">{common.escape(" · ".join(facts))}</div>')


def _open(desk: Assistant, saved: SavedBriefing) -> None:
    """Show a saved briefing: head, downloads, body or editor, chronology, endnotes, and the source panel."""
    try:
        briefing = Briefing.from_json(saved.briefing)
    except (KeyError, TypeError):
        st.error("This briefing was saved by another version and cannot be shown: write it again.")
        return
    clicked = components.listen()
    common.show(rendering.head(briefing))
    filters.left_out(briefing.left_out_undated)
    editing_now = False
    if not briefing.refused:
        _downloads(briefing, saved.briefing_id)
        with st.container(horizontal=True, vertical_alignment="center"):
            editing_now = st.toggle(
                "Edit", key=f"editing-{saved.briefing_id}", help="Accept, edit or strike each sentence."
            )
            changes.offer(desk, saved, briefing)
    if "changes" in saved.briefing:
        changes.show(saved.briefing["changes"])
    if editing_now:
        editing.show(desk, saved, briefing)
    else:
        common.show(rendering.body(briefing))
    if briefing.chronology:
        common.show(rendering.section("Chronology"))
        common.show(rendering.chronology(briefing))
    rest = rendering.back_matter(briefing)
    if rest:
        common.show(rest)
    if briefing.citations:
        source_panel.show(desk, briefing)
        components.follow_pointer()
    st.space("small")
    if st.button("Delete this briefing", icon=":material/delete:", type="tertiary"):
        _delete(desk, saved)
    cited = common.citation_at(clicked, {rendering.KEY: briefing.citations})
    if cited is not None:
        source.show(desk, cited)


@st.dialog("Delete briefing?")
def _delete(desk: Assistant, saved: SavedBriefing) -> None:
    """Ask before the briefing is deleted."""
    common.show(f"<p>“{common.escape(saved.topic)}” will be gone. Its reports stay.</p>")
    if common.confirmed("Delete"):
        with common.errors_as_messages():
            desk.history.delete_briefing(saved.briefing_id)
            st.switch_page(common.page("briefing"))


def _downloads(briefing: Briefing, number: int) -> None:
    """One button per format; the file is rendered only when its button is clicked."""
    from assistant.export import render

    stem = re.sub(r"\W+", "-", briefing.topic.casefold()).strip("-")[:60] or "briefing"
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        for ending, (name, media) in FORMATS.items():
            if ending == "csv" and not briefing.chronology:
                continue
            st.download_button(
                name,
                partial(render, briefing, ending),
                file_name=f"{stem}.{ending}",
                mime=media,
                icon=":material/download:" if ending == "docx" else None,
                type="tertiary",
                on_click="ignore",
                key=f"download-{number}-{ending}",
            )
