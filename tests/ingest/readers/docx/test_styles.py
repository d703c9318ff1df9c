"""A paragraph is what its style makes of it."""

from __future__ import annotations

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from ingest_samples import FIRST, SECOND
from word_samples import STYLES_PART, element, kinds, lines, of_body, rewritten, run, saved

from ingest import read
from ingest.readers.docx.reader import read_word


def test_a_heading_is_known_by_its_outline_level_and_by_the_style_it_is_based_on() -> None:
    document = docx.Document()
    styles = document.styles.element
    styles.append(
        element(
            '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Chapter of ours"/>'
            '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        )
    )
    styles.append(
        element(
            '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Ours"/><w:basedOn w:val="Own"/></w:style>'
        )
    )
    for block in (
        f'<w:p><w:pPr><w:pStyle w:val="Sub"/></w:pPr>{run("The small ports")}</w:p>',
        f"<w:p>{run(SECOND)}</w:p>",
    ):
        document.element.body.insert_element_before(element(block), "w:sectPr")
    read_back = read(saved(document), "a.docx")
    assert kinds(read_back) == [("heading", "The small ports"), ("paragraph", SECOND)]
    assert read_back.blocks[1].heading == "The small ports"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Titolo", ("heading", 1)),
        ("Heading 9", ("heading", 10)),
        ("Heading 10", ("heading", 11)),  # a level that files from LibreOffice have
        ("Header", ("paragraph", 0)),
        ("Caption Small", ("furniture", 0)),
    ],
)
def test_a_style_says_by_its_name_what_a_paragraph_is(name: str, found: tuple[str, int]) -> None:
    document = docx.Document()
    if name not in [style.name for style in document.styles]:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("The small ports", style=name)
    (piece,) = read_word(saved(document)).pieces
    assert (piece.kind, piece.level) == found


def test_captions_and_the_table_of_contents_are_furniture() -> None:
    document = docx.Document()
    document.add_paragraph("Figure 1: The quay in spring", style="Caption")
    document.add_paragraph(FIRST)
    assert kinds(read(saved(document), "a.docx")) == [
        ("furniture", "Figure 1: The quay in spring"),
        ("paragraph", FIRST),
    ]


def test_styles_that_are_based_on_each_other_do_not_hang() -> None:
    def loop(name: str, member: bytes) -> bytes:
        if name != STYLES_PART:
            return member
        styles = (
            '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style></w:styles>'
        )
        return member.replace(b"</w:styles>", styles.encode())

    data = of_body(f'<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>{run(FIRST)}</w:p>')
    assert lines(rewritten(data, loop)) == [FIRST]
