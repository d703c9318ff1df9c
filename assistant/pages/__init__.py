"""The pages of the browser app; these modules and app.py alone import Streamlit.

Public, for app.py: `show` of `ask.page`, `briefing.page`, `library.page`, and what `shared` names.
"""
