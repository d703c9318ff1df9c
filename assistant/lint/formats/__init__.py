"""Readers that turn a briefing file (Markdown, HTML, Word, plain text, the desk's JSON) into blocks.

Public: `detect.read_blocks`, which picks the reader.
"""
