"""Files that came inside a mail or an archive: names fit to show, and how many of them are taken."""

from __future__ import annotations

import re

from ingest.document import Attachment, IngestError
from ingest.text.cleaning import one_line

_MOST = 200
_LARGEST = 150 * 1024 * 1024  # bytes in all
_LONGEST_NAME = 120  # characters, of a file or a folder
# What mail programs add and nobody reads: signatures, keys, invitations, visiting cards, halves of Apple files.
_MACHINE_TYPES = frozenset(
    "application/pkcs7-signature application/x-pkcs7-signature application/pgp-signature application/pgp-keys "
    "application/pgp-encrypted application/ics text/calendar text/vcard text/x-vcard text/directory "
    "application/applefile message/delivery-status message/disposition-notification text/rfc822-headers "
    "message/external-body".split()
)
_SMALLEST_PICTURE = 8 * 1024  # bytes; a page that can be read takes more
_ENDINGS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/epub+zip": ".epub",
    "application/rtf": ".rtf",
    "application/zip": ".zip",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/plain": ".txt",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
}
_PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".emz", ".wmz")
_MACHINE_ENDINGS = (".p7s", ".ics", ".vcf", ".asc", ".sig")


def file_name(name: str) -> str:
    """The last part of a path as one line without control characters, at most 120 characters; may be empty."""
    bare = re.split(r"[/\\]", one_line(name))[-1].strip()
    if not bare.strip(". "):
        return ""
    stem, dot, ending = bare.rpartition(".")
    if len(bare) > _LONGEST_NAME and dot and len(ending) <= 10:
        return stem[: _LONGEST_NAME - len(ending) - 1].rstrip() + dot + ending
    return bare[:_LONGEST_NAME]


def is_for_machines(media_type: str, name: str) -> bool:
    """Whether a part of a mail is a signature, an invitation or the like, and no file that somebody sent."""
    return media_type in _MACHINE_TYPES or name.lower().endswith(_MACHINE_ENDINGS)


def is_decoration(media_type: str, name: str, data: bytes, *, inline: bool) -> bool:
    """Whether a picture is shown within the mail, or too small to be a page: a logo, a pixel that reports who reads."""
    picture = media_type.startswith("image/") or name.lower().endswith(_PICTURE_ENDINGS)
    return picture and (inline or len(data) < _SMALLEST_PICTURE)


class Attachments:
    """The files of one mail, in order, within bounds."""

    def __init__(self) -> None:
        self._found: list[Attachment] = []
        self._left = _LARGEST

    def add(self, name: str, data: bytes, media_type: str = "") -> None:
        """Takes a file; without a name it gets one by its number and type ("attachment-1.pdf").

        Raises IngestError `too_large` over 200 files or 150 MB in all.
        """
        self._left -= len(data)
        if len(self._found) >= _MOST or self._left < 0:
            raise IngestError(
                "too_large",
                f"The mail has more than {_MOST} attachments, or more than {_LARGEST >> 20} MB of them. "
                "Save its attachments and add the ones you need.",
            )
        if not (name := file_name(name)):
            name = f"attachment-{len(self._found) + 1}{_ENDINGS.get(media_type, '')}"
        self._found.append(Attachment(name, data))

    def add_mail(self, name: str, data: bytes) -> None:
        """Takes a mail within the mail, named by its subject if nothing else."""
        name = re.sub(r"[/\\]", "-", name) or "attached mail"
        self.add(name if name.lower().endswith(".eml") else f"{name}.eml", data)

    def all(self) -> tuple[Attachment, ...]:
        """What was taken so far."""
        return tuple(self._found)
