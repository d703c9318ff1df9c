"""Reads web pages: trafilatura takes the main text; tables, dates, titles and metadata are our own.

Public: `reader.read_web_page`, `reader.all_parts`.
"""
