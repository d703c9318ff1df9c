"""A cell's value is written as its sheet shows it."""

from __future__ import annotations

import datetime

import pytest

from ingest.readers.common.cells import cell_text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (40.0, "General", "40"),
        (0.1 + 0.2, "General", "0.3"),
        (0.125, "0.0%", "12.5%"),
        (0.285, "0%", "29%"),
        (1234.567, "#,##0.00", "1234.57"),
        (12.5, "0.##", "12.5"),
        (7, "00000", "00007"),
        (12_345_678, '0.0,,"M"', "12.3M"),
        (-1200, '_("$"* #,##0_);_("$"* \\(#,##0\\)', "-$1200"),
        (3.5, '0.0" km"', "3.5 km"),
        (1200, "#,##0 [$€-407]", "1200 €"),
        (-0.001, "0.00", "0"),
        (1e20, "0", "1e+20"),
        (1234567890123456, "0", "1234567890123456"),
        (float("nan"), "General", ""),
        (True, "General", "TRUE"),
        (datetime.datetime(2021, 3, 1), "mm-dd-yy", "2021-03-01"),
        (datetime.datetime(2021, 3, 1), "mmm-yy", "2021-03"),  # the format shows no day
        (datetime.datetime(2021, 3, 1), "yyyy", "2021"),
        (datetime.datetime(2021, 3, 1, 12, 30), "d/m/yy h:mm", "2021-03-01 12:30"),
        (datetime.datetime(2021, 3, 1, 12, 30), '[$-409]d" of "mmmm yyyy', "2021-03-01"),
        (datetime.time(9, 5), "h:mm", "09:05"),
        (datetime.timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        ("#REF!", "General", ""),
        ("two\n lines", "@", "two lines"),
        (None, "General", ""),
    ],
)
def test_a_value_is_written_as_the_sheet_shows_it(value: object, number_format: str, text: str) -> None:
    assert cell_text(value, number_format) == text
