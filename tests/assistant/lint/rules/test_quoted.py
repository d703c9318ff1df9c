"""Rules on quoting."""

from __future__ import annotations

from linted import HEAD, NOTES, SOUND, rules

from assistant.lint import SourceLookup, lint
from vectorstore import DocumentRecord


def test_a_figure_that_the_cited_words_do_not_hold_is_found() -> None:
    assert rules("The dyke at Kolda broke and 24 people died. [1]\nThe port was closed. [2]\n") == [
        (5, "figure-not-in-quote")
    ]


def test_a_quoted_phrase_that_its_note_does_not_quote_is_found() -> None:
    body = f"{SOUND}River Wire wrote that “the dyke had been weak for years”. [1]\n"
    assert rules(body) == [(6, "quote-not-found")]


def record(document_id: str, title: str) -> DocumentRecord:
    return DocumentRecord(
        document_id=document_id, title=title, authors=(), publisher="River Wire", published="2022-05-16",
        source=f"{document_id}.md", kind="md", language="en", tags=(), pages=None, passages=1, characters=1,
        added="", credibility=None, grade=None, generation=1, found={}, original="",
    )  # fmt: skip


def test_a_note_whose_words_are_not_in_the_report_it_names_is_found() -> None:
    texts = {
        "d1": "The dyke at Kolda broke on 15 May 2022 and\n14 people died.",
        "d2": "The port is closed, and",
    }
    shelf = SourceLookup(
        [record("d1", "Water over the quays"), record("d2", "Other")], texts.__getitem__, lambda _: ["d2"]
    )
    report = lint(f"{HEAD}{SOUND}{NOTES}".encode(), "floods.md", shelf)
    assert [(one.line, one.rule) for one in report.findings] == [(10, "quote-not-found")]
    assert report.quotes_checked
    assert not lint(
        f"{HEAD}{SOUND}{NOTES}".encode(), "floods.md", SourceLookup([], texts.__getitem__, lambda _: [])
    ).quotes_checked
