"""A child process finds the modules of this one, gets no variable that it was not given, and its pipes are its own."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from ingest.sandbox.child_process import end_process, start_process
from ingest.sandbox.frames import read_frame

ROOT = Path(__file__).resolve().parents[3]
PROBE = """
import json, os, sys
from ingest.sandbox.child_process import claim_standard_streams
from ingest.sandbox.frames import write_frame
_, answers = claim_standard_streams()
print("what a library prints")
write_frame(answers, json.dumps([sys.path, dict(os.environ)]).encode())
"""


@pytest.fixture
def probe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a module that answers with its search path and environment."""
    (tmp_path / "probe_of_child.py").write_text(PROBE)
    monkeypatch.syspath_prepend(str(tmp_path))
    return "probe_of_child"


def answer(module: str, environment: dict[str, str]) -> tuple[list[str], dict[str, str]]:
    process = start_process(module, environment)
    try:
        path, variables = json.loads(read_frame(cast(BinaryIO, process.stdout), 1_000_000))
    finally:
        end_process(process)
    return path, variables


def test_the_child_gets_the_variables_that_it_was_given_and_no_others(
    probe: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_PROVIDER_API_KEY", "sk-not-to-be-told")
    _, variables = answer(probe, {"TZ": "UTC"})
    assert variables["TZ"] == "UTC"
    assert "SOME_PROVIDER_API_KEY" not in variables


def test_the_child_finds_this_package_even_where_it_is_imported_from_the_current_folder(
    probe: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        sys, "path", ["", *(place for place in sys.path if place and Path(place).resolve() != ROOT)]
    )
    path, _ = answer(probe, {})
    assert str(ROOT) in path
    assert str(ROOT / "ingest") not in path  # its modules have names such as "document" and "text"


def test_a_process_can_be_ended_twice(probe: str) -> None:
    process = start_process(probe, {})
    end_process(process)
    end_process(process)
    assert process.poll() is not None
