"""Recognised lines are set in reading order: columns, rows of tables, headings."""

from __future__ import annotations

from ingest.readers.pdf.ocr_layout import ScannedPage, TextBox, rows_in_order, scanned_parts


def box(text: str, left: float, top: float, height: float = 20, width: float | None = None) -> TextBox:
    return TextBox(text, left, top, left + (width or 10 * len(text)), top + height)


def scanned(*boxes: TextBox, number: int = 1) -> ScannedPage:
    return ScannedPage(number, 1000, 1400, boxes)


def test_columns_are_read_one_after_the_other() -> None:
    boxes = [box("A heading across the whole of the page, above both columns", 50, 50, width=900)]
    for row in range(5):
        boxes.append(box(f"left column, line number {row}", 50, 120 + 30 * row, width=420))
        boxes.append(box(f"right column, line number {row}", 530, 120 + 30 * row, width=420))
    texts = [" ".join(box.text for box in row) for row in rows_in_order(boxes[::-1])]
    assert [text.split(",")[0].split()[0] for text in texts] == ["A"] + ["left"] * 5 + ["right"] * 5
    assert texts[1:6] == [f"left column, line number {row}" for row in range(5)]


def test_rows_of_a_table_stay_rows() -> None:
    rows = [("Harbour", "Tonnes", "Fee"), ("Lindow", "900", "12"), ("Ostra", "400", "19")]
    boxes = [
        box(cell, 50 + 300 * column, 100 + 30 * number)
        for number, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    ]
    parts = scanned_parts([scanned(*boxes)])
    assert [(part.kind, part.text) for part in parts] == [("table", " | ".join(cells)) for cells in rows]


def test_a_page_laid_in_askew_is_read_line_by_line() -> None:
    fall = 0.03  # of the way to the right
    boxes = [
        TextBox(
            f"row {number} {side}",
            left,
            100 + 25 * number + fall * left,
            left + 400,
            120 + 25 * number + fall * left,
            fall,
        )
        for number in range(4)
        for side, left in (("begins", 50), ("ends", 460))
    ]
    rows = [" ".join(box.text for box in row) for row in rows_in_order(boxes)]
    assert rows == [f"row {number} begins row {number} ends" for number in range(4)]


def test_stamps_that_run_down_the_margin_and_running_lines_are_left_out() -> None:
    pages = [
        scanned(
            box("Coastal Trade Review", 50, 20),
            box(f"The text of page {number} stands here, in a line of its own.", 50, 400, width=900),
            TextBox("CONFIDENTIAL", 960, 300, 985, 800),
            box(str(number), 480, 1370),
            number=number,
        )
        for number in (1, 2, 3)
    ]
    parts = scanned_parts(pages)
    assert [part.page for part in parts] == [1, 2, 3]
    assert all("stands here" in part.text and "CONFIDENTIAL" not in part.text for part in parts)


def test_larger_type_makes_a_heading() -> None:
    body = [
        box("words of the body that go on and on to the end of the line", 50, 200 + 30 * row)
        for row in range(6)
    ]
    title = box("The Large Harbour", 50, 60, height=50, width=440)
    parts = scanned_parts([scanned(title, *body)])
    assert (parts[0].kind, parts[0].text) == ("heading", "The Large Harbour")
    assert [part.kind for part in parts[1:]] == ["paragraph"]
