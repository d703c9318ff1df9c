"""Opens the desk that a command works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from assistant.desk import Assistant


def open_desk(context: typer.Context) -> Assistant:
    """The desk in the folder of --data-dir; closed when the command ends. Raises StoreError if it cannot be opened."""
    from assistant.desk import Assistant

    desk = Assistant.open(context.obj)
    context.call_on_close(desk.close)
    return desk
