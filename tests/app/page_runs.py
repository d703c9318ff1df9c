"""One page of the app, run by Streamlit's AppTest against a real desk."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

_ONE_PAGE = """
import streamlit as st
from assistant.pages.ask import page as ask
from assistant.pages.briefing import page as briefing
from assistant.pages.library import page as library
from assistant.pages.shared import common
shown = {"ask": ask, "briefing": briefing, "library": library}
pages = {name: st.Page(page.show, title=name, url_path=name, default=name == %r) for name, page in shown.items()}
common.set_pages(pages)
with common.errors_as_messages():
    st.navigation(list(pages.values()), position="hidden").run()
"""


def page(name: str, **query: str) -> AppTest:
    """A page just opened, by an address with these parameters."""
    app = AppTest.from_string(_ONE_PAGE % name, default_timeout=120)
    for parameter, value in query.items():
        app.query_params[parameter] = value
    return app.run()


def text_of(app: AppTest) -> str:
    return " ".join(str(one.proto.body) for one in app.get("html"))
