"""Opens the package of a Word file and finds its parts by the relationships between them."""

from __future__ import annotations

import posixpath
import re
from typing import Any

from ingest.readers.common.zip_package import ZipPackage, parsed_xml

# As far as text goes, the strict variant of the format differs from the usual one in its namespaces alone.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(?=\w)")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_MAIN = "word/document.xml"
_CUSTOM_PART = re.compile(r"customXml/item\d+\.xml")
_LARGEST_CUSTOM = 100_000  # bytes
_RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class WordPackage:
    """An open Word file. Its parts come in the usual namespaces, even if the file is of the strict variant."""

    def __init__(self, data: bytes) -> None:
        """Raises IngestError `too_large`, and what zipfile raises where `data` is no archive."""
        self._archive = ZipPackage(data)
        self._package_relations = self._relations("")
        self._main_name = self._first_of_kind(self._package_relations, "officeDocument") or _MAIN
        self._main_relations = self._relations(self._main_name)

    def main(self) -> Any:
        """The document part, as an lxml element.

        Raises KeyError where the package has none, and lxml's XMLSyntaxError where it is damaged.
        """
        return parsed_xml(_STRICT.sub(_USUAL, self._archive.read(self._main_name)))

    def related(self, kind: str) -> Any | None:
        """The document's part of a kind, such as "styles", as an lxml element; None where it has none."""
        return self._element(self._first_of_kind(self._main_relations, kind))

    def properties(self) -> Any | None:
        """The core properties, as an lxml element; None where the package has none."""
        return self._element(self._first_of_kind(self._package_relations, "core-properties"))

    def drawn(self, element: Any, attribute: str) -> Any | None:
        """The part that a drawing refers to by a relationship attribute, as an lxml element; None where it is missing.

        `attribute` is the local name: "id" for charts, "dm" for the data of diagrams.
        """
        identifier = element.get(_RELATIONSHIP_ID + attribute)
        name = next(
            (name for relation_id, _, name in self._main_relations if relation_id == identifier), None
        )
        return self._element(name)

    def custom_parts(self) -> list[bytes]:
        """The small custom XML parts (under 100 kB), where Word keeps what is filled in on a cover page."""
        return [
            self._archive.read(name)
            for name in sorted(self._archive.names())
            if _CUSTOM_PART.fullmatch(name) and self._archive.size(name) < _LARGEST_CUSTOM
        ]

    def _relations(self, name: str) -> list[tuple[str, str, str]]:
        """What a part ("" for the package) refers to inside the file, as (identifier, kind, part name)."""
        folder, base = posixpath.split(name)
        source = posixpath.join(folder, "_rels", f"{base}.rels")
        relations = self._archive.xml(source)
        return [
            (
                relation.get("Id", ""),
                relation.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in ([] if relations is None else relations)
            if relation.get("TargetMode") != "External"
        ]

    @staticmethod
    def _first_of_kind(relations: list[tuple[str, str, str]], kind: str) -> str | None:
        return next((name for _, relation_kind, name in relations if relation_kind == kind), None)

    def _read(self, name: str | None) -> bytes | None:
        return _STRICT.sub(_USUAL, self._archive.read(name)) if name and name in self._archive else None

    def _element(self, name: str | None) -> Any | None:
        data = self._read(name)
        return None if data is None else parsed_xml(data)
