"""Collects the files that come inside a mail, within limits, and makes their names fit to show."""

from __future__ import annotations

import re

from ingest.document import Attachment, IngestError
from ingest.text.cleaning import one_line

_MOST_FILES = 200  # files of one mail
_LARGEST = 150 * 1024 * 1024  # bytes of all files of one mail
_LONGEST_NAME = 120  # characters of the name of a file or folder
# What mail programs add and nobody reads: signatures, keys, invitations, visiting cards, resource forks of Apple files.
_TYPES_FOR_MACHINES = frozenset(
    "application/pkcs7-signature application/x-pkcs7-signature application/pgp-signature application/pgp-keys "
    "application/pgp-encrypted application/ics text/calendar text/vcard text/x-vcard text/directory "
    "application/applefile message/delivery-status message/disposition-notification text/rfc822-headers "
    "message/external-body".split()
)
_SMALLEST_PICTURE = 8 * 1024  # bytes; a legible picture of a page is larger
_ENDING_BY_TYPE = {
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
_ENDINGS_FOR_MACHINES = (".p7s", ".ics", ".vcf", ".asc", ".sig")


def file_name(name: str) -> str:
    """The last part of a path on one line, without control characters, cut to 120 characters; may be empty.

    `file_name("../reports/grain.pdf") == "grain.pdf"`
    """
    last_part = re.split(r"[/\\]", one_line(name))[-1].strip()
    if not last_part.strip(". "):
        return ""
    stem, dot, ending = last_part.rpartition(".")
    if len(last_part) > _LONGEST_NAME and dot and len(ending) <= 10:
        return stem[: _LONGEST_NAME - len(ending) - 1].rstrip() + dot + ending
    return last_part[:_LONGEST_NAME]


def is_for_machines(media_type: str, name: str) -> bool:
    """Whether a part of a mail is a signature, an invitation or the like, and no file that somebody sent.

    `is_for_machines("text/calendar", "invite") is True`
    """
    return media_type in _TYPES_FOR_MACHINES or name.lower().endswith(_ENDINGS_FOR_MACHINES)


def is_decoration(media_type: str, name: str, data: bytes, *, inline: bool) -> bool:
    """Whether a picture is decoration, such as a logo or a tracking pixel: shown within the mail, or under 8 kB.

    `is_decoration("image/png", "logo.png", b"...", inline=False) is True`
    """
    is_picture = media_type.startswith("image/") or name.lower().endswith(_PICTURE_ENDINGS)
    return is_picture and (inline or len(data) < _SMALLEST_PICTURE)


class Attachments:
    """The files of one mail, in order, at most 200 and 150 MB."""

    def __init__(self) -> None:
        self._attachments: list[Attachment] = []
        self._bytes_left = _LARGEST

    def add(self, name: str, data: bytes, media_type: str = "") -> None:
        """Add a file; if it has no name, it gets one by its number and type: "attachment-1.pdf".

        Raises IngestError `too_large` over 200 files or 150 MB in all.
        """
        self._bytes_left -= len(data)
        if len(self._attachments) >= _MOST_FILES or self._bytes_left < 0:
            raise IngestError(
                "too_large",
                f"The mail has more than {_MOST_FILES} attachments, or more than {_LARGEST >> 20} MB of them. "
                "Save its attachments and add the ones you need.",
            )
        if not (name := file_name(name)):
            name = f"attachment-{len(self._attachments) + 1}{_ENDING_BY_TYPE.get(media_type, '')}"
        self._attachments.append(Attachment(name, data))

    def add_mail(self, name: str, data: bytes) -> None:
        """Add a mail that came with the mail; `name` is its file name or subject. Raises as `add`."""
        name = re.sub(r"[/\\]", "-", name) or "attached mail"
        self.add(name if name.lower().endswith(".eml") else f"{name}.eml", data)

    def all(self) -> tuple[Attachment, ...]:
        """The attachments added so far."""
        return tuple(self._attachments)
