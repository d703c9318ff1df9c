"""One report of the library: what is known of it, corrections, its text, its removal."""

from __future__ import annotations

from typing import Any

import streamlit as st

from assistant import wording
from assistant.desk import Assistant
from assistant.pages import common, prose, source
from vectorstore.records import DocumentRecord

_GRADES = {
    "A": "A – completely reliable",
    "B": "B – usually reliable",
    "C": "C – fairly reliable",
    "D": "D – not usually reliable",
    "E": "E – unreliable",
    "F": "F – cannot be judged",
}
_CREDIBILITY = {
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
    with common.in_words():
        record = desk.document(document_id)
        common.show(
            f'<div class="bd-question">{common.escape(wording.name_of(record.title, record.source))}</div>'
        )
        known, text, edit, remove = st.tabs(["About", "Text", "Edit", "Remove"])
        with known:
            _known(desk, record)
        with text:
            _text(desk, record)
        with edit:
            _edit(desk, record)
        with remove:
            _remove(desk, record)


def _known(desk: Assistant, record: DocumentRecord) -> None:
    def told(value: str, field: str) -> str:
        how = record.found.get(field)
        return f"{value} ({how})" if value and how else value

    common.show(
        prose.facts(
            [
                ("Title", told(record.title or "not stated", "title")),
                ("Authors", told(", ".join(record.authors), "authors")),
                ("Publisher", told(record.publisher or "not stated", "publisher")),
                ("Published", told(wording.date_words(record.published), "published")),
                ("Grade", source.grade_words(record)),
                ("Tags", ", ".join(record.tags)),
                ("Source", record.source),
                ("Extent", _extent(record)),
                ("Added", wording.moment_words(record.added)),
            ]
        )
    )
    original = desk.original(record.document_id)
    if original is not None:
        source.download(record, original)


def _extent(record: DocumentRecord) -> str:
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
    text = desk.text(record.document_id)
    common.show(f'<div class="bd-whole">{common.escape(text[:_MOST_TEXT])}</div>')
    if len(text) > _MOST_TEXT:
        common.show(prose.small(f"The first {_MOST_TEXT:,} of {len(text):,} characters."))


def _edit(desk: Assistant, record: DocumentRecord) -> None:
    with st.form(f"edit-{record.document_id}", border=False):
        title = st.text_input("Title", record.title or "")
        authors = st.text_input("Authors", "; ".join(record.authors), help="Separated by semicolons")
        publisher = st.text_input("Publisher", record.publisher or "")
        published = st.text_input("Published", record.published or "", help=common.DATE_HELP)
        tags = st.text_input("Tags", ", ".join(record.tags), help="Separated by commas")
        credibility = st.selectbox(
            "Credibility of the information",
            [None, *_CREDIBILITY],
            index=record.credibility or 0,
            format_func=lambda one: "Not graded" if one is None else _CREDIBILITY[one],
        )
        letters = list(_GRADES)
        grade = st.selectbox(
            "Reliability of the publisher",
            [None, *letters],
            index=0 if record.grade is None else letters.index(record.grade) + 1,
            format_func=lambda one: "Not graded" if one is None else _GRADES[one],
            help="The letter belongs to the publisher and holds for all its reports.",
        )
        common.show(prose.small("A field left empty goes back to what the report itself states."))
        if not st.form_submit_button("Save", type="primary"):
            return
    changes: dict[str, Any] = {}
    for field, given, before in (
        ("title", title.strip(), record.title or ""),
        ("publisher", publisher.strip(), record.publisher or ""),
        ("published", published.strip(), record.published or ""),
        ("authors", _parts(authors, ";"), list(record.authors)),
        ("tags", _parts(tags, ","), list(record.tags)),
        ("credibility", credibility, record.credibility),
    ):
        if given != before:
            changes[field] = given or None
    if changes:
        record = desk.edit(record.document_id, **changes)
    if grade != record.grade:
        if not record.publisher:
            raise ValueError("A grade belongs to a publisher: name the publisher first")
        desk.grade(record.publisher, grade)
    st.rerun()


def _parts(given: str, separator: str) -> list[str]:
    return [part.strip() for part in given.split(separator) if part.strip()]


def _remove(desk: Assistant, record: DocumentRecord) -> None:
    common.show(
        "<p>The report will answer no more questions. Saved answers that cite it keep their quotes until "
        "<code>briefing purge</code> erases them.</p>"
    )
    if st.button("Remove this report", type="primary", icon=":material/delete:"):
        desk.remove([record.document_id])
        st.rerun()
