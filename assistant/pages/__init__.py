"""The pages of the browser app; with app.py the only modules that import Streamlit."""
