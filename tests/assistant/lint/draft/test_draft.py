"""Blocks become statements with their markers, sections and lines."""

from __future__ import annotations

import pytest

from assistant.lint.draft.blocks import DraftBlock
from assistant.lint.draft.draft import DraftBriefing, draft_of
from assistant.lint.formats.markdown import markdown_blocks


def read(text: str) -> DraftBriefing:
    return draft_of(list(markdown_blocks(text)))


@pytest.mark.parametrize(
    ("marker", "labels"),
    [
        ("[1]", ("1",)),
        ("[1, 3]", ("1", "3")),
        ("[2-4]", ("2", "3", "4")),
        ("[^a; ^b]", ("^a", "^b")),
        ("²", ("2",)),
    ],
)
def test_a_marker_is_taken_out_of_its_sentence(marker: str, labels: tuple[str, ...]) -> None:
    (statement,) = read(f"## The port\n\nThe port was closed.{marker}\n").statements
    assert (statement.text, statement.markers) == ("The port was closed.", labels)


def test_a_marker_belongs_to_the_sentence_before_it() -> None:
    first, second = read("## The port\n\nThe port was closed. [1] It rained. [2]\n").statements
    assert (first.markers, second.markers) == (("1",), ("2",))


def test_a_number_in_brackets_is_a_marker_only_where_notes_are_numbered_so() -> None:
    body = "## The port\n\nThe port was closed (1).\n"
    assert read(body).statements[0].markers == ()
    assert read(f"{body}\n## Notes\n\n(1) River Wire, 2022.\n").statements[0].markers == ("1",)


def test_a_wrapped_sentence_knows_the_line_of_each_of_its_words() -> None:
    (statement,) = read("## The port\n\nThe port\nwas closed.\n").statements
    assert statement.text == "The port was closed."
    assert [statement.line_at(statement.text.index(word)) for word in ("port", "closed")] == [3, 4]


def test_a_quotation_of_two_sentences_is_one_statement() -> None:
    (statement,) = read("## The port\n\nHe said “It fell. Nobody saw it.” [1]\n").statements
    assert statement.text == "He said “It fell. Nobody saw it.”"


def test_a_table_row_states_its_longest_cell() -> None:
    (row,) = read(
        "## Chronology\n\n| Date | Event |\n| --- | --- |\n| 3 May | The dyke broke. [1] |\n"
    ).statements
    assert (row.text, row.beside, row.markers, row.row, row.role) == (
        "The dyke broke.", "3 May", ("1",), True, "chronology"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("head", "as_of"),
    [
        ("As of 1 June 2022", "2022-06-01"),
        ("Information cut-off: June 2022", "2022-06"),
        ("As of 2022", "2022"),
        ("By J. Doe", None),
    ],
)
def test_the_as_of_date_is_read_from_the_head(head: str, as_of: str | None) -> None:
    assert read(f"# Floods\n\n{head}\n\n## The port\n\nIt was closed in May 2020. [1]\n").as_of == as_of


def test_a_paragraph_opened_by_a_bold_name_belongs_to_that_section() -> None:
    (statement,) = read("# Floods\n\n**Bottom line.** The port was closed. [1]\n").statements
    assert (statement.text, statement.role, statement.where) == (
        "The port was closed.",
        "bottom line",
        "Bottom line",
    )


def test_a_marker_that_leads_nowhere_is_no_cited_note() -> None:
    draft = read("## The port\n\nIt was closed. [1] [7]\n\n## Notes\n\n[1] River Wire: “It was closed.”\n")
    (statement,) = draft.statements
    assert [note.label for note in draft.cited(statement)] == ["1"]
    assert draft.quotes(statement) == ["It was closed."]


def test_a_block_whose_format_stores_its_citations_is_one_statement() -> None:
    (statement,) = draft_of([DraftBlock("It fell. It rained.", 4, role="body", cites=("2", "2"))]).statements
    assert (statement.text, statement.markers) == ("It fell. It rained.", ("2",))
