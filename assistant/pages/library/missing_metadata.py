"""The form that lists all reports without a date, a publisher or a title, to fill these in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from assistant.desk import Assistant
from assistant.pages.library import report
from assistant.pages.shared import common, date_input
from assistant.results import wording
from vectorstore.records import DocumentRecord

_FIELDS = {"published": "Published", "publisher": "Publisher", "title": "Title"}
_PAGE = 10  # reports shown at once
_BEGINNING = 300  # characters of a report shown, to tell what it is


def lacks(record: DocumentRecord) -> bool:
    """Does the report lack a title, a publisher or a date?"""
    return not (record.title and record.publisher and record.published)


def show(desk: Assistant, lacking: Sequence[DocumentRecord]) -> None:
    """Draw the form, ten reports at a time; Save keeps what was typed on any of its pages."""
    st.page_link(common.page("library"), label="All reports", icon=":material/arrow_back:")
    st.subheader("Date and name the undated", anchor=False)
    if not lacking:
        common.show("<p>Every report has a title, a publisher and a date.</p>")
        return
    common.show(
        f'<div class="bd-small">Fill in what is missing. A date may be {date_input.EXAMPLE}. What you enter is kept '
        "when a report is added again.</div>"
    )
    pages = -(-len(lacking) // _PAGE)
    number = st.pagination(pages, key="undated-page") if pages > 1 else 1
    # Part of the fields' keys: after Save the fields are new ones, and show what was saved.
    turn = st.session_state.setdefault("dated", 0)
    for record in lacking[(number - 1) * _PAGE : number * _PAGE]:
        _report(desk, record, turn)
    rows = [{field: _typed(record, field, turn) for field in _FIELDS} for record in lacking]
    _save(desk, lacking, rows)


def _report(desk: Assistant, record: DocumentRecord, turn: int) -> None:
    """A report: its name, which opens it, the beginning of its text, and a field per missing or known value."""
    with st.container(key=f"report-{record.document_id}", gap="xsmall"):
        name = common.label(wording.source_name(record.title, record.source))
        if st.button(name, key=f"open-{record.document_id}", type="tertiary", help="Open this report"):
            report.show(desk, record.document_id)
        beginning = " ".join(_beginning(desk, record.document_id, record.original).split())
        common.show(f'<div class="bd-small">{common.escape(beginning)}</div>')
        with st.container(horizontal=True):
            for field, name in _FIELDS.items():
                st.text_input(
                    name,
                    _current(record, field),
                    key=_key(record, field, turn),
                    placeholder="June 2022" if field == "published" else None,
                    persist_state="page",
                    width="stretch" if field == "title" else 190,
                )


@st.cache_data(max_entries=1000, show_spinner=False)
def _beginning(_desk: Assistant, document_id: str, original: str) -> str:
    """The first characters of a report. `original` is the digest of its file, so that each version is cached apart."""
    text = _desk.text(document_id)
    return text if len(text) <= _BEGINNING else text[:_BEGINNING].rsplit(" ", 1)[0] + " …"


def _key(record: DocumentRecord, field: str, turn: int) -> str:
    """The key of a field in the session."""
    return f"undated-{turn}-{field}-{record.document_id}"


def _current(record: DocumentRecord, field: str) -> str:
    """The known value as the text of its field."""
    value: str = getattr(record, field) or ""
    return date_input.shown(value) if field == "published" else value


def _typed(record: DocumentRecord, field: str, turn: int) -> str:
    """The text of a field, also if its report is on another page of the form."""
    text: str = st.session_state.get(_key(record, field, turn), _current(record, field))
    return text


def _save(desk: Assistant, lacking: Sequence[DocumentRecord], rows: Sequence[Mapping[str, Any]]) -> None:
    """The Save button, disabled while nothing has changed or a value cannot be kept; problems are shown."""
    changes, problems = changed(lacking, rows)
    for problem in problems:
        st.error(common.label(problem), icon=":material/error:")
    count = wording.count_words(len(changes), "report")
    if st.button(
        f"Save {count}" if changes else "Save", type="primary", disabled=not changes or bool(problems)
    ):
        for document_id, values in changes.items():
            desk.edit(document_id, **values)
        st.session_state["dated"] += 1
        st.toast(f"{count} put right")
        st.rerun()


def changed(
    records: Sequence[DocumentRecord], rows: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, dict[str, str | None]], list[str]]:
    """Compare what was typed with what is known: (document id -> field -> new value, problems in words).

    `rows` holds a mapping of field to text per record. Only fields that differ are in the changes; an emptied field
    is None, which restores what was read from the report.
    """
    changes: dict[str, dict[str, str | None]] = {}
    problems = []
    for record, row in zip(records, rows, strict=True):
        for field in _FIELDS:
            text = " ".join(str(row.get(field) or "").split())
            try:
                value = date_input.published(text, record.published) if field == "published" else text or None
            except ValueError as error:
                problems.append(f"{wording.source_name(record.title, record.source)}: {error}")
                continue
            if value != getattr(record, field):
                changes.setdefault(record.document_id, {})[field] = value
    return changes, problems
