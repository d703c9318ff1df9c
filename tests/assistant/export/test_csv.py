"""Chronologies as CSV, read back by Python's own reader."""

from __future__ import annotations

import csv
import io

import pytest
from export_samples import BRIEFING, citation

from assistant.export.csv import COLUMNS, render, table
from assistant.results.briefing import Event


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_file_begins_with_the_mark_by_which_excel_knows_utf_8() -> None:
    data = render(BRIEFING)
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == 3
    assert tuple(rows(data)[0]) == COLUMNS


def test_an_event_is_a_row_with_all_its_sources_and_quotes() -> None:
    event = Event("2022-05", "The dyke broke.", (2, 1), "Kayes", "the army", "3 killed")
    (row,) = rows(table([event], [citation(1, "It broke."), citation(2, "It burst.", publisher=None)]))
    assert (row["date"], row["precision"], row["place"], row["actor"]) == (
        "2022-05",
        "month",
        "Kayes",
        "the army",
    )
    assert row["casualties"] == "3 killed" and row["quotes"] == "It burst.\nIt broke."
    assert row["sources"].split("\n") == [
        "Water over the quays, 16 May 2022", "River Wire, Water over the quays, 16 May 2022",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =HYPERLINK(1)", "＝1+1"])
def test_no_cell_is_a_formula(text: str) -> None:
    (row,) = rows(table([Event("2022", text, (1,), text)], [citation(1, text)]))
    for column in ("what happened", "place", "quotes"):
        assert row[column].startswith("'") and row[column].endswith(text.strip())


def test_a_number_that_no_citation_has_is_an_error_and_no_empty_cell() -> None:
    with pytest.raises(KeyError):
        table([Event("2022", "It rained.", (7,))], [citation(1, "It rained.")])
