"""Reads RTF, also in Outlook's compressed form: tokens, fonts and code pages, blocks.

Public: `reader.read_rich_text`, `compressed.decompress`.
"""
