"""A briefing as a Word file by python-docx, with the footnotes and the table of contents that python-docx lacks.

Public: `document.render`.
"""
