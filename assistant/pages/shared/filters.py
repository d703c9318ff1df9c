"""The filters of a question or a briefing: fields to set them, words for them, and how they are saved."""

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
    """Draw the Filters popover; returns what is set, or None and shows the reason if a date field holds no date.

    `key` keeps the fields of several places apart. `with_as_of=False` leaves out the cut-off date.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"filters-{key}"):
        with st.popover("Filters", icon=":material/tune:", type="tertiary"):
            chosen = _widgets(records, key, with_as_of)
        description = words(chosen, records) if isinstance(chosen, Filters) else ""
        if description:
            common.show(f'<span class="bd-small">{common.escape(description)}</span>', narrow=True)
        if description or isinstance(chosen, str):
            st.button("Clear", type="tertiary", key=f"{key}-clear", on_click=set_fields, args=(key,))
    if isinstance(chosen, str):
        st.error(common.label(chosen), icon=":material/error:")
        return None
    return chosen


def _widgets(records: Sequence[DocumentRecord], key: str, with_as_of: bool) -> Filters | str:
    """The fields; returns the filters, or in words why a field holds no date."""
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
        format_func=lambda document_id: titles.get(document_id, document_id),
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
    """A date field; returns its text without spaces around it."""
    text = st.text_input(
        name, key=key, placeholder=date_input.EXAMPLE, help=date_input.HELP, persist_state="session"
    )
    return (text or "").strip()


def _publishers(records: Sequence[DocumentRecord]) -> list[str]:
    return sorted({record.publisher for record in records if record.publisher}, key=str.casefold)


def _tags(records: Sequence[DocumentRecord]) -> list[str]:
    return sorted({tag for record in records for tag in record.tags}, key=str.casefold)


def _titles(records: Sequence[DocumentRecord]) -> dict[str, str]:
    """Document id -> name, in the order of the library."""
    return {record.document_id: wording.source_name(record.title, record.source) for record in records}


def words(chosen: Filters, records: Sequence[DocumentRecord]) -> str:
    """The filters in words: "As of June 2022 · since 2020 · publisher River Wire"; "" if none is set."""
    parts = []
    if chosen.as_of:
        parts.append(f"as of {wording.date_words(chosen.as_of)}")
    if chosen.since:
        parts.append(f"since {wording.date_words(chosen.since)}")
    if parts and chosen.include_undated:
        parts.append("with undated reports")
    parts += [f"publisher {publisher}" for publisher in chosen.publishers]
    parts += [f"tag {tag}" for tag in chosen.tags]
    if len(chosen.documents) == 1:
        title = _titles(records).get(chosen.documents[0], "a report that has been removed")
        parts.append(f"only {title}")
    elif chosen.documents:
        parts.append(f"only {len(chosen.documents)} reports")
    line = " · ".join(parts)
    return line[:1].upper() + line[1:]


# -- kept with an answer


def to_json(chosen: Filters) -> dict[str, Any]:
    """The filters that are set, to be saved with an answer; {} if none is set."""
    return {name: value for name, value in asdict(chosen).items() if value}


def from_json(row: Mapping[str, Any]) -> Filters:
    """Filters saved by `to_json`; whatever is missing is not set."""
    return Filters(
        as_of=row.get("as_of"),
        since=row.get("since"),
        publishers=tuple(row.get("publishers", ())),
        tags=tuple(row.get("tags", ())),
        documents=tuple(row.get("documents", ())),
        include_undated=row.get("include_undated", False),
    )


def set_fields(key: str, chosen: Filters = NO_FILTERS, records: Sequence[DocumentRecord] = ()) -> None:
    """Put filters into the fields under `key`; call it before the fields are drawn.

    Publishers, tags and reports that are no longer in the library are left out.
    """
    st.session_state[f"{key}-as-of"] = wording.date_words(chosen.as_of) if chosen.as_of else ""
    st.session_state[f"{key}-since"] = wording.date_words(chosen.since) if chosen.since else ""
    st.session_state[f"{key}-undated"] = chosen.include_undated
    for field, values, available in (
        ("publishers", chosen.publishers, _publishers(records)),
        ("tags", chosen.tags, _tags(records)),
        ("documents", chosen.documents, list(_titles(records))),
    ):
        st.session_state[f"{key}-{field}"] = [value for value in values if value in available]


def left_out(number: int | None) -> None:
    """Say how many undated reports a date filter left out, with a link to the form that dates them; 0 shows nothing."""
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
