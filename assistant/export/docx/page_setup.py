"""Everything around the text of a Word file: page size, styles, header and footer, document properties."""

from __future__ import annotations

import datetime
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from assistant.export import content
from assistant.export.docx.runs import write
from assistant.results.briefing import Briefing

WIDTH = 162  # mm: width of the text on an A4 page
# Names of styles. "footnote text" and "footnote reference" are Word's own names, so that Word knows them.
NOTE, QUOTED, SMALL, MARKING = "footnote text", "Footnote Quote", "Small Print", "Handling Marking"
CELL = "Table Cell"
REFERENCE, BOTTOM = "footnote reference", "Intense Quote"
LANGUAGE = "en-GB"
_ACCENT, _MUTED = RGBColor(0x0B, 0x5A, 0x8A), RGBColor(0x5B, 0x66, 0x73)
# Calibri has neither Arabic nor Hebrew letters; Arial and its usual substitutes have both.
_FACE, _COMPLEX_FACE = "Calibri", "Arial"
_SIZES = {"Normal": 11, "Title": 22, "Heading 1": 15, "Heading 2": 12.5, "Header": 9, "Footer": 9}


def set_up(document: Any, briefing: Briefing) -> None:
    """Set up an empty document: page, styles, properties, "Page 1 of 1", and the handling marking on every page."""
    _page(document.sections[0])
    _styles(document)
    _properties(document.core_properties, briefing)
    section = document.sections[0]
    foot = section.footer.paragraphs[0]
    if briefing.handling:
        for paragraph in (section.header.paragraphs[0], foot):
            paragraph.style = document.styles[MARKING]
            write(paragraph, content.sentence_text(briefing.handling))
        foot = section.footer.add_paragraph(style="Footer")
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot.add_run("Page ")
    field(foot, "PAGE", "1")
    foot.add_run(" of ")
    field(foot, "NUMPAGES", "1")


def field(paragraph: Any, code: str, shown: str) -> None:
    """Add a field with this code, which shows `shown` until Word computes it."""
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    for part in (field_mark("begin"), instruction, field_mark("separate")):
        paragraph.add_run("")._r.append(part)
    paragraph.add_run(shown)
    paragraph.add_run("")._r.append(field_mark("end"))


def field_mark(kind: str) -> Any:
    """One of the three marks of a field: "begin", "separate" or "end"."""
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _page(section: Any) -> None:
    """A4 upright, with margins that leave WIDTH for the text."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - WIDTH) / 2)
    section.top_margin = section.bottom_margin = Mm(22)
    section.header_distance = section.footer_distance = Mm(10)


def _styles(document: Any) -> None:
    """Add our styles and set those of the template."""
    styles = document.styles
    for name in (NOTE, QUOTED, SMALL, MARKING, CELL, "toc 1", "toc 2"):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in (NOTE, "toc 1", "toc 2"))
        style.base_style = styles["Normal"]
    mark = styles.add_style(REFERENCE, WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript, mark.font.color.rgb = True, _ACCENT
    for name, size in _SIZES.items():
        styles[name].font.size = Pt(size)
    for name in ("Title", "Heading 1", "Heading 2"):
        styles[name].font.color.rgb = _ACCENT
    for name in ("italic", "bold", "cs_italic", "cs_bold"):
        setattr(styles[BOTTOM].font, name, False)
    styles[BOTTOM].font.color.rgb = RGBColor(0, 0, 0)
    _set(styles[BOTTOM], size=11.5, after=12, left=6)
    _set(styles[NOTE], size=8.5, after=0)
    _set(styles[QUOTED], size=8.5, after=3, left=4)
    _set(styles[CELL], size=9.5, after=0)
    _set(styles[SMALL], size=9, after=2)
    _set(styles[MARKING], size=9, after=0)
    _set(styles["toc 1"], size=11, after=2)
    _set(styles["toc 2"], size=11, after=2, left=6)
    styles[SMALL].font.color.rgb = _MUTED
    styles[MARKING].font.bold = styles[MARKING].font.cs_bold = True
    styles[MARKING].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _faces_and_language(styles.element)


def _set(style: Any, *, size: float, after: float, left: float = 0) -> None:
    """Set font size and space after in points, left indent in millimetres."""
    style.font.size = Pt(size)
    style.paragraph_format.space_after = Pt(after)
    if left:
        style.paragraph_format.left_indent = Mm(left)


def _faces_and_language(styles: Any) -> None:
    """Replace the theme's fonts in every style by ours, one of them for Arabic and Hebrew, and set the language."""
    for fonts in styles.iter(qn("w:rFonts")):
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{name}"), None)
        for name, face in (("ascii", _FACE), ("hAnsi", _FACE), ("cs", _COMPLEX_FACE)):
            fonts.set(qn(f"w:{name}"), face)
    for size in list(styles.iter(qn("w:sz"))):  # Arabic and Hebrew have a size of their own: make it equal
        complex_size = size.getparent().find(qn("w:szCs"))
        if complex_size is None:
            complex_size = OxmlElement("w:szCs")
            size.addnext(complex_size)
        complex_size.set(qn("w:val"), size.get(qn("w:val")))
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
        language.set(qn("w:bidi"), "ar-SA")


def _properties(properties: Any, briefing: Briefing) -> None:
    """Title, topic, author, marking and time, as the file's properties; python-docx takes at most 255 characters."""
    properties.title = content.sentence_text(briefing.title)[:255]
    properties.subject = content.sentence_text(briefing.topic)[:255]
    properties.author = properties.last_modified_by = "Briefing Desk"
    properties.language = LANGUAGE
    properties.comments = content.sentence_text(briefing.handling or "")
    try:
        created = datetime.datetime.fromisoformat(briefing.created)
    except ValueError:  # a briefing saved without its time
        created = datetime.datetime.now(datetime.UTC)
    created = created.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = created
