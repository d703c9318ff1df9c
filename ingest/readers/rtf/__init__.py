"""Reads RTF, also in Outlook's compressed form: tokens, fonts and code pages, blocks.

Public: `compressed.decompress`, `reader.read_rich_text`.
"""
