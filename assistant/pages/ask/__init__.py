"""The Ask page: conversations with the reports.

Public: `page.show`.
"""
