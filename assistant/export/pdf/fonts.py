"""A font for a PDF that has every character of its text."""

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

_OWN = Path(reportlab.__file__).parent / "fonts"
# Families with many scripts, as systems name their files: regular, bold, italic, bold italic.
_FAMILIES = (
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf"),
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf", "NotoSans-BoldItalic.ttf"),
    ("arial.ttf", "arialbd.ttf", "ariali.ttf", "arialbi.ttf"),
    ("Arial.ttf", "Arial Bold.ttf", "Arial Italic.ttf", "Arial Bold Italic.ttf"),
    ("Arial Unicode.ttf",) * 4,
)
_BRACKETS = {"［": "(", "］": ")"}
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts/Supplemental",
    "/Library/Fonts",
    os.path.join(os.environ.get("WINDIR", "C:\\Windows"), "Fonts"),
)


@dataclass(frozen=True)
class Font:
    plain: str  # names registered with ReportLab
    bold: str
    characters: frozenset[int]

    def shown(self, text: str) -> str:
        """The text, Arabic joined, with what the font lacks written in simpler letters, or as a box."""
        return "".join(char if ord(char) in self.characters else self._simpler(char) for char in joined(text))

    def _simpler(self, char: str) -> str:
        if char in (ISOLATE, END):  # not seen: they only tell in which order a line is
            return char
        if char.isspace():
            return " "
        if unicodedata.category(char) in ("Cf", "Cc"):
            return ""
        if char in _BRACKETS:  # full-width ones tell a source's bracketed numbers from our markers
            return _BRACKETS[char]
        plain = [one for one in unicodedata.normalize("NFKD", char) if ord(one) in self.characters]
        return "".join(plain) or "\u25a1"


def font_for(text: str) -> Font:
    """The packaged font if it has every character of the text, else the installed one that lacks fewest."""
    needed = {ord(char) for char in joined(text) if char.isprintable()}
    own = _load(tuple(_OWN / name for name in ("Vera.ttf", "VeraBd.ttf", "VeraIt.ttf", "VeraBI.ttf")))
    best = own
    if own is None:
        raise RuntimeError("ReportLab came without its fonts: install it again")
    if needed - own.characters:
        for files in _installed():
            found = _load(files)
            if found and len(needed - found.characters) < len(needed - (best or own).characters):
                best = found
    return best or own


@cache
def _installed() -> tuple[tuple[Path, ...], ...]:
    """Whole families among the system's fonts."""
    files = {path.name: path for folder in _FOLDERS for path in _files(Path(folder).expanduser())}
    return tuple(
        tuple(files[name] for name in family) for family in _FAMILIES if all(name in files for name in family)
    )


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from folder.rglob("*.ttf")


@cache
def _load(files: tuple[Path, ...]) -> Font | None:
    names = [f"desk-{file.stem}-{place}" for place, file in enumerate(files)]
    try:
        faces = [TTFont(name, str(file)) for name, file in zip(names, files, strict=True)]
    except (TTFError, OSError):
        return None
    for face in faces:
        pdfmetrics.registerFont(face)
    plain, bold, italic, both = names
    pdfmetrics.registerFontFamily(plain, normal=plain, bold=bold, italic=italic, boldItalic=both)
    return Font(plain, bold, frozenset(faces[0].face.charToGlyph) & frozenset(faces[1].face.charToGlyph))
