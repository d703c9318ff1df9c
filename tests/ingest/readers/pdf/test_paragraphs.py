"""Lines of a page become paragraphs and headings; what the print took apart is put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ingest import read as read_report
from ingest.readers.common.draft import DraftPart
from ingest.readers.pdf.lines import HYPHEN, Line
from ingest.readers.pdf.paragraphs import page_parts


def lines(*texts: str, top: float = 700, left: float = 60, page: int = 1, step: float = 12) -> list[Line]:
    """Lines below each other, as wide as the column but for the last."""
    return [
        Line(text, page, left, left + (400 if text != texts[-1] else 200), top - step * row - 10, top - step * row, 10,
             "Times", False, 800)
        for row, text in enumerate(texts)
    ]  # fmt: skip


def read(*pages: list[Line]) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in page_parts(pages)]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        (f"They came to the har{HYPHEN}", "bour in spring.", "They came to the harbour in spring."),
        ("They came to the har-", "bour in spring.", "They came to the harbour in spring."),
        ("It is a self-", "governing coast.", "It is a self-governing coast."),
        ("The fees of 2019-", "2021 rose again.", "The fees of 2019-2021 rose again."),
        ("The line from Lindow-", "Ostra is closed.", "The line from Lindow-Ostra is closed."),
    ],
)
def test_a_word_broken_at_a_lines_end_is_made_whole(before: str, after: str, joined: str) -> None:
    assert read(lines(before, after)) == [("paragraph", joined)]


def test_a_hyphen_that_the_text_spells_elsewhere_stays() -> None:
    page = lines("A dry-dock is a dock; the dry-dock of Ostra is an old dry-", "dock with a crane.")
    assert read(page)[0][1].endswith("an old dry-dock with a crane.")


def test_a_wider_gap_and_an_item_begin_a_paragraph() -> None:
    page = [
        *lines("The harbour of Lindow handled more", "grain than last year."),
        *lines("Smaller ports have lost business", "in the same period.", top=650),
        *lines("1. Fees rose.", top=626),
        *lines("2. Ships left.", top=614),
    ]
    assert read(page) == [
        ("paragraph", "The harbour of Lindow handled more grain than last year."),
        ("paragraph", "Smaller ports have lost business in the same period."),
        ("list", "1. Fees rose."),
        ("list", "2. Ships left."),
    ]


def test_larger_type_is_a_heading_and_the_largest_the_highest() -> None:
    body = lines(*["The harbour of Lindow handled a third more grain this year"] * 6)
    title = replace(lines("Grain", top=790)[0], size=24)
    section = replace(lines("The large harbour", top=750)[0], size=14)
    parts = page_parts([[title, section, *body]])
    assert [(part.kind, part.level) for part in parts] == [("heading", 1), ("heading", 2), ("paragraph", 0)]


def test_a_short_line_in_bold_is_a_heading_of_the_lowest_level() -> None:
    body = lines("The harbour of Lindow handled more", "grain than last year.", top=680)
    bold = replace(lines("The large harbour", top=700)[0], bold=True)
    sentence = replace(bold, text="The large harbour grew.")
    assert page_parts([[bold, *body]])[0] == DraftPart("The large harbour", "heading", 6, 1)
    assert page_parts([[sentence, *body]])[0].kind == "paragraph"


def test_a_sentence_over_a_pages_end_stands_whole_on_the_first() -> None:
    first = lines("Fees are low. The ministry has", "not answered the")
    second = lines("smaller ports. Ships left.", page=2)
    assert [(part.page, part.text) for part in page_parts([first, second])] == [
        (1, "Fees are low. The ministry has not answered the smaller ports."),
        (2, "Ships left."),
    ]


def test_pages_without_lines_give_nothing() -> None:
    assert page_parts([[], []]) == []


def test_words_broken_at_line_ends_are_joined(drawn_pdf: Callable[..., bytes]) -> None:
    lines = [
        "The harbour master spoke of an extra-",
        "ordinary year, and of self-",
        "sufficient villages on the Lindow-",
        "Ostra road.",
    ]
    text = read_report(drawn_pdf(lines), "a.pdf").text
    assert "an extraordinary year" in text
    assert "self-sufficient" in text
    assert "Lindow-Ostra road" in text


def test_a_sentence_across_pages_is_whole_on_the_page_where_it_begins(
    drawn_pdf: Callable[..., bytes],
) -> None:
    document = read_report(
        drawn_pdf(["The cranes were ordered in the north and"], ["arrived in spring. They work well."]),
        "a.pdf",
    )
    whole, rest = document.blocks
    assert (
        document.text[whole.start : whole.end]
        == "The cranes were ordered in the north and arrived in spring."
    )
    assert (whole.page, rest.page) == (1, 2)
