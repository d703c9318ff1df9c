"""status, doctor, rebuild and serve."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest


def test_status_counts_and_masks_secrets(briefing: Any, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_MODEL_API_KEY", "very-secret")
    run = briefing("status", "--json")
    assert run.json["documents"] == 2 and run.json["passages"] >= 2
    assert "very-secret" not in run.out + run.err + briefing("status").out


def test_a_setting_that_cannot_be_is_named(briefing: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_TRACE", "perhaps")
    run = briefing("status", "--json")
    assert run.status == 1 and "BRIEFING_TRACE" in run.json["error"]["message"]


def test_a_sound_index_is_well(briefing: Any, index: Path) -> None:
    run = briefing("doctor", "--json")
    assert run.status == 0 and run.json["ok"]
    assert all({"name", "ok", "message", "remedy"} <= set(one) for one in run.json["checks"])


def test_a_lost_vector_is_found_and_its_remedy_mends_it(briefing: Any, index: Path, tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / "data" / "ledger.sqlite3") as connection:
        connection.execute("DELETE FROM vectors WHERE key IN (SELECT key FROM vectors LIMIT 1)")
    connection.close()
    ill = briefing("doctor", "--json")
    (finding,) = [one for one in ill.json["checks"] if one["name"] == "vectors"]
    assert ill.status == 1 and not finding["ok"] and finding["remedy"].startswith("briefing rebuild")
    assert briefing(*finding["remedy"].replace("'", "").split()[1:], "--json").status == 0
    assert briefing("doctor").status == 0


def test_rebuilding_changes_no_answer(briefing: Any, index: Path) -> None:
    before = briefing("search", "undersized fish", "--json").json["passages"]
    run = briefing("rebuild", "--json")
    assert run.status == 0 and run.json["passages"] >= 2
    assert briefing("search", "undersized fish", "--json").json["passages"] == before


def test_rebuilding_a_held_index_exits_3(briefing: Any, index: Path, tmp_path: Path) -> None:
    from vectorstore.chroma.owner_lock import OwnerLock

    lock = OwnerLock(tmp_path / "data")
    assert lock.acquire("the app")
    try:
        for command in (["rebuild"], ["purge", "--yes"]):
            run = briefing(*command, "--json")
            assert run.status == 3 and run.json["error"]["code"] == "held" and "the app" in run.err
    finally:
        lock.release()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_other_addresses_need_an_explicit_flag(briefing: Any, host: str) -> None:
    run = briefing("serve", "--host", host)
    assert run.status == 2 and "sign-in" in run.err and "--allow-remote" in run.err


def test_a_port_in_use_is_told(briefing: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        run = briefing("serve", "--port", taken.getsockname()[1])
    assert run.status == 1 and "--port" in run.err


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_serve_answers_on_loopback_and_ends_when_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "serve", "--port", str(port)]
    environment = {**os.environ, "BRIEFING_DATA_DIR": str(tmp_path / "data")}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert _healthy(f"http://127.0.0.1:{port}/_stcore/health", server)
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) is not None
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=2).close()


def _healthy(address: str, server: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            return bool(urllib.request.urlopen(address, timeout=5).status == 200)
        except OSError:
            time.sleep(0.3)
    return False


def test_a_backup_comes_back_in_another_folder(index: Path, briefing: Any, tmp_path: Path) -> None:
    made = briefing("backup", tmp_path / "b.zip", "--json").json
    assert (made["documents"], made["originals"]) == (2, 2)
    assert "2 documents" in briefing("restore", tmp_path / "b.zip", "--data-dir", tmp_path / "again").err
    run = briefing("ask", "Why did the bridge at Kolda fall?", "--data-dir", tmp_path / "again", "--json")
    assert "March 2021" in run.json["answer"]
    refused = briefing("restore", tmp_path / "b.zip", "--data-dir", tmp_path / "again")
    assert refused.status == 1 and "not empty" in refused.err
