"""Delimited text is read whatever its delimiter and encoding."""

from __future__ import annotations

import pytest
from office_samples import lines

from ingest import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Region,Killed\nKayes,40\n", ["Row 2: Region: Kayes; Killed: 40"]),
        ("Region;Share\nKayes;1,5\nGao;2,5\n", ["Row 2: Region: Kayes; Share: 1,5", "Row 3: Region: Gao; Share: 2,5"]),
        ("Region\tNote\nKayes\tone, two\n", ["Row 2: Region: Kayes; Note: one, two"]),
        ("Region|Killed|\nKayes|40|\n", ["Row 2: Region: Kayes; Killed: 40"]),
        ("sep=;\nRegion;Killed\nKayes;40\n", ["Row 2: Region: Kayes; Killed: 40"]),
        (
            'Region,Note\nKayes,"two\nlines, ""quoted"""\nGao,x y\n',
            ['Row 2: Region: Kayes; Note: two lines, "quoted"', "Row 3: Region: Gao; Note: x y"],
        ),
        # A row with more cells than there are names: which name is whose is unknown.
        ("Region,Note,Killed\nKayes,one, two,40\nGao\n", ["Row 2: Kayes; one; two; 40", "Row 3: Region: Gao"]),
        ("Kayes,40\nGao,7\n", ["Row 1: Kayes; 40", "Row 2: Gao; 7"]),
        ("Killed by region,\nRegion,Killed\nKayes,40\n", ["Killed by region", "Row 3: Region: Kayes; Killed: 40"]),
        ("Region,Killed\n\nKayes,40\n\nGao,7\n", ["Row 3: Region: Kayes; Killed: 40", "Row 5: Region: Gao; Killed: 7"]),
        ("Region,Ratio\nKayes,#DIV/0!\nGao,3\n", ["Row 2: Region: Kayes", "Row 3: Region: Gao; Ratio: 3"]),
        # A quotation mark that is never closed swallows nothing.
        ('Region,Note\nKayes,"open\nGao,7\n', ['Row 2: Region: Kayes; Note: "open', "Row 3: Region: Gao; Note: 7"]),
        # One column, commas and all.
        ("The port, it says\nhas lost.\nNobody answered\n", ["The port, it says", "has lost.", "Nobody answered"]),
        ("Harbour\nLindow\nOstra\n", ["Harbour", "Lindow", "Ostra"]),
        ('"Lindow, the old\nport"\n"Ostra"\n', ["Lindow, the old\nport", "Ostra"]),
        # Uneven rows.
        ("a,b,c\n1,2\n1,2,3,4\n1,2,3,4,5\n", ["Row 2: a: 1; b: 2", "Row 3: 1; 2; 3; 4", "Row 4: 1; 2; 3; 4; 5"]),
    ],
)  # fmt: skip
def test_delimited_text_is_read_whatever_its_delimiter(text: str, expected: list[str]) -> None:
    document = read(text.encode(), "a.csv")
    assert document.kind == "csv"
    assert lines(document) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_delimited_text_is_read_in_any_encoding(encoding: str) -> None:
    data = "Région;Tués\nSégou, près de la forêt;40\nKoulikoro;7\n".encode(encoding)
    assert lines(read(data, "a.csv")) == [
        "Row 2: Région: Ségou, près de la forêt; Tués: 40",
        "Row 3: Région: Koulikoro; Tués: 7",
    ]


def test_a_line_above_delimited_text_is_its_title_and_an_events_date_no_publication() -> None:
    metadata = read(b"Killed by region,,\nRegion,Killed,When\nKayes,40,2021-05-04\n", "a.csv").metadata
    assert (metadata.title, metadata.published) == ("Killed by region", None)
    assert read(b"Kayes,40,2021-05-04\nGao,7,2021-05-05\n", "a.csv").metadata.published is None
