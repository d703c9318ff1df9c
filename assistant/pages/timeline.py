"""A small picture of a chronology: one dot an event, events of one date stacked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import altair as alt
import streamlit as st

from assistant.briefing import Event
from assistant.wording import date_words
from vectorstore.records import first_day

_LEAST = 3  # events that make a picture
_TEXT = 160  # characters of an event in its tooltip


def show(events: Sequence[Event]) -> None:
    if len({event.date for event in events}) < _LEAST:
        return
    stacked: Counter[str] = Counter()
    rows = []
    for event in events:
        day = first_day(event.date)
        text = event.text if len(event.text) <= _TEXT else event.text[:_TEXT].rsplit(" ", 1)[0] + " …"
        rows.append({"day": day, "lane": stacked[day], "date": date_words(event.date), "event": text})
        stacked[day] += 1
    chart = (
        alt.Chart(alt.InlineData(values=rows), height=70 + 14 * (max(stacked.values()) - 1))
        .mark_circle(size=110, opacity=0.85)
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(grid=False, labelFlush=True, tickCount=6)),
            y=alt.Y("lane:Q", axis=None, scale=alt.Scale(domain=[-0.6, max(stacked.values())])),
            tooltip=[alt.Tooltip("date:N", title="Date"), alt.Tooltip("event:N", title="Event")],
        )
        .configure_view(strokeWidth=0)
    )
    st.altair_chart(chart, width="stretch", alt="Timeline of the chronology below")
