"""The package a Word file comes in: its parts as XML, found by how they are related."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import Any

from ingest.document import IngestError

_LARGEST_UNPACKED = 300 * 1024 * 1024  # bytes; a report with many pictures stays far below
# The strict variant of the format differs from the usual one in its namespaces alone, as far as text goes.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(?=\w)")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_MAIN = "word/document.xml"
_RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class WordPackage:
    """An open Word file. Parts come in the usual namespaces, whichever variant the file is in."""

    def __init__(self, data: bytes) -> None:
        """Raises IngestError `too_large`, and what zipfile raises where `data` is no archive."""
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        if sum(entry.file_size for entry in self._archive.infolist()) > _LARGEST_UNPACKED:
            raise IngestError(
                "too_large", "The file unpacks to more than 300 MB. Remove its pictures and add it again."
            )
        self._names = set(self._archive.namelist())
        self._package = self._relations("")
        self._main_name = self._named(self._package, "officeDocument") or _MAIN
        self._main = self._relations(self._main_name)

    def main(self) -> Any:
        """The document part, as an lxml element; KeyError where the package has none."""
        return parsed(_STRICT.sub(_USUAL, self._archive.read(self._main_name)))

    def related(self, kind: str) -> Any | None:
        """The document's part of a kind, such as "styles", as an lxml element."""
        return self._element(self._named(self._main, kind))

    def properties(self) -> Any | None:
        """The core properties, as an lxml element."""
        return self._element(self._named(self._package, "core-properties"))

    def drawn(self, element: Any, attribute: str) -> bytes | None:
        """The part that a drawing refers to by `attribute`, in the usual namespaces."""
        identifier = element.get(_RELATIONSHIP_ID + attribute)
        name = next((name for one, _, name in self._main if one == identifier), None)
        return self._read(name)

    def custom_parts(self) -> list[bytes]:
        """The small custom XML parts, in which Word keeps what is filled in on a cover page."""
        return [
            self._archive.read(name)
            for name in sorted(self._names)
            if re.fullmatch(r"customXml/item\d+\.xml", name)
            and self._archive.getinfo(name).file_size < 100_000
        ]

    def _relations(self, name: str) -> list[tuple[str, str, str]]:
        """(identifier, kind, name of the part) of what a part, or for "" the package, refers to inside the file."""
        folder, base = posixpath.split(name)
        source = posixpath.join(folder, "_rels", f"{base}.rels")
        if source not in self._names:
            return []
        return [
            (
                relation.get("Id", ""),
                relation.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in parsed(self._archive.read(source))
            if relation.get("TargetMode") != "External"
        ]

    @staticmethod
    def _named(relations: list[tuple[str, str, str]], kind: str) -> str | None:
        return next((name for _, one, name in relations if one == kind), None)

    def _read(self, name: str | None) -> bytes | None:
        return _STRICT.sub(_USUAL, self._archive.read(name)) if name in self._names and name else None

    def _element(self, name: str | None) -> Any | None:
        data = self._read(name)
        return None if data is None else parsed(data)


def parsed(data: bytes) -> Any:
    """An XML part as an lxml element, entities left alone."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(data, parser)
