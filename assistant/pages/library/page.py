"""The Library page: the reports, how to add them, and how to put right what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from assistant.desk import Assistant
from assistant.pages.library import missing_metadata, report
from assistant.pages.shared import adding, common, jobs
from assistant.results import wording
from vectorstore.records import DocumentRecord, first_day
from vectorstore.terms import fold

_PAGE = 25  # reports shown at once
_NEWEST, _LAST_ADDED = "Newest first", "Last added first"
_ORDERS: dict[str, Callable[[DocumentRecord], Any]] = {
    _NEWEST: lambda one: (one.published is not None, first_day(one.published or "0001")),
    _LAST_ADDED: lambda one: 0,  # the desk's own order, backwards: times of one second do not tell them apart
    "By title": lambda one: wording.source_name(one.title, one.source).casefold(),
    "By publisher": lambda one: (one.publisher is None, (one.publisher or "").casefold()),
}


def show() -> None:
    desk = common.desk()
    records = desk.documents()
    st.title("Library", anchor=False)
    if not records:
        adding.lead(desk, "No reports yet. Add your own below, or try the samples.")
        if not desk.jobs.active():
            adding.sample_button(desk)
        adding.show(desk)
        jobs.show(desk)
        return
    common.show(f'<div class="bd-small">{common.escape(_summary(records))}</div>')
    lacking = [one for one in records if missing_metadata.lacks(one)]
    if st.query_params.get("view") == "undated":
        missing_metadata.show(desk, lacking)
        return
    with st.expander("Add reports", icon=":material/upload_file:"):
        adding.show(desk)
    jobs.show(desk)  # outside: what failed is in view whether or not the box is open
    if lacking:
        st.page_link(
            common.page("library"),
            label=f"Date and name {wording.count_words(len(lacking), 'report')}",
            help="They lack a date, a publisher or a title.",
            icon=":material/event:",
            query_params={"view": "undated"},
        )
    _table(desk, records)


def _summary(records: Sequence[DocumentRecord]) -> str:
    publishers = {one.publisher for one in records if one.publisher}
    dates = sorted(one.published for one in records if one.published)
    told = [wording.count_words(len(records), "report"), wording.count_words(len(publishers), "publisher")]
    if dates:
        told.append(f"{dates[0][:4]}–{dates[-1][:4]}" if dates[0][:4] != dates[-1][:4] else dates[0][:4])
    missing = sum(one.published is None for one in records)
    return " · ".join([*told, *([f"{missing} undated"] if missing else [])])


def _table(desk: Assistant, records: Sequence[DocumentRecord]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.text_input(
            "Search",
            placeholder="Title, author, publisher, tag or file",
            type="search",
            icon=":material/search:",
            key="library-search",
            label_visibility="collapsed",
        )
        order = st.selectbox(
            "Order", list(_ORDERS), key="library-order", label_visibility="collapsed", width=170
        )
    found = [one for one in records if _matches(one, wanted or "")]
    if order == _LAST_ADDED:
        found.reverse()
    found.sort(key=_ORDERS[order], reverse=order == _NEWEST)
    if not found:
        common.show('<div class="bd-muted">No report matches this search.</div>')
        return
    pages = -(-len(found) // _PAGE)
    first = 0
    if pages > 1:
        first = (st.pagination(pages, key="library-page") - 1) * _PAGE
    titles = {one.document_id: wording.source_name(one.title, one.source) for one in records}
    with st.container(gap="xxsmall"):
        for record in found[first : first + _PAGE]:
            _row(desk, record, titles)


def _matches(record: DocumentRecord, wanted: str) -> bool:
    told = [record.title, *record.authors, record.publisher, record.source, record.published, *record.tags]
    text = fold(" ".join(part for part in told if part))
    return all(word in text for word in fold(wanted).split())


def _row(desk: Assistant, record: DocumentRecord, titles: Mapping[str, str]) -> None:
    with st.container(key=f"report-{record.document_id}", gap=None):
        if st.button(
            common.label(wording.source_name(record.title, record.source)),
            key=f"open-{record.document_id}",
            type="tertiary",
        ):
            report.show(desk, record.document_id)
        common.show(_line(record) + _kin(record, titles))


def _line(record: DocumentRecord) -> str:
    extent = wording.kind_words(record.kind) + (
        f", {wording.count_words(record.pages, 'page')}" if record.pages else ""
    )
    date = wording.date_words(record.published)
    told = [
        common.escape(record.publisher)
        if record.publisher
        else '<span class="bd-tag bd-warn">no publisher</span>',
        common.escape(date) if record.published else '<span class="bd-tag bd-warn">undated</span>',
        common.escape(extent),
        common.escape(wording.count_words(record.passages, "passage")),
    ]
    tags = "".join(f' <span class="bd-tag">{common.escape(tag)}</span>' for tag in record.tags[:4])
    return f'<div class="bd-small">{" · ".join(told)}{tags}</div>'


def _kin(record: DocumentRecord, titles: Mapping[str, str]) -> str:
    """The mail that a report came with, and the report whose story it tells again."""
    told = []
    if (mail := titles.get(record.parent or "")) is not None:
        told.append(f"Came with {mail}")
    if record.family != record.document_id and (first := titles.get(record.family or "")) is not None:
        told.append(f"Same story as {first}")
    return f'<div class="bd-small">{common.escape(" · ".join(told))}</div>' if told else ""
