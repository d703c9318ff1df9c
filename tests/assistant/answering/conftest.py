"""A desk over two reports on a fallen bridge and fined traders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Settings

BRIDGE = """The bridge at Kolda

The bridge at Kolda fell in March 2021 after three weeks of rain. Nobody was hurt when it fell. Engineers
blamed rusted cables, because no repairs had been made since 2009.

The ministry of works promised 4.2 million francs for a new bridge. Governor Aminata Traoré said that the
money had not arrived by June 2021.
"""


FISH = """Fishing on the upper river

Twelve traders from Kayes were fined in May 2022 for selling undersized fish. The fines came to 300 francs
each. Fishermen said that they had not been told of the new rules.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Assistant]:
    (tmp_path / "bridge.txt").write_text(BRIDGE, "utf8")
    (tmp_path / "fish.txt").write_text(FISH, "utf8")
    with Assistant.open(settings=Settings(data_dir=tmp_path / "data")) as desk:
        report = desk.add([str(tmp_path / "bridge.txt"), str(tmp_path / "fish.txt")])
        assert [one.status for one in report.documents] == ["added", "added"]
        yield desk
