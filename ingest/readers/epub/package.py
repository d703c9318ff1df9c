"""The package of an e-book: which of its documents are the text, in which order, and what it says about itself."""

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
_FONTS = re.compile(r"http://(?:www\.idpf\.org/2008/embedding|ns\.adobe\.com/pdf/enc#RC)")
_NOT_THE_TEXT = frozenset(("cover", "toc", "landmarks", "page-list", "loi", "lot"))
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
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
    path: str  # of the document within the package
    level: int  # 1 is the highest


class EbookPackage:
    """The package document of an e-book, found through its container."""

    def __init__(self, archive: ZipPackage) -> None:
        """Raises IngestError `password` or `unreadable`."""
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
        """Paths of the documents in reading order; cover and contents left out, unless there is nothing else."""
        references = [] if self._spine is None else self._spine.iterfind("{*}itemref")
        items = [self._items[one.get("idref")] for one in references if one.get("idref") in self._items]
        paths = {
            self._path(item.get("href")): item
            for item in items
            if item.get("media-type", _PAGES[0]) in _PAGES
        }
        set_apart = self._set_apart()
        text = [path for path, item in paths.items() if path not in set_apart and not _is_contents(item)]
        return text or list(paths)

    def labels(self) -> list[TocEntry]:
        """The entries of the table of contents, as far as it can be read."""
        for path in self._contents_paths():
            try:
                contents = self._archive.xml(path)
            except (KeyError, SyntaxError):
                continue
            if contents is not None and (labels := list(_labels(contents, posixpath.dirname(path)))):
                return labels
        return []

    def metadata(self) -> Metadata:
        """What the package states; `found` says where."""
        stated = self._root.find("{*}metadata")
        if stated is None:
            return Metadata()
        nested = stated.find("{*}dc-metadata")  # of the first version of the format
        fields = _Fields(stated if nested is None else nested, stated, self._root.get("version", ""))
        return fields.metadata()

    def _path(self, href: str) -> str:
        return posixpath.normpath(posixpath.join(self._folder, unquote(href.partition("#")[0])))

    def _set_apart(self) -> set[str]:
        """Paths of documents that the guide says are cover or contents, and nothing else."""
        return {
            self._path(reference.get("href"))
            for reference in self._root.iterfind("{*}guide/{*}reference[@href]")
            if reference.get("type", "").lower() in _NOT_THE_TEXT and "#" not in reference.get("href")
        }

    def _contents_paths(self) -> list[str]:
        named = None if self._spine is None else self._items.get(self._spine.get("toc", ""))
        found = [item for item in self._items.values() if _is_contents(item)]
        ncx = [item for item in self._items.values() if item.get("media-type") == "application/x-dtbncx+xml"]
        return [self._path(item.get("href")) for item in (*found, *([] if named is None else [named]), *ncx)]


def _is_contents(item: Any) -> bool:
    return "nav" in item.get("properties", "").split()


def _refuse_encrypted(archive: ZipPackage, documents: set[str]) -> None:
    """Fonts are often made unreadable on purpose; an encrypted document is one nobody can read here."""
    encryption = archive.xml("META-INF/encryption.xml")
    for entry in [] if encryption is None else encryption.iterfind(".//{*}EncryptedData"):
        method = entry.find("{*}EncryptionMethod")
        path = entry.find(".//{*}CipherReference[@URI]")
        is_font = method is not None and _FONTS.match(method.get("Algorithm", ""))
        if path is not None and not is_font and unquote(path.get("URI")).lstrip("/") in documents:
            raise IngestError(
                "password",
                "The e-book is encrypted (copy protection), so its text cannot be read. Add an edition without "
                "protection, or the report as PDF.",
            )


def _labels(contents: Any, folder: str) -> list[TocEntry]:
    """Entries of an EPUB 3 navigation document or an EPUB 2 NCX."""
    found = []
    for point in contents.iterfind(".//{*}navMap//{*}navPoint"):
        content = point.find("{*}content[@src]")
        if content is not None:
            level = 1 + sum(one.tag == point.tag for one in point.iterancestors())
            found.append((point.find("{*}navLabel"), content.get("src"), level))
    for nav in contents.iterfind(".//{*}nav"):
        if "toc" not in nav.get("{http://www.idpf.org/2007/ops}type", "").split():
            continue
        for link in nav.iterfind(".//{*}a[@href]"):
            level = sum(str(one.tag).endswith("}ol") for one in link.iterancestors())
            found.append((link, link.get("href"), max(1, level)))
    return [
        TocEntry(text, posixpath.normpath(posixpath.join(folder, unquote(target.partition("#")[0]))), level)
        for element, target, level in found
        if element is not None and (text := one_line("".join(element.itertext())))
    ]


class _Fields:
    """The Dublin Core fields of a package; EPUB 2 refines them by attributes, EPUB 3 by further elements."""

    def __init__(self, fields: Any, everything: Any, version: str) -> None:
        self._fields = fields
        self._is_epub2 = version.startswith(("1", "2"))
        self._refined: dict[tuple[str, str], str] = {}
        self._modified = ""
        for meta in everything.iterfind("{*}meta[@property]"):
            name = meta.get("property")
            if meta.get("refines"):
                self._refined[meta.get("refines").lstrip("#"), name] = one_line(meta.text or "")
            elif name == "dcterms:modified":
                self._modified = one_line(meta.text or "")

    def metadata(self) -> Metadata:
        """The fields that are filled; `found` says what each was stated as."""
        authors, body = self._creators()
        publisher = self._publisher()
        values = {
            "title": self._title(),
            "authors": authors,
            "publisher": publisher or body,
            "published": self._published(),
            "language": next((text for _, text in self._all("language")), None),
            "tags": stated_tags(text for _, text in self._all("subject")),
        }
        how = {name: f"the e-book's own {name}" for name in ("title", "language", "authors", "publisher")}
        how |= {"published": "the e-book's date of publication", "tags": "the e-book's subjects"}
        if body and not publisher:
            how["publisher"] = "organisation named as the e-book's author"
        return Metadata(**values, found={name: how[name] for name, value in values.items() if value})  # type: ignore[arg-type]

    def _all(self, name: str) -> list[tuple[Any, str]]:
        elements = self._fields.iterfind(f"{_DC}{name}")
        return [(element, text) for element in elements if (text := one_line("".join(element.itertext())))]

    def _refinement(self, element: Any, name: str) -> str:
        return self._refined.get((element.get("id", ""), name), "")

    def _title(self) -> str | None:
        titles = [(element, text) for element, text in self._all("title") if not _NOT_A_TITLE.fullmatch(text)]
        main = [text for element, text in titles if self._refinement(element, "title-type") == "main"]
        return next(iter([*main, *(text for _, text in titles)]), None)

    def _creators(self) -> tuple[tuple[str, ...], str | None]:
        """Persons, and the first organisation, among those named as authors."""
        names, bodies = [], []
        for element, text in self._all("creator"):
            role = element.get(f"{_OPF}role") or self._refinement(element, "role")
            if role not in ("", "aut"):
                continue
            persons = [_person(part) for part in re.split(r"\s*[;&]\s*|\s+and\s+", text)]
            names += [name for name in persons if name]
            if not any(persons) and len(text.split()) > 1 and (body := organisation(text)) is not None:
                bodies.append(body)
        return unique_names(names), bodies[0] if bodies else None

    def _publisher(self) -> str | None:
        named = (text for _, text in self._all("publisher") if not _NOT_A_PUBLISHER.fullmatch(text))
        return next(named, None)

    def _published(self) -> str | None:
        """The date said to be of publication; in EPUB 3 the only one, unless it is when the file was made."""
        dates = self._all("date")
        for element, text in dates:
            event = element.get(f"{_OPF}event") or self._refinement(element, "event")
            if event.lower() == "publication":
                return machine_date(text)
        if self._is_epub2 or len(dates) != 1 or dates[0][0].get(f"{_OPF}event"):
            return None
        text = dates[0][1]
        # Some programs put the time of conversion here when they know no date.
        is_time_made = "T" in text and text[:10] == self._modified[:10]
        return None if is_time_made else machine_date(text)


def _person(text: str) -> str | None:
    surname_first = re.fullmatch(r"([^,]+), ([^,]+)", text)
    return person(f"{surname_first[2]} {surname_first[1]}") if surname_first else person(text)
