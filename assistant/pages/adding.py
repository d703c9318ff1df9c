"""Adding reports: files, an address, the samples; and what became of each."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING

import streamlit as st

from assistant.desk import Assistant
from assistant.pages import common
from vectorstore.jobs import Job
from vectorstore.records import DocumentRecord

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

_KINDS = ["pdf", "docx", "html", "htm", "xhtml", "md", "markdown", "txt", "text"]
_STATUS = {
    "added": "Added",
    "replaced": "New version in place",
    "unchanged": "Already in the library, unchanged",
    "duplicate": "Same content as a report in the library",
}
_WORKING = {"waiting": "Waiting", "reading": "Reading", "embedding": "Indexing"}
_EVERY = 1.0  # seconds between looks at running jobs


def show(desk: Assistant) -> None:
    """The uploader, the address field and the jobs."""
    turn = st.session_state.setdefault("uploads", 0)
    files = st.file_uploader(
        "Reports: PDF, Word, web page, Markdown or plain text",
        type=_KINDS,
        accept_multiple_files=True,
        key=f"files-{turn}",
    )
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
    jobs(desk)


def first_steps(desk: Assistant) -> None:
    """What to do with an empty library."""
    st.space("small")
    with st.container(horizontal=True):
        if st.button("Add the sample reports", type="primary", icon=":material/auto_stories:"):
            samples(desk)
        st.page_link(common.page("library"), label="Add reports of your own", icon=":material/upload_file:")
    jobs(desk)


def samples(desk: Assistant) -> None:
    """Queue the sample reports that ship with the program."""
    with resources.as_file(resources.files("assistant") / "samples") as folder:
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
    named = [one for one in records if one.source == file.name]
    digest = hashlib.sha256(file.getvalue()).hexdigest()
    return None if any(one.original == digest for one in records) else next(iter(named), None)


# -- jobs


def jobs(desk: Assistant) -> None:
    """What became of what was added; looks again by itself while anything is under way."""
    if not desk.jobs.recent(1):
        return
    active = desk.jobs.active() > 0
    st.fragment(_jobs, run_every=_EVERY if active else None)(desk, active)


def _jobs(desk: Assistant, was_active: bool) -> None:
    with common.in_words():
        active = desk.jobs.active()
        recent = desk.jobs.recent()
        if bool(active) != was_active:
            st.rerun()  # the list of reports has changed
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            common.show(f'<div class="bd-label">{"Adding" if active else "Recently added"}</div>')
            if not active:
                st.button("Clear", type="tertiary", key="clear-jobs", on_click=desk.jobs.clear_finished)
        with st.container(gap="xxsmall"):
            for job in recent:
                _job(desk, job)


def _job(desk: Assistant, job: Job) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        common.show(f"<div><b>{common.escape(job.name)}</b> {_state(job)}</div>")
        if job.state == "failed":
            st.button(
                "Try again",
                type="tertiary",
                key=f"retry-{job.job_id}",
                on_click=desk.jobs.retry,
                args=(job.job_id,),
            )
        elif job.state == "waiting":
            st.button(
                "Cancel",
                type="tertiary",
                key=f"cancel-{job.job_id}",
                on_click=desk.jobs.cancel,
                args=(job.job_id,),
            )


def _state(job: Job) -> str:
    if job.state == "failed":
        return f'<div class="bd-reason">{common.escape(job.message or "It could not be added.")}</div>'
    if job.state == "done":
        return f'<span class="bd-small">{_STATUS.get(job.status or "", "Done")}</span>'
    note = f", {job.message}" if job.message else ""
    return f'<span class="bd-small">{common.escape(_WORKING[job.state] + note)} …</span>'
