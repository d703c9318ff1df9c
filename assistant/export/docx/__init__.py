"""Word by python-docx, with footnotes of our own."""
