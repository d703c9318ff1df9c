"""Commands that query the index: search, ask, brief."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from assistant.cli.briefings import print_changes, save_briefing
from assistant.cli.context import open_desk
from assistant.cli.output import errors, progress, say, stdout, write_bytes, write_json
from assistant.cli.printing import print_answer, print_left_out, source_line
from assistant.cli.reports import AsJson

if TYPE_CHECKING:
    from assistant.desk import Assistant
    from assistant.results.briefing import Briefing
    from vectorstore import Filters

Model = Annotated[
    str | None, typer.Option(help="Chat model (openai:…, anthropic:…, ollama:…), or 'extractive' for none.")
]
AsOf = Annotated[str | None, typer.Option(help="Only documents published on or before this date.")]
Since = Annotated[str | None, typer.Option(help="Only documents published on or after this date.")]
Publishers = Annotated[list[str] | None, typer.Option("--publisher", help="Only this publisher; repeatable.")]
OnlyTags = Annotated[
    list[str] | None, typer.Option("--tag", help="Only documents with this tag; repeatable.")
]
Documents = Annotated[list[str] | None, typer.Option("--document", help="Only this document id; repeatable.")]
Undated = Annotated[
    bool, typer.Option("--include-undated", help="Let documents without a date pass date filters.")
]
Batch = Annotated[Path | None, typer.Option("--batch", help="JSON lines with id and question.")]
Out = Annotated[
    Path | None, typer.Option("--out", help="Where the answers to --batch go, one JSON line each.")
]
Handling = Annotated[
    str | None, typer.Option(help="Marking at the top and bottom of every page, at most 80 characters.")
]
Format = Annotated[
    str | None,
    typer.Option(
        help="md, html, docx, pdf, json, or csv for its chronology alone (default: as -o ends, else md)."
    ),
]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="File to write.")]

_LENGTHS = ("short", "standard", "long")
_FORMATS = ("md", "html", "docx", "pdf", "csv", "json")


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    for command in (search, ask, brief):
        app.command(command.__name__)(command)


def search(
    context: typer.Context,
    query: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 10,
    as_of: AsOf = None,
    since: Since = None,
    publisher: Publishers = None,
    tag: OnlyTags = None,
    document: Documents = None,
    include_undated: Undated = False,
    batch: Batch = None,
    out: Out = None,
    json: AsJson = False,
) -> None:
    """Find passages, best first."""
    with errors(json):
        _check_input(query, batch, out, "QUERY")
        desk = open_desk(context)
        filters = _filters(desk, as_of, since, publisher, tag, document, include_undated)

        def search_row(row: dict[str, Any]) -> dict[str, Any]:
            import time

            started = time.monotonic()
            text = str(row.get("query") or row.get("question") or "")
            if not text.strip():
                raise ValueError("The query is empty: write what to look for")
            results = desk.find(text, k, filters)
            passages = [passage.to_json() for passage in results.passages]
            result: dict[str, Any] = {"query": text, "passages": passages}
            if results.left_out_undated is not None:
                result["left_out_undated"] = results.left_out_undated
            return {**result, "seconds": round(time.monotonic() - started, 3)}

        if batch is not None and out is not None:
            _run_batch(batch, out, search_row, json)
        result = search_row({"query": query})
        if json:
            write_json(result)
            return
        for number, passage in enumerate(result["passages"], start=1):
            origin = source_line(
                passage["publisher"], passage["title"] or passage["source"], passage["published"], passage
            )
            stdout.print(
                f"{number}. {origin}  ({passage['score']:.2f})", markup=False, style="bold", soft_wrap=True
            )
            stdout.print(f"   {' '.join(passage['text'].split())}\n", markup=False)
        if not result["passages"]:
            say("Nothing was found: the index is empty, or the filters leave nothing")
        print_left_out(result.get("left_out_undated"))


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="What you want to know.")] = None,
    model: Model = None,
    as_of: AsOf = None,
    since: Since = None,
    publisher: Publishers = None,
    tag: OnlyTags = None,
    document: Documents = None,
    include_undated: Undated = False,
    batch: Batch = None,
    out: Out = None,
    json: AsJson = False,
) -> None:
    """Answer a question from the reports, with citations."""
    with errors(json):
        _check_input(question, batch, out, "QUESTION")
        if batch is None:
            from assistant.questions.question import parse

            parse(question or "")
        desk = open_desk(context)
        desk.check_model(model)
        filters = _filters(desk, as_of, since, publisher, tag, document, include_undated)
        if batch is not None and out is not None:

            def ask_row(row: dict[str, Any]) -> dict[str, Any]:
                return desk.ask(_text(row, "question"), row.get("history") or (), filters, model).to_json()

            _run_batch(batch, out, ask_row, json)
        if json:
            write_json(desk.ask(question or "", filters=filters, model=model).to_json())
            return
        print_answer(desk, question or "", filters, model)


def brief(
    context: typer.Context,
    topic: Annotated[
        str | None,
        typer.Argument(help="A phrase, a question, or a topic with headings below it, one a line."),
    ] = None,
    length: Annotated[str, typer.Option(help="short, standard or long.")] = "standard",
    paragraph: Annotated[
        bool, typer.Option("--paragraph", help="Only the best paragraph, with its endnotes.")
    ] = False,
    handling: Handling = None,
    format: Format = None,
    output: Output = None,
    update: Annotated[
        int | None,
        typer.Option(
            metavar="ID", help="Write a saved briefing again, and say what is new; see `briefing saved`."
        ),
    ] = None,
    model: Model = None,
    as_of: AsOf = None,
    since: Since = None,
    publisher: Publishers = None,
    tag: OnlyTags = None,
    document: Documents = None,
    include_undated: Undated = False,
    batch: Batch = None,
    out: Out = None,
    json: AsJson = False,
) -> None:
    """Write a cited briefing on a topic, and keep it."""
    with errors(json):
        from assistant.results.handling import handling_marking

        if update is None:
            _check_input(topic, batch, out, "TOPIC")
        elif topic is not None or batch is not None:
            raise ValueError(
                "--update takes its topic from the saved briefing: give neither TOPIC nor --batch"
            )
        if batch is None and update is None:
            from assistant.questions.topics import topic_of

            topic_of(topic or "")
        if length not in _LENGTHS:
            raise ValueError(f"{length!r} is not a length: choose {', '.join(_LENGTHS)}")
        marking = handling_marking(handling)
        format = format_of(format, output, to_screen=not json and batch is None)
        desk = open_desk(context)
        desk.check_model(model)
        filters = _filters(desk, as_of, since, publisher, tag, document, include_undated)

        def write(about: str) -> Briefing:
            if paragraph:
                return desk.paragraph(about, filters=filters, model=model, handling=marking)
            return desk.brief(about, length=length, filters=filters, model=model, handling=marking)

        if batch is not None and out is not None:
            _run_batch(batch, out, lambda row: write(_text(row, "topic", "question")).to_json(), json)
        changes = None
        if update is not None:
            briefing, changes = desk.update_brief(update, model)
        else:
            briefing = write(topic or "")
        row = briefing.to_json() | ({"changes": changes.to_json()} if changes else {})
        if not briefing.refused and not paragraph:
            row["briefing_id"] = save_briefing(desk, row)
        if changes is not None:
            print_changes(changes)
        deliver(briefing, format, output, row if json else None)
        if briefing.notice:
            say(briefing.notice)
        print_left_out(briefing.left_out_undated)


def format_of(option: str | None, output: Path | None, *, to_screen: bool) -> str:
    """The format of the file to write: the option's, else the one the output file's name ends in, else "md".

    `format_of(None, Path("a.PDF"), to_screen=True) == "pdf"`. `to_screen` says whether the file goes to stdout if
    there is no output file. Raises ValueError for an unknown format, or a binary one on a terminal.
    """
    ending = output.suffix.lower().removeprefix(".") if output is not None else ""
    format = option or (ending if ending in _FORMATS else "md")
    if format not in _FORMATS:
        raise ValueError(f"{option!r} is not a format: choose {', '.join(_FORMATS)}")
    if format in ("docx", "pdf") and output is None and to_screen and sys.stdout.isatty():
        raise ValueError(f"A {format} file does not belong on the screen: name one with -o FILE.{format}")
    return format


def deliver(briefing: Briefing, format: str, output: Path | None, row: Mapping[str, Any] | None) -> None:
    """Write a briefing to its file, if one is named, and its JSON `row`, if given, to stdout.

    With neither, the briefing itself goes to stdout. Raises OSError if the file cannot be written.
    """
    from assistant.export import render

    if output is not None:
        output.write_bytes(render(briefing, format))
        say(f"Written to {output}")
    if row is not None:
        write_json(row)
    elif output is None:
        write_bytes(render(briefing, format))


def _check_input(text: str | None, batch: Path | None, out: Path | None, name: str) -> None:
    """Raises ValueError unless there is either a text (called `name` in the message), or a batch with another out."""
    if (text is None) == (batch is None):
        raise ValueError(f"Give either {name} or --batch FILE.jsonl --out FILE.jsonl")
    if (batch is None) != (out is None):
        raise ValueError("--batch and --out go together")
    if batch is not None and out is not None and batch.resolve() == out.resolve():
        raise ValueError("--out would overwrite --batch: give it another name")


def _text(row: dict[str, Any], *fields: str) -> str:
    """The first of these fields that is not empty: `_text({"question": "Who?"}, "topic", "question") == "Who?"`."""
    return str(next((row[field] for field in fields if row.get(field)), ""))


def _filters(
    desk: Assistant,
    as_of: str | None,
    since: str | None,
    publishers: list[str] | None,
    tags: list[str] | None,
    documents: list[str] | None,
    include_undated: bool,
) -> Filters:
    """The filters of the options. Raises NotFound for a document id that is none, ValueError for a wrong date."""
    from vectorstore import Filters

    ids = tuple(desk.document(document).document_id for document in documents or ())
    return Filters(as_of, since, tuple(publishers or ()), tuple(tags or ()), ids, include_undated)


def _run_batch(
    batch: Path, out: Path, answer_row: Callable[[dict[str, Any]], dict[str, Any]], json: bool
) -> NoReturn:
    """Answer every row of a batch and end the command. Raises typer.Exit."""
    from assistant.evaluation.batch import run_batch

    with progress("Asking") as update:
        done, failed = run_batch(batch, out, answer_row, lambda at, of: update(at, of, "Asking"))
    if json:
        write_json({"done": done, "failed": failed, "out": str(out)})
    say(f"{done} done, {failed} failed: {out}")
    raise typer.Exit(1 if failed else 0)
