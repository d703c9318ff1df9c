"""The command that renders a saved briefing as a file: export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.output import errors, fail
from assistant.cli.questions import Format, Handling, Output, deliver, format_of


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command("export")(export)


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON of a briefing.")],
    output: Output = None,
    format: Format = None,
    handling: Handling = None,
) -> None:
    """Make a file to hand on of a saved briefing, as it is; `verify` checks it."""
    with errors(False):
        from assistant.results.handling import handling_marking
        from assistant.results.saved_briefing import NotABriefing, read_briefing

        marking = handling_marking(handling)
        file_format = format_of(format, output, to_screen=True)
        try:
            briefing = read_briefing(file.read_text("utf8"))
        except (NotABriefing, UnicodeDecodeError) as error:
            raise fail(
                "unreadable", f"{file} holds no briefing: {error}. Give the output of `brief --json`", False
            ) from error
        if handling is not None:
            briefing = replace(briefing, handling=marking)
        deliver(briefing, file_format, output, None)
