"""Reads Word files (.docx) straight from their XML: body, runs, styles, counted numbers, equations.

Public: `package.WordPackage`, `reader.read_word`, `styles` (`Styles`, `WORDPROCESSINGML`).
"""
