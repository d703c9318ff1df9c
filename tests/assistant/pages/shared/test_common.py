"""Text made safe to show, and citations found by what was clicked."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from page_values import citation

from assistant.pages.shared import common
from vectorstore import StoreError


def test_a_label_shows_every_character_as_itself() -> None:
    assert "[" not in common.label("[x](javascript:alert(1))") and "*" not in common.label("**b**")


def test_only_web_addresses_are_linked() -> None:
    assert common.address("https://example.org/a") and common.address("http://example.org")
    assert not any(
        map(common.address, ["javascript:alert(1)", "file:///etc/passwd", "report.pdf", "http://["])
    )


@pytest.mark.parametrize(
    "text",
    ["[x](https://a.example)", "**b** _i_ `c`", "# heading", "1. item", "<b>x</b>", "![x](y)", "a | b"],
)
def test_a_label_is_read_by_markdown_as_the_words_it_was_made_of(text: str) -> None:
    html = MarkdownIt("commonmark", {"html": True}).render(common.label(text))
    assert html.startswith("<p>") and html.count("<") == 2
    shown = html.removeprefix("<p>").removesuffix("</p>\n")
    for reference, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("\u2060", "")):
        shown = shown.replace(reference, char)
    assert shown == text


@pytest.mark.parametrize(
    "text", [":material/home:", "www.example.org", "a -> b", "a -- b", "ana@example.org"]
)
def test_what_streamlit_replaces_after_parsing_is_broken_up(text: str) -> None:
    assert "\u2060" in common.label(text)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("<b>", "&lt;b&gt;"),
        ("\"a\" & 'b'", "&quot;a&quot; &amp; &#x27;b&#x27;"),
        ("nul\0", "nul"),
        ("é", "é"),
    ],
)
def test_prose_is_escaped_for_text_and_for_quoted_attributes(text: str, safe: str) -> None:
    assert common.escape(text) == safe


def test_a_click_finds_the_citation_of_its_own_answer() -> None:
    shown = {"answer1": (citation(1), citation(2)), "answer3": (citation(1, quote="Another."),)}
    assert common.citation_at("answer1/2", shown) == citation(2)
    found = common.citation_at("answer3/1", shown)
    assert found is not None and found.quote == "Another."
    for place in ("answer3/2", "answer2/1", "answer1/", "", "answer1/2/3"):
        assert common.citation_at(place, shown) is None


@pytest.mark.parametrize("error", [ValueError("no date"), StoreError("broken", "it cannot be read")])
def test_errors_of_the_desk_go_no_further_and_others_do(error: Exception) -> None:
    with common.errors_as_messages():
        raise error
    with pytest.raises(KeyError), common.errors_as_messages():
        raise KeyError("a bug")


def test_a_new_conversation_has_no_parameter_in_its_address() -> None:
    assert common.conversation_link(None) == {} and common.conversation_link("c1") == {"conversation": "c1"}
