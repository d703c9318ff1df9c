"""Briefing Desk in the browser: run `streamlit run app.py`, or `briefing serve`."""

import streamlit as st

from assistant.pages.ask import page as ask
from assistant.pages.briefing import page as briefing
from assistant.pages.library import page as library
from assistant.pages.shared import common, sidebar
from assistant.pages.shared.style import style

ABOUT = "Briefing Desk: reports go in, cited answers and briefings come out. Nothing leaves this machine."

# An inline picture: for an emoji or a Material icon Streamlit would fetch one from another host.
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='7' fill='%231f5673'/%3E"
    "%3Cpath d='M9 10h14M9 16h14M9 22h8' stroke='white' stroke-width='2.6' stroke-linecap='round'/%3E"
    "%3C/svg%3E"
)


def main() -> None:
    """Draw one run of the app: style, sidebar, and the page that the address names."""
    st.set_page_config(
        page_title="Briefing Desk",
        page_icon=ICON,
        layout="centered",
        menu_items={"About": ABOUT},
    )
    st.html(style(st.context.theme.type))
    pages = {
        "ask": st.Page(ask.show, title="Ask", icon=":material/forum:", url_path="ask", default=True),
        "briefing": st.Page(briefing.show, title="Briefing", icon=":material/article:", url_path="briefing"),
        "library": st.Page(
            library.show, title="Library", icon=":material/library_books:", url_path="library"
        ),
    }
    common.set_pages(pages)
    page = st.navigation(list(pages.values()), position="hidden")
    common.keep_address(page)
    desk = common.desk()
    with st.sidebar:
        sidebar.show(desk)
    if desk.store.mismatch is not None:
        st.error(common.label(desk.store.mismatch.message), icon=":material/error:")
    with common.errors_as_messages():
        page.run()


main()
