"""Sentences against the words they cite: what is verbatim, what is supported, and what is caught."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from changed_sentences import KINDS
from numpy.typing import NDArray
from support_checks import SAMPLES, Case, _texts, changes, rewordings

from assistant.grounding import check

pytestmark = pytest.mark.index

SOURCE = (
    "On 4 May 2021 gunmen from the Azure Front attacked the customs post at Kolda and killed 12 guards. "
    "The governor, Aminata Traoré, said that the post will not reopen. "
    "Exports rose to 1.3 million tonnes."
)
TITLE = "Mali: the south in 2021"


@pytest.mark.parametrize(
    "sentence",
    [
        "The Azure Front's gunmen killed twelve guards at the Kolda customs post.",
        "Gunmen attacked the customs post at Kolda on 4 May 2021.",
        "Governor Aminata Traore said the post will not reopen.",
        "Exports rose to 1,300,000 tonnes.",
    ],
)
def test_a_faithful_rewording_is_supported(sentence: str) -> None:
    assert check(sentence, [SOURCE]).support == "supported"


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("A third of the guards fled.", "33% of the guards fled."),
        ("About 333,000 people were displaced.", "332,957 people were displaced."),
        ("On May 4, 2021 the post was attacked.", "The post was attacked on 4 May 2021."),
        ("The United Nations left the post in 2021.", "The UN left the post in 2021."),
        ("The army of Mali retook the post.", "The Malian army retook the post."),
        ("The British left the post.", "The United Kingdom left the post."),
        ("Fighters of al-Qaida burnt the post.", "Fighters of al-Qaeda burnt the post."),
        ("The post was attacked by gunmen.", "Gunmen attacked the post."),
        ("The ministry did not pay the guards.", "The ministry failed to pay the guards."),
        ("The guards no longer hold the post.", "The guards do not hold the post any more."),
        ("The harvest came before the flood.", "The flood came after the harvest."),
        ("The mission took twelve months.", "The mission took a year."),
        ("It lasted three months.", "It lasted from January to March 2021."),
        (
            "The African Development Bank paid the guards.",
            "The AfDB (African Development Bank) paid the guards.",
        ),
    ],
)
def test_other_words_for_the_same_fact_pass(sentence: str, span: str) -> None:
    verdict = check(sentence, [span], around=TITLE)
    assert verdict.support != "unsupported", verdict.reasons


def test_the_source_s_own_words_are_verbatim_whatever_the_white_space() -> None:
    verdict = check("The governor, Aminata Traoré,\n said that the post will not reopen.", [SOURCE])
    assert (verdict.support, verdict.score) == ("verbatim", 1.0)


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("1 soldier died at Kolda.", "At first 21 soldiers died at Kolda."),
        ("The post will reopen in May.", "It is not true that the post will reopen in May."),
    ],
)
def test_words_cut_from_what_denies_or_enlarges_them_are_not_verbatim(sentence: str, span: str) -> None:
    assert check(sentence, [span]).support == "unsupported"


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Gunmen attacked the customs post at Kolda and killed 21 guards.", "21"),
        ("Gunmen attacked the customs post at Kolda on 4 June 2021.", "June"),
        ("Gunmen attacked the customs post at Kolda on 5 May 2021.", "5 May"),
        ("Gunmen attacked the customs post at Ziguinchor on 4 May 2021.", "Ziguinchor"),
        ("The governor said that the post will reopen.", "deny"),
        ("Gunmen never attacked the customs post at Kolda.", "denies"),
        ("The governor said that the post “will open again soon”.", "quotation"),
        ("Tourism suffered and hotels lost many of their guests.", "says more"),
        ("Gunmen of the Red Front attacked the customs post at Kolda.", "Red Front"),
        ("Exports rose to 1.3 billion tonnes.", "1.3 billion"),
        ("Exports rose to 1.3 million dollars.", "another unit"),
        ("Exports fell to 1.3 million tonnes.", "fell"),
        ("12 guards attacked the customs post at Kolda and killed gunmen.", "places"),
    ],
)
def test_a_changed_fact_is_caught_and_named(sentence: str, reason: str) -> None:
    verdict = check(sentence, [SOURCE])
    assert verdict.support == "unsupported"
    assert any(reason in one for one in verdict.reasons), verdict.reasons


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("Exports rose from 63 tonnes to 12 tonnes.", "Exports went from 12 tonnes to 63 tonnes."),
        ("29 soldiers were killed and 24 wounded.", "24 soldiers were killed and 29 wounded."),
        ("More than 300 people fled the town.", "Fewer than 300 people fled the town."),
        ("The north of the region was flooded.", "The south of the region was flooded."),
        ("About 77 people in the region own gold.", "About 77% of people in the region own gold."),
        ("Traoré expelled Diallo from the party.", "Diallo expelled Traoré from the party."),
        ("Diallo was expelled by Traoré from the party.", "Diallo expelled Traoré from the party."),
    ],
)
def test_facts_that_changed_places_or_sides_are_caught(sentence: str, span: str) -> None:
    verdict = check(sentence, [span])
    assert verdict.support == "unsupported", verdict


def test_a_name_from_the_text_around_passes_where_the_words_point_back_and_name_nobody_else() -> None:
    around = "The Azure Front rules Kolda. The group taxed cattle. Its rival, the Red Front, did not."
    assert (
        check("The Azure Front taxed cattle.", ["The group taxed cattle."], around=around).support
        == "supported"
    )
    assert check("The Red Front taxed cattle.", ["The Azure Front taxed cattle."], around=around).reasons


def test_a_sentence_that_cites_nothing_is_unsupported() -> None:
    assert check("Gunmen attacked the customs post.", []).support == "unsupported"


def test_vectors_speak_for_other_words_and_against_more_than_was_said() -> None:
    def alike(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.ones((len(texts), 1), dtype=np.float32)

    def apart(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.eye(len(texts), dtype=np.float32)

    sentence, span = "Cattle thieves burnt several barns.", "Rustlers burnt sheds. It was night."
    assert check(sentence, [span], embed=alike).score > check(sentence, [span], embed=apart).score
    assert check(sentence, [span], embed=apart).support == "unsupported"


# -- the sample reports: a short form of tests/benchmarks/support_checks.py, by rules alone


@pytest.fixture(scope="module")
def faithful() -> list[Case]:
    return rewordings(_texts([SAMPLES]))[0]


def test_faithful_rewordings_of_the_samples_pass(faithful: list[Case]) -> None:
    wrong = [
        one for one in faithful if check(one.text, [one.span], around=one.around).support == "unsupported"
    ]
    assert len(faithful) > 200 and len(wrong) <= 0.05 * len(faithful)


@pytest.mark.parametrize("kind", KINDS)
def test_sentences_of_the_samples_changed_by_rule_are_caught(faithful: list[Case], kind: str) -> None:
    altered = [one for one in changes(faithful, _texts([SAMPLES]), 150) if one.kind == kind]
    caught = [
        one for one in altered if check(one.text, [one.span], around=one.around).support == "unsupported"
    ]
    assert len(altered) >= 20 and len(caught) >= 0.9 * len(altered)


def test_every_rewording_points_to_a_sentence_that_is_there() -> None:
    assert Path(SAMPLES).is_dir()
    found, elsewhere = rewordings(_texts([SAMPLES]))
    assert found and elsewhere and all(len(one.span) > 20 for one in found)


def test_a_figure_beyond_all_counting_is_read_as_any_other() -> None:
    verdict = check(f"About {'9' * 400} men were seen in Kayes.", ["There were 12 men in Kayes."])
    assert verdict.support == "unsupported"


def test_a_span_of_capitals_alone_is_read_in_no_time() -> None:
    words = " ".join(f"Name{place}" for place in range(1_000))
    assert check(words, [words]).support == "verbatim"
    assert check(f"A man said: {words}", [words, "JNIM"]).support is not None
