"""The pages of the browser app; these modules and app.py alone import Streamlit.

Public, for app.py: `ask.page.show`, `briefing.page.show`, `library.page.show`, and what `shared` names.
"""
