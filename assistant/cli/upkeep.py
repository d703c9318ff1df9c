"""Commands on the index as a whole: status, doctor, rebuild, backup, restore, serve."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.context import open_desk
from assistant.cli.output import errors, progress, say, stdout, write_json
from assistant.cli.reports import AsJson, progress_of

if TYPE_CHECKING:
    from vectorstore.upkeep.backup import Backup

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    for command in (status, doctor, rebuild, backup, restore, serve):
        app.command(command.__name__)(command)


def status(context: typer.Context, json: AsJson = False) -> None:
    """Counts, sizes and the settings in force."""
    with errors(json):
        row = open_desk(context).status()
        if json:
            write_json(row)
            return
        settings = row.pop("settings")
        row |= {f"BRIEFING_{key.upper()}": value for key, value in settings.items()}
        for name, value in row.items():
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


BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


def backup(context: typer.Context, file: BackupFile, json: AsJson = False) -> None:
    """Write the whole index, originals included, into one file; may run while others use the index."""
    with errors(json):
        summary = open_desk(context).backup(file)
        write_json(asdict(summary)) if json else _print_backup(f"Backed up to {file}", summary)


def restore(context: typer.Context, file: BackupFile, json: AsJson = False) -> None:
    """Unpack a backup into the folder of --data-dir, which must be empty."""
    from assistant.settings import load_settings
    from vectorstore.upkeep.backup import restore as unpack

    with errors(json):
        folder = load_settings(context.obj).data_dir
        summary = unpack(file, folder)
        write_json(asdict(summary)) if json else _print_backup(f"Restored to {folder}", summary)


def _print_backup(action: str, summary: Backup) -> None:
    say(
        f"{action}: {summary.documents} documents and {summary.originals} originals of {summary.created}, "
        f"{summary.bytes:,} bytes"
    )
    if summary.missing:
        say(f"{summary.missing} originals were missing from the index; answers do not need them")


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
            _add_samples(context)
        raise typer.Exit(_run_streamlit(context, host, port, open_browser))


def _add_samples(context: typer.Context) -> None:
    """Add the sample reports to an empty index."""
    from assistant.desk import Assistant

    with Assistant.open(context.obj) as desk:
        if desk.documents():
            return
        with progress("Adding samples") as update:
            desk.add_samples(lambda at: update(*progress_of(at)))
        say("The sample reports are in the index.")


def _run_streamlit(context: typer.Context, host: str, port: int, open_browser: bool) -> int:
    """Run the app until it ends; its exit status. On POSIX it replaces this process and never returns.

    Raises FileNotFoundError if app.py is missing, OSError if the port is in use.
    """
    import os
    import subprocess

    page = Path(__file__).resolve().parents[2] / "app.py"
    if not page.is_file():
        raise FileNotFoundError(2, "The app is not installed; install the package again", str(page))
    _check_free(host, port)
    options = {
        "server.address": host,
        "server.port": port,
        "server.headless": str(not open_browser).lower(),
        "server.showEmailPrompt": "false",
        "browser.gatherUsageStats": "false",
    }
    command = [sys.executable, "-m", "streamlit", "run", str(page)]
    command += [f"--{name}={value}" for name, value in options.items()]
    folder = context.obj or os.environ.get("BRIEFING_DATA_DIR")
    environment = {**os.environ, **({"BRIEFING_DATA_DIR": str(Path(folder).resolve())} if folder else {})}
    say(f"Briefing Desk is at http://{f'[{host}]' if ':' in host else host}:{port}   (Ctrl-C ends it)")
    # Run in the page's folder, because Streamlit reads .streamlit (the theme) from the current one.
    if os.name == "posix":
        os.chdir(page.parent)
        os.execve(sys.executable, command, environment)  # one process, so that ending `serve` ends the app
    try:
        return subprocess.call(command, env=environment, cwd=page.parent)
    except KeyboardInterrupt:
        return 0


def _check_free(host: str, port: int) -> None:
    """Raises OSError, with the remedy, if the address cannot be listened on."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise OSError(
                error.errno,
                f"{host}:{port} cannot be listened on ({error.strerror}); choose another with --port",
            ) from error
