"""Tables and numbered lists keep what spans and counters show."""

from __future__ import annotations

from ingest_samples import FIRST, texts

from ingest import read
from ingest.readers.html.tables import html_table_parts


def test_a_cell_over_rows_or_columns_of_a_web_page_is_named_in_each_row() -> None:
    source = """<h1>Fees</h1><table><caption>Fees by season</caption>
    <tr><th rowspan="2">Coast</th><th rowspan="2">Harbour</th><th colspan="2">Fee</th></tr>
    <tr><th>Spring</th><th>Autumn</th></tr>
    <tr><td rowspan="2">North</td><td>Lindow</td><td>12</td><td>14</td></tr>
    <tr><td>Ostra</td><td colspan="2">closed</td></tr></table>"""
    assert texts(read(source.encode(), "fees.html"), "table") == [
        "Fees by season",
        "Coast: North; Harbour: Lindow; Fee Spring: 12; Fee Autumn: 14",
        "Coast: North; Harbour: Ostra; Fee Spring: closed",
    ]


def test_cells_over_thousands_of_rows_and_columns_are_no_way_to_fill_the_memory() -> None:
    row = "<tr>" + '<td rowspan="9999" colspan="9999">fee</td>' * 50 + "</tr>"
    document = read(f"<table>{row * 50}</table><p>{FIRST}</p>".encode(), "wide.html")
    assert len(document.text) < 50 * 200 * len("fee | ")


def test_items_of_a_numbered_list_keep_their_numbers() -> None:
    steps = '<ol start="3"><li>Weigh</li><li><p>Pay</p><p>At the office.</p></li></ol><ul><li>Go</li></ul>'
    document = read(f"<p>{FIRST}</p>{steps}".encode(), "steps.html")
    assert texts(document, "list") == ["3. Weigh", "4. Pay", "• Go"]
    assert "At the office." in texts(document, "paragraph")


def test_a_title_above_the_columns_is_a_row_of_its_own() -> None:
    rows = [["Fees", ""], ["Harbour", "Fee"], ["Lindow", "12"]]
    marks = [[True, True], [True, True], [False, False]]
    assert [part.text for part in html_table_parts(rows, marks)] == ["Fees", "Harbour: Lindow; Fee: 12"]


def test_unmarked_cells_are_a_header_only_if_they_look_like_one() -> None:
    rows, marks = [["Harbour", "12"], ["Lindow", "19"]], [[False, False], [False, False]]
    assert [part.text for part in html_table_parts(rows, marks)] == ["Harbour | 12", "Lindow | 19"]
    assert [part.text for part in html_table_parts(rows, [[True, True], [False, False]])] == [
        "Harbour: Lindow; 12: 19"
    ]
    assert list(html_table_parts([["", ""]], [[False, False]])) == []
