"""The outline of a briefing: headings that the analyst writes, orders, or has proposed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.pages.shared import common
from assistant.questions.topics import MOST_HEADINGS

_KEY = "outline"  # in the session: headings, each with a number that its widgets keep when it moves


def edit(propose: Callable[[], list[str]]) -> list[str]:
    """The editor; returns the headings in order, empty ones left out. `propose` finds some for the topic."""
    rows: list[tuple[int, str]] = st.session_state.setdefault(_KEY, [])
    with st.expander(f"Outline · {len(rows)} headings" if rows else "Outline", expanded=bool(rows)):
        common.show(
            '<div class="bd-small">Each heading becomes a paragraph, in this order. Without an outline the paragraphs '
            "follow the sources’ own themes.</div>"
        )
        for place, (number, heading) in enumerate(rows):
            _row(rows, place, number, heading)
        with st.container(horizontal=True):
            if st.button("Add a heading", icon=":material/add:", disabled=len(rows) >= MOST_HEADINGS):
                rows.append((_next(rows), ""))
                st.rerun()
            if st.button(
                "Propose headings", icon=":material/list:", help="From what the reports say of the topic."
            ):
                with common.in_words():
                    known = {heading for _, heading in rows}
                    for heading in propose():
                        if heading not in known and len(rows) < MOST_HEADINGS:
                            rows.append((_next(rows), heading))
                    st.rerun()
    return [heading for _, heading in rows if heading.strip()]


def _row(rows: list[tuple[int, str]], place: int, number: int, heading: str) -> None:
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="xsmall", key=f"heading-row-{number}"
    ):
        typed = st.text_input(
            f"Heading {place + 1}",
            heading,
            key=f"heading-{number}",
            max_chars=200,
            label_visibility="collapsed",
        )
        rows[place] = (number, typed)
        if st.button("", icon=":material/arrow_upward:", key=f"up-{number}", help="Up", disabled=place == 0):
            rows[place - 1], rows[place] = rows[place], rows[place - 1]
            st.rerun()
        last = place == len(rows) - 1
        if st.button("", icon=":material/arrow_downward:", key=f"down-{number}", help="Down", disabled=last):
            rows[place + 1], rows[place] = rows[place], rows[place + 1]
            st.rerun()
        if st.button("", icon=":material/close:", key=f"drop-{number}", help="Remove"):
            del rows[place]
            st.rerun()


def _next(rows: list[tuple[int, str]]) -> int:
    return max((number for number, _ in rows), default=0) + 1
