"""Expands files, folders and addresses, as a user names them, into single sources with stable identities."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.document import IngestError
from ingest.sources.urls import is_address, normalise_address


@dataclass(frozen=True)
class Source:
    """One file or address to add, or, with an `error`, one that cannot be added."""

    identity: str  # absolute path without links, or normalised address
    name: str  # the file's name or the address
    path: Path | None = None  # of a file
    address: str | None = None  # of a page
    error: IngestError | None = None  # `missing`, `unreadable` or `address_refused`


def expand(inputs: Sequence[str]) -> list[Source]:
    """The sources that paths and addresses stand for, in order and without repetitions; folders are walked.

    In folders, hidden files and folders, lock files (`~$…`) and links that lead out of the folder are left out. A file
    that is missing or an address that is refused is a source with an error: nothing is raised.
    """
    sources: dict[str, Source] = {}
    for text in inputs:
        for source in _address_sources(text) if is_address(text) else _path_sources(text):
            sources.setdefault(source.identity, source)
    return list(sources.values())


def _address_sources(text: str) -> Iterator[Source]:
    """The source of an address, in its one spelling."""
    try:
        address = normalise_address(text)
    except IngestError as error:
        yield Source(text, text, error=error)
    else:
        yield Source(address, address, address=address)


def _path_sources(text: str) -> Iterator[Source]:
    """The sources of a path: the file, or every file in the folder."""
    try:
        path = Path(text).expanduser().resolve()
        is_folder, is_file = path.is_dir(), path.is_file()
    except (OSError, RuntimeError, ValueError):  # a loop of links, an unknown home, a NUL in the name
        path, is_folder, is_file = Path(text), False, False
    if is_folder:
        yield from _folder_sources(path)
    elif is_file:
        yield _file_source(path)
    else:
        message = f"{_storable(text)} does not exist or is no file. Check the path and its spelling."
        yield _file_source(path, IngestError("missing", message))


def _file_source(path: Path, error: IngestError | None = None) -> Source:
    """The source of a resolved path."""
    return Source(_storable(str(path)), _storable(path.name or str(path)), path=path, error=error)


def _storable(path: str) -> str:
    """A path as text that can be stored as UTF-8: bytes that are not UTF-8, which Linux allows, become escapes.

    `_storable("caf\\udce9") == "caf\\\\udce9"`
    """
    return path.encode("utf8", "backslashreplace").decode("utf8")


def _folder_sources(folder: Path) -> Iterator[Source]:
    """The files in a folder and its folders, by name, then an error for each folder that is unreadable."""
    unreadable: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith((".", "~$")):
                continue
            if (path := _file_within(folder, Path(parent) / name)) is not None:
                yield Source(_storable(str(path)), _storable(name), path=path)
    for error in unreadable:
        folder_name = _storable(str(error.filename))
        message = f"{folder_name}: {error.strerror}. Check its permissions."
        yield Source(
            folder_name, folder_name, path=Path(str(error.filename)), error=IngestError("unreadable", message)
        )


def _file_within(folder: Path, entry: Path) -> Path | None:
    """The file that an entry is or links to; None if that is no file within the folder."""
    try:
        path = entry.resolve()
        return path if path.is_relative_to(folder) and path.is_file() else None
    except (OSError, RuntimeError):  # links in a circle
        return None
