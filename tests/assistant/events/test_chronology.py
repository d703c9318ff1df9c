"""Chronologies of sentences made by hand: what is an event, when, where, by whom, and one row for each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from passages import evidence_of

from assistant.events.chronology import chronology
from assistant.evidence.scoring import Evidence
from assistant.results.answer import CitationList
from assistant.results.briefing import Event


def events(*evidence: Evidence, as_of: str | None = None, most: int = 10) -> list[tuple[str, str]]:
    return [(one.date, one.text) for one in chronology(evidence, CitationList().number, as_of, most)]


def rows(*evidence: Evidence) -> tuple[Event, ...]:
    return chronology(evidence, CitationList().number, None, 20)


def test_the_month_of_may_is_not_the_verb() -> None:
    text = "On May 15, 2022 the dyke at Sarrel broke."
    assert events(evidence_of(text)) == [("2022-05-15", text)]
    assert events(evidence_of("The dyke of 15 May 2022 may break again.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The port will reopen in March 2022.",
        "Barges are expected at the quay on 3 March 2022.",
        "The union plans to strike on 3 March 2022.",
        "Pay should have been settled by the end of March 2022.",
        "Wages have been unpaid since March 2022.",
        "The dyke was strong.",
        "The dyke broke in March 2025.",
    ],
)
def test_what_is_expected_lasting_undated_or_later_than_its_report_is_no_event(text: str) -> None:
    assert events(evidence_of(text)) == []


def test_a_dateline_is_when_it_was_written_not_when_it_happened() -> None:
    assert events(evidence_of("Sarrel, 1 June 2022 – The mayor spoke of the dyke.")) == []


def test_one_event_told_twice_is_one_row_with_both_sources() -> None:
    one = evidence_of("The upper dyke at Sarrel broke on 15 May 2022.", "a")
    other = evidence_of("On 15 May 2022 Sarrel's upper dyke broke after rain.", "b")
    (row,) = chronology([one, other], CitationList().number, None, 10)
    assert row.text == one.text and row.citations == (1, 2)


def test_the_strongest_events_are_kept_and_sorted() -> None:
    rows = [evidence_of(f"The ferry sank on {day} May 2022.") for day in (9, 3, 6)]
    rows += [evidence_of("Cranes were sold in 2021."), evidence_of("A lock jammed in May 2022.")]
    assert [date for date, _ in events(*rows, most=3)] == ["2022-05-03", "2022-05-06", "2022-05-09"]
    assert [date for date, _ in events(*rows)] == [
        "2021",
        "2022-05",
        "2022-05-03",
        "2022-05-06",
        "2022-05-09",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The council intends to sell the cranes in March 2022.",
        "Sarrel had 3,000 inhabitants in March 2022.",
        "The port remained shut in March 2022.",
        "As of March 2022, half of the quays were mended.",
        "In March 2022 the mayor said that the dyke was strong.",
        "The cranes, which were needed by March 2022, are old.",
        "The owners did not sign in March 2022.",
        "If the dyke had broken in March 2022, the port would be gone.",
        "Convoys planned for March 2022 carry wheat.",
    ],
)
def test_an_intention_a_state_a_saying_or_a_denial_is_no_event(text: str) -> None:
    assert rows(evidence_of(text)) == ()


def test_what_is_announced_is_an_event_of_the_announcement_not_of_what_it_promises() -> None:
    (row,) = rows(
        evidence_of("On 3 March 2022 the owners announced that they would sell the cranes by June 2022.")
    )
    assert row.date == "2022-03-03" and row.actor == "owners"


def test_one_sentence_tells_each_event_that_it_dates() -> None:
    text = "When the last barge left Sarrel on 15 May 2022, it ended a trade that had begun on 11 May 1993."
    assert [(one.date, one.place) for one in rows(evidence_of(text))] == [
        ("1993-05-11", None),
        ("2022-05-15", "Sarrel"),
    ]


def test_an_event_that_is_only_named_has_the_date_beside_its_name() -> None:
    assert [one.date for one in rows(evidence_of("After the March 2020 coup the port thrived."))] == [
        "2020-03"
    ]
    assert [one.date for one in rows(evidence_of("The coup of May 2021, the second, closed the port."))] == [
        "2021-05"
    ]
    assert [
        one.date for one in rows(evidence_of("The lock, built in 1993 and opened in 1994, is old."))
    ] == []


def test_a_row_of_a_table_is_dated_by_its_own_column() -> None:
    (row,) = rows(evidence_of("Date: 3 March 2022; Place: Sarrel; Toll: 4 people killed, 2 wounded"))
    assert (row.date, row.casualties) == ("2022-03-03", "4 people killed; 2 wounded")


@pytest.mark.parametrize(
    ("text", "place", "actor"),
    [
        ("On 3 March 2022 the army shelled a camp near Tamsin.", "Tamsin", "army"),
        ("Gunmen from Sarrel attacked a post in the Hallum region on 3 March 2022.", "Hallum region", "Gunmen"),
        ("A convoy was attacked on 3 March 2022 in Kidal by fighters of the River Front.", "Kidal",
         "fighters of the River Front"),
        ("The last barge left Gao on 3 March 2022.", "Gao", None),
        ("On 3 March 2022 Mali withdrew from the alliance.", "Mali", "Mali"),
        ("The upper dyke broke on 3 March 2022.", None, None),
        ("A commander was killed on 3 March 2022 in a US raid.", None, "US"),
        ("MINUSMA left on 3 March 2022 after talks in March.", None, "MINUSMA"),
    ],
)  # fmt: skip
def test_place_and_actor_are_the_sentence_s_own_words(
    text: str, place: str | None, actor: str | None
) -> None:
    (row,) = rows(evidence_of(text))
    assert (row.place, row.actor) == (place, actor)


def test_the_town_is_the_one_named_before_it() -> None:
    before = "Barges gathered at Tamsin. "
    text = before + "The army entered the town on 3 March 2022."
    one = replace(evidence_of(text), start=len(before))
    assert [row.place for row in rows(one)] == ["Tamsin"]
    headed = evidence_of("Miners struck on 3 March 2022.", heading="Rudno Region")
    assert [row.place for row in rows(headed)] == ["Rudno Region"]


def test_the_more_precise_date_stands_when_two_reports_tell_one_event() -> None:
    month = evidence_of("Following a military coup in March 2021, the port of Mali was shut.", "a")
    day = evidence_of("The coup in Mali occurred on 24 March 2021 and shut the port.", "b")
    for told in ([month, day], [day, month]):
        (row,) = rows(*told)
        assert row.date == "2021-03-24" and set(row.citations) == {1, 2}


def test_like_events_at_two_places_or_days_are_two_rows() -> None:
    attack = "Gunmen attacked the post at Sarrel on 3 March 2022."
    assert (
        len(
            rows(
                evidence_of(attack),
                evidence_of(attack.replace("Sarrel", "Hallum").replace("post", "market"), "b"),
            )
        )
        == 2
    )
    assert len(rows(evidence_of(attack), evidence_of(attack.replace("3 March", "4 March"), "b"))) == 2
    coup = "The coup of 2015 in Burkina Faso closed the post."
    assert len(rows(evidence_of(coup), evidence_of(coup.replace("Burkina Faso", "Mali"), "b"))) == 2


def test_a_sentence_that_leans_on_the_one_before_is_cut_to_what_stands_alone() -> None:
    assert rows(evidence_of("They burnt the lock on 3 March 2022.")) == ()
    (row,) = rows(evidence_of("It seems a pattern: on 3 March 2022 gunmen attacked the lock."))
    assert row.text == "… on 3 March 2022 gunmen attacked the lock."
    (row,) = rows(evidence_of("Furthermore, the council sold the cranes on 3 March 2022."))
    assert row.text.startswith("Furthermore")
