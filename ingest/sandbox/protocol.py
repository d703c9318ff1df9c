"""The answers of the reading process: documents as JSON in frames.

JSON rather than pickle, and every value is checked: even if a hostile file takes over the reading process, its answer
is only data of the expected shape.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, BinaryIO, get_args

from ingest.document import Attachment, Block, BlockKind, Document, IngestError, Metadata
from ingest.sandbox.frames import FrameTooLarge, read_frame, write_frame

_BLOCK_KINDS = frozenset(get_args(BlockKind))


class MalformedAnswer(ValueError):
    """An answer that is not of the shape that `write_answer` writes."""


def write_answer(stream: BinaryIO, result: Document | IngestError) -> None:
    """Write a document, or the error in its place: a frame of JSON, then one frame of bytes for each attachment."""
    if isinstance(result, IngestError):
        write_frame(stream, json.dumps({"error": [result.code, result.message]}).encode())
        return
    answer = {
        "text": result.text,
        "blocks": [
            [block.start, block.end, block.kind, block.page, block.heading] for block in result.blocks
        ],
        "kind": result.kind,
        "metadata": asdict(result.metadata),
        "pages": result.pages,
        "attachments": [attachment.name for attachment in result.attachments],
    }
    write_frame(stream, json.dumps(answer).encode())
    for attachment in result.attachments:
        write_frame(stream, attachment.data)


def read_answer(stream: BinaryIO, largest: int) -> Document:
    """The document in an answer of at most `largest` bytes in all.

    Raises the IngestError that the answer holds, EOFError if the stream ends, FrameTooLarge or MalformedAnswer.
    """
    payload = read_frame(stream, largest)
    try:
        answer = json.loads(payload)
        if "error" in answer:
            code, message = answer["error"]
            raise IngestError(_checked_text(code), _checked_text(message))
        names = [_checked_text(name) for name in answer["attachments"]]
        bytes_left = largest - len(payload)
        attachments = []
        for name in names:
            data = read_frame(stream, bytes_left)
            bytes_left -= len(data)
            attachments.append(Attachment(name, data))
        return _checked_document(answer, tuple(attachments))
    except (FrameTooLarge, MalformedAnswer):
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise MalformedAnswer(str(error)) from error


def _checked_document(answer: dict[str, Any], attachments: tuple[Attachment, ...]) -> Document:
    """The document in an answer. This and the functions below raise MalformedAnswer for values of the wrong type."""
    text = _checked_text(answer["text"])
    return Document(
        text,
        tuple(_checked_block(values, len(text)) for values in answer["blocks"]),
        _checked_text(answer["kind"]),
        _checked_metadata(answer["metadata"]),
        _checked_number(answer["pages"]),
        attachments,
    )


def _checked_block(values: list[Any], length: int) -> Block:
    """A block of a text of `length` code points."""
    start, end, kind, page, heading = values
    if not 0 <= start <= end <= length or kind not in _BLOCK_KINDS:
        raise MalformedAnswer(str(values)[:200])
    return Block(start, end, kind, _checked_number(page), None if heading is None else _checked_text(heading))


def _checked_metadata(values: dict[str, Any]) -> Metadata:
    """Metadata with every field of the right type."""
    fields: dict[str, Any] = {
        "found": {_checked_text(field): _checked_text(how) for field, how in values["found"].items()}
    }
    for name in ("title", "publisher", "published", "language", "address"):
        fields[name] = None if values[name] is None else _checked_text(values[name])
    for name in ("authors", "tags"):
        fields[name] = tuple(map(_checked_text, values[name]))
    return Metadata(**fields)


def _checked_text(value: Any) -> str:
    """The value, if it is a string."""
    if not isinstance(value, str):
        raise MalformedAnswer(str(value)[:200])
    return value


def _checked_number(value: Any) -> int | None:
    """The value, if it is an integer or None; a boolean is neither."""
    if value is not None and type(value) is not int:
        raise MalformedAnswer(str(value)[:200])
    return value
