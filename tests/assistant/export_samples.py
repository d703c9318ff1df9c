"""Briefings that are hard to export, and readers of the files made of them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import docx
import lxml.etree
import lxml.html
import pypdfium2
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree
from made_briefing import MADE
from markdown_it import MarkdownIt

from assistant import Briefing, Citation, Sentence
from assistant.export import render
from assistant.results.briefing import Conflict, Event, Paragraph, Side, SourceSummary
from assistant.results.excerpt import excerpt
from assistant.sourcing.sourcing import with_counts

SCRIPT = "<script>alert('flood')</script>"
LINK = "*_[press here](javascript:alert(1))_*"
FULANI = "Ɗanlami ɓooyɗo"


def citation(number: int, quote: str, **changes: Any) -> Citation:
    made = Citation(
        number, f"p{number}", f"d{number}", "Water over the quays", ("Odile Brandt",), "River Wire",
        "2022-05-16", "wire.md", 3, "Losses", 0, len(quote), quote,
    )  # fmt: skip
    return replace(made, **changes)


BRIEFING = Briefing(
    topic=f"floods {SCRIPT}",
    as_of="2022-06",
    title=f"Floods {SCRIPT} & {LINK}",
    refused=False,
    bottom_line=(Sentence(f"The port [12] of {FULANI} is shut {SCRIPT}.", (1, 2), "verbatim"),),
    paragraphs=(
        Paragraph(
            f"Losses {LINK} | more",
            (
                Sentence("Bells\x07rang and 🚢 sank &lt;script&gt; `x` ~~y~~.", (2,), "verbatim"),
                Sentence(f"{LINK} # no heading", (1,), "unsupported", 0.1, ("it is not said",)),
            ),
        ),
        Paragraph("No markers", (Sentence("Nothing is cited here.", ()),)),
    ),
    chronology=(
        Event("2022-05-15", f"The dyke broke | {SCRIPT}", (3,)),
        Event("2022", "Rain fell", (1,)),
    ),
    conflicts=(
        Conflict(
            f"Dead: 14 or 22 {SCRIPT}",
            "conflict",
            (Side("14 died", "2022-05-16", (1,)), Side(f"22 died {LINK}", None, (2,))),
        ),
        Conflict("Homeless: 3 or 5", "update", (Side("3", "2022-05", (2,)), Side("5", "2022-06-01", (3,)))),
    ),
    gaps=(f"No source speaks of {SCRIPT}.", "# not a heading"),
    source_summary=SourceSummary(3, ("River Wire",), "2022", "2022-05-16", 1, 0.5, f"3 documents {SCRIPT}."),
    citations=(
        citation(1, f"The port [12] of {FULANI}\nis shut {SCRIPT}."),
        citation(2, "Bells\x07rang", title=SCRIPT, authors=(LINK,), publisher=None, published=None),
        citation(3, "The dyke broke", source="https://wire.example/a_b_c?x=1&y=2", page=None, heading=LINK),
    ),
    model="extractive",
    index_documents=3,
    embedding_model="small",
    seconds=1.5,
    created="2022-06-02T10:00:00+00:00",
    left_out_undated=1,
    notice=f"The model was away {SCRIPT}",
)
REFUSED = replace(
    BRIEFING, refused=True, bottom_line=(Sentence("The sources do not hold it."),), paragraphs=(),
    chronology=(), conflicts=(), gaps=(), citations=(), notice=None, as_of=None, created="",
    source_summary=SourceSummary(0, (), None, None, 0, 0.0, "No source was used."),
)  # fmt: skip
NUMBERS = {1, 2, 3}
MARKING = "OFFICIAL – RIVER ONLY"
MARKED = replace(MADE, handling=MARKING)
PART = with_counts(excerpt(MADE))
JUDGED = replace(
    MADE, key_judgements=MADE.paragraphs[0].sentences[:2], alternatives=MADE.paragraphs[1].sentences[1:2]
)
# Its later numbers are used first, as when a section is put before others.
OUT_OF_ORDER = replace(MADE, bottom_line=MADE.paragraphs[3].sentences[:2] + MADE.bottom_line)


def text_of(format: str, briefing: Briefing) -> str:
    """What a reader of the file reads."""
    data = render(briefing, format)
    return {
        "md": lambda: markdown_as_html(data).text_content(),
        "html": lambda: html_of(data).find("body").text_content(),
        "docx": lambda: docx_text(data),
        "pdf": lambda: pdf_text(data),
    }[format]()


def markdown_as_html(data: bytes, raw_html: bool = False) -> Any:
    reader = MarkdownIt("commonmark", {"html": raw_html}).enable(["table", "strikethrough"])
    return lxml.html.document_fromstring(reader.render(data.decode("utf-8")))


def html_of(data: bytes) -> Any:
    return lxml.html.document_fromstring(data.decode("utf-8"))


def docx_text(data: bytes) -> str:
    body = docx.Document(io.BytesIO(data)).element.body
    for mark in list(body.iter(qn("w:footnoteReference"))):  # Word numbers them as it shows them
        shown = OxmlElement("w:t")
        shown.text = mark.get(qn("w:id"))
        mark.addnext(shown)
    told = ["".join(t.text or "" for t in one.iter(qn("w:t"))) for one in body.iter(qn("w:p"))]
    notes = footnotes(data)
    return "\n".join(
        [*told, *(["Endnotes"] if notes else []), *(f"[{n}] {text}" for n, text in notes.items())]
    )


def footnotes(data: bytes) -> dict[int, str]:
    """The notes that are Word's own, by their numbers."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if "word/footnotes.xml" not in package.namelist():
            return {}
        root = lxml.etree.fromstring(package.read("word/footnotes.xml"))
    return {
        int(note.get(qn("w:id"))): "\n".join(
            "".join(t.text or "" for t in one.iter(qn("w:t"))) for one in note.iter(qn("w:p"))
        )
        for note in root
        if note.get(qn("w:type")) is None
    }


def pdf_text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def word_parts() -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(render(MARKED, "docx"))) as file:
        assert file.testzip() is None
        return {
            name: etree.fromstring(file.read(name))
            for name in file.namelist()
            if name.endswith((".xml", ".rels"))
        }
