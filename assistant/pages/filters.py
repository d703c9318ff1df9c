"""Which reports may answer: the filters of a question or a briefing."""

from __future__ import annotations

import streamlit as st

from assistant import wording
from assistant.desk import Assistant
from assistant.pages import common
from vectorstore import Filters
from vectorstore.records import DocumentRecord, parse_date


def choose(desk: Assistant, key: str, *, with_as_of: bool = True) -> Filters | None:
    """The filters set in a popover; None, with the reason shown, while one of them is no date."""
    records = desk.documents()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"filters-{key}"):
        with st.popover("Filters", icon=":material/tune:", type="tertiary"):
            chosen = _widgets(records, key, with_as_of)
        told = _words(chosen, records) if isinstance(chosen, Filters) else ""
        if told:
            common.show(f'<span class="bd-small">{common.escape(told)}</span>')
            st.button("Clear", type="tertiary", key=f"{key}-clear", on_click=_clear, args=(key,))
    if isinstance(chosen, str):
        st.error(common.label(chosen), icon=":material/error:")
        return None
    return chosen


def _widgets(records: list[DocumentRecord], key: str, with_as_of: bool) -> Filters | str:
    as_of = ""
    if with_as_of:
        as_of = _date("Published on or before", f"{key}-as-of")
    since = _date("Published on or after", f"{key}-since")
    undated = st.toggle(
        "Include undated reports",
        key=f"{key}-undated",
        persist_state="session",
        help="With a date set, reports without a known date are left out unless this is on.",
    )
    publishers = sorted({one.publisher for one in records if one.publisher}, key=str.casefold)
    tags = sorted({tag for one in records for tag in one.tags}, key=str.casefold)
    titles = {one.document_id: wording.name_of(one.title, one.source) for one in records}
    chosen = st.multiselect("Publishers", publishers, key=f"{key}-publishers", persist_state="session")
    tagged = st.multiselect("Tags", tags, key=f"{key}-tags", persist_state="session") if tags else list[str]()
    documents = st.multiselect(
        "Reports",
        list(titles),
        format_func=lambda one: titles.get(one, one),
        key=f"{key}-documents",
        persist_state="session",
    )
    try:
        return Filters(
            as_of=parse_date(as_of) if as_of else None,
            since=parse_date(since) if since else None,
            publishers=tuple(chosen),
            tags=tuple(tagged),
            documents=tuple(documents),
            include_undated=undated,
        )
    except ValueError as error:
        return str(error)


def _date(name: str, key: str) -> str:
    given = st.text_input(
        name,
        key=key,
        placeholder="2023-06-30, 2023-06 or 2023",
        help=common.DATE_HELP,
        persist_state="session",
    )
    return (given or "").strip()


def _words(chosen: Filters, records: list[DocumentRecord]) -> str:
    words = []
    if chosen.as_of:
        words.append(f"until {wording.date_words(chosen.as_of)}")
    if chosen.since:
        words.append(f"since {wording.date_words(chosen.since)}")
    words += chosen.publishers
    words += [f"tag {tag}" for tag in chosen.tags]
    if len(chosen.documents) == 1:
        words += [
            wording.name_of(one.title, one.source) for one in records if one.document_id in chosen.documents
        ]
    elif chosen.documents:
        words.append(f"{len(chosen.documents)} reports")
    if words and chosen.dated and chosen.include_undated:
        words.append("and undated")
    return " · ".join(words)


def _clear(key: str) -> None:
    for field in ("as-of", "since"):
        st.session_state[f"{key}-{field}"] = ""
    for field in ("publishers", "tags", "documents"):
        st.session_state[f"{key}-{field}"] = []
    st.session_state[f"{key}-undated"] = False


def left_out(number: int | None) -> None:
    """Say how many undated reports a date filter left out, and where to date them."""
    if number:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            common.show(
                f'<span class="bd-small">{wording.count_words(number, "undated report")} left out by the date '
                f"filter.</span>"
            )
            st.page_link(
                common.page("library"),
                label="Date them",
                icon=":material/event:",
                query_params={"view": "undated"},
            )
