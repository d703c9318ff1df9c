"""How the reading process and its caller talk: length-prefixed frames, documents as JSON.

JSON and not pickle: whatever a hostile file makes of the reading process, its answer stays data.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict
from typing import Any, BinaryIO

from ingest.document import Attachment, Block, Document, IngestError, Metadata

_LENGTH = struct.Struct(">Q")


def write_frame(stream: BinaryIO, payload: bytes) -> None:
    """Writes one frame and flushes."""
    stream.write(_LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: BinaryIO, largest: int) -> bytes:
    """The next frame. Raises EOFError where the stream ends and ValueError over `largest` bytes."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > largest:
        raise ValueError(length)
    return _exactly(stream, length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if data is None or len(data) < length:
        raise EOFError
    return data


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

    Raises the IngestError that it holds instead, EOFError where the stream ends, ValueError for one too large.
    """
    payload = read_frame(stream, largest)
    answer: dict[str, Any] = json.loads(payload)
    if "error" in answer:
        raise IngestError(*answer["error"])
    left = largest - len(payload)
    attachments = []
    for name in answer["attachments"]:
        data = read_frame(stream, left)
        left -= len(data)
        attachments.append(Attachment(name, data))
    metadata = answer["metadata"] | {"authors": tuple(answer["metadata"]["authors"])}
    return Document(
        answer["text"],
        tuple(Block(*block) for block in answer["blocks"]),
        answer["kind"],
        Metadata(**metadata),
        answer["pages"],
        tuple(attachments),
    )
