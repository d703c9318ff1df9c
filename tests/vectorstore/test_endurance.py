"""What an index goes through in years, in short: kills, damage, full disks, changed rights, clocks and versions.

Each of the first is the short form of the script of that name in tests/benchmarks.
"""

from __future__ import annotations

import json
import math
import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import canaries
import damage
import full_disk
import kills
import pytest
import replacing_while_reading
import simultaneous_adds
from hashed_model import BRIEFING, HashedModel
from putting import Clock

from assistant import Assistant, Settings
from vectorstore.errors import NewerIndex

pytestmark = pytest.mark.slow

_PASSAGES = 400
_QUESTION = "How many ferries did the harbour master count?"
_FIRST = "The harbour master counted 214 ferries on the river in May 2021.\n"
_SECOND = "The lock keeper counted 77 barges on the canal in June 2021.\n"


@pytest.mark.parametrize("kind", kills.KINDS)
def test_what_was_done_before_a_kill_is_there_whole_and_once(kind: str, tmp_path: Path) -> None:
    result = kills.run(kind, 3, tmp_path)
    assert (result.reopened, dict(result.faults)) == (3, {})


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An index to take copies of, and an older copy of its Chroma folder."""
    return damage.make(_PASSAGES, tmp_path_factory.mktemp("damaged"))


@pytest.mark.parametrize(("kind", "state"), zip(damage.KINDS, damage.STATES * 2, strict=True))
def test_damage_is_found_and_mended_and_costs_no_answer(
    kind: damage.Damage, state: str, damaged: tuple[Path, Path], tmp_path: Path
) -> None:
    result = damage.run(kind, 1, _PASSAGES, *damaged, tmp_path, states=(state,))
    assert result.failed == [] and result.mended == 1
    assert min(result.recall) > 0.99


def test_no_answer_mixes_versions_while_reports_are_replaced_and_the_one_who_replaces_is_killed(
    tmp_path: Path,
) -> None:
    result = replacing_while_reading.run(replacements=10, kills=2, readers=2, folder=tmp_path)
    assert result.faults == [] and result.answers > 0


def test_reports_added_from_everywhere_at_once_are_all_there(tmp_path: Path) -> None:
    result = simultaneous_adds.run(6, tmp_path, patience=math.inf)
    assert result.faults == [] and result.done + result.refused == 6


def test_no_word_of_what_was_purged_is_left_in_any_file(tmp_path: Path) -> None:
    files, found = canaries.left_after_purge(12, tmp_path)
    assert files > 0 and found == []


def test_much_replacing_does_not_bloat_an_index(tmp_path: Path) -> None:
    worn, fresh = canaries.sizes(3, tmp_path)
    assert worn <= 2 * fresh


@pytest.fixture
def disk() -> Iterator[Path]:
    """A small file system of its own."""
    with ExitStack() as stack:
        try:
            place = stack.enter_context(full_disk.small_disk())
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"no small disk can be mounted here: {getattr(error, 'stderr', error)}")
        yield place


def test_a_full_disk_ends_in_clear_errors_and_answers_go_on(disk: Path, tmp_path: Path) -> None:
    result = full_disk.run(3, disk, tmp_path)
    assert result.faults == []
    assert result.failed == 3 and result.answered == result.fitted + 3


# -- a folder that can be read alone


class Folder:
    """A data folder beside reports, used by processes that may only read it until they are allowed to write."""

    def __init__(
        self, place: Path, forbid: Callable[[], None], allow: Callable[[], None], *through: str
    ) -> None:
        self.reports, self.forbid, self.allow = place, forbid, allow
        self._command = [*through, *BRIEFING, "--data-dir", str(place / "data")]

    def briefing(self, *arguments: object) -> tuple[int, dict[str, Any]]:
        run = subprocess.run([*self._command, *map(str, arguments), "--json"], capture_output=True, text=True)
        return run.returncode, json.loads(run.stdout)


@pytest.fixture
def without_rights(tmp_path: Path) -> Iterator[Folder]:
    place = tmp_path / "place"
    place.mkdir()
    through: tuple[str, ...] = ()
    if os.geteuid() == 0:  # who may write everywhere, unless that right is taken away
        through = ("setpriv", "--bounding-set=-dac_override", "--")
        try:
            subprocess.run([*through, "true"], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"root cannot be kept from writing here: {getattr(error, 'stderr', error)}")

    def change(folders: int, files: int) -> None:
        for path in [place, *place.rglob("*")]:
            path.chmod(folders if path.is_dir() else files)

    yield Folder(place, lambda: change(0o555, 0o444), lambda: change(0o755, 0o644), *through)
    change(0o755, 0o644)


@pytest.fixture
def mounted_read_only(disk: Path) -> Folder:
    def mount(how: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True, capture_output=True)

    return Folder(disk, lambda: mount("ro"), lambda: mount("rw"))


@pytest.mark.parametrize("how", ["without_rights", "mounted_read_only"])
def test_a_folder_that_can_only_be_read_is_asked_and_refuses_to_be_added_to(
    how: str, request: pytest.FixtureRequest
) -> None:
    folder: Folder = request.getfixturevalue(how)
    first, second = folder.reports / "first.txt", folder.reports / "second.txt"
    first.write_text(_FIRST, "utf8")
    second.write_text(_SECOND, "utf8")
    assert folder.briefing("add", first)[0] == 0
    folder.forbid()
    status, said = folder.briefing("ask", _QUESTION)
    assert status == 0 and "214 ferries" in said["answer"]
    status, said = folder.briefing("add", second)
    assert status == 1 and "--data-dir" in json.dumps(said)
    folder.allow()
    status, said = folder.briefing("add", second)
    assert status == 0 and said["documents"][0]["status"] == "added"
    status, said = folder.briefing("ask", "How many barges did the lock keeper count?")
    assert status == 0 and "77 barges" in said["answer"]


# -- clocks and versions


def test_a_clock_set_back_between_two_runs_confuses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    for module in ("upkeep.backup", "ledger.versions", "ledger.history", "adding.jobs"):
        monkeypatch.setattr(f"vectorstore.{module}.now", clock)
    with _desk(tmp_path) as desk:
        for number in range(3):
            desk.add_upload(f"report-{number}.txt", f"Mill {number} ground {number + 10} sacks.".encode())
            clock.go(60)
        earlier = desk.history.start("Before")
        desk.history.append(earlier, "user", "How many sacks did mill 1 grind?")
    clock.go(-400 * 86_400)
    with _desk(tmp_path) as desk:
        (one,) = [record for record in desk.documents() if record.source == "report-1.txt"]
        desk.add_upload("report-1.txt", b"Mill 1 ground 99 sacks.", replaces=one.document_id)
        desk.add_upload("report-3.txt", b"Mill 3 ground 13 sacks.")
        later = desk.history.start("After")
        assert [record.source for record in desk.documents()] == [f"report-{n}.txt" for n in range(4)]
        assert [one.conversation_id for one in desk.history.conversations()] == [later, earlier]
        assert "99 sacks" in desk.ask("How many sacks did mill 1 grind?").text
        assert desk.store.own("the test")
        assert not desk.store.dense.compare().any
        assert [one for one in desk.doctor()["checks"] if not one["ok"] and one["name"] != "disk"] == []
        assert desk.backup(tmp_path / "backup.zip").documents == 4


def test_an_index_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    with _desk(tmp_path) as desk:
        desk.add_upload("first.txt", _FIRST.encode())
    ledger = tmp_path / "data" / "ledger.sqlite3"
    with closing(sqlite3.connect(ledger)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f"PRAGMA user_version = {version + 1}")
        connection.commit()
    before = _contents(tmp_path)
    with pytest.raises(NewerIndex, match="update the program"):
        _desk(tmp_path)
    assert _contents(tmp_path) == before
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()
    with _desk(tmp_path) as desk:
        assert "214 ferries" in desk.ask(_QUESTION).text


def _desk(folder: Path) -> Assistant:
    return Assistant(Settings(data_dir=folder / "data"), HashedModel())


def _contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, but SQLite's shared memory, which holds nothing of its own."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")
    }
