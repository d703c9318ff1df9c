"""What the desk adds to a quoted sentence, and takes off again."""

from __future__ import annotations

import pytest

from assistant.results.annotations import (
    with_antecedent,
    with_attribution,
    with_report_date,
    without_annotations,
    without_antecedent,
)


@pytest.mark.parametrize(
    ("sentence", "before", "named"),
    [
        ("The region lost a third.", "Kolda region trades.", "The region [here: Kolda] lost a third."),
        ("They left the town.", "It is in the town of Podor.", "They left the town [here: Podor]."),
        ("The region of Podor grew.", "Kolda region trades.", "The region of Podor grew."),
        ("The mission statement is long.", "Kolda Mission opened.", "The mission statement is long."),
        ("The region lost a third.", "Nothing is named.", "The region lost a third."),
        ("The region grew.", "Kolda region and Kayes region trade.", "The region grew."),
        ("The region grew.", "Kolda region trades.\n\nNobody fishes.", "The region grew."),
        (
            "The region around Kolda, the region said.",
            "Kolda region trades.",
            "The region around Kolda, the region said.",
        ),
    ],
)
def test_what_a_sentence_points_at_is_named_from_the_text_before_it(
    sentence: str, before: str, named: str
) -> None:
    assert with_antecedent(sentence, before) == named
    assert without_antecedent(named) == sentence


@pytest.mark.parametrize("published", ["2019", "2019-12", "2019-12-05", None])
@pytest.mark.parametrize("publisher", ["Grey Dynamics", "A: B", None])
def test_what_code_adds_can_be_taken_off_again(published: str | None, publisher: str | None) -> None:
    sentence = "The region is currently closed."
    added = with_antecedent(with_report_date(sentence, published, publisher), "Kolda region trades.")
    assert added != sentence and without_annotations(added) == sentence
    assert without_annotations(with_attribution(sentence, published, publisher)) == sentence


def test_a_lead_in_of_the_source_s_own_is_its_own() -> None:
    assert (
        with_attribution("It rained.", "2019-12", "Grey Dynamics")
        == "In December 2019, Grey Dynamics reported: It rained."
    )
    assert (
        without_annotations("In May, Coast Today reported: it rained.")
        == "In May, Coast Today reported: it rained."
    )
