"""Chooses a font that has the characters of a PDF's text: ReportLab's own, or an installed one with more scripts."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from assistant.export.pdf.bidi import END, ISOLATE, joined

_PACKAGED_FOLDER = Path(reportlab.__file__).parent / "fonts"
_PACKAGED = ("Vera.ttf", "VeraBd.ttf", "VeraIt.ttf", "VeraBI.ttf")
# Families with many scripts, by their file names on Linux, Windows and macOS: regular, bold, italic, bold italic.
_FAMILIES = (
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf"),
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf", "NotoSans-BoldItalic.ttf"),
    ("arial.ttf", "arialbd.ttf", "ariali.ttf", "arialbi.ttf"),
    ("Arial.ttf", "Arial Bold.ttf", "Arial Italic.ttf", "Arial Bold Italic.ttf"),
    ("Arial Unicode.ttf",) * 4,
)
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts/Supplemental",
    "/Library/Fonts",
    os.path.join(os.environ.get("WINDIR", "C:\\Windows"), "Fonts"),
)
# Full-width brackets mark a source's own bracketed numbers (see content.sentence_text). In a font without them they
# become round ones, which still cannot be taken for our markers.
_BRACKETS = {"［": "(", "］": ")"}
_BOX = "\u25a1"  # stands for a character that has no simpler form


@dataclass(frozen=True)
class Font:
    """A font family registered with ReportLab."""

    plain: str  # ReportLab's name of the regular face
    bold: str  # … and of the bold one
    characters: frozenset[int]  # code points that both faces have

    def shown(self, text: str) -> str:
        """The text as this font can show it: Arabic letters joined, missing characters simplified or a box."""
        return "".join(char if ord(char) in self.characters else self._simpler(char) for char in joined(text))

    def _simpler(self, char: str) -> str:
        """What replaces a character that the font lacks: for "é" in a font of ASCII it is "e"."""
        if char in (
            ISOLATE,
            END,
        ):  # have no glyph, but decide the order of the line: BidiParagraph removes them
            return char
        if char.isspace():
            return " "
        if unicodedata.category(char) in ("Cf", "Cc"):
            return ""
        if char in _BRACKETS:
            return _BRACKETS[char]
        return (
            "".join(part for part in unicodedata.normalize("NFKD", char) if ord(part) in self.characters)
            or _BOX
        )


def font_for(text: str) -> Font:
    """The packaged font if it has every character of the text, else the family that lacks fewest of them.

    Raises RuntimeError if ReportLab's own fonts are missing.
    """
    needed = {ord(char) for char in joined(text) if char.isprintable()}
    packaged = _load(tuple(_PACKAGED_FOLDER / name for name in _PACKAGED))
    if packaged is None:
        raise RuntimeError("ReportLab came without its fonts: install it again")
    best = packaged
    if needed - packaged.characters:
        for files in _installed():
            font = _load(files)
            if font and len(needed - font.characters) < len(needed - best.characters):
                best = font
    return best


@cache
def _installed() -> tuple[tuple[Path, ...], ...]:
    """The families of _FAMILIES of which all four files are on this machine."""
    files = {path.name: path for folder in _FOLDERS for path in _files(Path(folder).expanduser())}
    return tuple(
        tuple(files[name] for name in family) for family in _FAMILIES if all(name in files for name in family)
    )


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from folder.rglob("*.ttf")


@cache
def _load(files: tuple[Path, ...]) -> Font | None:
    """Register a family (regular, bold, italic, bold italic) with ReportLab; None if a file is no usable font."""
    names = [f"desk-{file.stem}-{index}" for index, file in enumerate(files)]
    try:
        faces = [TTFont(name, str(file)) for name, file in zip(names, files, strict=True)]
    except (TTFError, OSError):
        return None
    for face in faces:
        pdfmetrics.registerFont(face)
    plain, bold, italic, bold_italic = names
    pdfmetrics.registerFontFamily(plain, normal=plain, bold=bold, italic=italic, boldItalic=bold_italic)
    return Font(plain, bold, frozenset(faces[0].face.charToGlyph) & frozenset(faces[1].face.charToGlyph))
