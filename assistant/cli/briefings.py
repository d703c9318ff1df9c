"""Saved briefings on the command line: kept, listed, and what has changed in one that was written again."""

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
    app.command("saved")(saved)


def saved(context: typer.Context, json: AsJson = False) -> None:
    """List the briefings that were written, newest first, with the ids that `brief --update` takes."""
    with errors(json):
        briefings = open_desk(context).history.briefings()
        if json:
            rows = [
                {
                    "briefing_id": one.briefing_id,
                    "topic": one.topic,
                    "as_of": one.briefing.get("as_of"),
                    "created": one.created,
                }
                for one in briefings
            ]
            write_json({"briefings": rows})
            return
        if not briefings:
            say("No briefing has been written yet: `briefing brief TOPIC` writes one")
        for one in briefings:
            cutoff = f", as of {one.briefing['as_of']}" if one.briefing.get("as_of") else ""
            stdout.print(f"{one.briefing_id:>4}  {one.created[:16]}  {one.topic}{cutoff}", markup=False)


def keep(desk: Assistant, row: Mapping[str, Any]) -> int | None:
    """Keep a briefing; its number, or None where nothing can be written, which is told."""
    from vectorstore import StoreError

    try:
        number = desk.save_briefing(row)
    except StoreError as error:
        say(f"The briefing could not be kept: {error.message}")
        return None
    say(f"Kept as briefing {number}")
    return number


def tell_changes(changes: BriefingChanges) -> None:
    """What is new, changed and gone, each with its cause."""
    say(f"Since {changes.since[:16].replace('T', ' ')}: {changes.in_words}")
    for one in changes.changes:
        say(f"  {one.kind}, {one.where}: {one.text}")
        if one.before:
            say(f"    before: {one.before}")
        say(f"    {one.cause}")
