"""How the reading process and its caller talk: length-prefixed frames, documents as JSON.

JSON and not pickle, and every value checked: whatever a hostile file makes of the reading process, its answer stays
data of the expected shape.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, BinaryIO, get_args

from ingest.document import Attachment, Block, BlockKind, Document, IngestError, Metadata
from ingest.sandbox.frames import FrameTooLarge, read_frame, write_frame

_BLOCK_KINDS = frozenset(get_args(BlockKind))


class MalformedAnswer(ValueError):
    """An answer that `write_answer` never wrote."""


def write_answer(stream: BinaryIO, result: Document | IngestError) -> None:
    """A document, or the error in its place: a frame of JSON, then one of bytes for each attachment."""
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
        "attachments": [one.name for one in result.attachments],
    }
    write_frame(stream, json.dumps(answer).encode())
    for one in result.attachments:
        write_frame(stream, one.data)


def read_answer(stream: BinaryIO, largest: int) -> Document:
    """The document in an answer of at most `largest` bytes in all.

    Raises the IngestError that it holds instead, EOFError where the stream ends, FrameTooLarge and MalformedAnswer.
    """
    payload = read_frame(stream, largest)
    try:
        answer = json.loads(payload)
        if "error" in answer:
            code, message = answer["error"]
            raise IngestError(_text(code), _text(message))
        names = [_text(name) for name in answer["attachments"]]
        left = largest - len(payload)
        attachments = []
        for name in names:
            data = read_frame(stream, left)
            left -= len(data)
            attachments.append(Attachment(name, data))
        return _document(answer, tuple(attachments))
    except (FrameTooLarge, MalformedAnswer):
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise MalformedAnswer(str(error)) from error


def _document(answer: dict[str, Any], attachments: tuple[Attachment, ...]) -> Document:
    text = _text(answer["text"])
    return Document(
        text,
        tuple(_block(values, len(text)) for values in answer["blocks"]),
        _text(answer["kind"]),
        _metadata(answer["metadata"]),
        _number(answer["pages"]),
        attachments,
    )


def _block(values: list[Any], length: int) -> Block:
    start, end, kind, page, heading = values
    if not 0 <= start <= end <= length or kind not in _BLOCK_KINDS:
        raise MalformedAnswer(str(values)[:200])
    return Block(start, end, kind, _number(page), None if heading is None else _text(heading))


def _metadata(values: dict[str, Any]) -> Metadata:
    checked: dict[str, Any] = {"found": {_text(field): _text(how) for field, how in values["found"].items()}}
    for name in ("title", "publisher", "published", "language", "address"):
        checked[name] = None if values[name] is None else _text(values[name])
    for name in ("authors", "tags"):
        checked[name] = tuple(map(_text, values[name]))
    return Metadata(**checked)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise MalformedAnswer(str(value)[:200])
    return value


def _number(value: Any) -> int | None:
    if value is not None and type(value) is not int:
        raise MalformedAnswer(str(value)[:200])
    return value
