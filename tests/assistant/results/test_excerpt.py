from __future__ import annotations

from result_values import briefing_of

from assistant.results.excerpt import excerpt


def test_an_excerpt_is_the_first_paragraph_under_the_title() -> None:
    (paragraph,) = excerpt(briefing_of()).paragraphs
    assert paragraph.heading == "The flood"
    assert [sentence.text for sentence in paragraph.sentences] == ["The dyke broke.", "A remark."]


def test_it_takes_along_only_what_it_cites_and_what_contradicts_that() -> None:
    part = excerpt(briefing_of())
    assert [conflict.about for conflict in part.conflicts] == ["people drowned"]
    assert [(citation.number, citation.start) for citation in part.citations] == [(1, 20), (2, 40)]
    assert part.paragraphs[0].sentences[0].citations == (1,)


def test_the_other_parts_are_left_out() -> None:
    part = excerpt(briefing_of())
    assert not (part.bottom_line or part.chronology or part.echoes or part.gaps)
    assert part.handling == "Internal", "the marking holds for every part"


def test_a_refused_briefing_has_no_paragraph_and_stays_as_it_is() -> None:
    for briefing in (briefing_of(refused=True), briefing_of(paragraphs=())):
        assert excerpt(briefing) is briefing
