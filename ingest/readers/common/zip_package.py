"""Opens zipped packages (OOXML, EPUB, ODT) within limits, and parses their XML without entities."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from ingest.document import IngestError

_MOST_MEMBERS = 10_000
_LARGEST = 300 * 1024 * 1024  # bytes unpacked of all members; reports with many pictures have far less
_LARGEST_MEMBER = 50 * 1024 * 1024  # bytes unpacked of one member that is read, the text of a hundred books
# Bytes unpacked to bytes packed. Text has up to 20, tables of numbers up to 50, a zip bomb 1,000.
_HIGHEST_RATIO = 200
_RATIO_FROM = 10 * 1024 * 1024  # bytes unpacked; below, any ratio is allowed
_CHUNK, _SMALL_CHUNK = 64 * 1024, 4 * 1024  # bytes
_ENCRYPTED_FLAG = 0x1  # bit of a member's flags


class ZipPackage:
    """An open package, whose members are read on demand."""

    def __init__(self, data: bytes) -> None:
        """Raises IngestError `too_large`, and zipfile.BadZipFile if `data` is no archive."""
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._members = {member.filename: member for member in self._archive.infolist()}
        if len(self._members) > _MOST_MEMBERS:
            raise _too_large_error(f"holds more than {_MOST_MEMBERS:,} files")
        if sum(member.file_size for member in self._members.values()) > _LARGEST:
            raise _too_large_error(f"unpacks to more than {_LARGEST >> 20} MB")

    def __contains__(self, name: str) -> bool:
        """Whether there is a member of this name."""
        return name in self._members

    def names(self) -> list[str]:
        """The names of the members, in the order of the package."""
        return list(self._members)

    def size(self, name: str) -> int:
        """The size to which a member says it unpacks, in bytes. Raises KeyError."""
        return self._members[name].file_size

    def read(self, name: str) -> bytes:
        """The content of a member.

        Raises IngestError `too_large` for a zip bomb and `password` for an encrypted member, KeyError without such a
        member, and what `member_chunks` raises.
        """
        member = self._members[name]
        if is_encrypted(member):
            raise IngestError(
                "password", "The file is protected by a password. Save a copy without one and add the copy."
            )
        content = bytearray()
        for chunk in member_chunks(self._archive, member):
            content += chunk
            if len(content) > _LARGEST_MEMBER:
                raise _too_large_error(f"holds more than {_LARGEST_MEMBER >> 20} MB of text in one piece")
        return bytes(content)

    def xml(self, name: str) -> Any | None:
        """The root element of a member, None if there is no such member. Raises as `read` and `parsed_xml`."""
        return parsed_xml(self.read(name)) if name in self else None


def member_chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a member in chunks of limited size, whatever size the member states.

    Raises IngestError `too_large` for a zip bomb, and the errors of zipfile and its decompressors for damage.
    """
    largest = max(_RATIO_FROM, _HIGHEST_RATIO * member.compress_size)
    # Only for these methods does zipfile limit the bytes unpacked at a time, and only if a size is given to `read`.
    is_bounded = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    length = 0
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK if is_bounded else _SMALL_CHUNK):
            length += len(chunk)
            if length > largest:
                raise _too_large_error(
                    f"holds something that unpacks to more than {_HIGHEST_RATIO} times its size"
                )
            yield chunk


def is_encrypted(member: zipfile.ZipInfo) -> bool:
    """Whether a password is needed to read a member."""
    return bool(member.flag_bits & _ENCRYPTED_FLAG)


def parsed_xml(data: bytes | str) -> Any:
    """The root element of an XML document, without comments. Entities are not expanded and nothing is loaded (no XXE).

    Raises lxml's XMLSyntaxError if it is not well-formed.
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


def _too_large_error(what: str) -> IngestError:
    return IngestError("too_large", f"The file {what}. Save it in parts, or as PDF, and add that.")
