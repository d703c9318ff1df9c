"""Word: body, inline runs, numbering, styles, equations."""
