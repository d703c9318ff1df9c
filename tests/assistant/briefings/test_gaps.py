"""What a briefing says that it cannot say: counted, never guessed, and not more than six things."""

from __future__ import annotations

import datetime

import pytest
from made_evidence import said as one_sentence

from assistant.briefings.gaps import find_gaps
from assistant.evidence.scoring import Evidence
from assistant.results.answer import Citation, Sentence
from assistant.results.briefing import Event, Paragraph
from vectorstore import Passage


def said(text: str, document: str = "a", published: str | None = "2022-06-01") -> Evidence:
    held = Passage(
        f"{document}:{text}", document, f"Report {document}", (), f"Publisher {document}", published,
        f"{document}.txt", None, None, 0, len(text), text,
    )  # fmt: skip
    return Evidence(held, 0, len(text), score=0.9)


def found(topic: str, *evidence: Evidence, **further: object) -> list[str]:
    citations = [
        Citation.of(one.passage, one.start, one.end, number) for number, one in enumerate(evidence, 1)
    ]
    return find_gaps(topic, evidence, (), citations, None, None, **further)  # type: ignore[arg-type]


def test_a_question_whose_kind_of_fact_no_sentence_holds_is_a_gap() -> None:
    told = said("The bridge at Kolda fell on 3 May 2022.")
    assert "No cited sentence gives what the topic asks for: the reason." in found(
        "Why did the bridge at Kolda fall?", told
    )
    reason = said("The bridge at Kolda fell because its bolts were rusted.")
    assert not any("asks for" in gap for gap in found("Why did the bridge at Kolda fall?", told, reason))


def test_dates_are_not_missing_beside_a_chronology() -> None:
    told = said("The bridge at Kolda fell.")
    missing = "No cited sentence says when anything happened."
    assert missing in found("the bridge at Kolda", told)
    row = Event("2022-05-03", "The bridge fell.", (1,))
    assert missing not in found("the bridge at Kolda", told, events=[row])


@pytest.mark.parametrize(
    ("text", "row", "gap"),
    [
        ("The post at Inabar was attacked on 3 May 2022, and 12 were killed.", {"casualties": "12 killed"},
         "Who carried out the attack of 3 May 2022 (Inabar) is not said."),
        ("Sand Brigade attacked the post at Inabar on 3 May 2022.", {"actor": "Sand Brigade"},
         "How many were killed or hurt in the attack of 3 May 2022 (Inabar) is not said."),
        ("The post at Inabar was attacked by the Sand Brigade on 3 May 2022; several died.", {}, None),
        ("The market at Inabar was opened on 3 May 2022.", {}, None),
    ],
)  # fmt: skip
def test_an_attack_of_which_nobody_says_who_or_how_many_is_a_gap(
    text: str, row: dict[str, str], gap: str | None
) -> None:
    one = said(text)
    told = found("Inabar", one, events=[Event("2022-05-03", text, (1,), place="Inabar", **row)])
    assert [each for each in told if "is not said" in each] == ([gap] if gap else [])


def test_what_another_sentence_of_that_day_may_say_is_no_gap() -> None:
    text = "The post at Inabar was attacked on 3 May 2022."
    other = said("The Sand Brigade claimed what happened on 3 May 2022.", "b")
    row = Event("2022-05-03", text, (1,), place="Inabar")
    assert not any("is not said" in gap for gap in found("Inabar", said(text), other, events=[row]))


def test_what_rests_on_one_report_beside_others_is_named() -> None:
    pair = said("The dam broke on 3 May 2022."), said("The valley is wet.", "b")
    first = Sentence("The dam broke on 3 May 2022.", (1,), "verbatim")
    rows = [Event("2022-05-03", "The dam broke.", (1,)), Event("2022-05-04", "The road broke.", (1, 2))]
    told = found("the dam", *pair, bottom_line=[first], events=rows)
    assert "The bottom line rests on one report, “Report a”, and no other is cited for it." in told
    assert "1 of the 2 events of the chronology are told by one report alone." in told


def test_how_long_nothing_was_reported_is_counted() -> None:
    told = found("the dam", said("The dam broke."), today=datetime.date(2022, 9, 9))
    assert "Nothing cited was published after 2022-06-01; the 100 days since then are not covered." in told
    fresh = found("the dam", said("The dam broke."), today=datetime.date(2022, 6, 9))
    assert "Nothing cited was published after 2022-06-01." in fresh


def test_of_many_gaps_six_are_told_and_what_was_left_out_among_them() -> None:
    silent = [Paragraph(f"Heading {number}", (Sentence("Nothing."),)) for number in range(9)]
    told = find_gaps("the dam", [], silent, [], "2022", 2, 3)
    assert len(told) == 6
    assert told[-2].startswith("2 reports without a known date") and "3 reports published after" in told[-1]


def test_gaps_name_what_the_reports_are_silent_on() -> None:
    one = one_sentence("The port of Sarrel is closed.", published=None)
    found = list(find_gaps("cholera at the port of Sarrel", [one], (), [one.citation], None, 3))
    assert found == [
        "No source found for this topic speaks of “cholera”.",
        "No cited sentence says when anything happened.",
        "No cited sentence gives a figure.",
        "When these were published is not known: “Report a”.",
        "3 reports without a known date were left out: date them, or include them, to hear them.",
    ]


def test_gaps_name_the_time_that_no_report_covers_and_what_one_alone_says() -> None:
    a = Citation.of(one_sentence("Two died in May 2022.", "a", publisher="River Wire").passage, 0, 21, 1)
    b = Citation.of(
        one_sentence("The quay is wet.", "b", "2022-04", publisher="River Wire").passage, 0, 16, 2
    )
    alone = Paragraph("The dead", (Sentence("Two died.", (1,)), Sentence("One more died.", (1,))))
    found = list(find_gaps("floods", [], [alone], [a, b], "2023", None))
    assert "Nothing cited was published after 2022-06-01; the time up to 2023 is not covered." in found
    assert "All named sources are one publisher's." in found
    assert "“The dead” rests on one document and is not confirmed by another." in found
    assert not any("not covered" in gap for gap in find_gaps("floods", [], [], [a, b], "2022-06-30", None))
