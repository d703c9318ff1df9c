"""Real files of each format, made on the spot, and a real web server on this machine."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

FIRST = (
    "The harbour of Lindow handled a third more grain this year than last, and the port authority expects the trend "
    "to hold. Two new cranes were delivered in spring. They can unload a ship of 30,000 tonnes within four days."
)
SECOND = (
    "Smaller ports along the coast have lost business in the same period. Their owners complain about fees that were "
    "set years ago, and several have asked the ministry for relief. The ministry has not answered so far."
)


@pytest.fixture
def pdf() -> bytes:
    """Two pages with a title, headings, paragraphs, running header and page numbers."""

    def furniture(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, A4[1] - 30, "Coastal Trade Review")
        canvas.drawCentredString(A4[0] / 2, 25, f"Page {template.page} of 2")

    styles = getSampleStyleSheet()
    story = [
        Paragraph("Grain and the Harbours of the Coast", styles["Title"]),
        Paragraph("By Dr. Mara Lindqvist and Tomas Okoro", styles["Normal"]),
        Paragraph("14 March 2021", styles["Normal"]),
        Paragraph("The large harbour", styles["Heading2"]),
        Paragraph(FIRST, styles["Normal"]),
        PageBreak(),
        Paragraph("The small ones", styles["Heading2"]),
        Paragraph(SECOND, styles["Normal"]),
    ]
    out = io.BytesIO()
    SimpleDocTemplate(out, title="Grain and the Harbours of the Coast", author="mlindqvist").build(
        story, onFirstPage=furniture, onLaterPages=furniture
    )
    return out.getvalue()


@pytest.fixture
def drawn_pdf() -> Callable[..., bytes]:
    """Makes a PDF from pages of lines at fixed places; with a password if one is given."""

    def draw(*pages: list[str], password: str | None = None) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=A4, encrypt=StandardEncryption(password) if password else None)
        for lines in pages:
            for number, line in enumerate(lines):
                canvas.drawString(60, 700 - 14 * number, line)
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    return draw


@pytest.fixture
def word() -> bytes:
    """A Word file with title, headings, a list, a table and core properties."""
    document = docx.Document()
    document.core_properties.author = "Mara Lindqvist"
    document.add_heading("Fees in Small Harbours", 0)
    document.add_heading("What they pay", 1)
    document.add_paragraph(FIRST)
    document.add_paragraph("Fees by weight", style="List Bullet")
    document.add_paragraph("Fees by length", style="List Bullet")
    table = document.add_table(3, 2)
    for row, cells in enumerate((("Harbour", "Fee"), ("Lindow", "12"), ("Ostra", "19"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_heading("What they ask", 1)
    document.add_paragraph(SECOND)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Cranes at work | Coast News</title>
<meta property="og:title" content="Cranes at work"><meta property="og:site_name" content="Coast News">
<meta name="author" content="Ines Varga"><meta property="article:published_time" content="2022-05-04T08:00:00Z">
<meta property="article:modified_time" content="2023-01-01T08:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/about">About</a></nav><article><h1>Cranes at work</h1>
<p>{FIRST}</p><h2>Elsewhere</h2><p>{SECOND}</p>
<table><tr><th>Harbour</th><th>Tonnes</th></tr><tr><td>Lindow</td><td>900</td></tr></table>
<ul><li>One crane came from the north.</li><li>The other came from the south.</li></ul></article>
<footer>All rights reserved</footer></body></html>"""


class _Handler(BaseHTTPRequestHandler):
    seen: list[tuple[str, dict[str, str]]]
    routes: dict[str, tuple[int, dict[str, str], bytes]]

    def do_GET(self) -> None:
        self.seen.append((self.path, dict(self.headers)))
        status, headers, body = self.routes.get(self.path, (404, {}, b"none"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        return


class Site:
    """A web server on loopback: `routes` maps paths to (status, headers, body), `seen` lists what was asked."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.routes: dict[str, tuple[int, dict[str, str], bytes]] = {}
        handler = type("Handler", (_Handler,), {"seen": self.seen, "routes": self.routes})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.port = self.server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def site() -> Iterator[Site]:
    """A running `Site`."""
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()
