"""What became of the reports that were added, and how far the rest is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

import streamlit as st

from assistant.desk import Assistant
from assistant.pages.shared import common
from assistant.results import wording
from vectorstore.adding.jobs import ACTIVE, Job, QueueStatus
from vectorstore.adding.prefetch import CANCELLED

_STATUS = {
    "added": "Added",
    "replaced": "New version in place",
    "unchanged": "Already in the library, unchanged",
    "duplicate": "Same content as a report in the library",
}
_WORKING = {"waiting": "Waiting", "reading": "Reading", "embedding": "Indexing"}
_ORDER = {"failed": 0, "reading": 1, "embedding": 1, "waiting": 2, "done": 3}
_EVERY = 1.0  # seconds between looks at running jobs
_MOST = 50  # rows
_SCROLLED = 7  # rows from which the list scrolls by itself


def show(desk: Assistant) -> None:
    """Every job that has not been cleared; looks again by itself while any is under way."""
    active = desk.jobs.active() > 0
    if active or desk.jobs.recent(1):
        st.fragment(_show, run_every=_EVERY if active else None)(desk, active, not desk.documents())


def _show(desk: Assistant, was_active: bool, was_empty: bool) -> None:
    with common.in_words():
        standing = desk.jobs.standing()
        if bool(standing.left) != was_active or (was_empty and desk.documents()):
            st.rerun()  # the list of reports has changed
        total = standing.left + standing.done + standing.failed
        if not total:
            return
        several = standing.left or standing.failed
        jobs = sorted(desk.jobs.recent(total if several else _MOST), key=_place)
        _head(desk, standing, jobs)
        if standing.left and total > 1:
            st.progress((total - standing.left) / total, text=_progress(standing, total))
        rows = jobs[:_MOST]
        with st.container(gap="xxsmall", height=300 if len(rows) > _SCROLLED else "content", border=False):
            for job in rows:
                _job(desk, job)
            if total > len(rows):
                common.show(f'<div class="bd-small">and {total - len(rows):,} more</div>')


def _place(job: Job) -> tuple[int, int]:
    """What went wrong first, then what is under way, what waits, and the latest of what is done."""
    return _ORDER[job.state], job.job_id if job.state == "waiting" else -job.job_id


def _head(desk: Assistant, standing: QueueStatus, jobs: Sequence[Job]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        common.show(f'<div class="bd-label">{"Adding" if standing.left else "Recently added"}</div>')
        if standing.failed > 1:
            st.button(
                "Try all failed again",
                type="tertiary",
                icon=":material/refresh:",
                key="retry-failed",
                on_click=desk.jobs.retry_failed,
            )
        if standing.left:
            st.button("Cancel all", type="tertiary", key="cancel-all", on_click=desk.jobs.cancel_all)
            return
        unfixed = sum(one.state == "failed" and one.code != CANCELLED[0] for one in jobs)
        if not unfixed:
            st.button("Clear", type="tertiary", key="clear-jobs", on_click=desk.jobs.clear_finished)
            return
        with st.popover("Clear", type="tertiary"):
            what = wording.count_words(unfixed, "report that failed", "reports that failed")
            common.show(f"<p>This list is the only trace of {what}.</p>")
            st.button("Clear all the same", key="clear-jobs", on_click=desk.jobs.clear_finished)


def _progress(standing: QueueStatus, total: int) -> str:
    told = [f"{standing.done:,} of {total:,} done"]
    told += [f"{standing.failed:,} failed"] if standing.failed else []
    told += [_time_left(standing.seconds)] if standing.seconds is not None else []
    return common.label(" · ".join(told))


def _time_left(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return "less than a minute left"
    if minutes < 100:
        return f"about {wording.count_words(minutes, 'minute')} left"
    return f"about {wording.count_words(round(minutes / 60), 'hour')} left"


def _job(desk: Assistant, job: Job) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        common.show(_told(job))
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


def _told(job: Job) -> str:
    name = name_of(job)
    said = (job.message or "").replace(job.name, name)
    bold = f"<b>{common.escape(name)}</b>"
    if job.state == "failed" and job.code != CANCELLED[0]:
        reason = common.escape(said or "It could not be added.")
        # Most reasons name the file: once is enough.
        named = reason.replace(common.escape(name), bold, 1) if name in said else f"{bold} {reason}"
        return f'<div class="bd-failed bd-reason">{named}</div>'
    if job.state in ("failed", "done"):
        state = " · ".join(filter(None, [_STATUS.get(job.status or ""), said])) or "Done"
        return f'<div>{bold} <span class="bd-small">{common.escape(state)}</span></div>'
    note = f", {said}" if said else ""
    return f'<div>{bold} <span class="bd-small">{common.escape(_WORKING[job.state] + note)} …</span></div>'


def name_of(job: Job) -> str:
    """What a person calls it: an address, or a file's name without the folders of this machine."""
    if common.address(job.name) is not None:
        return job.name
    return PurePath(job.name.replace("\\", "/")).name or job.name
