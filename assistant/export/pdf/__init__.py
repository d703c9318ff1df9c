"""PDF by ReportLab, with bidi."""
