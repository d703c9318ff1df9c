"""The list of reports being added: what became of each, how far the rest is, and buttons to cancel or try again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

import streamlit as st

from assistant.desk import Assistant
from assistant.pages.shared import common
from assistant.results import wording
from vectorstore.adding.jobs import ACTIVE, Job, QueueStatus
from vectorstore.adding.prefetch import CANCELLED

_STATUS = {  # outcome of a finished job -> in words
    "added": "Added",
    "replaced": "New version in place",
    "unchanged": "Already in the library, unchanged",
    "duplicate": "Same content as a report in the library",
}
# State of a job that is not finished -> in words.
_WORKING = {"waiting": "Waiting", "reading": "Reading", "embedding": "Indexing"}
# State -> its place in the list: failures first.
_ORDER = {"failed": 0, "reading": 1, "embedding": 1, "waiting": 2, "done": 3}
_EVERY = 1.0  # seconds between two refreshes while jobs run
_MOST = 50  # rows shown
_SCROLLED = 7  # with more rows than this the list scrolls in a box of its own


def show(desk: Assistant) -> None:
    """Show all jobs that have not been cleared; refreshes itself while any is running."""
    active = desk.jobs.active() > 0
    if active or desk.jobs.recent(1):
        st.fragment(_show, run_every=_EVERY if active else None)(desk, active, not desk.documents())


def _show(desk: Assistant, was_active: bool, was_empty: bool) -> None:
    """One refresh of the list. Reruns the whole page once all jobs are done, or the first report is there."""
    with common.errors_as_messages():
        queue = desk.jobs.status()
        if bool(queue.left) != was_active or (was_empty and desk.documents()):
            st.rerun()  # the rest of the page shows the reports, which have changed
        total = queue.left + queue.done + queue.failed
        if not total:
            return
        # Failures and running jobs may be older than the latest 50, so then all have to be sorted.
        jobs = sorted(desk.jobs.recent(total if queue.left or queue.failed else _MOST), key=_sort_key)
        _head(desk, queue, jobs)
        if queue.left and total > 1:
            st.progress((total - queue.left) / total, text=_progress(queue, total))
        rows = jobs[:_MOST]
        with st.container(gap="xxsmall", height=300 if len(rows) > _SCROLLED else "content", border=False):
            for job in rows:
                _job(desk, job)
            if total > len(rows):
                common.show(f'<div class="bd-small">and {total - len(rows):,} more</div>')


def _sort_key(job: Job) -> tuple[int, int]:
    """Failures first, then running jobs, waiting ones in their order, and finished ones; else the latest first."""
    return _ORDER[job.state], job.job_id if job.state == "waiting" else -job.job_id


def _head(desk: Assistant, queue: QueueStatus, jobs: Sequence[Job]) -> None:
    """The line above the list, with its buttons. Clear asks first if the list holds failures."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        common.show(f'<div class="bd-label">{"Adding" if queue.left else "Recently added"}</div>')
        if queue.failed > 1:
            st.button(
                "Try all failed again",
                type="tertiary",
                icon=":material/refresh:",
                key="retry-failed",
                on_click=desk.jobs.retry_failed,
            )
        if queue.left:
            st.button("Cancel all", type="tertiary", key="cancel-all", on_click=desk.jobs.cancel_all)
            return
        unfixed = sum(job.state == "failed" and job.code != CANCELLED[0] for job in jobs)
        if not unfixed:
            st.button("Clear", type="tertiary", key="clear-jobs", on_click=desk.jobs.clear_finished)
            return
        with st.popover("Clear", type="tertiary"):
            what = wording.count_words(unfixed, "report that failed", "reports that failed")
            common.show(f"<p>This list is the only trace of {what}.</p>")
            st.button("Clear all the same", key="clear-jobs", on_click=desk.jobs.clear_finished)


def _progress(queue: QueueStatus, total: int) -> str:
    """ "12 of 40 done · 1 failed · about 3 minutes left", as a label."""
    parts = [f"{queue.done:,} of {total:,} done"]
    parts += [f"{queue.failed:,} failed"] if queue.failed else []
    parts += [_time_left(queue.seconds)] if queue.seconds is not None else []
    return common.label(" · ".join(parts))


def _time_left(seconds: float) -> str:
    """ "less than a minute left", "about 5 minutes left", and from 100 minutes on "about 2 hours left"."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "less than a minute left"
    if minutes < 100:
        return f"about {wording.count_words(minutes, 'minute')} left"
    return f"about {wording.count_words(round(minutes / 60), 'hour')} left"


def _job(desk: Assistant, job: Job) -> None:
    """A row of the list: what became of the job, and a button to cancel it or try again."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        common.show(_status(job))
        if job.state == "failed":
            st.button(
                "Try again",
                type="tertiary",
                key=f"retry-{job.job_id}",
                on_click=desk.jobs.retry,
                args=(job.job_id,),
            )
        elif job.state in ACTIVE:
            st.button(
                "Cancel",
                type="tertiary",
                key=f"cancel-{job.job_id}",
                on_click=desk.jobs.cancel,
                args=(job.job_id,),
            )


def _status(job: Job) -> str:
    """Name and state of a job as markup; a failure shows its reason."""
    name = name_of(job)
    message = (job.message or "").replace(job.name, name)
    bold = f"<b>{common.escape(name)}</b>"
    if job.state == "failed" and job.code != CANCELLED[0]:
        reason = common.escape(message or "It could not be added.")
        # Most reasons name the file already: make that bold instead of naming it twice.
        text = reason.replace(common.escape(name), bold, 1) if name in message else f"{bold} {reason}"
        return f'<div class="bd-failed bd-reason">{text}</div>'
    if job.state in ("failed", "done"):
        state = " · ".join(filter(None, [_STATUS.get(job.status or ""), message])) or "Done"
        return f'<div>{bold} <span class="bd-small">{common.escape(state)}</span></div>'
    note = f", {message}" if message else ""
    return f'<div>{bold} <span class="bd-small">{common.escape(_WORKING[job.state] + note)} …</span></div>'


def name_of(job: Job) -> str:
    """The name of a job to show: a web address, or a file's name without the folders of this machine.

    A job for /home/ana/reports/mali.pdf is "mali.pdf".
    """
    if common.address(job.name) is not None:
        return job.name
    return PurePath(job.name.replace("\\", "/")).name or job.name
