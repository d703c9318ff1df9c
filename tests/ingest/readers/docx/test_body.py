"""Boxes, notes and tables stand in reading order."""

from __future__ import annotations

from ingest_samples import FIRST, SECOND
from word_samples import NAMESPACES, cell, kinds, lines, of_body, rewritten, run, table

from ingest import read


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    first = (
        "<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='x'/></w:rPr></w:pPr>"
        + run("The ministry has ")
        + "</w:p>"
    )
    assert lines(of_body(first, f"<w:p>{run('not answered.')}</w:p>")) == ["The ministry has not answered."]


def test_a_text_box_is_read_once_after_the_paragraph_it_hangs_on() -> None:
    box = f"<w:txbxContent><w:p>{run('Two cranes came.')}</w:p></w:txbxContent>"
    paragraph = (
        f"<w:p>{run('The harbour grew.')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines(of_body(paragraph, f"<w:p>{run('Ships followed.')}</w:p>")) == [
        "The harbour grew.",
        "Two cranes came.",
        "Ships followed.",
    ]


def with_footnotes(data: bytes) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="0"><w:p>{run("-----")}</w:p></w:footnote>'
        f'<w:footnote w:id="2"><w:p>{run("By the old law.")}</w:p></w:footnote></w:footnotes>'
    )

    def change(name: str, member: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            relation = f'<Relationship Id="rIdNotes" Type="{kind}" Target="footnotes.xml"/></Relationships>'
            return member.replace(b"</Relationships>", relation.encode())
        return member

    return rewritten(data, change, {"word/footnotes.xml": notes})


def test_a_footnote_stands_after_the_paragraph_that_it_notes() -> None:
    data = of_body(
        f'<w:p>{run("Fees are low.")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
        f"<w:p>{run('They were set years ago.')}</w:p>",
    )
    assert lines(with_footnotes(data)) == ["Fees are low.", "By the old law.", "They were set years ago."]


def test_a_cell_over_several_rows_stands_in_each_of_them() -> None:
    begun, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    data = of_body(
        table(
            cell("Coast") + cell("Harbour") + cell("Fee"),
            cell("North", begun) + cell("Lindow") + cell("12"),
            cell("", goes_on) + cell("Ostra") + cell("19"),
        )
    )
    assert lines(data) == ["Coast: North; Harbour: Lindow; Fee: 12", "Coast: North; Harbour: Ostra; Fee: 19"]


def test_a_cell_over_several_columns_leaves_the_others_in_theirs() -> None:
    data = of_body(
        table(
            cell("Harbour") + cell("Spring") + cell("Autumn"),
            cell("Lindow") + cell("closed", '<w:gridSpan w:val="2"/>'),
            cell("Ostra") + cell("4") + cell("5"),
        )
    )
    assert lines(data) == ["Harbour: Lindow; Spring: closed", "Harbour: Ostra; Spring: 4; Autumn: 5"]


def test_a_table_that_only_places_text_is_read_as_text() -> None:
    assert kinds(read(of_body(table(cell(FIRST), cell(SECOND))), "a.docx")) == [
        ("paragraph", FIRST),
        ("paragraph", SECOND),
    ]
