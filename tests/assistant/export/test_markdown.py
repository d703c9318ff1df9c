"""Markdown files, read back by a Markdown parser."""

from __future__ import annotations

import re

import pytest
from export_samples import (
    BRIEFING,
    LINK,
    MARKED,
    MARKING,
    SCRIPT,
    markdown_as_html,
)
from markdown_it import MarkdownIt

from assistant import Answer
from assistant.export import answer_markdown, render
from assistant.export.markdown import _source_text as source_text
from assistant.results.answer import Sentence


@pytest.mark.parametrize("raw_html", [False, True])
def test_nothing_in_a_source_is_markup_in_markdown(raw_html: bool) -> None:
    page = markdown_as_html(render(BRIEFING, "md"), raw_html)
    assert page.xpath("//script | //a | //img | //s | //code | //del") == []
    assert [one.text_content() for one in page.xpath("//h1")] == [BRIEFING.title]
    assert "# not a heading" in [one.text_content() for one in page.xpath("//li")]
    assert [one.text_content() for one in page.xpath("//em")] == [BRIEFING.notice]


def test_a_bar_in_a_source_does_not_make_a_column_in_markdown() -> None:
    rows = markdown_as_html(render(BRIEFING, "md")).xpath("//tbody/tr")
    assert [[cell.text_content() for cell in row] for row in rows] == [
        ["15 May 2022", f"The dyke broke | {SCRIPT} [3]"],
        ["2022", "Rain fell [1]"],
    ]


def test_an_answer_in_markdown_has_its_endnotes_and_no_markup_of_the_source() -> None:
    answer = Answer(f"Why {LINK}?", BRIEFING.bottom_line, BRIEFING.citations[:2], False, "extractive", 0.1)
    page = markdown_as_html(answer_markdown(answer).encode(), raw_html=True)
    assert page.xpath("//script | //a | //em") == []
    assert [one.text_content() for one in page.xpath("//strong")] == [f"Why {LINK}?"]
    read = " ".join(page.text_content().split())
    assert "［12］" in read
    for one in BRIEFING.citations[:2]:
        assert re.search(rf"\[{one.number}\].*{re.escape(one.publisher or 'Publisher unknown')}", read)


@pytest.mark.parametrize("text", ["1994. It rained.", "---", "# no heading", "+ no item", "2) no item"])
def test_no_text_is_a_list_a_rule_or_a_heading_in_markdown(text: str) -> None:
    from assistant.export.markdown import _text

    html = MarkdownIt().render(_text(text))
    assert html == f"<p>{text}</p>\n"


def test_the_marking_is_the_first_and_the_last_line_of_markdown() -> None:
    lines = render(MARKED, "md").decode().strip().split("\n")
    assert lines[0] == lines[-1] == f"**{MARKING}**"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a*b_c", r"a\*b\_c"),
        ("[12]", "［12］"),
        ("- no item", r"\- no item"),
        ("R&D &amp; more", "R&amp;D &amp;amp; more"),
        ("R&D", "R&D"),
        ("אב", "\u2068אב\u2069"),
    ],
)
def test_a_source_s_characters_are_escaped_where_they_would_be_markup(text: str, markdown: str) -> None:
    assert source_text(text) == markdown


def test_an_answer_that_is_a_list_has_one_item_a_sentence_and_its_notes_outside() -> None:
    sentences = (
        Sentence("Two were found:"),
        Sentence("A dyke.", (1,), "verbatim"),
        Sentence("A lock.", (1,), "verbatim"),
    )
    listed = Answer("What broke?", sentences, BRIEFING.citations[:1], False, "extractive", 0.1, listed=True)
    page = markdown_as_html(answer_markdown(listed).encode())
    assert [item.text_content().strip() for item in page.xpath("//li")] == ["A dyke. [1]", "A lock. [1]"]
