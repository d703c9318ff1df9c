"""The Briefing page: briefings are written, read, edited and saved.

Public: `page.show`.
"""
