"""Shows which reports behind a briefing have changed, writes it again, and compares the new one with the old."""

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
    """Say what has changed among the briefing's reports, with a button to write it again.

    Written again, it is saved as a new briefing with the comparison beside it, and opened.
    """
    changed = _changed_reports(desk, briefing)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if changed:
            common.show(
                f'<div class="bd-reason">Since it was written: {common.escape(changed)}.</div>', narrow=True
            )
        if briefing.inputs and st.button(
            "Write again", icon=":material/refresh:", type="tertiary", key="again"
        ):
            with common.errors_as_messages(), st.spinner("Writing it again, and comparing …", show_time=True):
                later, changes = desk.update_brief(saved.briefing_id)
                number = desk.save_briefing(later.to_json() | {"changes": changes.to_json()})
                st.switch_page(common.page("briefing"), query_params={"briefing": str(number)})


def _changed_reports(desk: Assistant, briefing: Briefing) -> str:
    """Reports added, cited reports removed or changed since the briefing: "1 report added, …"; "" if none.

    A cited report has changed if it has another version or another date now.
    """
    live = {record.document_id: record for record in desk.documents()}
    cited = {citation.document_id: citation for citation in briefing.citations}
    removed = sum(document_id not in live for document_id in cited)
    changed = sum(
        document_id in live
        and (
            live[document_id].generation != citation.generation
            or live[document_id].published != citation.published
        )
        for document_id, citation in cited.items()
    )
    ids = list(live)  # in the order in which they were added
    last = briefing.inputs.get("last_report")
    added = len(ids) - 1 - ids.index(last) if last in ids else 0
    parts = [
        f"{count_words(added, 'report')} added" if added else "",
        f"{count_words(removed, 'cited report')} removed" if removed else "",
        f"{count_words(changed, 'cited report')} changed" if changed else "",
    ]
    return ", ".join(part for part in parts if part)


def show(changes: Mapping[str, Any]) -> None:
    """Show the comparison that was saved with a briefing written again, new sentences first."""
    counts = [f"{len(changes[kind])} {name.lower()}" for kind, name in _KINDS if changes[kind]]
    title = ", ".join([*counts, f"{changes['unchanged']} unchanged"])
    with st.expander(f"Since {moment_words(changes['since'])}: {title}", expanded=bool(counts)):
        for kind, name in _KINDS:
            for change in changes[kind]:
                before = markup.small(f"Before: {change['before']}") if change.get("before") else ""
                common.show(
                    f'<span class="bd-tag">{name}</span> <span class="bd-small">{common.escape(change["where"])}</span>'
                    f"<div>{common.escape(change['text'])}</div>{before}{markup.small(change['cause'])}"
                )
