"""Pictures of pages made on the spot."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import reportlab
from ingest_samples import FIRST
from PIL import Image, ImageDraw, ImageFont

from ingest.readers.pdf import ocr

FACE = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


ACCENTED = "Les élèves étaient déjà à l'école, où l'hôtesse leur a donné un café très sucré."


recognises = pytest.mark.skipif(not ocr.is_installed(), reason="text recognition is not installed")


def drawn(*lines: str, size: int = 26, width: int = 1300, mode: str = "L") -> Image.Image:
    """A picture of lines below each other; one that begins with # is a heading."""
    picture = Image.new("L", (width, 80 + 2 * size * len(lines)), 255)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        is_heading = line.startswith("#")
        face = ImageFont.truetype(str(FACE), size * 2 if is_heading else size)
        pen.text((40, 40 + 2 * size * number), line.lstrip("# "), font=face, fill=0)
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def halves(text: str) -> tuple[str, str]:
    """A text as two lines."""
    middle = text.index(" ", len(text) // 2)
    return text[:middle], text[middle + 1 :]


SENTENCES = FIRST.split(". ")


PAGE = ("# Grain and the Harbours", *halves(SENTENCES[0] + "."), SENTENCES[1] + ".")
