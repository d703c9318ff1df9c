"""Answers, sources and passages as markup."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest
from page_values import citation

from assistant.pages.shared import markup
from assistant.results.answer import Answer, Sentence

HOSTILE = "<script>alert('x')</script>"


def test_a_marker_opens_its_source_only_if_there_is_one() -> None:
    button = lxml.html.fromstring(markup.marker(1, "answer3", [citation(1)]))
    assert button.tag == "button" and button.get("data-cite") == "answer3/1"
    assert button.get("title") == "Report 1, 16 May 2022: “The dyke broke at lock 1.”"
    assert (
        markup.marker(2, "answer3", [citation(1)])
        == '<span class="bd-cite">2</span>'
        == markup.marker(2, None, [])
    )


@pytest.mark.parametrize("support", ["note", "supported", "unsupported"])
def test_nothing_in_a_sentence_its_reasons_or_its_source_is_markup(support: str) -> None:
    said = Sentence(HOSTILE, (1,), support, 0.1, (HOSTILE,))  # type: ignore[arg-type]
    html = markup.sentences([said], HOSTILE, [citation(1, title=HOSTILE, quote=HOSTILE)])
    html += markup.sources([citation(1, title=HOSTILE, publisher=HOSTILE)], HOSTILE)
    html += markup.endnote(citation(1, title=HOSTILE, heading=HOSTILE), HOSTILE) + markup.facts(
        [(HOSTILE, HOSTILE)]
    )
    assert "<script" not in html and "&lt;script&gt;" in html


def test_an_unsupported_sentence_is_followed_by_the_reason() -> None:
    html = markup.sentence(Sentence("612 died.", (1,), "unsupported", 0.1, ("612 is not in it",)), None, [])
    assert "bd-unsupported" in html and "Not supported: 612 is not in it" in html


def test_a_listed_answer_keeps_its_notes_outside_the_list() -> None:
    said = (
        Sentence("Two:"),
        Sentence("A dyke.", (1,), "verbatim"),
        Sentence("A lock.", (1,), "verbatim"),
        Sentence("No more."),
    )
    root = lxml.html.fromstring(markup.answer(said, None, [citation(1)], listed=True))
    assert [child.tag for child in root] == ["p", "ul", "p"] and len(root.findall(".//li")) == 2
    assert lxml.html.fromstring(markup.answer(said, None, [])).findall(".//li") == []


def test_sources_name_each_report_once_with_all_its_numbers_and_pages() -> None:
    cited = [citation(1), citation(2, document_id="d1", page=7), citation(3, page=None)]
    rows = lxml.html.fromstring(markup.sources(cited, "a")).find_class("bd-source")
    assert [[one.text for one in row.find_class("bd-cite")] for row in rows] == [["1", "2"], ["3"]]
    assert "pages 3, 7" in rows[0].text_content() and "page" not in rows[1].text_content()


@pytest.mark.parametrize(
    ("supports", "line"),
    [
        (["verbatim", "note"], "Verbatim from the sources · 1.5 s"),
        (["verbatim", "supported"], "Every sentence checked against the words it cites · 1.5 s"),
        (["verbatim", "unsupported"], "1 of 2 sentences not supported by the cited words · 1.5 s"),
        (["note"], ""),
    ],
)
def test_one_line_says_what_an_answer_rests_on(supports: list[str], line: str) -> None:
    said = tuple(Sentence("It rained.", (), support) for support in supports)  # type: ignore[arg-type]
    answer = Answer("Why?", said, (), False, "extractive", 1.5)
    assert markup.support_line(answer) == line and markup.support_line(replace(answer, refused=True)) == ""


def test_a_passage_is_cut_between_words_and_only_where_it_is_long() -> None:
    text = "word " * 400
    start = text.index("word", 1000)
    html = markup.passage(text, start, start + 4)
    root = lxml.html.fromstring(html)
    assert root.findtext("mark") == "word"
    before, after = (one.text_content() for one in root.find_class("bd-around"))
    assert before.startswith("… word") and after.endswith("word …")
    assert len(before) <= 252 and len(after) <= 602
    assert "…" not in markup.passage("It rained.", 0, 10)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("as of 2022-05-16, since 2021-03", "as of 16 May 2022, since March 2021"),
        ("“Floods 2022-05” of 2022-05", "“Floods 2022-05” of May 2022"),
        ("12-14 boats in 2022", "12-14 boats in 2022"),
    ],
)
def test_dates_of_ours_are_written_out_and_titles_stay(text: str, said: str) -> None:
    assert markup.dates_in_words(text) == said


def test_only_the_date_that_was_put_in_is_written_out_in_a_sentence() -> None:
    text = "From 2022-05-01 it is currently [published 2022-05-16] shut."
    assert (
        markup.report_date_in_words(text) == "From 2022-05-01 it is currently [published 16 May 2022] shut."
    )
