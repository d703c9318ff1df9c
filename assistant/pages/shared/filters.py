"""Which reports may answer: the filters of a question or a briefing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st

from assistant.pages.shared import common, date_input
from assistant.results import wording
from vectorstore import Filters
from vectorstore.records import NO_FILTERS, DocumentRecord


def choose(records: Sequence[DocumentRecord], key: str, *, with_as_of: bool = True) -> Filters | None:
    """The filters set in a popover; None, with the reason shown, while one of them is no date."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"filters-{key}"):
        with st.popover("Filters", icon=":material/tune:", type="tertiary"):
            chosen = _widgets(records, key, with_as_of)
        told = words(chosen, records) if isinstance(chosen, Filters) else ""
        if told:
            common.show(f'<span class="bd-small">{common.escape(told)}</span>', narrow=True)
        if told or isinstance(chosen, str):
            st.button("Clear", type="tertiary", key=f"{key}-clear", on_click=fill, args=(key,))
    if isinstance(chosen, str):
        st.error(common.label(chosen), icon=":material/error:")
        return None
    return chosen


def _widgets(records: Sequence[DocumentRecord], key: str, with_as_of: bool) -> Filters | str:
    before = _date("Published on or before", f"{key}-as-of") if with_as_of else ""
    after = _date("Published on or after", f"{key}-since")
    undated = st.toggle(
        "Include undated reports",
        key=f"{key}-undated",
        persist_state="session",
        help="With a date set, reports without a known date are left out unless this is on.",
    )
    publishers, tags, titles = _publishers(records), _tags(records), _titles(records)
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
            as_of=date_input.typed(before) if before else None,
            since=date_input.typed(after) if after else None,
            publishers=tuple(chosen),
            tags=tuple(tagged),
            documents=tuple(documents),
            include_undated=undated,
        )
    except ValueError as error:
        return str(error)


def _date(name: str, key: str) -> str:
    given = st.text_input(
        name, key=key, placeholder=date_input.EXAMPLE, help=date_input.HELP, persist_state="session"
    )
    return (given or "").strip()


def _publishers(records: Sequence[DocumentRecord]) -> list[str]:
    return sorted({one.publisher for one in records if one.publisher}, key=str.casefold)


def _tags(records: Sequence[DocumentRecord]) -> list[str]:
    return sorted({tag for one in records for tag in one.tags}, key=str.casefold)


def _titles(records: Sequence[DocumentRecord]) -> dict[str, str]:
    return {one.document_id: wording.source_name(one.title, one.source) for one in records}


def words(chosen: Filters, records: Sequence[DocumentRecord]) -> str:
    """As of June 2022 · since 2020 · publisher X; nothing for no filters."""
    told = []
    if chosen.as_of:
        told.append(f"as of {wording.date_words(chosen.as_of)}")
    if chosen.since:
        told.append(f"since {wording.date_words(chosen.since)}")
    if told and chosen.include_undated:
        told.append("with undated reports")
    told += [f"publisher {one}" for one in chosen.publishers]
    told += [f"tag {one}" for one in chosen.tags]
    if len(chosen.documents) == 1:
        title = _titles(records).get(chosen.documents[0], "a report that has been removed")
        told.append(f"only {title}")
    elif chosen.documents:
        told.append(f"only {len(chosen.documents)} reports")
    line = " · ".join(told)
    return line[:1].upper() + line[1:]


# -- kept with an answer


def to_json(chosen: Filters) -> dict[str, Any]:
    """What is set, for keeping with the answer given under it."""
    return {name: value for name, value in asdict(chosen).items() if value}


def from_json(row: Mapping[str, Any]) -> Filters:
    return Filters(
        as_of=row.get("as_of"),
        since=row.get("since"),
        publishers=tuple(row.get("publishers", ())),
        tags=tuple(row.get("tags", ())),
        documents=tuple(row.get("documents", ())),
        include_undated=row.get("include_undated", False),
    )


def fill(key: str, chosen: Filters = NO_FILTERS, records: Sequence[DocumentRecord] = ()) -> None:
    """Put filters into the fields under `key`, before these are drawn; what no report has any more is left out."""
    st.session_state[f"{key}-as-of"] = wording.date_words(chosen.as_of) if chosen.as_of else ""
    st.session_state[f"{key}-since"] = wording.date_words(chosen.since) if chosen.since else ""
    st.session_state[f"{key}-undated"] = chosen.include_undated
    for field, given, there in (
        ("publishers", chosen.publishers, _publishers(records)),
        ("tags", chosen.tags, _tags(records)),
        ("documents", chosen.documents, list(_titles(records))),
    ):
        st.session_state[f"{key}-{field}"] = [one for one in given if one in there]


def left_out(number: int | None) -> None:
    """Say how many undated reports a date filter left out, and where to date them."""
    if number:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            common.show(
                f'<span class="bd-small">{wording.count_words(number, "undated report")} left out by the date '
                f"filter.</span>",
                narrow=True,
            )
            st.page_link(
                common.page("library"),
                label="Date them",
                icon=":material/event:",
                query_params={"view": "undated"},
            )
