"""Commands on the reports themselves: add, list, show, edit, grade, remove, purge, samples."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from assistant.cli.context import open_desk
from assistant.cli.output import errors, fail, progress, say, stderr, stdout, write_bytes, write_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vectorstore import AddReport, DocumentRecord
    from vectorstore.adding.add import AddProgress
    from vectorstore.ledger.saved_sentences import SavedSentence

AsJson = Annotated[bool, typer.Option("--json", help="Write one JSON value to stdout.")]
DocumentId = Annotated[
    str, typer.Argument(metavar="DOC", help="Id of a document, or its unambiguous beginning.")
]
Title = Annotated[str | None, typer.Option(help="Title.")]
Authors = Annotated[list[str] | None, typer.Option("--author", help="Author; repeat for several.")]
Publisher = Annotated[str | None, typer.Option(help="Publisher.")]
PublishedDate = Annotated[str | None, typer.Option(help="Publication date: YYYY, YYYY-MM or YYYY-MM-DD.")]
Tags = Annotated[list[str] | None, typer.Option("--tag", help="Tag; repeat for several.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    for command in (add, samples, list_, show, edit, grade, remove, purge):
        app.command(command.__name__.rstrip("_"))(command)


def add(
    context: typer.Context,
    inputs: Annotated[
        list[str], typer.Argument(metavar="PATH_OR_URL...", help="Files, folders and http(s) pages.")
    ],
    title: Title = None,
    author: Authors = None,
    publisher: Publisher = None,
    published: PublishedDate = None,
    tag: Tags = None,
    json: AsJson = False,
) -> None:
    """Add files, folders (recursively) and web pages to the index."""
    with errors(json):
        desk = open_desk(context)
        corrections = _corrections(title, author, publisher, published, tag)
        with progress("Adding") as update:
            report = desk.add(inputs, corrections=corrections, progress=lambda at: update(*progress_of(at)))
        _print_added(report, json)


def samples(context: typer.Context, json: AsJson = False) -> None:
    """Add the sample reports that ship with the program."""
    with errors(json):
        desk = open_desk(context)
        with progress("Adding samples") as update:
            report = desk.add_samples(lambda at: update(*progress_of(at)))
        _print_added(report, json)


def list_(context: typer.Context, json: AsJson = False) -> None:
    """List the documents in the index."""
    with errors(json):
        records = open_desk(context).documents()
        if json:
            write_json({"documents": [record.to_json() for record in records]})
            return
        if not records:
            say("The index is empty: put reports in with `briefing add PATH_OR_URL`, or `briefing samples`")
        stdout.print(_table(records)) if records else None


def show(
    context: typer.Context,
    document: DocumentId,
    text: Annotated[bool, typer.Option("--text", help="Write the extracted text, byte by byte.")] = False,
    json: AsJson = False,
) -> None:
    """Show a document's metadata, or its extracted text."""
    with errors(json):
        desk = open_desk(context)
        record = desk.document(document)
        if text and json:
            write_json({**record.to_json(), "text": desk.text(record.document_id)})
        elif text:
            write_bytes(desk.text(record.document_id).encode("utf8"))
        elif json:
            write_json(record.to_json())
        else:
            _print_document(record)


def edit(
    context: typer.Context,
    document: DocumentId,
    title: Title = None,
    author: Authors = None,
    publisher: Publisher = None,
    published: PublishedDate = None,
    tag: Tags = None,
    credibility: Annotated[
        int | None, typer.Option(min=1, max=6, help="Admiralty number: 1 confirmed … 6 cannot be judged.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Correct a document's metadata; corrections survive adding again, replacing and rebuilding.

    An empty value ("") takes back what was corrected, or else takes out what was read.
    """
    with errors(json):
        options = {"title": title, "publisher": publisher, "published": published, "credibility": credibility}
        changes: dict[str, Any] = {
            field: value or None for field, value in options.items() if value is not None
        }
        for field, names in (("authors", author), ("tags", tag)):
            if names:
                changes[field] = [name for name in names if name] or None
        if not changes:
            raise ValueError(
                "Nothing to change: give --title, --author, --publisher, --published, --tag or --credibility"
            )
        desk = open_desk(context)
        record = desk.edit(document, **changes)
        dependents = desk.history.resting_on({record.document_id})
        if json:
            write_json({**record.to_json(), "rested_on": [sentence.to_json() for sentence in dependents]})
        else:
            _print_document(record)
        _print_dependents(dependents)


def grade(
    context: typer.Context,
    publisher: Annotated[str, typer.Argument(help="Name of the publisher.")],
    letter: Annotated[str, typer.Argument(metavar="A-F", help="A completely reliable … F cannot be judged.")],
    json: AsJson = False,
) -> None:
    """Set the Admiralty letter of a publisher."""
    with errors(json):
        open_desk(context).grade(publisher, letter)
        if json:
            write_json({"publisher": publisher, "grade": letter.upper()})
        else:
            say(f"{publisher}: {letter.upper()}")


def remove(
    context: typer.Context,
    documents: Annotated[list[str], typer.Argument(metavar="DOC...", help="Ids of documents.")],
    json: AsJson = False,
) -> None:
    """Hide documents at once; `purge` erases them."""
    from vectorstore import NotFound

    with errors(json):
        desk = open_desk(context)
        removed, unknown = {}, []
        for document in documents:
            try:
                record = desk.document(document)
                removed[record.document_id] = record
            except NotFound as error:
                unknown.append(error.message)
        if unknown and not removed:
            raise fail("not_found", "; ".join(unknown), json)
        # In one call: removing a mail removes its attachments, which may be among these documents.
        desk.remove(list(removed))
        dependents = desk.history.resting_on(set(removed))
        if json:
            rows = [sentence.to_json() for sentence in dependents]
            write_json({"removed": list(removed), "errors": unknown, "rested_on": rows})
        for record in removed.values():
            say(f"Removed {record.document_id}  {record.title or record.source}")
        for message in unknown:
            say(f"Error: {message}")
        _print_dependents(dependents)
        raise typer.Exit(1 if unknown else 0)


def _print_dependents(sentences: Sequence[SavedSentence]) -> None:
    """The saved sentences that cite a changed or removed document."""
    if sentences:
        verb = "s rest" if len(sentences) > 1 else " rests"
        say(f"{len(sentences)} saved sentence{verb} on it; look at them again:")
    for sentence in sentences:
        name = f"briefing {sentence.id}" if sentence.kind == "briefing" else "conversation"
        say(f"  {name}, “{sentence.title}”: {sentence.text}")


def purge(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    json: AsJson = False,
) -> None:
    """Erase what was removed or replaced; lists the saved sentences it will redact."""
    with errors(json):
        desk = open_desk(context)
        plan = desk.purge_plan()
        for sentence in plan.sentences:
            say(f"  will be redacted: {sentence}")
        say(f"{plan.documents} removed or replaced versions and {len(plan.sentences)} saved sentences.")
        if plan.documents and not yes and not _is_confirmed():
            raise fail("not_confirmed", "Nothing was erased: confirm, or give --yes", json)
        purged = desk.purge()
        if json:
            write_json({"purged": purged.documents, "redacted": list(purged.sentences)})
        else:
            say("Erased." if purged.documents else "There was nothing to erase.")


def _is_confirmed() -> bool:
    stderr.print("Erase them for good? [y/N] ", markup=False, end="")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _corrections(
    title: str | None,
    authors: list[str] | None,
    publisher: str | None,
    published: str | None,
    tags: list[str] | None,
) -> dict[str, Any]:
    """The metadata set by options, by field; without options that were not given."""
    options = {
        "title": title,
        "authors": authors,
        "publisher": publisher,
        "published": published,
        "tags": tags,
    }
    return {field: value for field, value in options.items() if value}


def progress_of(at: AddProgress) -> tuple[int, int, str]:
    """Steps done, steps in all and a label for the progress bar: passages of one long report, else reports."""
    if at.passages:
        return at.passages_done, at.passages, f"{at.name} ({at.done + 1} of {at.total})"
    return at.done, at.total, at.name


def _print_added(report: AddReport, json: bool) -> NoReturn:
    """Print what became of each document, failures last, and end the command. Raises typer.Exit."""
    failed = [document for document in report.documents if document.status == "failed"]
    if json:
        write_json(report.to_json())
    for document in report.documents:
        if document.status != "failed":
            title = document.record.title if document.record else ""
            if document.record and document.status == "duplicate":
                title = f"of {document.record.source} ({document.record.document_id})"
            say(f"{document.status:>9}  {document.source}" + (f"  –  {title}" if title else ""))
            if document.notice:
                say(f"{'':>9}  {document.notice}")
    for document in failed:
        reason = document.error[1] if document.error else ""
        say(f"   failed  {reason if document.source in reason else f'{document.source}: {reason}'}")
    if not report.documents:
        say("There was nothing to add: the folder holds no files")
    say(f"{len(report.documents) - len(failed)} done, {len(failed)} failed, in {report.seconds:.1f} s")
    raise typer.Exit(1 if failed else 0)


def _table(records: list[DocumentRecord]) -> Any:
    from rich.table import Table

    table = Table(box=None, header_style="bold")
    for column in ("id", "published", "publisher", "title", "kind", "passages"):
        table.add_column(column, no_wrap=column == "id", justify="right" if column == "passages" else "left")
    for record in records:
        cells = (
            record.document_id,
            record.published or "undated",
            record.publisher or "–",
            (record.title or record.source) + _relations(record),
            record.kind,
            str(record.passages),
        )
        table.add_row(*(cell.replace("[", "\\[") for cell in cells))
    return table


def _relations(record: DocumentRecord) -> str:
    """The mail that a document came with and the report it repeats, in brackets; "" if there is neither."""
    relations = [f"came with {record.parent}"] if record.parent else []
    relations += [f"same story as {record.family}"] if record.family not in (None, record.document_id) else []
    return f" ({', '.join(relations)})" if relations else ""


def _print_document(record: DocumentRecord) -> None:
    """Every field for people to read, and where in the report it was read."""
    for field, value in record.to_json().items():
        if field not in ("found", "generation", "original"):
            text = ", ".join(value) if isinstance(value, list) else value
            origin = record.found.get(field)
            line = f"{field:>12}  {'–' if text in (None, '') else text}"
            line += f"   ({origin})" if origin else ""
            stdout.print(line, markup=False, soft_wrap=True)
