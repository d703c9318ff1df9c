"""What the command line writes: JSON on stdout, everything else in words on stderr."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console

HELD = 3  # exit status: another process holds the index

stderr = Console(stderr=True, highlight=False)
stdout = Console(highlight=False)


def write_json(value: Any) -> None:
    write_bytes((writable(json.dumps(value, ensure_ascii=False, indent=2)) + "\n").encode("utf8"))


def writable(text: str) -> str:
    """Text with what is no character, as in a file's name that is not UTF-8, written as an escape."""
    return text.encode("utf8", "backslashreplace").decode("utf8")


def write_bytes(data: bytes) -> None:
    """To stdout as they are, whatever encoding and line ends the terminal has."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def say(text: str) -> None:
    """A line for people, on stderr."""
    stderr.print(writable(text), markup=False, soft_wrap=True)


def fail(code: str, message: str, as_json: bool, status: int = 1) -> typer.Exit:
    """Report what could not be done; the caller raises what this returns."""
    if as_json:
        write_json({"error": {"code": code, "message": message}})
    say(f"Error: {message}")
    return typer.Exit(status)


@contextmanager
def errors(as_json: bool) -> Iterator[None]:
    """Turn every error with words of its own into those words and the right exit status."""
    from ingest import IngestError
    from vectorstore import StoreError

    try:
        try:
            yield
        finally:
            sys.stdout.flush()  # here, where a full disk or a closed pipe can still be told
    except BrokenPipeError:
        # The reader of our output has gone: say nothing, and keep Python from saying it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise typer.Exit(0) from None
    except (typer.Exit, typer.Abort, typer.TyperException):
        raise
    except KeyboardInterrupt:
        raise fail("interrupted", "Stopped. What was reported as done is safe.", as_json, 130) from None
    except StoreError as error:
        _reraise_in_debug()
        raise fail(error.code, error.message, as_json, HELD if error.code == "held" else 1) from error
    except IngestError as error:
        _reraise_in_debug()
        raise fail(error.code, error.message, as_json) from error
    except ValueError as error:
        _reraise_in_debug()
        raise fail("usage", str(error), as_json, 2) from error
    except OSError as error:
        _reraise_in_debug()
        where = f" {error.filename}" if error.filename else ""
        raise fail(
            "system", f"{error.strerror or error}{where}: check the path, rights and disk", as_json
        ) from error
    except Exception as error:
        _reraise_in_debug()
        message = (
            f"Something unforeseen went wrong ({type(error).__name__}: {error}). "
            "Run it again with --debug to see where."
        )
        raise fail("internal", message, as_json) from error


debug: list[bool] = []  # holds True when --debug was given


class _DebugLines(logging.Handler):
    """What the steps of an answer note down, on stderr."""

    def emit(self, record: logging.LogRecord) -> None:
        say(record.getMessage())


_debug_lines = _DebugLines()


def set_debug(on: bool) -> None:
    """Show tracebacks, and what the steps of an answer note down, or not."""
    debug[:] = [True] if on else []
    steps = logging.getLogger("assistant")
    steps.setLevel(logging.DEBUG if on else logging.NOTSET)
    (steps.addHandler if on else steps.removeHandler)(_debug_lines)


def _reraise_in_debug() -> None:
    if debug:
        raise  # noqa: PLE0704 - called from an except clause only


@contextmanager
def progress(description: str) -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar on stderr, where that is a terminal: call it with done, in all, and what is at hand."""
    if not stderr.is_terminal:
        yield lambda done, total, text: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=stderr, transient=True) as bar:
        task = bar.add_task(description, total=None)
        yield lambda done, total, text: bar.update(
            task, completed=done, total=total, description=text[:60].replace("[", "\\[")
        )
