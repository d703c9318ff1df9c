"""The Library page: lists the reports, adds new ones, and leads to the form for missing dates and names."""

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
# Name in the list of orders -> sort key of a report.
_ORDERS: dict[str, Callable[[DocumentRecord], Any]] = {
    _NEWEST: lambda record: (record.published is not None, first_day(record.published or "0001")),
    _LAST_ADDED: lambda record: (
        0
    ),  # keeps the desk's own order: `added` counts whole seconds, too coarse to sort by
    "By title": lambda record: wording.source_name(record.title, record.source).casefold(),
    "By publisher": lambda record: (record.publisher is None, (record.publisher or "").casefold()),
}


def show() -> None:
    """Draw the page: the list of reports, or with ?view=undated the form for missing dates and names."""
    desk = common.desk()
    records = desk.documents()
    st.title("Library", anchor=False)
    if not records:
        adding.empty_library_line(desk, "No reports yet. Add your own below, or try the samples.")
        if not desk.jobs.active():
            adding.sample_button(desk)
        adding.show(desk)
        jobs.show(desk)
        return
    common.show(f'<div class="bd-small">{common.escape(_summary(records))}</div>')
    lacking = [record for record in records if missing_metadata.lacks(record)]
    if st.query_params.get("view") == "undated":
        missing_metadata.show(desk, lacking)
        return
    with st.expander("Add reports", icon=":material/upload_file:"):
        adding.show(desk)
    jobs.show(desk)  # outside the expander, so that failures show even while it is closed
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
    """One line on the library: "12 reports · 5 publishers · 2019–2023 · 1 undated"."""
    publishers = {record.publisher for record in records if record.publisher}
    dates = sorted(record.published for record in records if record.published)
    facts = [wording.count_words(len(records), "report"), wording.count_words(len(publishers), "publisher")]
    if dates:
        facts.append(f"{dates[0][:4]}–{dates[-1][:4]}" if dates[0][:4] != dates[-1][:4] else dates[0][:4])
    missing = sum(record.published is None for record in records)
    return " · ".join([*facts, *([f"{missing} undated"] if missing else [])])


def _table(desk: Assistant, records: Sequence[DocumentRecord]) -> None:
    """The reports that match the search field, in the chosen order, a page at a time."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        query = st.text_input(
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
    matches = [record for record in records if _matches(record, query or "")]
    if order == _LAST_ADDED:
        matches.reverse()
    matches.sort(key=_ORDERS[order], reverse=order == _NEWEST)
    if not matches:
        common.show('<div class="bd-muted">No report matches this search.</div>')
        return
    pages = -(-len(matches) // _PAGE)
    first = 0
    if pages > 1:
        first = (st.pagination(pages, key="library-page") - 1) * _PAGE
    titles = {record.document_id: wording.source_name(record.title, record.source) for record in records}
    with st.container(gap="xxsmall"):
        for record in matches[first : first + _PAGE]:
            _row(desk, record, titles)


def _matches(record: DocumentRecord, query: str) -> bool:
    """Does the report hold every word of the query in title, authors, publisher, source, date or tags?

    Case and accents do not matter, and parts of words count: "drou" finds "Drought in Kayes".
    """
    fields = [record.title, *record.authors, record.publisher, record.source, record.published, *record.tags]
    text = fold(" ".join(part for part in fields if part))
    return all(word in text for word in fold(query).split())


def _row(desk: Assistant, record: DocumentRecord, titles: Mapping[str, str]) -> None:
    """A report in the list: its name, which opens it, and its facts."""
    with st.container(key=f"report-{record.document_id}", gap=None):
        if st.button(
            common.label(wording.source_name(record.title, record.source)),
            key=f"open-{record.document_id}",
            type="tertiary",
        ):
            report.show(desk, record.document_id)
        common.show(_line(record) + _related(record, titles))


def _line(record: DocumentRecord) -> str:
    """Publisher, date, extent, passages and up to four tags, as markup; what is missing stands out."""
    extent = wording.kind_words(record.kind) + (
        f", {wording.count_words(record.pages, 'page')}" if record.pages else ""
    )
    date = wording.date_words(record.published)
    facts = [
        common.escape(record.publisher)
        if record.publisher
        else '<span class="bd-tag bd-warn">no publisher</span>',
        common.escape(date) if record.published else '<span class="bd-tag bd-warn">undated</span>',
        common.escape(extent),
        common.escape(wording.count_words(record.passages, "passage")),
    ]
    tags = "".join(f' <span class="bd-tag">{common.escape(tag)}</span>' for tag in record.tags[:4])
    return f'<div class="bd-small">{" · ".join(facts)}{tags}</div>'


def _related(record: DocumentRecord, titles: Mapping[str, str]) -> str:
    """The mail that the report was attached to, and the report that it is a near copy of, as markup; "" if neither.

    `titles` are the names of all reports by document id.
    """
    facts = []
    if (mail := titles.get(record.parent or "")) is not None:
        facts.append(f"Came with {mail}")
    if record.family != record.document_id and (first := titles.get(record.family or "")) is not None:
        facts.append(f"Same story as {first}")
    return f'<div class="bd-small">{common.escape(" · ".join(facts))}</div>' if facts else ""
