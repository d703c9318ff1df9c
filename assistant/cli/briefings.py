"""Saved briefings on the command line: the command saved, and what `brief` prints on saving and updating one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer

from assistant.cli.context import open_desk
from assistant.cli.output import errors, say, stdout, write_json
from assistant.cli.reports import AsJson

if TYPE_CHECKING:
    from assistant.briefings.updates import BriefingChanges
    from assistant.desk import Assistant


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command("saved")(saved)


def saved(context: typer.Context, json: AsJson = False) -> None:
    """List the briefings that were written, newest first, with the ids that `brief --update` takes."""
    with errors(json):
        briefings = open_desk(context).history.briefings()
        if json:
            rows = [
                {
                    "briefing_id": briefing.briefing_id,
                    "topic": briefing.topic,
                    "as_of": briefing.briefing.get("as_of"),
                    "created": briefing.created,
                }
                for briefing in briefings
            ]
            write_json({"briefings": rows})
            return
        if not briefings:
            say("No briefing has been written yet: `briefing brief TOPIC` writes one")
        for briefing in briefings:
            as_of = briefing.briefing.get("as_of")
            line = f"{briefing.briefing_id:>4}  {briefing.created[:16]}  {briefing.topic}"
            stdout.print(f"{line}, as of {as_of}" if as_of else line, markup=False)


def save_briefing(desk: Assistant, row: Mapping[str, Any]) -> int | None:
    """Save a briefing's JSON and print its number; the number, or None if it cannot be saved, which is printed too."""
    from vectorstore import StoreError

    try:
        number = desk.save_briefing(row)
    except StoreError as error:
        say(f"The briefing could not be kept: {error.message}")
        return None
    say(f"Kept as briefing {number}")
    return number


def print_changes(changes: BriefingChanges) -> None:
    """Print what is new, changed and gone since the last version, each with its cause."""
    say(f"Since {changes.since[:16].replace('T', ' ')}: {changes.in_words}")
    for change in changes.changes:
        say(f"  {change.kind}, {change.where}: {change.text}")
        if change.before:
            say(f"    before: {change.before}")
        say(f"    {change.cause}")
