"""Reads Excel workbooks and CSV: every row becomes a line that can be cited alone.

Public: `xlsx.read_workbook`, `csv.read_table_text`, `rows.has_header`.
"""
