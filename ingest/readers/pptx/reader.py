"""Reads PPTX files: each slide is a page, its title a heading, its shapes in reading order, its notes below them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ingest.document import IngestError, Metadata
from ingest.readers.common.charts import chart_parts, diagram_lines
from ingest.readers.common.draft import Draft, DraftPart, compose
from ingest.readers.common.list_items import BULLET
from ingest.readers.common.ooxml import COMPATIBILITY, DIAGRAM, DRAWING, check_package
from ingest.readers.common.properties import stated_properties
from ingest.readers.common.table_rows import looks_like_header, rows_as_parts
from ingest.readers.common.zip_package import parsed_xml
from ingest.readers.pptx.reading_order import SlideBox, reading_order
from ingest.readers.sheets.rows import has_header
from ingest.text.cleaning import one_line

if TYPE_CHECKING:
    from pptx.slide import Slide
    from pptx.table import Table

_NOTES = "Notes"  # heading over a slide's notes
_LONGEST_TITLE = 200  # characters; a longer title is the slide's whole text


def read_slides(data: bytes) -> Draft:
    """Read a PPTX file. Pages are slide numbers, hidden slides included.

    Raises IngestError `no_text`, `too_large` or `unreadable`.
    """
    check_package(data, "pptx", "an ordinary PowerPoint presentation (.pptx)")
    presentation = _open(data)
    slides = list(presentation.slides)
    text, pieces = compose(
        part for number, slide in enumerate(slides, start=1) for part in _slide_parts(slide, number)
    )
    if slides and not pieces:
        raise IngestError(
            "no_text",
            "The presentation holds no text, at most pictures. Save its slides as a PDF, run that through an OCR "
            "program, such as ocrmypdf, and add the result.",
        )
    properties = presentation.core_properties
    return Draft(
        text,
        pieces,
        strong=_stated(slides),
        weak=stated_properties(properties.title, properties.author),
        pages=len(slides),
    )


def _open(data: bytes) -> Any:
    """The presentation as python-pptx's object, also of slide shows (.ppsx) and templates (.potx)."""
    from pptx.opc.constants import CONTENT_TYPE
    from pptx.opc.package import PartFactory
    from pptx.package import Package
    from pptx.parts.presentation import PresentationPart

    # They differ from presentations in their content type alone, which python-pptx refuses.
    for kind in (CONTENT_TYPE.PML_SLIDESHOW_MAIN, CONTENT_TYPE.PML_TEMPLATE_MAIN):
        PartFactory.part_type_for.setdefault(kind, PresentationPart)
    return Package.open(io.BytesIO(data)).presentation_part.presentation


def _stated(slides: list[Slide]) -> Metadata:
    """The title of the first slide, as strong metadata."""
    title = _title(slides[0]) if slides else ""
    return Metadata(title=title, found={"title": "title of the first slide"}) if title else Metadata()


def _title(slide: Slide) -> str:
    """The text of the slide's title placeholder; "" where there is none or it is too long for a title."""
    title = slide.shapes.title
    text = one_line(title.text_frame.text) if title is not None and title.has_text_frame else ""
    return text if len(text) <= _LONGEST_TITLE else ""


def _slide_parts(slide: Slide, page: int) -> Iterator[DraftPart]:
    """The parts of a slide: a heading, its shapes, its notes under a heading of their own."""
    _take_alternatives(slide)
    title = _title(slide)
    shape_of_title = slide.shapes.title if title else None
    body = _in_order(
        shape for shape in slide.shapes if shape_of_title is None or shape.shape_id != shape_of_title.shape_id
    )
    notes = _notes(slide)
    if title or body or notes:
        # Without a heading of its own, its text would count to the slide before.
        yield DraftPart(title or f"Slide {page}", "heading", 1, page)
    yield from (DraftPart(part.text, part.kind, part.level, page) for part in body)
    if notes:
        yield DraftPart(_NOTES, "heading", 2, page)
        yield from (DraftPart(line, page=page) for line in notes)


def _take_alternatives(slide: Slide) -> None:
    """Unwraps shapes that PowerPoint stores in two versions, such as text with a formula: python-pptx skips these."""
    for wrapped in list(slide.shapes._spTree.iter(f"{COMPATIBILITY}AlternateContent")):
        choice = wrapped.find(f"{COMPATIBILITY}Choice")
        for shape in list(choice) if choice is not None else ():
            wrapped.addprevious(shape)
        parent = wrapped.getparent()
        if parent is not None:
            parent.remove(wrapped)


def _in_order(shapes: Iterable[Any]) -> list[DraftPart]:
    """The parts of shapes that hold text, in reading order."""
    with_text = [(shape, parts) for shape in shapes if (parts := _shape_parts(shape))]
    order = reading_order([_box(shape) for shape, _ in with_text])
    return [part for index in order for part in with_text[index][1]]


def _box(shape: Any) -> SlideBox:
    left, top = shape.left or 0, shape.top or 0
    return SlideBox(left, top, left + (shape.width or 0), top + (shape.height or 0))


def _shape_parts(shape: Any) -> list[DraftPart]:
    """The parts of a shape: text, table, chart, diagram, or the shapes of a group."""
    from pptx.shapes.group import GroupShape

    if shape.is_placeholder and _is_running(shape):
        return []
    if isinstance(shape, GroupShape):
        return _in_order(shape.shapes)
    if getattr(shape, "has_table", False):
        return _table(shape.table)
    if getattr(shape, "has_chart", False):
        return chart_parts(shape.chart_part._element)
    if shape.has_text_frame:
        return list(_text(shape))
    return [DraftPart(f"{BULLET} {line}", "list") for line in _diagram(shape)]


def _is_running(shape: Any) -> bool:
    """Whether a placeholder holds a header, footer, slide number or date, which the program fills in."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    return shape.placeholder_format.type in (
        PP_PLACEHOLDER.DATE,
        PP_PLACEHOLDER.FOOTER,
        PP_PLACEHOLDER.HEADER,
        PP_PLACEHOLDER.SLIDE_NUMBER,
    )


def _text(shape: Any) -> Iterator[DraftPart]:
    """The paragraphs of a shape as text or list items."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    is_subtitle = shape.is_placeholder and shape.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE
    styles = list(_list_styles(shape))
    has_bullets = shape.is_placeholder and _is_body(shape)
    for paragraph in shape.text_frame.paragraphs:
        if not _own_text(paragraph):
            continue
        if is_subtitle:  # authors and date, on lines of their own
            yield from (DraftPart(one_line(line)) for line in paragraph.text.split("\v"))
        elif _is_bulleted(paragraph, styles, has_bullets):
            yield DraftPart(f"{BULLET} {one_line(paragraph.text)}", "list")
        else:
            yield DraftPart(one_line(paragraph.text))


def _own_text(paragraph: Any) -> bool:
    """Whether a paragraph holds more than fields, such as slide numbers, which the program fills in."""
    return any((run.text or "").strip() for run in paragraph._p.iter(f"{DRAWING}r"))


def _list_styles(shape: Any) -> Iterator[Any]:
    """The list styles of a shape, then of the placeholders on layout and master from which it inherits."""
    while shape is not None:
        style = shape._element.find(f".//{DRAWING}lstStyle")
        if style is not None:
            yield style
        shape = getattr(shape, "_base_placeholder", None) if shape.is_placeholder else None


def _is_bulleted(paragraph: Any, styles: list[Any], default: bool) -> bool:
    """Whether a paragraph shows a bullet or number, by itself or by the first list style that says; else `default`."""
    level = f"{DRAWING}lvl{paragraph.level + 1}pPr"
    for properties in (paragraph._p.find(f"{DRAWING}pPr"), *(style.find(level) for style in styles)):
        for mark in properties if properties is not None else ():
            if mark.tag == f"{DRAWING}buNone":
                return False
            if mark.tag in (f"{DRAWING}buChar", f"{DRAWING}buAutoNum", f"{DRAWING}buBlip"):
                return True
    return default


def _is_body(shape: Any) -> bool:
    """Whether a placeholder is for body text, which has bullets by the master's style."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    return shape.placeholder_format.type in (
        PP_PLACEHOLDER.BODY,
        PP_PLACEHOLDER.OBJECT,
        PP_PLACEHOLDER.VERTICAL_BODY,
        PP_PLACEHOLDER.VERTICAL_OBJECT,
    )


def _table(table: Table) -> list[DraftPart]:
    """The rows of a table; a single cell is a box drawn around text."""
    rows = []
    above: list[str] = []
    for row in table.rows:
        cells = []
        for column, cell in enumerate(row.cells):
            # A cell merged over several rows is repeated in each, so that each row can stand alone.
            is_repeated = cell.is_spanned and cell._tc.vMerge and column < len(above)
            cells.append(above[column] if is_repeated else "" if cell.is_spanned else one_line(cell.text))
        rows.append(cells)
        above = cells
    if len(rows) == 1 and len(rows[0]) == 1:
        return [DraftPart(rows[0][0])]
    return rows_as_parts(rows, header=looks_like_header(rows) or has_header(rows))


def _diagram(shape: Any) -> list[str]:
    """The lines of a SmartArt diagram, whose text lies in another part of the package."""
    data = shape._element.find(f".//{DIAGRAM}relIds")
    if data is None:
        return []
    relation = next((value for name, value in data.attrib.items() if name.endswith("}dm")), "")
    part = shape.part.rels.get(relation)
    return (
        diagram_lines(parsed_xml(part.target_part.blob)) if part is not None and not part.is_external else []
    )


def _notes(slide: Slide) -> list[str]:
    """The lines of the speaker's notes."""
    if not slide.has_notes_slide:
        return []
    frame = slide.notes_slide.notes_text_frame
    lines = re.split(r"[\n\v]", frame.text) if frame is not None else []
    return [line for line in map(one_line, lines) if line]
