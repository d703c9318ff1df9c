"""Real files of each format, made on the spot, and a real web server on this machine."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

# Under importlib's import mode tests find no module beside them by themselves.
sys.path.insert(0, str(Path(__file__).parent))

from ingest_samples import FIRST, SECOND, Site  # noqa: E402


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


@pytest.fixture
def site() -> Iterator[Site]:
    """A running `Site`."""
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()
