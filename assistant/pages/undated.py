"""One screen to date and name the reports that lack a date, a publisher or a title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from assistant import wording
from assistant.desk import Assistant
from assistant.pages import common
from vectorstore.records import DocumentRecord, parse_date

_FIELDS = ("title", "publisher", "published")


def lacks(record: DocumentRecord) -> bool:
    return not (record.title and record.publisher and record.published)


def show(desk: Assistant, lacking: Sequence[DocumentRecord]) -> None:
    st.page_link(common.page("library"), label="All reports", icon=":material/arrow_back:")
    st.subheader("Date and name the undated", anchor=False)
    if not lacking:
        common.show("<p>Every report has a title, a publisher and a date.</p>")
        return
    common.show(
        '<div class="bd-small">Type into the empty cells. A date may be a day, a month or a year: 2023-06-30, '
        "2023-06 or 2023. What you enter is kept when a report is added again.</div>"
    )
    rows = [
        {
            "file": one.source,
            "published": one.published or "",
            "publisher": one.publisher or "",
            "title": one.title or "",
        }
        for one in lacking
    ]
    edited = st.data_editor(
        rows,
        key=f"undated-{st.session_state.setdefault('dated', 0)}",
        hide_index=True,
        num_rows="fixed",
        column_config={
            "file": st.column_config.TextColumn("Report", disabled=True, width=170),
            "published": st.column_config.TextColumn("Published", width=110),
            "publisher": st.column_config.TextColumn("Publisher", width=170),
            "title": st.column_config.TextColumn("Title", width=240),
        },
    )
    changes = changed(lacking, edited)
    problems = [problem for one in changes.values() for problem in _problems(one)]
    for problem in problems:
        st.error(common.label(problem), icon=":material/error:")
    if st.button("Save", type="primary", disabled=not changes or bool(problems)):
        for document_id, values in changes.items():
            desk.edit(document_id, **values)
        st.session_state["dated"] += 1
        st.toast(f"{wording.count_words(len(changes), 'report')} put right")
        st.rerun()


def changed(
    records: Sequence[DocumentRecord], rows: Sequence[Mapping[str, Any]]
) -> dict[str, dict[str, str | None]]:
    """What was typed in, by document: only fields that differ; an emptied one goes back to what was read."""
    changes: dict[str, dict[str, str | None]] = {}
    for record, row in zip(records, rows, strict=True):
        for field in _FIELDS:
            given = " ".join(str(row.get(field) or "").split())
            if given != (getattr(record, field) or ""):
                changes.setdefault(record.document_id, {})[field] = given or None
    return changes


def _problems(values: Mapping[str, str | None]) -> list[str]:
    date = values.get("published")
    if date is None:
        return []
    try:
        parse_date(date)
    except ValueError as error:
        return [str(error)]
    return []
