"""The ways to add reports: upload files, fetch a web address, or take the samples."""

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
    """The uploader and the address field. Any file is accepted; one that cannot be read fails with its reason."""
    turn = st.session_state.setdefault("uploads", 0)  # in the uploader's key: a new number empties it
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


def empty_library_line(desk: Assistant, empty: str) -> None:
    """The first line of a page without reports: `empty`, or that the first reports are being added."""
    adding = "The first reports are being added. Questions can be asked as soon as one is there."
    common.show(f'<div class="bd-lead">{common.escape(adding if desk.jobs.active() else empty)}</div>')


def first_steps(desk: Assistant) -> None:
    """What to do with an empty library: add the samples or own reports, with the progress of what is being added."""
    st.space("small")
    if not desk.jobs.active():
        with st.container(horizontal=True):
            sample_button(desk, primary=True)
            st.page_link(
                common.page("library"), label="Add reports of your own", icon=":material/upload_file:"
            )
    jobs.show(desk)


def sample_button(desk: Assistant, *, primary: bool = False) -> None:
    """A button that queues the sample reports."""
    st.button(
        "Add the sample reports",
        type="primary" if primary else "secondary",
        icon=":material/auto_stories:",
        on_click=_samples,
        args=(desk,),
    )


def _samples(desk: Assistant) -> None:
    """Queue the sample reports that ship with the program; hidden files in their folder are none."""
    with common.errors_as_messages(), resources.as_file(resources.files("assistant") / "samples") as folder:
        for path in sorted(folder.iterdir()):
            if not path.name.startswith("."):
                desk.jobs.submit(str(path.resolve()))


# -- uploads


def _take(desk: Assistant, files: Sequence[UploadedFile]) -> None:
    """Queue the uploaded files. For a known name with new content, first ask: a new version, or another report?

    Nothing is queued until every such question is answered.
    """
    records = desk.documents()
    choices = []
    for file in files:
        existing = _clash(file, records)
        if existing is None:
            continue
        choice = st.segmented_control(
            common.label(f"{file.name} is in the library with other content. What is this one?"),
            ["New version", "Another report"],
            key=f"clash-{file.file_id}",
        )
        choices.append((file, existing, choice))
    if any(choice is None for _, _, choice in choices):
        return
    replaced = {file.file_id: existing for file, existing, choice in choices if choice == "New version"}
    for file in files:
        existing = replaced.get(file.file_id)
        desk.jobs.submit_upload(
            file.name, file.getvalue(), replaces=existing.document_id if existing is not None else None
        )
    st.session_state["uploads"] += 1
    st.rerun()


def _clash(file: UploadedFile, records: Sequence[DocumentRecord]) -> DocumentRecord | None:
    """The report of the same file name if no report has the same content, else None; attachments do not count."""
    same_name = [record for record in records if record.source == file.name and record.parent is None]
    digest = hashlib.sha256(file.getvalue()).hexdigest()
    return None if any(record.original == digest for record in records) else next(iter(same_name), None)
