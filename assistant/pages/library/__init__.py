"""The Library page: reports are listed, added, corrected and removed.

Public: `page.show`.
"""
