"""Zipped packages of files: opened within bounds, their XML parsed without entities."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from ingest.document import IngestError

_MOST_MEMBERS = 10_000
_LARGEST = 300 * 1024 * 1024  # bytes unpacked, of all members; a report with many pictures stays far below
_LARGEST_MEMBER = 50 * 1024 * 1024  # bytes unpacked, of one that is read: the text of a hundred books
# Text unpacks to 20 times its size at most, tables of figures to 50; a bomb to 1,000.
_STEEPEST = 200
_STEEP_FROM = 10 * 1024 * 1024  # bytes unpacked
_CHUNK, _SMALL_CHUNK = 64 * 1024, 4 * 1024  # bytes
_ENCRYPTED = 0x1  # flag


class ZipPackage:
    """An open package; members are read when asked for."""

    def __init__(self, data: bytes) -> None:
        """Raises IngestError `too_large`, and what zipfile raises where `data` is no archive."""
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._members = {member.filename: member for member in self._archive.infolist()}
        if len(self._members) > _MOST_MEMBERS:
            raise _too_large(f"holds more than {_MOST_MEMBERS:,} files")
        if sum(member.file_size for member in self._members.values()) > _LARGEST:
            raise _too_large(f"unpacks to more than {_LARGEST >> 20} MB")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def names(self) -> list[str]:
        """The members' names, in the order in which they were packed."""
        return list(self._members)

    def size(self, name: str) -> int:
        """The bytes that a member says it unpacks to; KeyError where there is none."""
        return self._members[name].file_size

    def read(self, name: str) -> bytes:
        """A member's content; KeyError where there is none.

        Raises IngestError `too_large` for a bomb and `password` where only a password opens it.
        """
        member = self._members[name]
        if is_encrypted(member):
            raise IngestError(
                "password", "The file is protected by a password. Save a copy without one and add the copy."
            )
        content = bytearray()
        for chunk in chunks(self._archive, member):
            content += chunk
            if len(content) > _LARGEST_MEMBER:
                raise _too_large(f"holds more than {_LARGEST_MEMBER >> 20} MB of text in one piece")
        return bytes(content)

    def xml(self, name: str) -> Any | None:
        """A member as an lxml element, None where there is none; XMLSyntaxError where it is damaged."""
        return parsed_xml(self.read(name)) if name in self else None


def chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member's content in pieces of bounded size; the size that it states is not believed.

    Raises IngestError `too_large` for a bomb, and what zipfile and its decompressors raise for damage.
    """
    steepest = max(_STEEP_FROM, _STEEPEST * member.compress_size)
    # zipfile bounds what a piece unpacks to for these methods alone, and only where a size is asked for.
    is_bounded = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    length = 0
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK if is_bounded else _SMALL_CHUNK):
            length += len(chunk)
            if length > steepest:
                raise _too_large(f"holds something that unpacks to more than {_STEEPEST} times its size")
            yield chunk


def is_encrypted(member: zipfile.ZipInfo) -> bool:
    """Whether only a password opens a member."""
    return bool(member.flag_bits & _ENCRYPTED)


def parsed_xml(data: bytes | str) -> Any:
    """The root of an XML document, without comments; entities stay as they stand and nothing else is loaded.

    Raises lxml's XMLSyntaxError where it is not well-formed.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def _too_large(what: str) -> IngestError:
    return IngestError("too_large", f"The file {what}. Save it in parts, or as PDF, and add that.")
