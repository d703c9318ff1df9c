"""Reads Word files (.docx) straight from their XML: body, runs, styles, counted numbers, equations.

Public: `reader.read_word`, `package.WordPackage`, `styles.Styles`, `styles.W`.
"""
