"""The source dialog: grades, and what is said of a report that has changed since."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_values import citation, record

from assistant import Assistant
from assistant.pages.shared import source


@pytest.mark.parametrize(
    ("grade", "credibility", "words"),
    [("B", 2, "B2"), ("B", None, "B6"), (None, 2, "F2"), (None, None, "")],
)
def test_a_grade_is_told_once_half_of_it_is_set(
    grade: str | None, credibility: int | None, words: str
) -> None:
    assert source.grade_words(record(grade=grade, credibility=credibility)) == words


def test_words_of_an_earlier_version_and_of_a_removed_report_are_told_as_such(
    desk: Assistant, tmp_path: Path
) -> None:
    path = tmp_path / "canal.txt"
    path.write_text("The Bamboula canal was closed because its third lock had burst.\n")
    desk.add([str(path)])
    (before,) = desk.documents()
    cited = citation(document_id=before.document_id, generation=before.generation)
    text = desk.text(before.document_id)
    assert source._notice(desk, cited, before, text) == ""
    path.write_text("The Bamboula canal was closed because its fourth lock had burst.\n")
    desk.add([str(path)])
    after = desk.document(before.document_id)
    assert after.generation != before.generation
    assert "earlier version" in source._notice(desk, cited, after, text)
    assert "removed" in source._notice(desk, cited, None, text)
