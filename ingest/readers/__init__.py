"""One reader per file format: a function `bytes -> Draft`, found by the kind that `file_types.kind_of` tells.

Public: `common.draft` (`Draft`, `Piece`), `file_types` (`kind_of`, `KINDS`), `markdown.read_markdown`,
`plain_text.read_plain_text`. ingest/reading.py looks up the reader of each format by name.
"""
