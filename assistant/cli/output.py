"""How the command line writes: results and JSON to stdout, messages to stderr, errors as exit statuses."""

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

EXIT_HELD = 3  # exit status if another process holds the index

stderr = Console(stderr=True, highlight=False)
stdout = Console(highlight=False)
debug: list[bool] = []  # holds True if --debug was given


def write_json(value: Any) -> None:
    """Write one JSON value to stdout, in UTF-8 and indented."""
    write_bytes((writable(json.dumps(value, ensure_ascii=False, indent=2)) + "\n").encode("utf8"))


def writable(text: str) -> str:
    r"""Text that can be encoded: lone surrogates, as in a file name that is not UTF-8, become escapes.

    `writable("\udcff.txt") == r"\udcff.txt"`.
    """
    return text.encode("utf8", "backslashreplace").decode("utf8")


def write_bytes(data: bytes) -> None:
    """Write bytes to stdout unchanged, whatever encoding and line ends the terminal has."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def say(text: str) -> None:
    """Write a message to stderr."""
    stderr.print(writable(text), markup=False, soft_wrap=True)


def fail(code: str, message: str, as_json: bool, status: int = 1) -> typer.Exit:
    """Report an error, in words and with `as_json` also as JSON; returns the exit for the caller to raise."""
    if as_json:
        write_json({"error": {"code": code, "message": message}})
    say(f"Error: {message}")
    return typer.Exit(status)


@contextmanager
def errors(as_json: bool) -> Iterator[None]:
    """Turn every error of a command into a message and an exit status; with --debug, let it through.

    Status 1: the command failed; 2: wrong usage; EXIT_HELD: another process holds the index; 130: interrupted.
    Raises typer.Exit.
    """
    from ingest import IngestError
    from vectorstore import StoreError

    try:
        try:
            yield
        finally:
            sys.stdout.flush()  # at exit it would be too late to report a full disk or a closed pipe
    except BrokenPipeError:
        # The reader of our output has gone. Redirected, so that Python's own flush at exit finds no closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise typer.Exit(0) from None
    except (typer.Exit, typer.Abort, typer.TyperException):
        raise
    except KeyboardInterrupt:
        raise fail("interrupted", "Stopped. What was reported as done is safe.", as_json, 130) from None
    except StoreError as error:
        _reraise_in_debug()
        raise fail(error.code, error.message, as_json, EXIT_HELD if error.code == "held" else 1) from error
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
    """A progress bar on stderr, if that is a terminal. Call the result with steps done, steps in all, and a label."""
    if not stderr.is_terminal:
        yield lambda done, total, label: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=stderr, transient=True) as bar:
        task = bar.add_task(description, total=None)
        yield lambda done, total, label: bar.update(
            task, completed=done, total=total, description=label[:60].replace("[", "\\[")
        )
