"""Reads Excel workbooks and CSV: every row becomes a line that can be cited alone.

Public: `csv.read_csv`, `rows.has_header`, `xlsx.read_workbook`.
"""
