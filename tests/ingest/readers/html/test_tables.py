"""Tables and numbered lists keep what spans and counters show."""

from __future__ import annotations

from ingest_samples import FIRST, texts

from ingest import read


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
