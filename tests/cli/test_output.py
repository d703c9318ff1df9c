"""Results on stdout, messages on stderr, and every error as words and a status."""

from __future__ import annotations

import json

import pytest
import typer

from assistant.cli import output
from assistant.cli.output import EXIT_HELD, errors, fail, say, writable, write_bytes, write_json
from ingest import IngestError
from vectorstore import IndexHeld, NotFound

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("text", "written"),
    [("Ségou – 🌉", "Ségou – 🌉"), ("\udcff.txt", r"\udcff.txt"), ("", ""), ("a\\b", "a\\b")],
)
def test_only_what_is_no_character_is_written_as_an_escape(text: str, written: str) -> None:
    assert writable(text) == written


def test_json_is_utf_8_and_can_be_read_again(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    write_json({"title": "Ségou 🌉", "source": "\udcff.txt"})
    out = capsysbinary.readouterr().out
    assert "Ségou 🌉".encode() in out and out.endswith(b"}\n")
    assert json.loads(out) == {"title": "Ségou 🌉", "source": "\udcff.txt"}


def test_bytes_pass_unchanged(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    write_bytes(b"\xff\r\n\x00")
    assert capsysbinary.readouterr().out == b"\xff\r\n\x00"


def test_a_message_goes_to_stderr_and_its_brackets_are_no_markup(capsys: Captured) -> None:
    say("[bold] and [1]")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "[bold] and [1]\n")


@pytest.mark.parametrize(
    ("error", "code", "status"),
    [
        (NotFound("no such document"), "not_found", 1),
        (IndexHeld("the app has it"), "held", EXIT_HELD),
        (IngestError("empty", "the file is empty"), "empty", 1),
        (ValueError("no such length"), "usage", 2),
        (FileNotFoundError(2, "No such file", "a.txt"), "system", 1),
        (KeyboardInterrupt(), "interrupted", 130),
        (RuntimeError("a bug"), "internal", 1),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else str(value),
)
@pytest.mark.parametrize("as_json", [False, True])
def test_every_error_has_words_a_code_and_a_status(
    capsys: Captured, error: BaseException, code: str, status: int, as_json: bool
) -> None:
    with pytest.raises(typer.Exit) as ended, errors(as_json):
        raise error
    captured = capsys.readouterr()
    assert ended.value.exit_code == status and captured.err.startswith("Error: ")
    if as_json:
        assert json.loads(captured.out)["error"]["code"] == code
    else:
        assert captured.out == ""


def test_a_file_that_fails_is_named_with_what_to_check(capsys: Captured) -> None:
    with pytest.raises(typer.Exit), errors(False):
        raise PermissionError(13, "Permission denied", "/in/report.pdf")
    assert (
        capsys.readouterr().err
        == "Error: Permission denied /in/report.pdf: check the path, rights and disk\n"
    )


def test_an_exit_passes_as_it_is(capsys: Captured) -> None:
    with pytest.raises(typer.Exit) as ended, errors(True):
        raise typer.Exit(7)
    assert ended.value.exit_code == 7 and capsys.readouterr().out == ""


def test_with_debug_an_error_comes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "debug", [True])
    with pytest.raises(NotFound), errors(False):
        raise NotFound("no such document")


def test_a_failure_is_returned_for_the_caller_to_raise(capsys: Captured) -> None:
    assert fail("usage", "no such thing", False, 2).exit_code == 2
    assert capsys.readouterr().err == "Error: no such thing\n"
