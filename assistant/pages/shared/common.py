"""What every page shares: the desk, text made safe to show, and errors in words.

Text of reports, models and people is data. It reaches the page in one of two ways, both made here:
prose through `escape`, which turns it into HTML text for st.html (whose output Streamlit sanitises once
more), and labels of widgets and messages through `label`, which makes every character stand for itself
in Markdown. Tags come from our own code alone, and links only from `address`.
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
    desk = Assistant.open(owner="the app")
    atexit.register(desk.close)
    return desk


def desk() -> Assistant:
    """The one desk that all sessions share; where it cannot be opened the page says why and ends."""
    try:
        return _open()
    except StoreError as error:
        st.error(label(error.message), icon=":material/error:")
        st.stop()


@contextmanager
def in_words() -> Iterator[None]:
    """Shows what the desk could not do as a message, never as a traceback."""
    try:
        yield
    except (StoreError, IngestError) as error:
        st.error(label(error.message), icon=":material/error:")
    except ValueError as error:  # of a value that the desk does not take
        st.error(label(str(error)), icon=":material/error:")


# -- text made safe


def escape(text: str) -> str:
    """Text as HTML text, or as the value of a quoted attribute, for st.html."""
    return html.escape(text.replace("\0", ""), quote=True)


def label(text: str) -> str:
    """Text as Markdown in which every character stands for itself: no links, images, HTML, formulas,
    directives, emoji codes or typographic replacements.

    Character references keep the parser from seeing markup. What Streamlit replaces after parsing
    (:codes:, bare addresses, arrows, dashes) is broken up by word joiners.
    """
    line = " ".join(text.replace("\0", "").replace(_JOINER, "").split())
    line = re.sub(
        r"(?<=[:@])(?=\S)|(?<=www)(?=\.)|(?<=[-<>=~])(?=[-<>=~])", _JOINER, line, flags=re.IGNORECASE
    )
    return re.sub(r"[!-/:-@\[-`{-~]", lambda found: f"&#{ord(found[0])};", line)


def show(markup: str, *, narrow: bool = False) -> None:
    """Markup of ours around escaped text; `narrow` takes no more room in a row than it needs."""
    st.html(f'<div class="bd">{markup}</div>', width="content" if narrow else "stretch")


def address(source: str) -> str | None:
    """The source of a report if it is a web address that may be linked to."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return None
    return source if parts.scheme in ("http", "https") and parts.hostname else None


def confirmed(name: str) -> bool:
    """The buttons of a dialog that asks first: whether `name` was pressed; Cancel closes the dialog."""
    with st.container(horizontal=True):
        sure = st.button(name, type="primary", key="confirmed")
        if st.button("Cancel", key="cancelled"):
            st.rerun()
    return sure


# -- pages and citations


def set_pages(pages: Mapping[str, StreamlitPage]) -> None:
    st.session_state["pages"] = dict(pages)


def page(name: str) -> StreamlitPage:
    """The page `ask`, `briefing` or `library`, for links and switches."""
    found: StreamlitPage = st.session_state["pages"][name]
    return found


def keep_address(shown: StreamlitPage) -> None:
    """Have the browser's address name what this run of the script shows; called before the page is drawn.

    Of a link to the page that is already shown, Streamlit tells the script the parameters, and leaves the old
    ones in the address: the next input would be read under those, and lead back to what had been left. Said
    again by every run, the parameters change nothing where the address has them, and make a step in its history
    where it has not. So links need no care of their own, and stay links.

    The run that opens another page says nothing: the browser then writes the address itself, and would take the
    parameters for those of the page that is being left.
    """
    before, st.session_state["page-shown"] = st.session_state.get("page-shown"), shown.url_path
    if before == shown.url_path:
        st.query_params.from_dict(st.query_params.to_dict())


def open_conversation(conversation_id: str | None) -> NoReturn:
    """Go to a conversation on the Ask page, or with None to a new one."""
    st.session_state["conversation"] = conversation_id
    st.switch_page(page("ask"), query_params=conversation_link(conversation_id))


def conversation_link(conversation_id: str | None) -> dict[str, str]:
    return {} if conversation_id is None else {"conversation": conversation_id}


def citation_at(place: str, shown: Mapping[str, Sequence[Citation]]) -> Citation | None:
    """The citation at KEY/NUMBER, of those shown under each key."""
    key, _, number = place.partition("/")
    return next((one for one in shown.get(key, ()) if str(one.number) == number), None)
