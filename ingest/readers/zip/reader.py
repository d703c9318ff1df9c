"""Reads ZIP archives: unpacks their files within limits, without trusting the sizes that they state."""

from __future__ import annotations

import io
import re
import stat
import zipfile

from ingest.document import Attachment, IngestError
from ingest.readers.common.attachments import file_name
from ingest.readers.common.draft import Draft
from ingest.readers.common.zip_package import is_encrypted, member_chunks
from ingest.readers.zip.member_names import member_names

_MOST_MEMBERS = 2000
_LARGEST_MEMBER = 100 * 1024 * 1024  # bytes unpacked
_LARGEST = 300 * 1024 * 1024  # bytes unpacked, of all members
_DEEPEST_NAME = 6  # parts of a path shown, the file's name included
_SYSTEM_FILES = re.compile(
    r"(?:^|/)(?:__macosx|\.(?!\.?(?:/|$))[^/]*|~\$[^/]*|thumbs\.db|desktop\.ini)(?:/|$)", re.IGNORECASE
)


def read_archive(data: bytes) -> Draft:
    """Read an archive: a draft without text, whose attachments are the archive's files, named with their folders.

    Folders, hidden files and those that operating systems add are left out. Encrypted members are left out, if there
    are others. A damaged member comes as an empty file.
    Raises IngestError `empty`, `password`, `unreadable` or `too_large`.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [member for member in archive.infolist() if _is_file(member)]
        if len(members) > _MOST_MEMBERS:
            raise _too_large(f"holds more than {_MOST_MEMBERS:,} files")
        names = [name.replace("\\", "/") for name in member_names(members)]  # Windows writes backslashes
        named_members = zip(members, names, strict=True)
        wanted = [(member, name) for member, name in named_members if not _SYSTEM_FILES.search(name)]
        unencrypted = [(member, name) for member, name in wanted if not is_encrypted(member)]
        if not wanted:
            raise IngestError(
                "empty", "The archive holds no files. Check that it was packed completely, and add it again."
            )
        if not unencrypted:
            raise IngestError(
                "password",
                "The archive is protected by a password. Unpack it and add the files that it holds.",
            )
        attachments = []
        left = _LARGEST
        for number, (member, name) in enumerate(unencrypted, start=1):
            content = _content(archive, member, left)
            left -= len(content)
            attachments.append(Attachment(_safe_path(name) or f"file-{number}", content))
    return Draft("", (), attachments=tuple(attachments))


def _is_file(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a file; a link is none, as its content is only the path it leads to."""
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    return not member.filename.endswith(("/", "\\")) and not is_link


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """The bytes of a member, empty if it is damaged; `left` are the bytes that it may unpack to.

    Raises IngestError `too_large`.
    """
    content = bytearray()
    try:
        for chunk in member_chunks(archive, member):
            content += chunk
            if len(content) > _LARGEST_MEMBER:
                raise _too_large(f"holds a file of more than {_LARGEST_MEMBER >> 20} MB")
            if len(content) > left:
                raise _too_large(f"unpacks to more than {_LARGEST >> 20} MB")
    except (IngestError, MemoryError):
        raise
    except Exception:  # on damaged members zipfile and its decompressors raise many kinds of errors
        return b""
    return bytes(content)


def _too_large(what: str) -> IngestError:
    return IngestError("too_large", f"The archive {what}. Unpack it and add the files you need.")


def _safe_path(name: str) -> str:
    """A member's path fit to show: at most six parts, without drive, root and "..".

    `_safe_path("C:/../a/b.txt") == "a/b.txt"`
    """
    parts = [file_name(part) for part in re.sub(r"^[A-Za-z]:", "", name).split("/")]
    return "/".join([part for part in parts if part][-_DEEPEST_NAME:])
