"""Word files made on the spot, from elements as Word writes them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from ingest import Document, read

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


STYLES_PART = "word/styles.xml"


MAIN_PART = "word/document.xml"


def element(source: str) -> Any:
    """An XML element of a Word file, from a source whose first tag needs no namespaces."""
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {NAMESPACES}", source))


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def math(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def saved(document: WordDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def of_body(*blocks: str) -> bytes:
    """A Word file whose body holds these elements."""
    document = docx.Document()
    for block in blocks:
        document.element.body.insert_element_before(element(block), "w:sectPr")
    return saved(document)


def lines(data: bytes) -> list[str]:
    document = read(data, "report.docx")
    return [document.text[block.start : block.end] for block in document.blocks]


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def rewritten(
    package: bytes, change: Callable[[str, bytes], bytes], more: dict[str, str] | None = None
) -> bytes:
    """A package with each member passed through `change(name, data)`, and members added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, text in (more or {}).items():
            new.writestr(name, text)
    return out.getvalue()


def numbered(text: str, level: int = 0, number: int = 90, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:p><w:pPr>{named}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        f"{run(text)}</w:p>"
    )


def with_numbering(levels: list[tuple[str, str]], *blocks: str) -> bytes:
    """A file with list 90 in which each level has a format and a text such as "%1.%2"; list 91 starts it anew."""
    document = docx.Document()
    described = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, element(f'<w:abstractNum w:abstractNumId="90">{described}</w:abstractNum>'))
    numbering.append(element('<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering.append(element(f'<w:num w:numId="91"><w:abstractNumId w:val="90"/>{anew}</w:num>'))
    for block in blocks:
        document.element.body.insert_element_before(element(block), "w:sectPr")
    return saved(document)


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text) if text else ''}</w:p></w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
