"""A document arrives as it was sent, and an answer of any other shape is refused."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

from ingest import Attachment, Document, read
from ingest.sandbox.frames import FrameTooLarge, write_frame
from ingest.sandbox.protocol import MalformedAnswer, read_answer, write_answer


def test_documents_survive_the_wire(word: bytes) -> None:
    attachments = (Attachment("a.txt", b"one"), Attachment("b.bin", b"\0\xff" * 1000))
    document = replace(read(word, "a.docx"), attachments=attachments)
    stream = io.BytesIO()
    write_answer(stream, document)
    stream.seek(0)
    assert read_answer(stream, 1_000_000) == document
    stream.seek(0)
    with pytest.raises(FrameTooLarge):
        read_answer(stream, stream.getbuffer().nbytes - 30)


GOOD_ANSWER = {
    "text": "Grain.",
    "blocks": [[0, 6, "paragraph", None, None]],
    "kind": "txt",
    "metadata": {
        "title": None, "authors": [], "publisher": None, "published": None, "language": None, "found": {}, "tags": [],
        "address": None,
    },
    "pages": None,
    "attachments": [],
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"text": 6},
        {"blocks": [[0, 7, "paragraph", None, None]]},
        {"blocks": [[-1, 6, "paragraph", None, None]]},
        {"blocks": [[0, 6, "program", None, None]]},
        {"blocks": [["0", "6", "paragraph", None, None]]},
        {"blocks": [[0, 6, "paragraph", "one", None]]},
        {"blocks": [[0, 6]]},
        {"blocks": 6},
        {"metadata": []},
        {"metadata": {}},
        {"metadata": GOOD_ANSWER["metadata"] | {"title": ["x"]}},  # type: ignore[operator]
        {"pages": True},
        {"attachments": [None]},
        {"error": "x"},
    ],
)
def test_an_answer_of_another_shape_is_refused(change: dict[str, object]) -> None:
    def answered(answer: dict[str, object]) -> Document:
        stream = io.BytesIO()
        write_frame(stream, json.dumps(answer).encode())
        stream.seek(0)
        return read_answer(stream, 10_000)

    assert answered(GOOD_ANSWER).text == "Grain."
    with pytest.raises(MalformedAnswer):
        answered(GOOD_ANSWER | change)


def test_an_answer_nested_without_end_is_refused() -> None:
    stream = io.BytesIO()
    write_frame(stream, b"[" * 100_000)
    stream.seek(0)
    with pytest.raises(MalformedAnswer):
        read_answer(stream, 1_000_000)
