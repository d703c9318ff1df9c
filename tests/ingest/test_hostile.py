"""Hostile and damaged files, added as any file is, stop nothing but themselves: a short form of the benchmark,
with which it shares the makers of the files."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import chain

import hostile_packages
import hostile_pdfs
import hostile_texts
import pytest
from good_files import good_files
from hostile_files import Unreachable, Watch, mutations

pytestmark = pytest.mark.index

# Those that are read within a second.
SMALL = 300_000  # bytes


@pytest.fixture(scope="module")
def unreachable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Unreachable]:
    with Unreachable(tmp_path_factory.mktemp("secret")) as unreachable:
        yield unreachable


@pytest.fixture(scope="module")
def watch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watch]:
    with Watch(tmp_path_factory.mktemp("watched")) as watch:
        yield watch


def hostile(unreachable: Unreachable, number: int) -> list[tuple[str, bytes]]:
    made = chain(
        hostile_packages.paths(),
        hostile_packages.reaching_out(unreachable.outside),
        hostile_pdfs.structures(),
        hostile_texts.disguises(),
    )
    small = [(name, data) for name, data in made if len(data) < SMALL]
    return random.Random(5).sample(small, number)


def test_hostile_files_stop_nothing_but_themselves(watch: Watch, unreachable: Unreachable) -> None:
    outcomes = [watch.add(name, data) for name, data in hostile(unreachable, 40)]
    assert {one.name: one.faults for one in outcomes if one.faults} == {}
    assert not unreachable.reached()


def test_damaged_files_stop_nothing_but_themselves(watch: Watch) -> None:
    outcomes = [watch.add(name, data) for name, data in mutations(good_files(), 60)]
    assert {one.name: one.faults for one in outcomes if one.faults} == {}
    assert any("added" in one.codes for one in outcomes)
    assert any("unreadable" in one.codes for one in outcomes)


@pytest.mark.parametrize(
    "source",
    [
        "<!--" * 250_000,
        "<?" * 300_000,
        f"---\nauthor: A{' ' * 500_000}B\n---\n\nGrain.",
        f"---\nkey{' ' * 500_000}value\n---\n\nGrain.",
    ],
    ids=["comments", "instructions", "a name of spaces", "a key of spaces"],
)
def test_marks_without_end_take_no_longer_than_their_length(watch: Watch, source: str) -> None:
    # Rules that look through the rest of the text at each mark would run into the limit on time.
    assert watch.add("marks.md", source.encode()).codes[0] in ("added", "empty", "duplicate")


def test_what_is_written_elsewhere_is_noticed(watch: Watch) -> None:
    (watch.outside / "home" / "left-behind").write_text("x")
    assert any("outside" in fault for fault in watch.add("a.txt", b"Only words here.").faults)
