"""What a user names, files, folders and addresses, as single sources with a stable identity each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.document import IngestError
from ingest.sources.urls import is_address, normalise


@dataclass(frozen=True)
class Source:
    """One file or address to add; with an `error` it cannot be."""

    identity: str  # resolved absolute path or normalised address
    name: str  # the file's name or the address
    path: Path | None = None
    address: str | None = None
    error: IngestError | None = None


def expand(inputs: Sequence[str]) -> list[Source]:
    """Sources for paths and addresses, folders with everything in them, each source once, in order.

    Within folders hidden files and folders, `~$...` lock files and links that lead out of the folder are skipped.
    What is missing or refused is a source with an error.
    """
    found: dict[str, Source] = {}
    for text in inputs:
        for source in _address(text) if is_address(text) else _path(text):
            found.setdefault(source.identity, source)
    return list(found.values())


def _address(text: str) -> Iterator[Source]:
    try:
        address = normalise(text)
    except IngestError as error:
        yield Source(text, text, error=error)
    else:
        yield Source(address, address, address=address)


def _path(text: str) -> Iterator[Source]:
    try:
        path = Path(text).expanduser().resolve()
        is_folder, is_file = path.is_dir(), path.is_file()
    except (OSError, RuntimeError, ValueError):  # a loop of links, an unknown home, a NUL in the name
        path, is_folder, is_file = Path(text), False, False
    if is_folder:
        yield from _folder(path)
    elif is_file:
        yield _file(path)
    else:
        told = f"{_named(text)} does not exist or is no file. Check the path and its spelling."
        yield _file(path, IngestError("missing", told))


def _file(path: Path, error: IngestError | None = None) -> Source:
    return Source(_named(str(path)), _named(path.name or str(path)), path=path, error=error)


def _named(path: str) -> str:
    """A path as text that can be kept: bytes in it that are no UTF-8, as Linux allows, become escapes."""
    return path.encode("utf8", "backslashreplace").decode("utf8")


def _folder(folder: Path) -> Iterator[Source]:
    def failed(error: OSError) -> None:
        unreadable.append(error)

    unreadable: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith((".", "~$")):
                continue
            if (path := _inside(folder, Path(parent) / name)) is not None:
                yield Source(_named(str(path)), _named(name), path=path)
    for error in unreadable:
        where = _named(str(error.filename))
        told = f"{where}: {error.strerror}. Check its permissions."
        yield Source(where, where, path=Path(str(error.filename)), error=IngestError("unreadable", told))


def _inside(folder: Path, entry: Path) -> Path | None:
    """The file that an entry is or links to, if it lies within the folder."""
    try:
        path = entry.resolve()
        return path if path.is_relative_to(folder) and path.is_file() else None
    except (OSError, RuntimeError):  # links in a circle
        return None
