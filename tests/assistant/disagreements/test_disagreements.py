"""Where reports disagree, on sentences made by hand: what is a conflict, what an update, and what is neither."""

from __future__ import annotations

import pytest
from made_evidence import said
from passages import evidence_of

from assistant.disagreements.disagreements import conflicts_in, differences
from assistant.evidence.scoring import Evidence
from assistant.results.answer import CitationList


def compared(*sentences: tuple[str, str | None]) -> list[tuple[str, str]]:
    """(what differs, kind) for sentences with the dates of their reports, each a report of its own."""
    evidence = [evidence_of(text, str(place), published) for place, (text, published) in enumerate(sentences)]
    return [(one.of, one.kind) for one in differences(evidence)]


JUNE = "2022-06-01"


CONFLICTS = {
    "a sum of money": (
        "figures",
        "The bank lent 340 million euros for the Merrin dam in May 2022.",
        "A loan of 410 million euros for the Merrin dam was granted by the bank in May 2022.",
    ),
    "a share": (
        "figures",
        "Turnout in the Vardo referendum of 12 May 2022 was 61 percent of all voters.",
        "Only 38 percent of all voters took part in the Vardo referendum, where turnout on 12 May 2022 was low.",
    ),
    "the dead and those killed": (
        "figures",
        "The bus crash at Anzu on 10 May 2022 killed 33 passengers.",
        "The bus crash at Anzu on 10 May 2022 left 19 dead.",
    ),
    "a denial": (
        "statements",
        "The army retook the post at Inabar on 17 May 2022.",
        "The army did not retake the post at Inabar, which the fighters hold.",
    ),
    "nobody, against some": (
        "statements",
        "Nobody was killed in the riot in Selmet prison on 6 May 2022.",
        "Seven inmates were killed in the riot in Selmet prison on 6 May 2022.",
    ),
    "a direction": (
        "statements",
        "The grain harvest in Sabra province rose in 2021.",
        "The grain harvest in Sabra province fell in 2021.",
    ),
    "alive or dead": (
        "statements",
        "Omar Dessalin, leader of the Sand Movement, was killed in the strike of 8 May 2022.",
        "Omar Dessalin, leader of the Sand Movement, survived the strike of 8 May 2022.",
    ),
    "what has not changed days later": (
        "statements",
        "General Tomas Iwu was released from Fort Sand on 8 May 2022.",
        "General Tomas Iwu is still detained in Fort Sand, his lawyer said on 11 May 2022.",
    ),
    "who claimed it": (
        "who",
        "The Crescent Brigade claimed responsibility for the bombing of the Ashkel police station on 9 May 2022.",
        "The bombing of the Ashkel police station on 9 May 2022 was claimed by the Northern Front.",
    ),
    "the day": (
        "when",
        "Police arrested the mayor of Lessan, Issa Kaldor, on 3 May 2022.",
        "The mayor of Lessan, Issa Kaldor, was arrested by police on 6 May 2022.",
    ),
    "the place": (
        "where",
        "Rashid Velou, commander of the Haroun Front, was killed near Bassila on 26 May 2022.",
        "Rashid Velou, commander of the Haroun Front, was killed near Tengara on 26 May 2022.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CONFLICTS)
def test_reports_that_contradict_each_other_are_in_conflict(name: str) -> None:
    of, one, other = CONFLICTS[name]
    assert compared((one, JUNE), (other, JUNE)) == [(of, "conflict")]
    assert compared((other, JUNE), (one, JUNE)) == [(of, "conflict")]


UPDATES = {
    "a toll that went on rising": (
        "So far 120 people are known to have died in the Dorvan earthquake of 11 April 2022.",
        "The toll of the Dorvan earthquake of 11 April 2022 has risen to 344 people.",
    ),
    "a count of another month": (
        "By the end of January 2022 the Gaouna district had recorded 260 cases of cholera.",
        "By the end of May 2022 the Gaouna district had recorded 910 cases of cholera.",
    ),
    "what was closed and is open again": (
        "Zarka airport was closed on 12 January 2022 after rockets hit the runway.",
        "Zarka airport was reopened on 10 March 2022.",
    ),
    "a town that changed hands": (
        "Rebels seized the town of Berrim on 4 January 2022.",
        "The army recaptured the town of Berrim on 19 March 2022.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UPDATES)
def test_what_changed_with_time_is_an_update(name: str) -> None:
    one, other = UPDATES[name]
    assert [kind for _, kind in compared((one, "2022-02-01"), (other, JUNE))] == ["update"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "On 14 May 2022 27 soldiers were killed at Tamsal.",
            "On 14 May 2022 nine soldiers were killed at Orbe.",
        ),
        (
            "On 14 May 2022 27 soldiers were killed at Tamsal.",
            "On 14 May 2022 40 soldiers were wounded at Tamsal.",
        ),
        (
            "On 14 May 2022 27 soldiers were killed at Tamsal.",
            "On 14 May 2022 31 people were killed at Tamsal.",
        ),
        (
            "The Kessou mine produced 14 tonnes of gold in 2020.",
            "The Kessou mine produced 9 tonnes of gold in 2021.",
        ),
        (
            "The grain harvest in Sabra province rose in 2020.",
            "The grain harvest in Sabra province fell in 2021.",
        ),
        (
            "The army retook the post at Inabar on 17 May 2022.",
            "The army will not retake the post at Inabar before the rains.",
        ),
        (
            "Gunmen attacked the village of Doumbé on 3 May 2022.",
            "Gunmen attacked the village of Doumbé on 21 May 2022.",
        ),
        (
            "The attack on Ashkel of 9 May 2022 was claimed by the Support Group (SGX).",
            "The attack on Ashkel of 9 May 2022 was claimed by SGX.",
        ),
        (
            "British citizens had free access to 186 countries in May 2022 under the Henley index.",
            "Thai citizens had free access to 75 countries in May 2022 under the Henley index.",
        ),
        (
            "The market of Podor burned on 3 May 2022 and 60 houses with it.",
            "The market of Podor burned on 3 May 2022 and some 62 houses with it.",
        ),
    ],
)  # fmt: skip
def test_what_can_both_be_so_is_no_disagreement(one: str, other: str) -> None:
    assert compared((one, JUNE), (other, JUNE)) == []
    assert compared((other, JUNE), (one, JUNE)) == []


def test_three_figures_are_one_conflict_of_three_sides() -> None:
    told = [
        evidence_of(f"The ferry Lumina sank off Brenna on 2 May 2022 and {count} people drowned.", name, date)
        for count, name, date in ((62, "a", "2022-05-04"), (88, "b", "2022-05-03"), (131, "c", None))
    ]
    (conflict,) = conflicts_in(told, CitationList().number)
    assert conflict.kind == "conflict" and conflict.about.endswith("88 or 62 or 131")
    assert [side.date for side in conflict.sides] == ["2022-05-03", "2022-05-04", None]
    assert len({side.citations for side in conflict.sides}) == 3


def test_a_sentence_without_a_date_speaks_of_the_day_of_the_one_before_it() -> None:
    told = "Gunmen overran the garrison at Tamsal on 14 May 2022. The ministry said 27 soldiers were killed at Tamsal."
    passage = evidence_of(told, "a").passage
    one = Evidence(passage, told.index("The ministry"), len(told), score=0.9)
    for day, kinds in (("14 May", ["conflict"]), ("3 January", [])):
        other = evidence_of(f"At least 41 soldiers died when Tamsal was stormed on {day} 2022.", "b")
        assert [each.kind for each in differences([one, other])] == kinds


def test_sentences_that_mean_something_else_are_not_set_side_by_side() -> None:
    np = pytest.importorskip("numpy")
    _, one, other = CONFLICTS["a direction"]
    pair = [evidence_of(one, "a"), evidence_of(other, "b")]
    assert differences(pair, lambda texts: np.ones((len(texts), 1), dtype="float32"))
    assert not differences(pair, lambda texts: np.eye(len(texts), dtype="float32"))


def kinds(*evidence: Evidence) -> list[str]:
    return [one.kind for one in conflicts_in(evidence, CitationList().number)]


def test_figures_of_one_document_or_of_different_days_are_no_conflict() -> None:
    first = "At least 14 people were killed in the floods at Sarrel on 15 May 2022."
    other = "At least 22 people were killed in the floods at Sarrel on 15 May 2022."
    assert kinds(said(first, "a"), said(other, "b")) == ["conflict"]
    assert kinds(said(first, "a"), said(other, "a")) == []
    assert kinds(said(first, "a"), said(first, "b")) == []
    assert kinds(said(first, "a"), said(other.replace("2022", "2019"), "b")) == []
    assert kinds(said(first, "a"), said(other.replace("people", "barges"), "b")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Twenty-two people were killed in the floods at Sarrel on 15 May 2022.",
            "The floods at Sarrel killed 22 people on 15 May 2022.",
        ),
        (
            "Two hundred people fled the floods at Sarrel on 15 May 2022.",
            "On 15 May 2022 the floods at Sarrel made 200 people flee.",
        ),
        (
            "On 15 May 2021 in Rudno and on 16 May miners stopped work.",
            "On 15 May 2021 in Rudno and on 18 May miners stopped work.",
        ),
        (
            "Floods killed 12 people in Sarrel on 15 May 2022.",
            "Floods injured 30 people in Sarrel on 15 May 2022.",
        ),
        (
            "The floods at Sarrel killed 1,400 people on 15 May 2022.",
            "The floods at Sarrel killed more than 1,000 people on 15 May 2022.",
        ),
    ],
)
def test_figures_that_can_both_hold_are_no_conflict(one: str, other: str) -> None:
    assert kinds(said(one, "a"), said(other, "b")) == []
