"""Uploads whose name is known."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from page_values import record

from assistant.pages.shared.adding import _clash


@dataclass
class Upload:
    name: str
    content: bytes

    def getvalue(self) -> bytes:
        return self.content


def clash(name: str, content: bytes, *records: Any) -> str | None:
    found = _clash(Upload(name, content), records)  # type: ignore[arg-type]
    return found and found.document_id


def test_only_a_known_name_with_other_content_needs_an_answer() -> None:
    known = record(1, source="canal.txt", original=hashlib.sha256(b"first").hexdigest())
    assert clash("canal.txt", b"second", known) == "d1"
    assert clash("canal.txt", b"first", known) is None, "the same file again"
    assert clash("other.txt", b"second", known) is None


def test_a_file_in_a_mail_does_not_clash_with_an_upload_of_its_name() -> None:
    inside = record(1, source="canal.txt", original="x", parent="d9")
    assert clash("canal.txt", b"second", inside) is None


def test_content_that_is_known_under_any_name_is_no_clash() -> None:
    named = record(1, source="canal.txt", original="x")
    same = record(2, source="old.txt", original=hashlib.sha256(b"second").hexdigest())
    assert clash("canal.txt", b"second", named, same) is None
