"""A small report in every kind of file that can be read, made on the spot."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage

TITLE = "Grain and the Harbours of the Coast"
FIRST = (
    "The harbour of Lindow handled a third more grain this year than last, and the port authority expects the trend "
    "to hold. Two new cranes were delivered in spring. They can unload a ship of 30,000 tonnes within four days."
)
SECOND = (
    "Smaller ports along the coast have lost business in the same period. Their owners complain about fees that were "
    "set years ago, and several have asked the ministry for relief. The ministry has not answered so far."
)
ROWS = (("Harbour", "Tonnes", "Cranes"), ("Lindow", "900", "4"), ("Ostra", "300", "1"))

_CONTAINER = """<?xml version="1.0"?><container version="1.0"
 xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"
 media-type="application/oebps-package+xml"/></rootfiles></container>"""
_PACKAGE = f"""<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier><dc:title>{TITLE}
</dc:title><dc:creator>Mara Lindqvist</dc:creator><dc:language>en</dc:language></metadata><manifest>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="two.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="one"/><itemref idref="two"/></spine></package>"""
_OPEN_DOCUMENT = f"""<?xml version="1.0"?><office:document-content office:version="1.2"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>
<text:h text:outline-level="1">{TITLE}</text:h><text:p>{FIRST}</text:p><text:list><text:list-item><text:p>One crane
</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>Lindow</text:p>
</table:table-cell></table:table-row></table:table><text:p>{SECOND}</text:p></office:text></office:body>
</office:document-content>"""
_OPEN_META = f"""<?xml version="1.0"?><office:document-meta office:version="1.2"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<office:meta><dc:title>{TITLE}</dc:title></office:meta></office:document-meta>"""


def good_files() -> dict[str, bytes]:
    """File name to bytes, one for each kind that can be made."""
    return {f"good.{ending}": make() for ending, make in _MAKERS.items()}


def zipped(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive; a member `mimetype` comes first and uncompressed, as EPUB and OpenDocument want it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name in sorted(members, key=lambda name: name != "mimetype"):
            archive.writestr(name, members[name], zipfile.ZIP_STORED if name == "mimetype" else method)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The members of a ZIP archive by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def replaced(data: bytes, member: str, content: bytes | str) -> bytes:
    """A ZIP archive with one member's content replaced, or added."""
    return zipped({**unzipped(data), member: content})


def page(body: str, head: str = "") -> bytes:
    """A web page."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title>{head}</head>'
        f"<body>{body}</body></html>"
    ).encode()


def _pdf() -> bytes:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    styles = getSampleStyleSheet()
    out = io.BytesIO()
    SimpleDocTemplate(out, title=TITLE, author="Mara Lindqvist").build(
        [
            Paragraph(TITLE, styles["Title"]),
            Paragraph(FIRST, styles["Normal"]),
            PageBreak(),
            Paragraph("The small ones", styles["Heading2"]),
            Paragraph(SECOND, styles["Normal"]),
        ]
    )
    return out.getvalue()


def _word() -> bytes:
    import docx

    document = docx.Document()
    document.core_properties.author = "Mara Lindqvist"
    document.add_heading(TITLE, 0)
    document.add_paragraph(FIRST)
    document.add_paragraph("One crane came from the north", style="List Bullet")
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for place, row in enumerate(ROWS):
        for column, text in enumerate(row):
            table.cell(place, column).text = text
    document.add_paragraph(SECOND)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _slides() -> bytes:
    from pptx import Presentation
    from pptx.util import Cm

    presentation = Presentation()
    for title, text in ((TITLE, FIRST), ("The small ones", SECOND)):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = text
        slide.notes_slide.notes_text_frame.text = "Say this slowly."
    table = slide.shapes.add_table(len(ROWS), len(ROWS[0]), Cm(2), Cm(10), Cm(16), Cm(4)).table
    for place, row in enumerate(ROWS):
        for column, text in enumerate(row):
            table.cell(place, column).text = text
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def _workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Harbours"
    for row in ROWS:
        sheet.append(row)
    book.create_sheet("Notes").append((FIRST,))
    out = io.BytesIO()
    book.save(out)
    return _with_shared_strings(out.getvalue())


def _with_shared_strings(data: bytes) -> bytes:
    """The workbook with its second sheet's text where Excel keeps it."""
    members = {name: content.decode() for name, content in unzipped(data).items()}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    members["xl/sharedStrings.xml"] = (
        '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1">'
        f"<si><t>{FIRST}</t></si></sst>"
    )
    for name, added, end in (
        (
            "[Content_Types].xml",
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>',
            "</Types>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'<Relationship Id="rIdS" Type="{relation}" Target="sharedStrings.xml"/>',
            "</Relationships>",
        ),
    ):
        members[name] = members[name].replace(end, added + end)
    sheet = "xl/worksheets/sheet2.xml"
    members[sheet] = re.sub(r'<c r="A1".*</c>', '<c r="A1" t="s"><v>0</v></c>', members[sheet])
    return zipped(members)


def _mail() -> bytes:
    message = EmailMessage()
    message["From"] = "Mara Lindqvist <mara@harbours.example>"
    message["To"] = "desk@harbours.example"
    message["Subject"] = TITLE
    message["Date"] = "Mon, 14 Mar 2022 09:00:00 +0000"
    message.set_content(f"{FIRST}\n\n{SECOND}\n")
    message.add_attachment(SECOND.encode(), maintype="text", subtype="plain", filename="fees.txt")
    return message.as_bytes()


def _book() -> bytes:
    chapter = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><h1>{}</h1><p>{}</p></body></html>'
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": _CONTAINER,
            "OEBPS/book.opf": _PACKAGE,
            "OEBPS/one.xhtml": chapter.format("One", FIRST),
            "OEBPS/two.xhtml": chapter.format("Two", SECOND),
        }
    )


def _open_document() -> bytes:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        "</manifest:manifest>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": _OPEN_DOCUMENT,
            "meta.xml": _OPEN_META,
            "META-INF/manifest.xml": manifest,
        }
    )


def _picture() -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("L", (520, 90), "white")
    draw = ImageDraw.Draw(image)
    draw.text((10, 10), "The harbour of Lindow", fill="black", font_size=30)
    draw.text((10, 50), "handled more grain.", fill="black", font_size=30)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _rich_text() -> bytes:
    return (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title " + TITLE + r"}}\f0\b " + TITLE + r"\b0\par "
        + FIRST + r"\par\trowd\cellx100\cellx200\intbl Lindow\cell 900\cell\row\pard " + SECOND + r"\par}"
    ).encode()  # fmt: skip


def _markdown() -> bytes:
    return (
        f"---\ntitle: {TITLE}\nauthor: Mara Lindqvist\n---\n\n# {TITLE}\n\n{FIRST}\n\n- One crane\n- Another\n\n"
        f"| Harbour | Tonnes |\n| --- | --- |\n| Lindow | 900 |\n\n{SECOND}\n"
    ).encode()


_MAKERS: dict[str, Callable[[], bytes]] = {
    "pdf": _pdf,
    "docx": _word,
    "pptx": _slides,
    "xlsx": _workbook,
    "csv": lambda: "\r\n".join(",".join(row) for row in ROWS).encode(),
    "html": lambda: page(f"<article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></article>"),
    "eml": _mail,
    "epub": _book,
    "odt": _open_document,
    "rtf": _rich_text,
    "md": _markdown,
    "txt": lambda: f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n".encode(),
    "png": _picture,
    "zip": lambda: zipped({"one.txt": FIRST, "folder/two.txt": SECOND}),
}
