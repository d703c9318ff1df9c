"""One reader per file format: a function `bytes -> Draft`, found by the kind that `file_types.kind_of` tells.

Public: `file_types.KINDS`, `file_types.kind_of`, `common.draft.Draft`, `common.draft.Piece`, and one `read_…` function
a format, which `ingest.reading` looks up by name.
"""
