"""What several pages use: safe text and markup, filters, the source dialog, adding reports, the sidebar, the style.

Public: `common`, `sidebar`, `style` for app.py; `adding`, `components`, `date_input`, `filters`, `jobs`, `markup`,
`source`, `streaming` for the pages.
"""
