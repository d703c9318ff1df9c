"""Reads charts and SmartArt diagrams of slides and Word files from their XML: titles, categories, series, nodes."""

from __future__ import annotations

from itertools import chain
from typing import Any

from ingest.readers.common.cells import cell_text
from ingest.readers.common.draft import DraftPart
from ingest.readers.common.ooxml import DRAWING
from ingest.readers.common.table_rows import rows_as_parts
from ingest.text.cleaning import one_line

_MOST_POINTS = 500  # of a series; nobody quotes numbers from a chart with more


def chart_parts(chart: Any) -> list[DraftPart]:
    """The title of a chart as a paragraph, and a table row for each category: "Kayes; Killed: 40; Wounded: 12".

    `chart` is the `c:chartSpace` element.
    """
    names = []
    series = []
    labels: dict[int, str] = {}
    for element in chart.iter("{*}ser"):
        values = _points(element, "val", "yVal")
        if not values:
            continue
        names.append(one_line("".join(value.text or "" for value in element.iterfind("{*}tx//{*}v"))))
        series.append(values)
        labels = {**_points(element, "cat", "xVal"), **labels}
    indices = sorted(set(chain.from_iterable(series)))[:_MOST_POINTS]
    rows = [["", *names]] if any(names) else []
    rows += [[labels.get(index, ""), *(values.get(index, "") for values in series)] for index in indices]
    title = chart.find("{*}chart/{*}title")
    parts = [DraftPart(_drawing_text(title))] if title is not None else []
    return [*parts, *rows_as_parts(rows, header=any(names))]


def diagram_lines(diagram: Any) -> list[str]:
    """The text of each node of a SmartArt diagram, in the order of the file, which is that in which they were made."""
    return [
        line
        for node in diagram.iter("{*}pt")
        for paragraph in node.iterfind("{*}t/{*}p")
        if (line := _drawing_text(paragraph))
    ]


def _points(series: Any, *names: str) -> dict[int, str]:
    """Index -> text of the points of a series, from the first of the elements in `names` that it has."""
    for name in names:
        data = series.find(f"{{*}}{name}")
        if data is None:
            continue
        number_format = next((form.text for form in data.iter("{*}formatCode") if form.text), "General")
        numeric = data.find("{*}numRef") is not None or data.find("{*}numLit") is not None
        points: dict[int, str] = {}
        for point in data.iter("{*}pt"):
            # If categories have levels, the first is the one beside the axis.
            value = point.findtext("{*}v") or ""
            points.setdefault(
                int(point.get("idx", 0)),
                _number_as_shown(value, number_format) if numeric else one_line(value),
            )
        return points
    return {}


def _number_as_shown(text: str, number_format: str) -> str:
    """A number of the XML as the chart shows it: `_number_as_shown("0.125", "0.0%") == "12.5%"`."""
    from openpyxl.styles.numbers import is_date_format
    from openpyxl.utils.datetime import from_excel

    try:
        number = float(text)
        value = from_excel(number) if is_date_format(number_format) else number
    except (ValueError, OverflowError):
        return one_line(text)
    return cell_text(value, number_format)


def _drawing_text(element: Any) -> str:
    """The text of DrawingML within an element, on one line."""
    return one_line("".join(text.text or "" for text in element.iter(f"{DRAWING}t")))
