"""ZIP: the files of an archive, unpacked within bounds; what an archive says of its own sizes is not believed."""

from __future__ import annotations

import io
import re
import stat
import zipfile

from ingest.document import Attachment, IngestError
from ingest.readers.common.attachments import file_name
from ingest.readers.common.draft import Draft
from ingest.readers.common.zip_package import chunks, is_encrypted
from ingest.readers.zip.member_names import member_names

_MOST_MEMBERS = 2000
_LARGEST_MEMBER = 100 * 1024 * 1024  # bytes unpacked
_LARGEST = 300 * 1024 * 1024  # bytes unpacked, of all
_DEEPEST_NAME = 6  # folders shown
_SYSTEM_FILES = re.compile(
    r"(?:^|/)(?:__macosx|\.(?!\.?(?:/|$))[^/]*|~\$[^/]*|thumbs\.db|desktop\.ini)(?:/|$)", re.IGNORECASE
)


def read_archive(data: bytes) -> Draft:
    """A draft without text whose attachments are the archive's files, named with their folders for people to see.

    Directories, hidden files and what operating systems add are left out, and so are members that only a password
    opens, where others are free. A damaged member comes empty.
    Raises IngestError `empty`, `password`, `unreadable` or `too_large`.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [member for member in archive.infolist() if _is_file(member)]
        if len(members) > _MOST_MEMBERS:
            raise _too_large(f"holds more than {_MOST_MEMBERS:,} files")
        names = [name.replace("\\", "/") for name in member_names(members)]  # as Windows has them
        named = zip(members, names, strict=True)
        wanted = [(member, name) for member, name in named if not _SYSTEM_FILES.search(name)]
        free = [(member, name) for member, name in wanted if not is_encrypted(member)]
        if not wanted:
            raise IngestError(
                "empty", "The archive holds no files. Check that it was packed completely, and add it again."
            )
        if not free:
            raise IngestError(
                "password",
                "The archive is protected by a password. Unpack it and add the files that it holds.",
            )
        found = []
        left = _LARGEST
        for number, (member, name) in enumerate(free, start=1):
            content = _content(archive, member, left)
            left -= len(content)
            found.append(Attachment(_shown(name) or f"file-{number}", content))
    return Draft("", (), attachments=tuple(found))


def _is_file(member: zipfile.ZipInfo) -> bool:
    is_link = stat.S_ISLNK(member.external_attr >> 16)  # its content is where it leads
    return not member.filename.endswith(("/", "\\")) and not is_link


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """What a member unpacks to, empty where it is damaged; `left` is what all the rest may take."""
    content = bytearray()
    try:
        for chunk in chunks(archive, member):
            content += chunk
            if len(content) > _LARGEST_MEMBER:
                raise _too_large(f"holds a file of more than {_LARGEST_MEMBER >> 20} MB")
            if len(content) > left:
                raise _too_large(f"unpacks to more than {_LARGEST >> 20} MB")
    except (IngestError, MemoryError):
        raise
    except Exception:  # zipfile and its decompressors raise what the damage makes them raise
        return b""
    return bytes(content)


def _too_large(what: str) -> IngestError:
    return IngestError("too_large", f"The archive {what}. Unpack it and add the files you need.")


def _shown(name: str) -> str:
    """A member's name as folders and file, without what would lead elsewhere if it were a path."""
    parts = [file_name(part) for part in re.sub(r"^[A-Za-z]:", "", name).split("/")]
    return "/".join([part for part in parts if part][-_DEEPEST_NAME:])
