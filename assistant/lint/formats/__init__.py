"""Readers of what is linted: Markdown, HTML, Word, text, the desk's JSON."""
