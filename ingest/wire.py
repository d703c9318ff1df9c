"""How the reading process and its caller talk: length-prefixed frames, documents as JSON.

JSON and not pickle: whatever a hostile file makes of the reading process, its answer stays data.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict
from typing import Any, BinaryIO

from ingest.document import Block, Document, IngestError, Metadata

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


def to_json(result: Document | IngestError) -> bytes:
    """A document, or the error in its place."""
    if isinstance(result, IngestError):
        return json.dumps({"error": [result.code, result.message]}).encode()
    metadata = asdict(result.metadata)
    blocks = [[block.start, block.end, block.kind, block.page, block.heading] for block in result.blocks]
    return json.dumps(
        {
            "text": result.text,
            "blocks": blocks,
            "kind": result.kind,
            "metadata": metadata,
            "pages": result.pages,
        }
    ).encode()


def from_json(payload: bytes) -> Document:
    """The document in an answer. Raises the IngestError that it holds instead."""
    answer: dict[str, Any] = json.loads(payload)
    if "error" in answer:
        raise IngestError(*answer["error"])
    metadata = answer["metadata"] | {"authors": tuple(answer["metadata"]["authors"])}
    blocks = tuple(Block(*block) for block in answer["blocks"])
    return Document(answer["text"], blocks, answer["kind"], Metadata(**metadata), answer["pages"])
