"""Finds headings by their look, and furniture: captions, navigation and all that is no part of a report's body.

Public: `furniture.find_furniture`, `headings` (`mark_furniture`, `mark_headings`, `to_blocks`).
"""
