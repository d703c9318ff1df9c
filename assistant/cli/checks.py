"""Commands that check answers and briefings: eval, verify, lint."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.context import open_desk
from assistant.cli.output import errors, fail, progress, say, stdout, write_json
from assistant.cli.questions import Model
from assistant.cli.reports import AsJson


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command("eval")(eval_)
    app.command("verify")(verify)
    app.command("lint")(lint)


def eval_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Question file, JSON lines.")],
    model: Model = None,
    details: Annotated[Path | None, typer.Option(help="Write one JSON line for each question.")] = None,
    against: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Compare with an earlier run's --details.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Score the index and the writer on a question file."""
    with errors(json):
        from assistant.evaluation.compare_runs import compare_runs, read_run
        from assistant.evaluation.evaluate import evaluate, read_questions

        earlier = None if against is None else read_run(against)
        desk = open_desk(context)
        desk.check_model(model)
        rows, bad = read_questions(file)
        with progress("Evaluating") as update:
            report = evaluate(desk, rows, model, lambda at, of: update(at, of, "Evaluating"))
        bad += report["bad_rows"]
        report["bad_rows"] = bad
        if details is not None:
            _write_lines(details, report["questions"])
        questions = report.pop("questions")
        if earlier is not None:
            report["against"] = compare_runs(questions, earlier)
        if json:
            write_json(report)
        else:
            _show_scores(report)
        for message in bad:
            say(f"Error: {message}")
        raise typer.Exit(1 if bad else 0)


def _show_scores(report: dict[str, Any]) -> None:
    """Print each figure, beside that of the earlier run if there is one, and then the questions that changed."""
    against = report.get("against")
    for name, value in report.items():
        if name not in ("bad_rows", "counts", "against"):
            count = f"  of {report['counts'][name]} rows" if name in report["counts"] else ""
            before = "" if against is None else f"  before {_figure(against['before'].get(name)):>6}"
            stdout.print(f"{name:>28}  {_figure(value):>6}{before}{count}", markup=False)
    for change in [] if against is None else against["changed"]:
        directions = [f"{name}: {', '.join(change[name])}" for name in ("better", "worse") if change[name]]
        stdout.print(f"{change['id']}  {change['question']}\n    {'; '.join(directions)}", markup=False)


def _figure(value: Any) -> str:
    """A figure as it is printed: `_figure(0.5) == "0.500"`, `_figure(None) == "–"`."""
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def verify(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON of a briefing or an answer.")],
    json: AsJson = False,
) -> None:
    """Check a saved briefing or answer against the index, byte by byte."""
    with errors(json):
        import json as parser  # `json` is the option

        try:
            saved = parser.loads(file.read_text("utf8"))
        except ValueError as error:
            raise fail(
                "unreadable", f"{file} is not JSON ({error}): give the output of `brief --json`", json
            ) from error
        if not isinstance(saved, dict):
            raise fail("unreadable", f"{file} holds no briefing: give the output of `brief --json`", json)
        report = open_desk(context).verify(saved)
        if json:
            write_json(report)
        else:
            for problem in report["problems"]:
                stdout.print(f"{problem['where']}: {problem['message']}", markup=False, soft_wrap=True)
            say("Every quote and citation holds." if report["ok"] else f"{len(report['problems'])} problems.")
        raise typer.Exit(0 if report["ok"] else 1)


def lint(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A briefing: Markdown, HTML, Word, plain text or the desk's JSON."
        ),
    ],
    json: AsJson = False,
) -> None:
    """Say what keeps a briefing from being signed: each finding with its line and what to do."""
    with errors(json):
        report = open_desk(context).lint(file.read_bytes(), file.name)
        if json:
            write_json(report.to_json())
        else:
            for finding in report.findings:
                stdout.print(f"{file}:{finding.line}: {finding.message}", markup=False, soft_wrap=True)
                text = f"{finding.text[:100]}{'…' * (len(finding.text) > 100)}"
                excerpt = f"    {text}\n" if finding.text else ""
                stdout.print(f"{excerpt}    → {finding.remedy}", markup=False, soft_wrap=True)
            count = len(report.findings)
            say("Nothing found." if not count else "1 finding." if count == 1 else f"{count} findings.")
        if not report.quotes_checked:
            say(
                "The index is empty: quotes were not looked up. Add the reports, or name their index (--data-dir)."
            )
        raise typer.Exit(1 if report.findings else 0)


def _write_lines(path: Path, rows: list[dict[str, Any]]) -> None:
    import json

    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf8")
