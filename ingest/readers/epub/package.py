"""Reads the package of an e-book: its documents in reading order, its table of contents, its metadata."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from ingest.document import IngestError, Metadata
from ingest.metadata.dates import machine_date
from ingest.metadata.names import organisation, person, unique_names
from ingest.readers.common.properties import stated_tags
from ingest.readers.common.zip_package import ZipPackage
from ingest.text.cleaning import one_line

_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
# Encryption methods used for fonts alone.
_FONT_ENCRYPTION = re.compile(r"http://(?:www\.idpf\.org/2008/embedding|ns\.adobe\.com/pdf/enc#RC)")
_NOT_THE_TEXT = frozenset(("cover", "toc", "landmarks", "page-list", "loi", "lot"))
# Media types of documents; an item without one counts as the first.
_DOCUMENT_TYPES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
_NOT_A_TITLE = re.compile(
    r"(?:unknown|untitled|sans titre|ohne titel|sin título)(?: document)?\W*\d*|"
    r".*\.(?:x?html?|docx?|odt|epub|pdf|indd)",
    re.IGNORECASE,
)
_NOT_A_PUBLISHER = re.compile(r"unknown|n/?a|calibre\b.*|https?://.*", re.IGNORECASE)


@dataclass(frozen=True)
class TocEntry:
    """An entry of the table of contents."""

    text: str
    path: str  # of its document within the package
    level: int  # 1 is the highest


class EbookPackage:
    """The package document of an e-book, found through its container."""

    def __init__(self, archive: ZipPackage) -> None:
        """Raises IngestError `password` if the text is encrypted, `unreadable` if there is no package document."""
        self._archive = archive
        container = archive.xml("META-INF/container.xml")
        rootfile = None if container is None else container.find(".//{*}rootfile[@full-path]")
        path = "" if rootfile is None else unquote(rootfile.get("full-path"))
        root = archive.xml(path)
        if root is None:
            raise IngestError(
                "unreadable",
                "The e-book does not say where its text is. Convert it to EPUB again and add the new file.",
            )
        self._folder = posixpath.dirname(path)
        self._root = root
        self._items = {
            item.get("id", ""): item for item in root.iterfind("{*}manifest/{*}item") if item.get("href")
        }
        self._spine = root.find("{*}spine")
        _refuse_encrypted(archive, set(self.documents()))

    def documents(self) -> list[str]:
        """Paths of the documents in reading order, without cover and contents unless there is nothing else."""
        references = [] if self._spine is None else self._spine.iterfind("{*}itemref")
        items = [
            self._items[reference.get("idref")]
            for reference in references
            if reference.get("idref") in self._items
        ]
        paths = {
            self._path(item.get("href")): item
            for item in items
            if item.get("media-type", _DOCUMENT_TYPES[0]) in _DOCUMENT_TYPES
        }
        set_apart = self._set_apart()
        text = [path for path, item in paths.items() if path not in set_apart and not _is_contents(item)]
        return text or list(paths)

    def toc_entries(self) -> list[TocEntry]:
        """The entries of the first table of contents that can be read; none if none can."""
        for path in self._contents_paths():
            try:
                contents = self._archive.xml(path)
            except (KeyError, SyntaxError):
                continue
            if contents is not None and (labels := list(_labels(contents, posixpath.dirname(path)))):
                return labels
        return []

    def metadata(self) -> Metadata:
        """The title, authors, publisher, date, language and subjects that the package states."""
        stated = self._root.find("{*}metadata")
        if stated is None:
            return Metadata()
        nested = stated.find("{*}dc-metadata")  # in version 1 of the format
        fields = _Fields(stated if nested is None else nested, stated, self._root.get("version", ""))
        return fields.metadata()

    def _path(self, href: str) -> str:
        """The path within the package of a reference from the package document."""
        return posixpath.normpath(posixpath.join(self._folder, unquote(href.partition("#")[0])))

    def _set_apart(self) -> set[str]:
        """Paths of whole documents that the guide calls cover or contents."""
        return {
            self._path(reference.get("href"))
            for reference in self._root.iterfind("{*}guide/{*}reference[@href]")
            if reference.get("type", "").lower() in _NOT_THE_TEXT and "#" not in reference.get("href")
        }

    def _contents_paths(self) -> list[str]:
        """Paths of possible tables of contents: EPUB 3's, the NCX that the spine names, any NCX."""
        spine_ncx = None if self._spine is None else self._items.get(self._spine.get("toc", ""))
        navigation = [item for item in self._items.values() if _is_contents(item)]
        ncx = [item for item in self._items.values() if item.get("media-type") == "application/x-dtbncx+xml"]
        return [
            self._path(item.get("href"))
            for item in (*navigation, *([] if spine_ncx is None else [spine_ncx]), *ncx)
        ]


def _is_contents(item: Any) -> bool:
    return "nav" in item.get("properties", "").split()


def _refuse_encrypted(archive: ZipPackage, documents: set[str]) -> None:
    """Raises IngestError `password` if one of these documents is encrypted; encrypted fonts do not matter."""
    encryption = archive.xml("META-INF/encryption.xml")
    for entry in [] if encryption is None else encryption.iterfind(".//{*}EncryptedData"):
        method = entry.find("{*}EncryptionMethod")
        path = entry.find(".//{*}CipherReference[@URI]")
        is_font = method is not None and _FONT_ENCRYPTION.match(method.get("Algorithm", ""))
        if path is not None and not is_font and unquote(path.get("URI")).lstrip("/") in documents:
            raise IngestError(
                "password",
                "The e-book is encrypted (copy protection), so its text cannot be read. Add an edition without "
                "protection, or the report as PDF.",
            )


def _labels(contents: Any, folder: str) -> list[TocEntry]:
    """The entries of an EPUB 3 navigation document or an EPUB 2 NCX; `folder` is where it lies."""
    entries = []  # (element with the text, target, level)
    for point in contents.iterfind(".//{*}navMap//{*}navPoint"):
        content = point.find("{*}content[@src]")
        if content is not None:
            level = 1 + sum(ancestor.tag == point.tag for ancestor in point.iterancestors())
            entries.append((point.find("{*}navLabel"), content.get("src"), level))
    for nav in contents.iterfind(".//{*}nav"):
        if "toc" not in nav.get("{http://www.idpf.org/2007/ops}type", "").split():
            continue
        for link in nav.iterfind(".//{*}a[@href]"):
            level = sum(str(ancestor.tag).endswith("}ol") for ancestor in link.iterancestors())
            entries.append((link, link.get("href"), max(1, level)))
    return [
        TocEntry(text, posixpath.normpath(posixpath.join(folder, unquote(target.partition("#")[0]))), level)
        for element, target, level in entries
        if element is not None and (text := one_line("".join(element.itertext())))
    ]


class _Fields:
    """The Dublin Core fields of a package, which EPUB 2 refines by attributes and EPUB 3 by `meta` elements."""

    def __init__(self, fields: Any, everything: Any, version: str) -> None:
        """`fields` holds the Dublin Core elements, `everything` also the `meta` elements; lxml elements."""
        self._fields = fields
        self._is_epub2 = version.startswith(("1", "2"))
        self._refined: dict[tuple[str, str], str] = {}  # (id of an element, property) -> value
        self._modified = ""  # when the file was changed last
        for meta in everything.iterfind("{*}meta[@property]"):
            name = meta.get("property")
            if meta.get("refines"):
                self._refined[meta.get("refines").lstrip("#"), name] = one_line(meta.text or "")
            elif name == "dcterms:modified":
                self._modified = one_line(meta.text or "")

    def metadata(self) -> Metadata:
        """The fields that are filled; an organisation among the authors is the publisher if none is stated."""
        authors, organisation_author = self._creators()
        publisher = self._publisher()
        values = {
            "title": self._title(),
            "authors": authors,
            "publisher": publisher or organisation_author,
            "published": self._published(),
            "language": next((text for _, text in self._all("language")), None),
            "tags": stated_tags(text for _, text in self._all("subject")),
        }
        origins = {name: f"the e-book's own {name}" for name in ("title", "language", "authors", "publisher")}
        origins |= {"published": "the e-book's date of publication", "tags": "the e-book's subjects"}
        if organisation_author and not publisher:
            origins["publisher"] = "organisation named as the e-book's author"
        return Metadata(**values, found={name: origins[name] for name, value in values.items() if value})  # type: ignore[arg-type]

    def _all(self, name: str) -> list[tuple[Any, str]]:
        """The filled elements of a field, such as "creator", each with its text."""
        elements = self._fields.iterfind(f"{_DC}{name}")
        return [(element, text) for element in elements if (text := one_line("".join(element.itertext())))]

    def _refinement(self, element: Any, name: str) -> str:
        return self._refined.get((element.get("id", ""), name), "")

    def _title(self) -> str | None:
        """The title refined as the main one, else the first; a converter's default is none."""
        titles = [(element, text) for element, text in self._all("title") if not _NOT_A_TITLE.fullmatch(text)]
        main = [text for element, text in titles if self._refinement(element, "title-type") == "main"]
        return next(iter([*main, *(text for _, text in titles)]), None)

    def _creators(self) -> tuple[tuple[str, ...], str | None]:
        """The persons named as authors, and the first organisation among them."""
        names, organisations = [], []
        for element, text in self._all("creator"):
            role = element.get(f"{_OPF}role") or self._refinement(element, "role")
            if role not in ("", "aut"):
                continue
            persons = [_person(part) for part in re.split(r"\s*[;&]\s*|\s+and\s+", text)]
            names += [name for name in persons if name]
            if (
                not any(persons)
                and len(text.split()) > 1
                and (organisation_name := organisation(text)) is not None
            ):
                organisations.append(organisation_name)
        return unique_names(names), organisations[0] if organisations else None

    def _publisher(self) -> str | None:
        publishers = (text for _, text in self._all("publisher") if not _NOT_A_PUBLISHER.fullmatch(text))
        return next(publishers, None)

    def _published(self) -> str | None:
        """The date marked as that of publication; in EPUB 3 else the only date, unless the file was made then."""
        dates = self._all("date")
        for element, text in dates:
            event = element.get(f"{_OPF}event") or self._refinement(element, "event")
            if event.lower() == "publication":
                return machine_date(text)
        if self._is_epub2 or len(dates) != 1 or dates[0][0].get(f"{_OPF}event"):
            return None
        text = dates[0][1]
        # Some converters put the time of conversion here.
        is_time_made = "T" in text and text[:10] == self._modified[:10]
        return None if is_time_made else machine_date(text)


def _person(text: str) -> str | None:
    """The name of a person, surname first or last: `_person("Okoro, Tomas") == "Tomas Okoro"`."""
    surname_first = re.fullmatch(r"([^,]+), ([^,]+)", text)
    return person(f"{surname_first[2]} {surname_first[1]}") if surname_first else person(text)
