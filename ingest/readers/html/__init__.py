"""Web pages: trafilatura for the text, our own for tables, dates, titles, metadata."""
