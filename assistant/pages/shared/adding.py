"""Adding reports: files, an address, the samples."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING

import streamlit as st

from assistant.desk import Assistant
from assistant.pages.shared import common, jobs
from vectorstore.records import DocumentRecord

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

_KINDS_IN_WORDS = (
    "PDF, Word, PowerPoint, Excel, CSV, OpenDocument, RTF, e-books, web pages, mail, Markdown, plain text, pictures "
    "of pages, and ZIP archives of these."
)


def show(desk: Assistant) -> None:
    """The uploader and the address field. Any file is taken: what cannot be read is told with its remedy."""
    turn = st.session_state.setdefault("uploads", 0)
    files = st.file_uploader(
        "Drop reports into the box, or choose files",
        accept_multiple_files=True,
        key=f"files-{turn}",
    )
    common.show(f'<div class="bd-small">{_KINDS_IN_WORDS}</div>')
    if files:
        _take(desk, files)
    with (
        st.form("address", border=False, clear_on_submit=True, enter_to_submit=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        link = st.text_input("Or a web address", placeholder="https://…")
        fetch = st.form_submit_button("Fetch", icon=":material/language:")
    if fetch and link and link.strip():
        if common.address(link.strip()) is None:
            st.error(
                common.label(f"{link.strip()} is no web address: write it out, beginning with https://"),
                icon=":material/error:",
            )
        else:
            desk.jobs.submit(link.strip())


def lead(desk: Assistant, empty: str) -> None:
    """What stands on a page that has no reports yet: `empty`, unless the first are on their way."""
    told = "The first reports are being added. Questions can be asked as soon as one is there."
    common.show(f'<div class="bd-lead">{common.escape(told if desk.jobs.active() else empty)}</div>')


def first_steps(desk: Assistant) -> None:
    """What to do with an empty library."""
    st.space("small")
    if not desk.jobs.active():
        with st.container(horizontal=True):
            sample_button(desk, primary=True)
            st.page_link(
                common.page("library"), label="Add reports of your own", icon=":material/upload_file:"
            )
    jobs.show(desk)


def sample_button(desk: Assistant, *, primary: bool = False) -> None:
    st.button(
        "Add the sample reports",
        type="primary" if primary else "secondary",
        icon=":material/auto_stories:",
        on_click=_samples,
        args=(desk,),
    )


def _samples(desk: Assistant) -> None:
    """Queue the sample reports that ship with the program."""
    with common.in_words(), resources.as_file(resources.files("assistant") / "samples") as folder:
        for path in sorted(folder.iterdir()):
            if not path.name.startswith("."):
                desk.jobs.submit(str(path.resolve()))


# -- uploads


def _take(desk: Assistant, files: Sequence[UploadedFile]) -> None:
    """Queue what is new; of a known name with other bytes, ask first what it is."""
    records = desk.documents()
    asked = []
    for file in files:
        before = _clash(file, records)
        if before is None:
            continue
        choice = st.segmented_control(
            common.label(f"{file.name} is in the library with other content. What is this one?"),
            ["New version", "Another report"],
            key=f"clash-{file.file_id}",
        )
        asked.append((file, before, choice))
    if any(choice is None for _, _, choice in asked):
        return
    replaced = {file.file_id: before for file, before, choice in asked if choice == "New version"}
    for file in files:
        before = replaced.get(file.file_id)
        desk.jobs.submit_upload(
            file.name, file.getvalue(), replaces=before.document_id if before is not None else None
        )
    st.session_state["uploads"] += 1  # a new uploader, empty
    st.rerun()


def _clash(file: UploadedFile, records: Sequence[DocumentRecord]) -> DocumentRecord | None:
    named = [one for one in records if one.source == file.name and one.parent is None]
    digest = hashlib.sha256(file.getvalue()).hexdigest()
    return None if any(one.original == digest for one in records) else next(iter(named), None)
