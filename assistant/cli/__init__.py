"""The command line, `briefing`. Heavy libraries are imported inside the commands, so that --help answers at once.

Public: `main`, `app`.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import output

app = typer.Typer(
    name="briefing",
    help="Put reports in, ask, and get answers and briefings in which every sentence shows the words it rests on.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _globals(
    context: typer.Context,
    data_dir: Annotated[
        Path | None,
        typer.Option(
            "--data-dir", help="Folder of the index (default: BRIEFING_DATA_DIR, else the user data folder)."
        ),
    ] = None,
    debug: Annotated[
        bool,
        typer.Option("--debug", help="Show where an error comes from, and how much a chat model is given."),
    ] = False,
) -> None:
    """Options of the whole program, taken before any command."""
    context.obj = data_dir
    output.set_debug(debug)


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script: run a command and exit with its status.

    Wrong usage is reported in words (and as JSON with --json), with exit status 2. Raises SystemExit always, and with
    --debug whatever error a command ran into.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # "?" for a letter that the terminal cannot show
    ordered = _globals_first(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    try:
        status = app(ordered, prog_name="briefing", standalone_mode=False)
    except typer.Abort:
        status = 130
    except (
        typer.TyperException
    ) as error:  # wrong usage: an unknown command or option, or a value that does not fit
        output.fail("usage", error.format_message(), "--json" in ordered)
        context = getattr(error, "ctx", None)
        if context is not None:
            output.say(f"See `{context.command_path} --help`")
        status = 2
    sys.exit(status if isinstance(status, int) else 0)


def _globals_first(arguments: Sequence[str]) -> list[str]:
    """The arguments with --data-dir and --debug moved to the front, where Typer expects options of the whole program.

    `_globals_first(["list", "--debug"]) == ["--debug", "list"]`. What follows "--" stays where it is.
    """
    front: list[str] = []
    rest = list(arguments)
    end = rest.index("--") if "--" in rest else len(rest)
    at = 0
    while at < end:
        length = {"--debug": 1, "--data-dir": 2}.get(rest[at], int(rest[at].startswith("--data-dir=")))
        front += rest[at : at + length]
        del rest[at : at + length]
        at, end = at + (not length), end - length
    return front + rest


def _register() -> None:
    # Imported here, because the command modules are in this package, which must be initialised first.
    from assistant.cli import briefings, checks, exporting, questions, reports, upkeep

    for module in (reports, questions, briefings, exporting, checks, upkeep):
        module.register(app)


_register()
