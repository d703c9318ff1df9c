"""The dialog for one report: what is known of it, its text, corrections and grades, and its removal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from assistant.desk import Assistant
from assistant.pages.shared import common, date_input, markup, source
from assistant.results import wording
from vectorstore.records import DocumentRecord

_GRADES = {  # reliability of the publisher, Admiralty letter -> in words
    "A": "A – completely reliable",
    "B": "B – usually reliable",
    "C": "C – fairly reliable",
    "D": "D – not usually reliable",
    "E": "E – unreliable",
    "F": "F – cannot be judged",
}
_CREDIBILITY = {  # credibility of the report, Admiralty number -> in words
    1: "1 – confirmed by other sources",
    2: "2 – probably true",
    3: "3 – possibly true",
    4: "4 – doubtful",
    5: "5 – improbable",
    6: "6 – cannot be judged",
}
_MOST_TEXT = 200_000  # characters shown at once


@st.dialog("Report", width=620, position="right", icon=":material/description:")
def show(desk: Assistant, document_id: str) -> None:
    """Open the dialog, with its tabs About, Text, Edit and Remove."""
    with common.errors_as_messages():
        record = desk.document(document_id)
        common.show(
            f'<div class="bd-question">{common.escape(wording.source_name(record.title, record.source))}</div>'
        )
        about, text, edit, remove = st.tabs(["About", "Text", "Edit", "Remove"])
        with about:
            _about(desk, record)
        with text:
            _text(desk, record)
        with edit:
            _edit(desk, record)
        with remove:
            _remove(desk, record)


def _about(desk: Assistant, record: DocumentRecord) -> None:
    """All that is known of the report, and its original to download."""

    def with_origin(value: str, field: str) -> str:
        """The value, and in brackets where in the report it was found."""
        how = record.found.get(field)
        return f"{value} ({how})" if value and how else value

    common.show(
        markup.facts(
            [
                ("Title", with_origin(record.title or "not stated", "title")),
                ("Authors", with_origin(", ".join(record.authors), "authors")),
                ("Publisher", with_origin(record.publisher or "not stated", "publisher")),
                ("Published", with_origin(wording.date_words(record.published), "published")),
                ("Grade", source.grade_words(record)),
                ("Tags", ", ".join(record.tags)),
                ("Source", record.source),
                ("Address", with_origin(record.address or "", "address")),
                ("Extent", _extent(record)),
                ("Not read", record.found.get("pages", "")),
                ("Added", wording.moment_words(record.added)),
            ]
        )
    )
    original = desk.original(record.document_id)
    if original is not None:
        source.download(record, original)


def _extent(record: DocumentRecord) -> str:
    """Kind, pages, passages and characters."""
    pages = [wording.count_words(record.pages, "page")] if record.pages else []
    return ", ".join(
        [
            wording.kind_words(record.kind),
            *pages,
            wording.count_words(record.passages, "passage"),
            wording.count_words(record.characters, "character"),
        ]
    )


def _text(desk: Assistant, record: DocumentRecord) -> None:
    """The text of the report; of a very long one, the beginning."""
    text = desk.text(record.document_id)
    common.show(f'<div class="bd-whole">{common.escape(text[:_MOST_TEXT])}</div>')
    if len(text) > _MOST_TEXT:
        common.show(markup.small(f"The first {_MOST_TEXT:,} of {len(text):,} characters."))


def _edit(desk: Assistant, record: DocumentRecord) -> None:
    """The form for corrections and grades."""
    with st.form(f"edit-{record.document_id}", border=False):
        title = st.text_input("Title", record.title or "")
        authors = st.text_input("Authors", "; ".join(record.authors), help="Separated by semicolons")
        publisher = st.text_input("Publisher", record.publisher or "")
        published = st.text_input(
            "Published",
            date_input.shown(record.published),
            help=date_input.HELP,
            placeholder=date_input.EXAMPLE,
        )
        tags = st.text_input("Tags", ", ".join(record.tags), help="Separated by commas")
        credibility = st.selectbox(
            "Credibility of the information",
            [None, *_CREDIBILITY],
            index=record.credibility or 0,
            format_func=lambda number: "Not graded" if number is None else _CREDIBILITY[number],
        )
        letters = list(_GRADES)
        grade = st.selectbox(
            "Reliability of the publisher",
            [None, *letters],
            index=0 if record.grade is None else letters.index(record.grade) + 1,
            format_func=lambda letter: "Not graded" if letter is None else _GRADES[letter],
            help="The letter belongs to the publisher and holds for all its reports.",
        )
        common.show(
            markup.small(
                "A field left empty goes back to what the report states; emptied again, it stays empty."
            )
        )
        if not st.form_submit_button("Save", type="primary"):
            return
    values = {
        "title": title.strip(),
        "publisher": publisher.strip(),
        "authors": _parts(authors, ";"),
        "tags": _parts(tags, ","),
        "credibility": credibility,
    }
    with common.errors_as_messages():
        _save(
            desk,
            record,
            {**values, "published": date_input.published(published, record.published) or ""},
            grade,
        )
        st.rerun()


def _save(desk: Assistant, record: DocumentRecord, values: Mapping[str, Any], grade: str | None) -> None:
    """Save the fields that differ from what is known, and the grade of the publisher.

    An empty value is saved as None. Raises ValueError for a grade without a publisher, and for values that the desk
    refuses.
    """
    if grade != record.grade and not (values["publisher"] or record.publisher):
        raise ValueError("A grade belongs to a publisher: name the publisher too.")
    known = {
        **{field: getattr(record, field) or "" for field in ("title", "publisher", "published")},
        **{field: list(getattr(record, field)) for field in ("authors", "tags")},
        "credibility": record.credibility,
    }
    changes = {field: value or None for field, value in values.items() if value != known[field]}
    if changes:
        record = desk.edit(record.document_id, **changes)
    if grade != record.grade and record.publisher:
        desk.grade(record.publisher, grade)


def _parts(text: str, separator: str) -> list[str]:
    """The parts of a list that was typed, each once: `_parts("Gold, gold, Mali", ",")` is ["Gold", "Mali"].

    Case does not matter; the first spelling stays.
    """
    parts = {part.casefold(): part for piece in reversed(text.split(separator)) if (part := piece.strip())}
    return list(reversed(parts.values()))


def _remove(desk: Assistant, record: DocumentRecord) -> None:
    """Removal behind a checkbox; says how many attachments go along."""
    attachments = [other for other in desk.documents() if other.parent == record.document_id]
    what = f" and its {wording.count_words(len(attachments), 'attachment')}" if attachments else ""
    common.show(
        f"<p>This report{what} will answer no more questions. Saved answers that cite it keep their quotes.</p>"
    )
    sure = st.checkbox("Yes, take it out of the library", key=f"sure-{record.document_id}")
    if st.button(
        "Remove this report",
        type="primary",
        icon=":material/delete:",
        disabled=not sure,
        help="Nothing is erased from the disk yet: `briefing purge` on the command line does that.",
    ):
        desk.remove([record.document_id])
        st.toast(common.label(f"Removed: {wording.source_name(record.title, record.source)}"))
        st.rerun()
