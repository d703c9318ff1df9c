"""Figures that a sentence states, and those that exclude each other."""

from __future__ import annotations

from math import inf

import pytest
from passages import evidence_of

from assistant.disagreements.figures import Figure, figure_difference, figures_in
from assistant.disagreements.statements import Statement


def figures(text: str, document: str = "a", published: str = "2022-06-01") -> list[Figure]:
    return figures_in(Statement(evidence_of(text, document, published)))


def kind(one: str, other: str, dates: tuple[str, str] = ("2022-06-01", "2022-06-01")) -> str | None:
    """Conflict, update or None for the only figures of two sentences."""
    (first,), (second,) = figures(one, "a", dates[0]), figures(other, "b", dates[1])
    found = figure_difference(first, second, same_question=False)
    return found.kind if found else None


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("On 14 May 2022 27 soldiers were killed.", [(27, "soldier")]),
        ("The mine sold 14 tonnes of gold.", [(14, "tonne")]),
        ("Turnout was 61 percent.", [(61, "percent")]),
        ("The attack killed 12 in May.", [(12, "people")]),
        ("The army may kill 27 soldiers.", []),
        ("It lasted 14 days.", []),
    ],
)
def test_what_is_counted_or_measured_is_read_and_what_is_unsure_or_a_time_is_not(
    text: str, counted: list[tuple[float, str]]
) -> None:
    assert [(one.value, one.unit) for one in figures(text)] == counted


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("More than 1,000", 1000, inf),
        ("Fewer than 300", 0, 300),
        ("About 100", 90, 110),
        ("At least 40", 40, 40),
        ("40", 40, 40),
    ],
)
def test_a_bound_says_which_true_values_a_figure_allows(words: str, low: float, high: float) -> None:
    (figure,) = figures(f"{words} soldiers fled.")
    assert (figure.low, figure.high) == pytest.approx((low, high))


CRASH = "The bus crash at Anzu on 10 May 2022 {}."


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("killed 33 passengers", "left 19 dead", "conflict"),
        ("killed 33 passengers", "injured 19 passengers", None),
        ("killed 33 passengers", "killed more than 20 passengers", None),
        ("killed 100 passengers", "killed 101 passengers", None),
        ("killed 3 passengers", "killed 90 passengers", None),
        ("killed 27 soldiers", "killed 31 people", None),
    ],
)
def test_only_figures_of_one_fate_that_exclude_each_other_differ(
    one: str, other: str, expected: str | None
) -> None:
    assert kind(CRASH.format(one), CRASH.format(other)) == expected
    assert kind(CRASH.format(other), CRASH.format(one)) == expected


def test_a_count_of_a_later_month_or_one_that_went_on_is_an_update() -> None:
    cases = "By the end of {} 2022 the Gaouna district had recorded {} cases of cholera."
    assert (
        kind(cases.format("January", 260), cases.format("May", 910), ("2022-02-01", "2022-06-01")) == "update"
    )
    toll = "The toll of the Dorvan earthquake of 11 April 2022 has risen to 344 people."
    early = "So far 120 people are known to have died in the Dorvan earthquake of 11 April 2022."
    assert kind(early, toll, ("2022-04-12", "2022-06-01")) == "update"
