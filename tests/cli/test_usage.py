"""Wrong usage and failures become words, a status, and JSON where JSON was asked for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import _globals_first

COMMANDS = (
    "add samples list show edit grade remove purge search ask brief eval verify status doctor rebuild backup restore "
    "serve"
).split()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(briefing: Any, command: str) -> None:
    run = briefing(command, "--help")
    assert run.status == 0 and f"briefing {command}" in run.out


@pytest.mark.parametrize("command", sorted({*COMMANDS} - {"serve"}))
def test_every_command_speaks_json(briefing: Any, command: str) -> None:
    assert "--json" in briefing(command, "--help").out


WRONG = [
    ["nonsense"],
    ["serch", "gold"],
    ["search"],
    ["search", "gold", "-k", "0"],
    ["search", "gold", "--as-of", "2023-13"],
    ["search", ""],
    ["ask", ""],
    ["ask", "   "],
    ["ask", "?", "--bogus"],
    ["ask", "x" * 100_000],
    ["ask", "Who?", "--batch", "a.jsonl", "--out", "b.jsonl"],
    ["ask", "--batch", "a.jsonl"],
    ["ask", "--batch", "a.jsonl", "--out", "a.jsonl"],
    ["brief", "gold", "--length", "endless"],
    ["brief", "gold", "--format", "odt"],
    ["add"],
    ["edit", "some"],
    ["edit", "some", "--credibility", "7"],
    ["grade", "Ministry", "G"],
]


@pytest.mark.parametrize("arguments", WRONG, ids=lambda one: " ".join(one)[:30])
def test_wrong_usage_exits_2_with_one_message(briefing: Any, arguments: list[str]) -> None:
    run = briefing(*arguments)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith("Error: ") and "Traceback" not in run.err


@pytest.mark.parametrize("arguments", WRONG, ids=lambda one: " ".join(one)[:30])
def test_wrong_usage_is_json_where_json_was_asked_for(briefing: Any, arguments: list[str]) -> None:
    run = briefing(*arguments, "--json")
    assert run.status == 2 and run.json["error"]["code"] == "usage" and run.json["error"]["message"]


FAILING = [
    (["show", "nothing"], "not_found"),
    (["remove", "nothing"], "not_found"),
    (["edit", "nothing", "--title", "A"], "not_found"),
    (["search", "gold", "--document", "nothing"], "not_found"),
    (["ask", "Why?", "--model", "openai:none"], "model"),
    (["ask", "Why?", "--model", "nosuch:model"], "model"),
    (["ask", "Why?", "--model", "nonsense"], "model"),
    (["brief", "Gold", "--model", "openai:none"], "model"),
    (["eval", "nowhere.jsonl"], "system"),
    (["verify", "nowhere.json"], "system"),
]


@pytest.mark.parametrize(("arguments", "code"), FAILING, ids=lambda one: str(one)[:40])
def test_what_cannot_be_done_exits_1_and_says_why(briefing: Any, arguments: list[str], code: str) -> None:
    run = briefing(*arguments, "--json")
    assert run.status == 1 and run.json["error"]["code"] == code
    assert run.err.strip() == f"Error: {run.json['error']['message']}"


def test_a_missing_key_names_the_variable_that_mends_it(briefing: Any) -> None:
    assert "OPENAI_API_KEY" in briefing("ask", "Why?", "--model", "openai:gpt-5-mini").err


def test_a_data_folder_that_is_a_file_is_told_with_its_remedy(briefing: Any, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("I am a file")
    run = briefing("list", "--json")
    assert run.status == 1 and run.json["error"]["code"] == "unwritable" and "--data-dir" in run.err


def test_an_index_of_a_later_version_is_refused(briefing: Any, tmp_path: Path) -> None:
    import sqlite3

    briefing("list")
    with sqlite3.connect(tmp_path / "data" / "ledger.sqlite3") as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    run = briefing("list")
    assert run.status == 1 and "newer version" in run.err


def test_data_dir_may_stand_after_the_command(briefing: Any, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert briefing("status", "--json", "--data-dir", other).json["data_dir"] == str(other)
    assert briefing("status", f"--data-dir={other}", "--json").json["data_dir"] == str(other)


def test_debug_shows_where_an_error_comes_from(briefing: Any, tmp_path: Path) -> None:
    from vectorstore import NotFound

    with pytest.raises(NotFound):
        _main("--debug", "--data-dir", tmp_path / "data", "show", "nothing")


def _main(*arguments: object) -> None:
    from assistant.cli import main

    main([str(one) for one in arguments])


def _spawn(tmp_path: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from assistant.cli import main; main()", *arguments]
    environment = {**os.environ, "BRIEFING_DATA_DIR": str(tmp_path / "data")}
    return subprocess.run(command, env=environment, capture_output=True, timeout=120, **options)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['briefing', 'ask', '--help']\n"
        "from assistant.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'torch', 'chromadb', 'langchain_core', 'pydantic_settings', 'streamlit', 'sqlite3'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert run.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", ["ask", "search"])
def test_once_the_model_is_compiled_answers_need_neither_torch_nor_langchain_nor_chroma(
    index: Path, models: Path, tmp_path: Path, command: str
) -> None:
    shutil.copytree(models, tmp_path / "data" / "models")
    code = (
        "import sys\n"
        "from assistant.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = 'torch transformers sentence_transformers langchain_core chromadb streamlit onnx httpx'.split()\n"
        "print(sorted(set(heavy) & set(sys.modules)))"
    )
    arguments = ["--data-dir", str(tmp_path / "data"), command, "When did the bridge at Kolda fall?"]
    run = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=60)
    assert "March 2021" in run.stdout
    assert run.stdout.splitlines()[-1] == "[]" and run.stderr == ""


def test_where_the_compiled_model_cannot_be_kept_the_original_answers(index: Path, tmp_path: Path) -> None:
    (tmp_path / "data" / "models").write_text("a file in its place")
    run = _spawn(tmp_path, "ask", "When did the bridge at Kolda fall?")
    assert b"March 2021" in run.stdout and b"run by sentence-transformers" in run.stderr


def test_the_console_script_reports_its_status_to_the_shell(tmp_path: Path) -> None:
    run = _spawn(tmp_path, "show", "nothing", "--json")
    assert run.returncode == 1 and json.loads(run.stdout)["error"]["code"] == "not_found"
    assert b"Traceback" not in run.stderr


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    script = f"{sys.executable} -c 'from assistant.cli import main; main()' status --json | true"
    environment = {**os.environ, "BRIEFING_DATA_DIR": str(tmp_path / "data")}
    run = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, timeout=120)
    assert run.stderr == b""


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["ask", "how many \udcff ships?"], 0),
        (["search", "\udcff ships"], 0),
        (["verify", "\udcff.json"], 1),
        (["show", "\udcff"], 1),
        (["--\udcff"], 2),
    ],
)
def test_bytes_that_are_no_text_are_no_surprise(
    index: Path, briefing: Any, arguments: list[str], status: int
) -> None:
    run = briefing(*arguments, "--json")
    assert run.status == status
    assert "error" not in run.json or run.json["error"]["code"] != "internal"


@pytest.mark.parametrize(
    ("arguments", "ordered"),
    [
        (["list", "--debug"], ["--debug", "list"]),
        (["list", "--data-dir", "d", "--json"], ["--data-dir", "d", "list", "--json"]),
        (["list", "--data-dir=d"], ["--data-dir=d", "list"]),
        (["--debug", "ask", "Why?", "--data-dir", "d"], ["--debug", "--data-dir", "d", "ask", "Why?"]),
        (["ask", "--", "--debug"], ["ask", "--", "--debug"]),
        (["list", "--data-dir"], ["--data-dir", "list"]),
        ([], []),
    ],
)
def test_options_of_the_whole_program_come_first_wherever_they_were_typed(
    arguments: list[str], ordered: list[str]
) -> None:
    assert _globals_first(arguments) == ordered
