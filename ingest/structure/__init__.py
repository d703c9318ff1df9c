"""Headings told by their look, furniture set aside (docling calls that layer furniture, too)."""
