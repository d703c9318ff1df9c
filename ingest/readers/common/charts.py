"""Charts and diagrams of slides and Word files, read from their XML: titles, categories, series and nodes."""

from __future__ import annotations

from itertools import chain
from typing import Any

from ingest.readers.common.cells import cell_text
from ingest.readers.common.draft import DraftPart
from ingest.readers.common.ooxml import DRAWING
from ingest.readers.common.table_rows import rows_as_parts
from ingest.text.cleaning import one_line

_MOST_POINTS = 500  # of a series; a chart of more is no figure to be quoted from


def chart_parts(chart: Any) -> list[DraftPart]:
    """A chart's title as a paragraph and a row for each category: "Kayes; Killed: 40; Wounded: 12"."""
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
    places = sorted(set(chain.from_iterable(series)))[:_MOST_POINTS]
    rows = [["", *names]] if any(names) else []
    rows += [[labels.get(place, ""), *(values.get(place, "") for values in series)] for place in places]
    title = chart.find("{*}chart/{*}title")
    parts = [DraftPart(_drawn_text(title))] if title is not None else []
    return [*parts, *rows_as_parts(rows, header=any(names))]


def diagram_lines(diagram: Any) -> list[str]:
    """The text of each node of a SmartArt diagram, in the order in which they were made."""
    return [
        line
        for node in diagram.iter("{*}pt")
        for paragraph in node.iterfind("{*}t/{*}p")
        if (line := _drawn_text(paragraph))
    ]


def _points(series: Any, *names: str) -> dict[int, str]:
    """Index -> text of the first of the named data of a series that it has."""
    for name in names:
        data = series.find(f"{{*}}{name}")
        if data is None:
            continue
        number_format = next((form.text for form in data.iter("{*}formatCode") if form.text), "General")
        numeric = data.find("{*}numRef") is not None or data.find("{*}numLit") is not None
        points: dict[int, str] = {}
        for point in data.iter("{*}pt"):
            # Of categories in levels the first is the one that stands at the axis.
            value = point.findtext("{*}v") or ""
            points.setdefault(
                int(point.get("idx", 0)), _value(value, number_format) if numeric else one_line(value)
            )
        return points
    return {}


def _value(text: str, number_format: str) -> str:
    from openpyxl.styles.numbers import is_date_format
    from openpyxl.utils.datetime import from_excel

    try:
        number = float(text)
        value = from_excel(number) if is_date_format(number_format) else number
    except (ValueError, OverflowError):
        return one_line(text)
    return cell_text(value, number_format)


def _drawn_text(element: Any) -> str:
    return one_line("".join(text.text or "" for text in element.iter(f"{DRAWING}t")))
