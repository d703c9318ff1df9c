"""The source dialog of a citation: the quote in its surroundings, the page as a picture, the original file."""

from __future__ import annotations

import mimetypes
from pathlib import PurePath

import streamlit as st

from assistant.desk import Assistant
from assistant.pages.shared import common, markup, page_picture
from assistant.results import wording
from assistant.results.answer import Citation
from vectorstore import StoreError
from vectorstore.errors import NotFound
from vectorstore.records import DocumentRecord


@st.dialog("Source", width=620, position="right", icon=":material/format_quote:")
def show(desk: Assistant, citation: Citation) -> None:
    """Open the dialog. The page is drawn only if the report is a PDF whose cited version is the current one."""
    with common.errors_as_messages():
        try:
            record = desk.document(citation.document_id)
        except NotFound:
            record = None
        _heading(citation, record)
        _words(desk, citation, record)
        if record is not None:
            original = desk.original(record.document_id)
            if original is not None:
                same = citation.generation in (0, record.generation)
                if record.kind == "pdf" and citation.page is not None and same:
                    _page(original, record.original, citation)
                download(record, original)


def _heading(citation: Citation, record: DocumentRecord | None) -> None:
    """Title, publisher, authors, date, place and grade in few lines, so that the quote is in view below them.

    What is known of the report today goes before what the citation recorded.
    """
    current = record or citation
    title = wording.source_name(current.title or citation.title, citation.source)
    who = [
        current.publisher or "publisher not stated",
        ", ".join(current.authors),
        wording.date_words(current.published),
    ]
    grade = grade_words(record) if record else ""
    where = [wording.place_words(citation), f"grade {grade}" if grade else ""]
    lines = "".join(markup.small(" · ".join(part for part in line if part)) for line in (who, where))
    common.show(f'<div class="bd-question">{common.escape(title)}</div>{lines}')


def _words(desk: Assistant, citation: Citation, record: DocumentRecord | None) -> None:
    """The quote marked in its surroundings, or alone if the report no longer has it at its place."""
    try:
        text = desk.text(citation.document_id, citation.generation or None)
    except StoreError:
        text = ""
    notice = _notice(desk, citation, record, text)
    if notice:
        common.show(f'<div class="bd-reason">{common.escape(notice)}</div>')
    if text[citation.start : citation.end] == citation.quote:
        common.show(markup.passage(text, citation.start, citation.end))
    else:
        common.show(markup.passage(citation.quote, 0, len(citation.quote)))


def _notice(desk: Assistant, citation: Citation, record: DocumentRecord | None, text: str) -> str:
    """Why the quote may not be what the report says today: report removed, or a newer version; else ""."""
    if record is None:
        return "This report has been removed from the library."
    if citation.generation in (0, record.generation) or not text:
        return ""
    try:
        same = desk.text(citation.document_id) == text
    except StoreError:
        same = True
    return "" if same else "These words are from an earlier version of this report."


def _page(original: bytes, digest: str, citation: Citation) -> None:
    """The cited page with the quote marked, or a note that the quote was not found on it."""
    picture = _picture(original, digest, citation.page or 1, citation.quote)
    if picture is None:
        return
    st.image(picture.png, width="stretch", alt=f"Page {citation.page} of the report")
    caption = f"Page {citation.page}" + (
        "" if picture.marked else "; the words could not be located on the picture"
    )
    common.show(markup.small(caption))


@st.cache_data(max_entries=40, show_spinner="Drawing the page …")
def _picture(_original: bytes, digest: str, page: int, quote: str) -> page_picture.PagePicture | None:
    """The picture of a page; `digest` of the file stands for its bytes in the cache key."""
    return page_picture.draw(_original, page, quote)


def download(record: DocumentRecord, original: bytes) -> None:
    """A button to download the original file, and one to open its web address, if it has one."""
    with st.container(horizontal=True):
        fetched = common.address(record.source)
        link = fetched or record.address
        name = PurePath(record.source.replace("\\", "/")).name if fetched is None else record.document_id
        if not PurePath(name).suffix:
            name += f".{record.kind}"
        st.download_button(
            "Download original",
            original,
            file_name=name,
            mime=mimetypes.guess_type(name)[0] or "application/octet-stream",
            icon=":material/download:",
            on_click="ignore",
            key=f"original-{record.document_id}",
        )
        if link is not None:
            st.link_button("Open address", link, icon=":material/open_in_new:")


def grade_words(record: DocumentRecord) -> str:
    """The Admiralty grade, "B2"; F or 6 for a half that is not set, "" if neither is."""
    if record.grade is None and record.credibility is None:
        return ""
    return f"{record.grade or 'F'}{record.credibility or 6}"
