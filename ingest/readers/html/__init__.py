"""Reads web pages: trafilatura takes the main text; tables, dates, titles and metadata are our own.

Public: `reader` (`all_parts`, `read_web_page`).
"""
