"""A chart is rows of its categories, each value with the name of its series; a diagram the text of its nodes."""

from __future__ import annotations

from typing import Any

from ingest.readers.common.charts import chart_parts, diagram_lines
from ingest.readers.common.zip_package import parsed_xml

NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)


def points(values: list[str], number_format: str = "") -> str:
    form = f"<c:formatCode>{number_format}</c:formatCode>" if number_format else ""
    return form + "".join(
        f'<c:pt idx="{index}"><c:v>{value}</c:v></c:pt>' for index, value in enumerate(values)
    )


def series(
    name: str, values: list[str], number_format: str = "General", categories: list[str] | None = None
) -> str:
    names = (
        f"<c:tx><c:strRef><c:strCache><c:pt idx='0'><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>"
    )
    cat = f"<c:cat><c:strRef>{points(categories)}</c:strRef></c:cat>" if categories else ""
    val = f"<c:val><c:numRef>{points(values, number_format)}</c:numRef></c:val>"
    return f"<c:ser>{names if name else ''}{cat}{val}</c:ser>"


def chart(*all_series: str, title: str = "") -> Any:
    text = f"<c:title><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:title>" if title else ""
    return parsed_xml(
        f"<c:chartSpace {NAMESPACES}><c:chart>{text}{''.join(all_series)}</c:chart></c:chartSpace>"
    )


def test_a_row_names_its_category_and_its_series() -> None:
    parts = chart_parts(
        chart(
            series("Killed", ["40", "7"], categories=["Kayes", "Gao"]),
            series("Wounded", ["12", ""]),
            title="Attacks",
        )
    )
    assert [(part.kind, part.text) for part in parts] == [
        ("paragraph", "Attacks"),
        ("table", "Kayes; Killed: 40; Wounded: 12"),
        ("table", "Gao; Killed: 7"),
    ]


def test_values_are_written_as_the_chart_shows_them() -> None:
    (part,) = chart_parts(chart(series("Share", ["0.125"], "0.0%", ["Gao"])))
    assert part.text == "Gao; Share: 12.5%"
    (part,) = chart_parts(chart(series("Day", ["44256"], "yyyy\\-mm\\-dd", ["Gao"])))
    assert part.text.endswith("2021-03-01")


def test_series_without_names_are_rows_without_columns() -> None:
    assert [
        part.text for part in chart_parts(chart(series("", ["40", "7"], categories=["Kayes", "Gao"])))
    ] == [
        "Kayes | 40",
        "Gao | 7",
    ]


def test_a_chart_of_thousands_of_points_is_cut() -> None:
    assert len(chart_parts(chart(series("", ["1"] * 2000)))) == 500


def test_a_diagram_gives_the_lines_of_its_nodes() -> None:
    nodes = "".join(
        f"<d:pt><d:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>" for text in ("Weigh", "Pay")
    )
    assert diagram_lines(parsed_xml(f"<d:dataModel {NAMESPACES}>{nodes}<d:pt/></d:dataModel>")) == [
        "Weigh",
        "Pay",
    ]
