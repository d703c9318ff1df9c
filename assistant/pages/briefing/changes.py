"""What has become of a briefing: reports behind it that have changed, and what is new in one written again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from assistant.desk import Assistant
from assistant.pages.shared import common, markup
from assistant.results.briefing import Briefing
from assistant.results.wording import count_words, moment_words
from vectorstore.ledger.history import SavedBriefing

_KINDS = (("new", "New"), ("changed", "Changed"), ("gone", "Gone"))


def offer(desk: Assistant, saved: SavedBriefing, briefing: Briefing) -> None:
    """Say what has changed among its reports, and write it again when asked to."""
    told = _since(desk, briefing)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if told:
            common.show(
                f'<div class="bd-reason">Since it was written: {common.escape(told)}.</div>', narrow=True
            )
        if briefing.inputs and st.button(
            "Write again", icon=":material/refresh:", type="tertiary", key="again"
        ):
            with common.in_words(), st.spinner("Writing it again, and comparing …", show_time=True):
                later, changes = desk.update_brief(saved.briefing_id)
                number = desk.save_briefing(later.to_json() | {"changes": changes.to_json()})
                st.switch_page(common.page("briefing"), query_params={"briefing": str(number)})


def _since(desk: Assistant, briefing: Briefing) -> str:
    records = desk.documents()
    live = {one.document_id: one for one in records}
    cited = {one.document_id: one for one in briefing.citations}
    gone = sum(one not in live for one in cited)
    other = sum(
        one in live
        and (live[one].generation != cited[one].generation or live[one].published != cited[one].published)
        for one in cited
    )
    ids = list(live)
    last = briefing.inputs.get("last_report")
    added = len(ids) - 1 - ids.index(last) if last in ids else 0
    parts = [
        f"{count_words(added, 'report')} added" if added else "",
        f"{count_words(gone, 'cited report')} removed" if gone else "",
        f"{count_words(other, 'cited report')} changed" if other else "",
    ]
    return ", ".join(part for part in parts if part)


def show(changes: Mapping[str, Any]) -> None:
    """The comparison that is kept with a briefing written again."""
    counts = [f"{len(changes[kind])} {name.lower()}" for kind, name in _KINDS if changes[kind]]
    title = ", ".join([*counts, f"{changes['unchanged']} unchanged"])
    with st.expander(f"Since {moment_words(changes['since'])}: {title}", expanded=bool(counts)):
        for kind, name in _KINDS:
            for one in changes[kind]:
                before = markup.small(f"Before: {one['before']}") if one.get("before") else ""
                common.show(
                    f'<span class="bd-tag">{name}</span> <span class="bd-small">{common.escape(one["where"])}</span>'
                    f"<div>{common.escape(one['text'])}</div>{before}{markup.small(one['cause'])}"
                )
