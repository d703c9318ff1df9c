"""What every page needs: the desk, text made safe to show, errors in words, links between pages.

Text of reports, models and people is data, never markup. Prose goes through `escape` into st.html, which Streamlit
sanitises once more; labels of widgets and messages are Markdown and go through `label`. Tags come from our own code
alone, and links only from `address`.
"""

from __future__ import annotations

import atexit
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NoReturn
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assistant.desk import Assistant
from assistant.results.answer import Citation
from ingest import IngestError
from vectorstore import StoreError

_JOINER = "\u2060"  # word joiner: no width, no line break


@st.cache_resource(show_spinner="Opening the desk …")
def _open() -> Assistant:
    """Open the desk once per process; it is closed when the process ends."""
    desk = Assistant.open(owner="the app")
    atexit.register(desk.close)
    return desk


def desk() -> Assistant:
    """The one desk that all sessions share. If it cannot be opened, the page says why, and this run of it ends."""
    try:
        return _open()
    except StoreError as error:
        st.error(label(error.message), icon=":material/error:")
        st.stop()


@contextmanager
def errors_as_messages() -> Iterator[None]:
    """A context in which errors of the desk become messages on the page, never tracebacks."""
    try:
        yield
    except (StoreError, IngestError) as error:
        st.error(label(error.message), icon=":material/error:")
    except ValueError as error:  # a value that the desk refuses, with the reason as its text
        st.error(label(str(error)), icon=":material/error:")


# -- text made safe


def escape(text: str) -> str:
    """Text as HTML text, or as the value of a quoted attribute, for st.html: `escape("<b>")` is "&lt;b&gt;"."""
    return html.escape(text.replace("\0", ""), quote=True)


def label(text: str) -> str:
    """Text as Markdown in which every character stands for itself.

    Neither links, images, HTML, formulas and directives nor emoji codes and typographic replacements come through.
    Punctuation becomes character references, which the parser takes for text. What Streamlit replaces after parsing
    (:codes:, bare addresses, arrows, dashes) is broken up by word joiners, which have no width.

    >>> label("*x*")
    '&#42;x&#42;'
    """
    line = " ".join(text.replace("\0", "").replace(_JOINER, "").split())
    line = re.sub(
        r"(?<=[:@])(?=\S)|(?<=www)(?=\.)|(?<=[-<>=~])(?=[-<>=~])", _JOINER, line, flags=re.IGNORECASE
    )
    return re.sub(r"[!-/:-@\[-`{-~]", lambda match: f"&#{ord(match[0])};", line)


def show(markup: str, *, narrow: bool = False) -> None:
    """Show markup (our tags around escaped text); `narrow` makes it only as wide as its text."""
    st.html(f'<div class="bd">{markup}</div>', width="content" if narrow else "stretch")


def address(source: str) -> str | None:
    """The source of a report if it may be linked to, else None.

    It may if it begins with http:// or https:// and names a host; "javascript:alert(1)", "file:///etc/passwd" and
    "report.pdf" may not.
    """
    try:
        parts = urlsplit(source)
    except ValueError:
        return None
    return source if parts.scheme in ("http", "https") and parts.hostname else None


def confirmed(name: str) -> bool:
    """The buttons `name` and Cancel of a dialog: was `name` clicked? Cancel closes the dialog."""
    with st.container(horizontal=True):
        sure = st.button(name, type="primary", key="confirmed")
        if st.button("Cancel", key="cancelled"):
            st.rerun()
    return sure


# -- pages and citations


def set_pages(pages: Mapping[str, StreamlitPage]) -> None:
    """Remember the pages of this run, by the names that `page` takes."""
    st.session_state["pages"] = dict(pages)


def page(name: str) -> StreamlitPage:
    """The page "ask", "briefing" or "library", for links and switches. Raises KeyError for another name."""
    registered: StreamlitPage = st.session_state["pages"][name]
    return registered


def keep_address(shown: StreamlitPage) -> None:
    """Make the browser's address say what this run shows; call it before the page is drawn.

    After a click on a link to the page already shown, Streamlit gives the script the link's parameters but leaves the
    old ones in the address. The next input would then run under the old ones and bring back what was left. So every
    run sets the parameters again: no change if the address has them, a new entry in the browser's history if not.

    A run that opens another page must not do so: there the browser writes the address itself, and would take these
    parameters for those of the page being left.
    """
    before, st.session_state["page-shown"] = st.session_state.get("page-shown"), shown.url_path
    if before == shown.url_path:
        st.query_params.from_dict(st.query_params.to_dict())


def open_conversation(conversation_id: str | None) -> NoReturn:
    """Go to a conversation on the Ask page, or with None to a new one."""
    st.session_state["conversation"] = conversation_id
    st.switch_page(page("ask"), query_params=conversation_link(conversation_id))


def conversation_link(conversation_id: str | None) -> dict[str, str]:
    """The query parameters of a conversation on the Ask page; none for a new one."""
    return {} if conversation_id is None else {"conversation": conversation_id}


def citation_at(location: str, shown: Mapping[str, Sequence[Citation]]) -> Citation | None:
    """The citation that "KEY/NUMBER" names, among those shown under each key; None if there is none."""
    key, _, number = location.partition("/")
    return next((citation for citation in shown.get(key, ()) if str(citation.number) == number), None)
