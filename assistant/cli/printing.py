"""Prints answers and passages for people to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.cli.output import say, stdout

if TYPE_CHECKING:
    from assistant.desk import Assistant
    from assistant.results.answer import Answer, Citation
    from vectorstore import Filters


def print_answer(desk: Assistant, question: str, filters: Filters, model: str | None) -> None:
    """Ask a question and print the answer with its sources; sentence by sentence if stdout is a terminal."""
    from assistant.results.answer import Answer, Sentence

    is_live = stdout.is_terminal
    answer: Answer | None = None
    for piece in desk.stream(question, filters=filters, model=model):
        if isinstance(piece, Sentence) and is_live:
            stdout.print(piece.marked(), markup=False)
        elif isinstance(piece, Answer):
            answer = piece
    assert answer is not None
    if answer.notice:
        say(answer.notice)
    if not is_live or answer.refused:
        stdout.print(answer.text, markup=False)
    for sentence in answer.sentences:
        for reason in sentence.reasons:
            say(f"  Not supported: “{sentence.text}” – {reason}")
    for citation in answer.citations:
        _tell_citation(citation)
    if answer.nearest:
        stdout.print("\nNearest passages:", markup=False)
    for passage in answer.nearest:
        origin = source_line(
            passage.publisher, passage.title or passage.source, passage.published, passage.to_json()
        )
        stdout.print(f"  {origin}\n    {' '.join(passage.text.split())[:200]}…", markup=False)
    print_left_out(answer.left_out_undated)


def _tell_citation(citation: Citation) -> None:
    origin = source_line(
        citation.publisher, citation.title or citation.source, citation.published, citation.to_json()
    )
    stdout.print(f"\n[{citation.number}] {origin}", markup=False, soft_wrap=True)
    stdout.print(f"    “{' '.join(citation.quote.split())}”", markup=False)


def source_line(publisher: str | None, title: str, published: str | None, row: dict[str, Any]) -> str:
    """Where a passage is from, in one line; `row` holds its "page" and "heading".

    `source_line("UN", "Gold", None, {"page": 3, "heading": None}) == "UN, Gold, undated, p. 3"`.
    """
    page = f"p. {row['page']}" if row["page"] else None
    return ", ".join(
        part for part in (publisher, title, published or "undated", page, row["heading"]) if part
    )


def print_left_out(count: int | None) -> None:
    """Say how many undated documents a date filter left out; nothing for 0 or None."""
    if count:
        say(
            f"{count} undated document{'s were' if count > 1 else ' was'} left out: date them with "
            "`briefing edit DOC --published DATE`, or add --include-undated"
        )
