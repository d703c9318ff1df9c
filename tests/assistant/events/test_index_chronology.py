"""The chronology of a whole index, and what verification says of it."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from vectorstore import Filters

REPORTS = {
    "wire.md": """---
title: Water over the quays
publisher: River Wire
date: 2022-05-16
---

At least 14 people were killed in the floods at Sarrel on 15 May 2022, the harbour master Odile Brandt said.
The army evacuated the old town of Sarrel on Monday with rubber boats. The port will reopen to barges by 1 June 2022.
""",
    "gazette.md": """---
title: A town counts its dead
publisher: Delta Gazette
date: 2022-07-18
---

Floods killed at least 22 people at Sarrel on 15 May 2022. The council dismissed Mayor Jonas Achterberg in June.
""",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Assistant]:
    folder, data = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("index") / "data"
    shutil.copytree(models, data / "models")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, "utf-8")
    with Assistant.open(data) as opened:
        opened.add([str(folder)])
        yield opened


def test_the_chronology_of_an_index_has_each_event_once_with_all_who_tell_it(desk: Assistant) -> None:
    made = desk.chronology()
    assert [(one.date, len(one.citations)) for one in made.events] == [
        ("2022-05-15", 2), ("2022-05-16", 1), ("2022-06", 1),
    ]  # fmt: skip
    flood = made.events[0]
    assert flood.place == "Sarrel" and flood.casualties is not None
    assert [one.number for one in made.citations] == [1, 2, 3, 4]
    for one in made.citations:
        assert desk.text(one.document_id)[one.start : one.end] == one.quote


def test_a_chronology_as_of_a_day_uses_nothing_that_was_published_later(desk: Assistant) -> None:
    made = desk.chronology(Filters(as_of="2022-05-31"))
    assert {one.published for one in made.citations} == {"2022-05-16"}
    assert [one.date for one in made.events] == ["2022-05-15", "2022-05-16"]


def test_verify_finds_a_row_that_is_changed_in_any_part(desk: Assistant) -> None:
    saved = desk.brief("floods at Sarrel").to_json()
    assert saved["chronology"] and desk.verify(saved)["ok"]
    for name, other in (
        ("text", "The army shelled Sarrel."), ("date", "2022-05-14"), ("place", "Hallum"), ("actor", "pirates"),
        ("casualties", "99 people killed"),
    ):  # fmt: skip
        changed = copy.deepcopy(saved)
        changed["chronology"][0][name] = other
        (problem,) = desk.verify(changed)["problems"]
        assert problem["where"] == "chronology 1"
