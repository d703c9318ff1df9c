"""Commands on the index as a whole: status, doctor, rebuild, serve."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from assistant.cli import open_desk
from assistant.cli.output import errors, progress, say, stdout, write_json
from assistant.cli.reports import AsJson

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def register(app: typer.Typer) -> None:
    for command in (status, doctor, rebuild, serve):
        app.command(command.__name__)(command)


def status(context: typer.Context, json: AsJson = False) -> None:
    """Counts, sizes and the settings in force."""
    with errors(json):
        row = open_desk(context).status()
        if json:
            write_json(row)
            return
        settings = row.pop("settings")
        for name, value in [
            *row.items(),
            *((f"BRIEFING_{key.upper()}", one) for key, one in settings.items()),
        ]:
            stdout.print(f"{name:>34}  {'–' if value is None else value}", markup=False, soft_wrap=True)


def doctor(context: typer.Context, json: AsJson = False) -> None:
    """Check the health of the index; each finding comes with its remedy."""
    with errors(json):
        report = open_desk(context).doctor()
        if json:
            write_json(report)
        else:
            for check in report["checks"]:
                stdout.print(
                    f"{'ok  ' if check['ok'] else 'FAIL'} {check['name']}: {check['message']}", markup=False
                )
                if not check["ok"]:
                    stdout.print(f"     remedy: {check['remedy']}", markup=False, soft_wrap=True)
        raise typer.Exit(0 if report["ok"] else 1)


def rebuild(
    context: typer.Context,
    embedding_model: Annotated[
        str | None, typer.Option(help="Embed everything again with this sentence-transformers name or path.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Make the vector index anew from the ledger; reads no file, and runs no model unless one is named."""
    with errors(json):
        desk = open_desk(context)
        with progress("Rebuilding") as update:
            row = desk.rebuild(embedding_model, lambda done, total: update(done, total, "Rebuilding"))
        if json:
            write_json(row)
        else:
            say(f"{row['passages']} passages indexed with {row['embedding_model']} in {row['seconds']:.1f} s")


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8501,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    samples: Annotated[
        bool, typer.Option(help="Add the sample reports first, if the index is empty.")
    ] = False,
    allow_remote: Annotated[
        bool,
        typer.Option(
            "--allow-remote", help="Listen on an address that other machines reach, without sign-in."
        ),
    ] = False,
) -> None:
    """Start the browser app."""
    with errors(False):
        if host not in _LOOPBACK and not allow_remote:
            raise ValueError(
                f"{host} is reached from other machines, and the app has no sign-in of its own: put a proxy with "
                "sign-in in front of it and start it with --allow-remote"
            )
        if samples:
            desk = open_desk(context)
            if not desk.documents():
                desk.add_samples()
                say("The sample reports are in the index.")
            desk.close()
        raise typer.Exit(_streamlit(context, host, port, open_browser))


def _streamlit(context: typer.Context, host: str, port: int, open_browser: bool) -> int:
    import os
    import subprocess
    from importlib.util import find_spec
    from pathlib import Path

    spec = find_spec("app")
    if spec is None or spec.origin is None:
        raise ValueError("app.py is not installed: install the package again")
    page = Path(spec.origin)
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(page),
        f"--server.address={host}",
        f"--server.port={port}",
    ]
    command += [f"--server.headless={str(not open_browser).lower()}", "--browser.gatherUsageStats=false"]
    environment = dict(os.environ)
    if context.obj is not None:
        environment["BRIEFING_DATA_DIR"] = str(context.obj.resolve())
    say(f"Briefing Desk is at http://{host}:{port}   (Ctrl-C ends it)")
    try:
        # Streamlit reads its configuration, theme included, from .streamlit beside the page.
        return subprocess.call(command, env=environment, cwd=page.parent)
    except KeyboardInterrupt:
        return 0
