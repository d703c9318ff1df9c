"""The outline editor of the briefing form: headings that the analyst writes, orders, or lets the desk propose."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.pages.shared import common
from assistant.questions.topics import MOST_HEADINGS

_KEY = "outline"  # in the session: (number, heading); the number is in its widgets' keys, and moves with it


def edit(propose: Callable[[], list[str]]) -> list[str]:
    """Draw the editor; returns the headings in order, without empty ones.

    `propose` is called at a click and returns headings for the topic; its ValueError is shown as a message.
    """
    rows: list[tuple[int, str]] = st.session_state.setdefault(_KEY, [])
    with st.expander(f"Outline · {len(rows)} headings" if rows else "Outline", expanded=bool(rows)):
        common.show(
            '<div class="bd-small">Each heading becomes a paragraph, in this order. Without an outline the paragraphs '
            "follow the sources’ own themes.</div>"
        )
        for index, (number, heading) in enumerate(rows):
            _row(rows, index, number, heading)
        with st.container(horizontal=True):
            if st.button("Add a heading", icon=":material/add:", disabled=len(rows) >= MOST_HEADINGS):
                rows.append((_next_number(rows), ""))
                st.rerun()
            if st.button(
                "Propose headings", icon=":material/list:", help="From what the reports say of the topic."
            ):
                with common.errors_as_messages():
                    known = {heading for _, heading in rows}
                    for heading in propose():
                        if heading not in known and len(rows) < MOST_HEADINGS:
                            rows.append((_next_number(rows), heading))
                    st.rerun()
    return [heading for _, heading in rows if heading.strip()]


def _row(rows: list[tuple[int, str]], index: int, number: int, heading: str) -> None:
    """One heading with buttons to move or remove it; changes `rows`, which the session holds."""
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="xsmall", key=f"heading-row-{number}"
    ):
        typed = st.text_input(
            f"Heading {index + 1}",
            heading,
            key=f"heading-{number}",
            max_chars=200,
            label_visibility="collapsed",
        )
        rows[index] = (number, typed)
        if st.button("", icon=":material/arrow_upward:", key=f"up-{number}", help="Up", disabled=index == 0):
            rows[index - 1], rows[index] = rows[index], rows[index - 1]
            st.rerun()
        last = index == len(rows) - 1
        if st.button("", icon=":material/arrow_downward:", key=f"down-{number}", help="Down", disabled=last):
            rows[index + 1], rows[index] = rows[index], rows[index + 1]
            st.rerun()
        if st.button("", icon=":material/close:", key=f"drop-{number}", help="Remove"):
            del rows[index]
            st.rerun()


def _next_number(rows: list[tuple[int, str]]) -> int:
    """A number that no row has."""
    return max((number for number, _ in rows), default=0) + 1
