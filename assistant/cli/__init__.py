"""The command line: `briefing`. Heavy libraries are imported inside the commands, so that help is quick."""

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
    context.obj = data_dir
    output.set_debug(debug)


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script: usage errors, too, become words and the contract's exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a letter shows a ? for it
    given = _globals_first(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    try:
        status = app(given, prog_name="briefing", standalone_mode=False)
    except typer.Abort:
        status = 130
    except typer.TyperException as error:  # wrong usage: the name of a command, an option, a value
        output.fail("usage", error.format_message(), "--json" in given)
        context = getattr(error, "ctx", None)
        if context is not None:
            output.say(f"See `{context.command_path} --help`")
        status = 2
    sys.exit(status if isinstance(status, int) else 0)


def _globals_first(arguments: Sequence[str]) -> list[str]:
    """--data-dir and --debug are taken after the command, too."""
    ahead: list[str] = []
    behind = list(arguments)
    end = behind.index("--") if "--" in behind else len(behind)
    at = 0
    while at < end:
        taken = {"--debug": 1, "--data-dir": 2}.get(behind[at], int(behind[at].startswith("--data-dir=")))
        ahead += behind[at : at + taken]
        del behind[at : at + taken]
        at, end = at + (not taken), end - taken
    return ahead + behind


def _register() -> None:
    # The commands need what is above, hence so late.
    from assistant.cli import briefings, checks, exporting, questions, reports, upkeep

    for module in (reports, questions, briefings, exporting, checks, upkeep):
        module.register(app)


_register()
