"""The command line: `briefing`. Heavy libraries are imported inside the commands, so that help is quick."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import typer

from assistant.cli import output

if TYPE_CHECKING:
    from assistant.desk import Assistant

app = typer.Typer(
    name="briefing",
    help="Put reports in, ask, and get answers and briefings in which every sentence shows the words it rests on.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _globals(
    context: typer.Context,
    data_dir: Annotated[
        Path | None,
        typer.Option("--data-dir", help="Folder of the index (default: BRIEFING_DATA_DIR, else the user data folder)."),
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error comes from.")] = False,
) -> None:
    context.obj = data_dir
    output.debug[:] = [True] if debug else []


def open_desk(context: typer.Context) -> Assistant:
    """The desk of --data-dir, closed when the command ends."""
    from assistant.desk import Assistant

    desk = Assistant.open(context.obj)
    context.call_on_close(desk.close)
    return desk


def main() -> None:
    """The console script: usage errors, too, become words and the contract's exit status."""
    from assistant.cli import questions, reports, upkeep

    for module in (reports, questions, upkeep):
        module.register(app)
    try:
        status = app(standalone_mode=False)
    except click.exceptions.Abort:
        status = 130
    except click.ClickException as error:
        if "--json" in sys.argv:
            sys.stdout.write(json.dumps({"error": {"code": "usage", "message": error.format_message()}}) + "\n")
        error.show()
        status = 2
    sys.exit(status if isinstance(status, int) else 0)
