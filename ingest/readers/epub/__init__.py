"""Reads e-books (.epub): package, chapters, and notes moved to the paragraph that refers to them.

Public: `reader.read_ebook`.
"""
