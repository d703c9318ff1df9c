"""The same words of two reports are evidence once; a corrected figure is not the same words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Settings

WIRE = """The ferry Sokolo ran aground on the sandbank below Mopti on Tuesday night with 62 people aboard. Fishermen
took the passengers off in their boats before midnight, and nobody was hurt. The company says that the buoy which
marks the channel had been missing since the flood of August.
"""
LOCAL = """Herders moved their cattle north after the rain. The mayor of Bankass said that the wells were full again
and that nobody had come to blows over them this year, unlike in the two years before.
"""
QUESTION = "How many people were aboard the ferry Sokolo?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wire.txt").write_text(f"River News\n\n{WIRE}", "utf8")
    (tmp_path / "local.txt").write_text(LOCAL, "utf8")
    return tmp_path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Assistant]:
    with Assistant.open(settings=Settings(data_dir=tmp_path / "data")) as desk:
        yield desk


def test_the_same_words_on_another_site_are_cited_once(desk: Assistant, folder: Path) -> None:
    (folder / "copy.txt").write_text(f"Delta Herald\n\nBy our correspondent\n\n{WIRE}", "utf8")
    desk.add([str(folder / name) for name in ("wire.txt", "local.txt", "copy.txt")])
    assert len({one.family for one in desk.documents()} - {None}) == 1
    quotes = [citation.quote for citation in desk.ask(QUESTION).citations]
    assert any("62 people" in quote for quote in quotes) and len(quotes) == len(set(quotes))
    assert len(desk.search(QUESTION)) >= 3  # search itself leaves nothing out


def test_a_corrected_version_with_another_figure_is_not_left_out(desk: Assistant, folder: Path) -> None:
    (folder / "corrected.txt").write_text(f"Delta Herald\n\n{WIRE.replace('62', '58')}", "utf8")
    desk.add([str(folder / name) for name in ("wire.txt", "local.txt", "corrected.txt")])
    gathered = " ".join(passage.text for passage in desk.gather(QUESTION, 10).passages)
    assert "62 people" in gathered and "58 people" in gathered
