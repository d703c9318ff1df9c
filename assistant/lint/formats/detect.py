"""Picks the reader for a file, by its content first and its name second, and reads it."""

from __future__ import annotations

from assistant.lint.draft.blocks import DraftBlock
from ingest import IngestError

MAX_BYTES = 20 << 20  # bytes; a briefing of a thousand pages takes a tenth of this
_INSTEAD = "Give a briefing as Markdown, HTML, Word (.docx), plain text, or the JSON of `brief -o FILE.json`."


def read_blocks(data: bytes, name: str) -> list[DraftBlock]:
    """The blocks of a briefing, from the bytes of a file called `name`.

    Raises IngestError `empty`, `unknown_kind` (PDF included), `unreadable` or `too_large` (over 20 MB).
    """
    from ingest.readers.file_types import kind_of
    from ingest.text.decoding import decode

    if len(data) > MAX_BYTES:
        raise IngestError("too_large", f"{name} is larger than {MAX_BYTES >> 20} MB. {_INSTEAD}")
    if name.lower().endswith(".json") or data.lstrip()[:1] == b"{":
        return _saved(data, name)
    kind = kind_of(data, name, None)
    if kind == "pdf":
        raise IngestError(
            "unknown_kind",
            f"{name} is a PDF, which keeps no lines. Lint the .docx, .html or .md it was made from.",
        )
    if kind not in ("md", "txt", "html", "docx"):
        raise IngestError("unknown_kind", f"{name} is no file that can be linted ({kind}). {_INSTEAD}")
    try:
        if kind == "docx":
            from assistant.lint.formats.docx import docx_blocks

            blocks = list(docx_blocks(data))
        else:
            source = decode(data, markup=kind == "html").replace("\r\n", "\n").replace("\r", "\n")
            blocks = _text_blocks(source, kind)
    except IngestError:
        raise
    except Exception as error:  # each parser library raises its own exceptions on a damaged file
        raise IngestError("unreadable", f"{name} is damaged and could not be read. Save it again.") from error
    if not any(block.text.strip() for block in blocks):
        raise IngestError("empty", f"{name} holds no text. Check that it is the right file.")
    return blocks


def _text_blocks(source: str, kind: str) -> list[DraftBlock]:
    if kind == "md":
        from assistant.lint.formats.markdown import markdown_blocks

        return list(markdown_blocks(source))
    if kind == "html":
        from assistant.lint.formats.html import html_blocks

        return list(html_blocks(source))
    from assistant.lint.formats.plain_text import plain_blocks

    return list(plain_blocks(source))


def _saved(data: bytes, name: str) -> list[DraftBlock]:
    from assistant.lint.formats.desk_json import desk_json_blocks
    from ingest.text.decoding import decode

    try:
        return list(desk_json_blocks(decode(data)))
    except (ValueError, RecursionError) as error:
        raise IngestError("unreadable", f"{name} cannot be read: {error}. {_INSTEAD}") from error
