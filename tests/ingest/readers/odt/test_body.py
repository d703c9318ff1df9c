"""A text document gives its headings, lists, notes and tables as they show."""

from __future__ import annotations

from book_samples import kinds, lines, odt, places
from ingest_samples import FIRST, SECOND

from ingest import read


def test_outline_levels_and_the_style_of_titles_make_headings() -> None:
    document = read(
        odt(
            '<text:p text:style-name="P1">Fees in Small Harbours</text:p>'
            f'<text:h text:outline-level="1">What they pay</text:h><text:h text:outline-level="2">By weight</text:h>'
            f"<text:p>{FIRST}</text:p>"
            f'<text:h text:outline-level="1">What they ask</text:h><text:p>{SECOND}</text:p>'
        ),
        "a.odt",
    )
    assert places(document)[FIRST] == "What they pay › By weight"
    assert places(document)[SECOND] == "What they ask"
    assert document.metadata.title == "Fees in Small Harbours"


def test_lists_of_a_text_document_are_numbered_as_they_show() -> None:
    def items(*texts: str) -> str:
        return "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in texts)

    inner = "<text:list><text:list-item><text:p>Of the keel</text:p></text:list-item></text:list>"
    body = (
        f'<text:list text:style-name="L1">{items("Weight")}<text:list-item><text:p>Length</text:p>{inner}'
        f'</text:list-item></text:list><text:p>{FIRST}</text:p><text:list text:style-name="L1" '
        f'text:continue-numbering="true">{items("Cargo")}</text:list><text:p>{SECOND}</text:p>'
        f'<text:list text:style-name="L1">{items("Cranes")}</text:list>'
    )
    assert lines(read(odt(body), "a.odt")) == [
        "1. Weight",
        "2. Length",
        "• Of the keel",
        FIRST,
        "3. Cargo",
        SECOND,
        "1. Cranes",
    ]


def test_notes_follow_their_paragraph_and_deletions_comments_and_hidden_text_are_out() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:p>Two<text:s text:c="900000000"/>cranes<text:tab/>came<text:note text:note-class="footnote">'
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>In spring.</text:p></text:note-body>"
        '</text:note><office:annotation><text:p>comment</text:p></office:annotation>, <text:span text:style-name="T1">'
        "hidden</text:span>as<text:line-break/>said.<draw:frame><draw:text-box><text:p>In a box.</text:p>"
        "</draw:text-box></draw:frame></text:p>"
        f"<text:p>{SECOND}</text:p>"
    )
    document = read(odt(body), "a.odt")
    assert lines(document) == ["Two cranes came, as\nsaid.", "In a box.", "In spring.", SECOND]


def test_merged_cells_of_a_text_document_are_read_in_every_row() -> None:
    body = f"""<text:p>{FIRST}</text:p><table:table><table:table-column/><table:table-header-rows><table:table-row>
    <table:table-cell><text:p>Harbour</text:p></table:table-cell><table:table-cell><text:p>Ship</text:p>
    </table:table-cell><table:table-cell><text:p>Fee</text:p></table:table-cell></table:table-row></table:table-header-rows>
    <table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Lindow</text:p></table:table-cell>
    <table:table-cell><text:p>small</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell>
    </table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:p>large</text:p>
    </table:table-cell><table:table-cell><text:p>19</text:p></table:table-cell></table:table-row></table:table>"""
    assert lines(read(odt(body), "a.odt"))[1:] == [
        "Harbour: Lindow; Ship: small; Fee: 12",
        "Harbour: Lindow; Ship: large; Fee: 19",
    ]


def test_cells_and_rows_repeated_a_million_times_do_not_fill_memory() -> None:
    cell = '<table:table-cell table:number-columns-repeated="999999999"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="999999999">{cell}</table:table-row>'
    assert (
        len(read(odt(f"<text:p>{FIRST}</text:p><table:table>{row * 50}</table:table>"), "a.odt").text)
        < 2_000_000
    )


def test_contents_and_captions_of_a_text_document_are_furniture() -> None:
    body = (
        "<text:table-of-content><text:index-body><text:p>What they pay 3</text:p></text:index-body>"
        f'</text:table-of-content><text:p>{FIRST}</text:p><text:p text:style-name="Caption">A crane at work</text:p>'
    )
    document = read(odt(body), "a.odt")
    assert kinds(document) == {
        "What they pay 3": "furniture",
        FIRST: "paragraph",
        "A crane at work": "furniture",
    }
