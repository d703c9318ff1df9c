"""ZIP archives made on the spot, and what was read of them."""

from __future__ import annotations

import io
import zipfile

from ingest import Document


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def names(document: Document) -> list[str]:
    return [attachment.name for attachment in document.attachments]
