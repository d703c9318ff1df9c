"""A briefing as a PDF by ReportLab, with the right-to-left text that ReportLab cannot set by itself.

Public: `document.render`.
"""
