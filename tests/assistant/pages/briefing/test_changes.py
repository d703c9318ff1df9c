"""What has changed among the reports of a briefing since it was written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from export_samples import BRIEFING
from page_values import citation

from assistant import Assistant
from assistant.pages.briefing.changes import _changed_reports
from assistant.results.briefing import Briefing


def add(desk: Assistant, path: Path, text: str) -> str:
    path.write_text(f"{text}\n")
    assert desk.add([str(path)]).documents[0].status == "added"
    return desk.documents()[-1].document_id


def test_reports_added_removed_and_changed_are_counted(desk: Assistant, tmp_path: Path) -> None:
    names = [tmp_path / f"{name}.txt" for name in ("canal", "ferry", "dyke")]
    first = add(desk, names[0], "The Bamboula canal was closed because its third lock had burst.")
    second = add(desk, names[1], "The ferry Diama Queen carried 1,870 passengers in February.")
    cited = [citation(n, document_id=one, generation=desk.document(one).generation, published=None)
             for n, one in enumerate((first, second), 1)]  # fmt: skip
    briefing: Briefing = replace(BRIEFING, citations=tuple(cited), inputs={"last_report": second})
    assert _changed_reports(desk, briefing) == ""
    add(desk, names[2], "The dyke at Podor broke in the night of the flood.")
    assert _changed_reports(desk, briefing) == "1 report added"
    desk.edit(first, published="2022-05")
    assert _changed_reports(desk, briefing) == "1 report added, 1 cited report changed"
    desk.remove([first])
    assert _changed_reports(desk, briefing) == "1 report added, 1 cited report removed"
    unknown = replace(briefing, inputs={})
    assert _changed_reports(desk, unknown) == "1 cited report removed", "what was there then is not known"
