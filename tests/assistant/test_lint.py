"""The linter: what it finds, on which line, in which format, and what it leaves alone."""

from __future__ import annotations

import io
import json

import docx
import pytest

from assistant import Assistant
from assistant.export import render
from assistant.lint import Finding, SourceLookup, lint
from ingest import IngestError
from vectorstore import DocumentRecord

HEAD = "# Floods\n\nAs of 1 June 2022\n\n"
NOTES = (
    "\n## Notes\n\n[1] River Wire, “Water over the quays”, 16 May 2022: “The dyke at Kolda broke on 15 May 2022 and "
    "14 people died.”\n[2] River Wire, “Water over the quays”, 16 May 2022: “The port is closed, and rain may go on.”\n"
)
SOUND = "The dyke at Kolda broke on 15 May 2022. [1] The port was closed. [2]\n"


def found(body: str, head: str = HEAD, notes: str = NOTES, name: str = "floods.md") -> list[Finding]:
    return list(lint(f"{head}{body}{notes}".encode(), name).findings)


def rules(body: str, head: str = HEAD, notes: str = NOTES, name: str = "floods.md") -> list[tuple[int, str]]:
    return [(one.line, one.rule) for one in found(body, head, notes, name)]


def test_a_sound_briefing_has_no_finding() -> None:
    assert rules(SOUND) == []


def test_a_factual_sentence_without_a_marker_is_found_on_its_line_and_told_with_a_remedy() -> None:
    (one,) = found(SOUND + "Ships wait outside.\n")
    assert (one.line, one.rule, one.text) == (6, "uncited", "Ships wait outside.")
    assert "marker" in one.remedy


@pytest.mark.parametrize(
    "sentence",
    [
        "Who opened the sluice?",
        "This briefing rests on one report.",
        "The sources do not say who opened the sluice.",
        "No report says who opened the sluice.",
        "We have moderate confidence in the toll, which one newspaper counted.",
        "The figures differ: 14 and 22.",
        "Nothing cited was published after 16 May 2022.",
    ],
)
def test_what_speaks_of_the_briefing_needs_no_marker(sentence: str) -> None:
    assert rules(f"{SOUND}\n{sentence}\n") == []


def test_two_sentences_that_one_note_quotes_share_its_marker() -> None:
    notes = "\n## Notes\n\n[1] River Wire, 16 May 2022: “The dyke broke. Nobody was warned.”\n"
    assert rules("The dyke broke. Nobody was warned. [1]\n", notes=notes) == []


def test_a_marker_without_note_and_a_note_without_marker_are_found() -> None:
    assert rules("The dyke at Kolda broke on 15 May 2022. [1] The port was closed. [7]\n") == [
        (5, "marker-without-note"),
        (10, "unused-note"),
    ]


def test_confidence_and_likelihood_in_one_sentence_are_found() -> None:
    body = f"{SOUND}We judge with high confidence that a second breach is likely. [1]\n"
    assert rules(body) == [(6, "confidence-with-likelihood")]
    assert rules(f"{SOUND}A second breach is likely. [1] Our confidence is moderate.\n") == []


def test_the_column_of_the_likelihood_table_that_is_used_less_is_found() -> None:
    body = f"{SOUND}A breach is likely. [1] Rain is very likely. [2] A flood is probable. [2]\n"
    (one,) = found(body)
    assert one.rule == "mixed-likelihood"
    assert "“probable”" in one.message


def test_a_term_of_the_right_column_beside_a_source_s_likely_is_found_and_not_the_other_way_round() -> None:
    notes = NOTES.replace("rain may go on", "River Wire thinks rain is likely to go on")
    passed_on = "River Wire said that rain is likely to go on. [2]"
    assert rules(f"{SOUND}{passed_on} A flood is improbable. [2]\n", notes=notes) == [(6, "mixed-likelihood")]
    other = NOTES.replace("rain may go on", "rain is probable")
    assert (
        rules(f"{SOUND}River Wire said that rain is probable. [2] A flood is unlikely. [2]\n", notes=other)
        == []
    )


@pytest.mark.parametrize("word", ["may", "might", "could", "possibly", "perhaps"])
def test_a_bare_possibility_is_found(word: str) -> None:
    assert rules(f"{SOUND}The bridge {word} fall. [1]\n") == [(6, "bare-possibility")]


@pytest.mark.parametrize(
    "sentence",
    [
        "It rained all May and in May 2022. [2]",
        "Boats could not land. [2]",
        "The mayor spoke of “what may come” next. [2]",
        "River Wire reported that rain may go on. [2]",
        "A remote village was cut off. [2]",
    ],
)
def test_words_that_only_look_like_a_bare_possibility_are_left_alone(sentence: str) -> None:
    assert [rule for _, rule in rules(f"{SOUND}\n{sentence}\n")] == []


def test_a_sentence_that_stands_in_its_quote_passes_the_sources_words_on() -> None:
    assert rules(f"{SOUND}The port is closed, and rain may go on. [2]\n") == []
    assert [rule for _, rule in rules(f"{SOUND}Rain may go on. [1]\n")] == ["bare-possibility"]


def test_currently_needs_the_date_of_its_source() -> None:
    assert rules(f"{SOUND}The port is currently closed. [2]\n") == [(6, "undated-time")]
    assert rules(f"{SOUND}The port is currently closed [published 2022-05-16]. [2]\n") == []
    assert rules(f"{SOUND}The port is currently (as of 16 May 2022) closed. [2]\n") == []


def test_a_bottom_line_that_nothing_below_goes_into_is_found() -> None:
    head = f"{HEAD}**Bottom line.** The port of Kolda was closed. [2]\nThe uranium mine of Arlit was sold. [1]\n\n"
    assert rules(f"## The port\n\n{SOUND}", head) == [(6, "bottom-line-not-covered")]


def test_the_head_says_as_of_when_and_no_note_is_later() -> None:
    assert rules(SOUND, head="# Floods\n\n") == [(1, "no-as-of")]
    assert rules(SOUND, head="# Floods\n\nNo cut-off date\n\n") == []
    late = rules(SOUND, head="# Floods\n\nInformation cut-off: 30 April 2022\n\n")
    assert late == [(9, "later-than-as-of"), (10, "later-than-as-of")]
    assert rules(SOUND, head="# Floods\n\nAs of 2022\n\n") == []


def test_a_figure_that_the_cited_words_do_not_hold_is_found() -> None:
    assert rules("The dyke at Kolda broke and 24 people died. [1]\nThe port was closed. [2]\n") == [
        (5, "figure-not-in-quote")
    ]


def test_a_quoted_phrase_that_its_note_does_not_quote_is_found() -> None:
    body = f"{SOUND}River Wire wrote that “the dyke had been weak for years”. [1]\n"
    assert rules(body) == [(6, "quote-not-found")]


def test_a_judgement_that_cites_no_fact_is_found() -> None:
    assert rules(f"{SOUND}\nA second breach is very likely.\n") == [(7, "judgement-without-fact")]


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


@pytest.mark.parametrize(
    ("markers", "notes"),
    [
        (("[^a]", "[^b]"), "[^a]: River Wire, 16 May 2022.\n[^b]: River Wire, 16 May 2022.\n"),
        (("[1]", "[2]"), "## Endnotes\n\n1. River Wire, 16 May 2022.\n2. River Wire, 16 May 2022.\n"),
        (("(1)", "(2)"), "## References\n\n(1) River Wire, 16 May 2022.\n(2) River Wire, 16 May 2022.\n"),
        (("¹", "²"), "## Notes\n\n¹ River Wire, 16 May 2022.\n² River Wire, 16 May 2022.\n"),
        (
            ("<sup>1</sup>", "<sup>2</sup>"),
            "---\n\n1. River Wire, 16 May 2022.\n2. River Wire, 16 May 2022.\n",
        ),
        (("[1-2]", "[1, 2]"), "[1]: River Wire, 16 May 2022.\n[2]: River Wire, 16 May 2022.\n"),
    ],
)
def test_notes_are_read_in_the_styles_people_write(markers: tuple[str, str], notes: str) -> None:
    first, second = markers
    assert rules(f"The dyke broke.{first} The port was closed{second}.\n\n", notes=notes) == []
    assert rules(f"The dyke broke.{first} The port was closed{second}. It rained.\n\n", notes=notes) == [
        (5, "uncited")
    ]


def test_plain_text_with_wrapped_lines_and_headings_in_capitals_is_read() -> None:
    text = "THE FLOODS\n\nAs of: 1 June 2022\n\n"
    text += "LOSSES\nThe dyke broke\n[1]. Ships\nwait outside.\n\nNOTES\n1. River Wire\n"
    assert [(one.line, one.where, one.rule) for one in lint(text.encode(), "floods.txt").findings] == [
        (7, "LOSSES", "uncited")
    ]


def test_a_word_file_is_read_with_paragraph_numbers_and_headings() -> None:
    document = docx.Document()
    document.add_heading("Floods", 0)
    document.add_paragraph("As of 1 June 2022")
    document.add_heading("Losses", 1)
    document.add_paragraph("The dyke broke. [1] Ships wait outside.")
    document.add_heading("Notes", 1)
    document.add_paragraph("River Wire, 16 May 2022.", style="List Number")
    made = io.BytesIO()
    document.save(made)
    assert [(one.line, one.where, one.rule) for one in lint(made.getvalue(), "floods.docx").findings] == [
        (4, "Losses", "uncited")
    ]


@pytest.mark.parametrize("format", ["md", "html", "docx", "json"])
def test_what_the_desk_writes_is_read_back_with_its_notes_and_found_sound(
    sampled: Assistant, format: str
) -> None:
    briefing = sampled.brief("Displacement in Mali")
    report = sampled.lint(render(briefing, format), f"displacement.{format}")
    assert report.findings == ()
    assert report.quotes_checked


@pytest.mark.parametrize("format", ["md", "html", "docx", "json"])
def test_a_quote_altered_by_hand_is_found_in_every_format(sampled: Assistant, format: str) -> None:
    saved = sampled.brief("Displacement in Mali").to_json()
    saved["citations"][0]["quote"] = "Nobody at all was counted in Mali that year."
    from assistant.results.briefing import Briefing

    report = sampled.lint(render(Briefing.from_json(saved), format), f"displacement.{format}")
    assert "quote-not-found" in {one.rule for one in report.findings}


def test_a_pdf_an_answer_and_an_empty_file_are_refused_in_words() -> None:
    for data, name, words in (
        (b"%PDF-1.7 ...", "a.pdf", "Lint the .docx"),
        (json.dumps({"sentences": []}).encode(), "a.json", "not the JSON of a briefing"),
        (b"  \n", "a.md", "empty"),
        (b"PK\x03\x04 no archive", "a.docx", "a.docx"),
    ):
        with pytest.raises(IngestError, match=words):
            lint(data, name)
