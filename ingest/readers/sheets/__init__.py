"""XLSX and CSV: rows that can stand alone."""
