"""The words that all export formats share."""

from __future__ import annotations

from dataclasses import replace

import pytest
from export_samples import BRIEFING, JUDGED, PART, REFUSED, citation
from made_briefing import MADE

from assistant.export import content
from assistant.results.answer import Sentence


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("two\n lines ", "two lines"),
        ("bell\x07 and \u202eoverride", "bell and override"),
        ("the port [12] is shut", "the port ［12］ is shut"),
        ("an array[i]", "an array[i]"),
        ("", ""),
    ],
)
def test_words_of_a_source_are_one_line_without_controls_or_markers(text: str, safe: str) -> None:
    assert content.sentence_text(text) == safe


@pytest.mark.parametrize(
    ("text", "from_right"),
    [("שלום and more", True), ("12, «سلام»", True), ("Peace, שלום", False), ("12 – 13", False), ("", False)],
)
def test_the_first_letter_with_a_direction_decides_where_a_text_begins(text: str, from_right: bool) -> None:
    assert content.begins_right_to_left(text) is from_right
    assert content.sentences_begin_right_to_left([Sentence(text), Sentence("And more.")]) is from_right


def test_only_text_with_a_letter_from_the_right_is_isolated() -> None:
    assert content.isolate_runs("Łódź (12)") == "Łódź (12)"
    assert content.isolate_runs("by יוסף") == "\u2068by יוסף\u2069"


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("https://wire.example/a?x=1", "https://wire.example/a?x=1"),
        ("http://wire.example", "http://wire.example"),
        ("wire.pdf", None),
        ("javascript:alert(1)", None),
        ("https:///nowhere", None),
        ("http://[", None),
    ],
)
def test_only_an_address_on_the_web_is_linked(source: str, address: str | None) -> None:
    assert content.source_address(citation(1, "It rained.", source=source)) == address


def test_a_credit_names_what_is_known_and_says_what_is_not() -> None:
    known = citation(1, "It rained.", grade="B2")
    assert content.credit(known) == (
        "River Wire, Odile Brandt, “Water over the quays”, 16 May 2022, page 3 · Losses. Grade B2."
    )
    unknown = replace(
        known, publisher=None, authors=(), title=None, published=None, page=None, heading=None, grade="F6"
    )
    assert content.credit(unknown) == "Publisher unknown, “wire.md”, undated. Grade F6 (ungraded)."


def test_a_sentence_that_its_citations_do_not_support_says_so() -> None:
    assert content.plain_text(Sentence("It rained.", (1,), "supported")) == "It rained."
    assert "(not supported by what it cites)" in content.plain_text(
        Sentence("It rained.", (1,), "unsupported")
    )


def test_the_title_lines_leave_out_what_there_is_nothing_to_say_of() -> None:
    lines = content.title_lines(replace(BRIEFING, left_out_later=2))
    assert "Left out: 1 undated report, 2 reports published after the cut-off" in lines
    assert any(line.startswith("Topic: floods") for line in lines)
    assert not any(
        line.startswith(("Left out", "Topic"))
        for line in content.title_lines(replace(MADE, topic=MADE.title))
    )


def test_one_paragraph_alone_is_an_excerpt_and_a_refusal_is_none() -> None:
    assert content.is_excerpt(PART)
    assert not any(map(content.is_excerpt, (MADE, BRIEFING, REFUSED, replace(PART, refused=True))))


def test_judgements_stand_under_their_headings_and_only_if_a_model_judged() -> None:
    assert content.judgement_sections(MADE) == []
    assert [heading for heading, _ in content.judgement_sections(JUDGED)] == [
        "Key judgements",
        "Alternatives considered",
    ]


def test_markers_follow_in_the_order_of_the_numbers_given() -> None:
    assert content.markers([2, 1]) == " [2] [1]" and content.markers([]) == ""
