"""The panel beside a briefing, as the page shows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from export_samples import BRIEFING
from page_values import citation

from assistant import Assistant
from assistant.pages.briefing import source_panel
from assistant.pages.shared import common


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is shown on the page, in place of the page."""
    pieces: list[str] = []
    monkeypatch.setattr(common, "show", lambda markup, **_: pieces.append(markup))
    return pieces


def test_each_citation_has_its_words_in_place_or_alone_where_the_report_has_gone(
    desk: Assistant, tmp_path: Path, shown: list[str]
) -> None:
    text = "The Bamboula canal was closed. Its third lock had burst."
    (tmp_path / "canal.txt").write_text(f"{text}\n")
    desk.add([str(tmp_path / "canal.txt")])
    (report,) = desk.documents()
    quote = "Its third lock had burst."
    start = desk.text(report.document_id).index(quote)
    held = citation(
        1, document_id=report.document_id, generation=0, start=start, end=start + len(quote), quote=quote
    )
    source_panel.show(desk, replace(BRIEFING, citations=(held, citation(2, quote="It <b>rained</b>."))))
    rows = lxml.html.fromstring("".join(shown)).find_class("bd-behind")
    assert [row.get("data-behind") for row in rows] == ["1", "2"]
    assert [row.findtext(".//mark") for row in rows] == [quote, "It <b>rained</b>."]
    assert "The Bamboula canal was closed." in rows[0].text_content()
    assert "grade B2" in rows[0].text_content() and "16 May 2022" in rows[0].text_content()
