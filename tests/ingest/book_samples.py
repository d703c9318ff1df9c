"""E-books, OpenDocument texts and RTF files made on the spot, and what was read of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from ingest import Document


def lines(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def places(document: Document) -> dict[str, str | None]:
    """Line -> the headings it stands under."""
    return {document.text[block.start : block.end]: block.heading for block in document.blocks}


def kinds(document: Document) -> dict[str, str]:
    return {document.text[block.start : block.end]: block.kind for block in document.blocks}


def packed(mimetype: str, members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


NAV = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
    '<nav epub:type="toc"><ol>{}</ol></nav></body></html>'
)


def page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head><body>{body}</body></html>'
    )


def epub(
    pages: Mapping[str, str],
    metadata: str = "",
    version: str = "3.0",
    guide: str = "",
    more: Mapping[str, str | bytes] | None = None,
    contents: str = "",
) -> bytes:
    """An e-book of pages (name -> content of its body), in the order given."""
    items = "".join(
        f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(len(pages)))
    package = (
        f'<package xmlns="http://www.idpf.org/2007/opf" version="{version}"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f'{metadata}</metadata><manifest><item id="nav" href="nav.xhtml" properties="nav" '
        f'media-type="application/xhtml+xml"/>{items}</manifest><spine><itemref idref="nav"/>{spine}</spine>'
        f"<guide>{guide}</guide></package>"
    )
    members: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": package,
        "OPS/nav.xhtml": NAV.format(contents or '<li><a href="a.xhtml">Contents of the book</a></li>'),
    }
    members |= {f"OPS/{name}".replace("%20", " "): page(body) for name, body in pages.items()}
    return packed("application/epub+zip", members | dict(more or {}))


NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("meta", "meta"),
        ("manifest", "manifest"),
    )
)


STYLES = """<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="Title" style:family="paragraph"/><style:style style:name="Caption" style:family="paragraph"/>
<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-bullet text:level="2" text:bullet-char="-"/></text:list-style>"""


def odt(body: str, meta: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    properties = (
        f'<office:document-meta {NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>{meta}'
        "</office:meta></office:document-meta>"
    )
    members: dict[str, str | bytes] = {"content.xml": content, "meta.xml": properties}
    return packed("application/vnd.oasis.opendocument.text", members | dict(more or {}))


def rtf(body: str, head: str = "") -> bytes:
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{{\f0 Times;}}}}{head}{body}}}".encode("latin-1")


STYLE_SHEET = (
    r"{\stylesheet{\ql Normal;}{\s1\outlinelevel0 heading 1;}{\s2 heading 2;}{\s5 Title;}{\s6 caption;}"
    r"{\*\cs10 Default Paragraph Font;}}"
)
