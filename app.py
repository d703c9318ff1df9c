"""Briefing Desk in the browser: streamlit run app.py"""

import streamlit as st

from assistant.pages import ask, briefing, common, library, sidebar
from assistant.pages.style import STYLE

ABOUT = "Briefing Desk: reports go in, cited answers and briefings come out. Nothing leaves this machine."


def main() -> None:
    st.set_page_config(
        page_title="Briefing Desk",
        page_icon=":material/plagiarism:",
        layout="centered",
        menu_items={"About": ABOUT},
    )
    st.html(STYLE)
    pages = {
        "ask": st.Page(ask.show, title="Ask", icon=":material/forum:", url_path="ask", default=True),
        "briefing": st.Page(briefing.show, title="Briefing", icon=":material/article:", url_path="briefing"),
        "library": st.Page(
            library.show, title="Library", icon=":material/library_books:", url_path="library"
        ),
    }
    common.set_pages(pages)
    chosen = st.navigation(list(pages.values()), position="hidden")
    desk = common.desk()
    with st.sidebar:
        sidebar.show(desk)
    if desk.store.mismatch is not None:
        st.error(common.label(desk.store.mismatch.message), icon=":material/error:")
    with common.in_words():
        chosen.run()


main()
