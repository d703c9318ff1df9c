"""Numbers of a sentence against the numbers of its cited words."""

from __future__ import annotations

import pytest

from assistant.grounding.figures import figure_disagreements
from assistant.language.tokens import tokenize


def faults(sentence: str, span: str) -> list[str]:
    return list(figure_disagreements(tokenize(sentence), tokenize(span)))


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("A third of the guards fled.", "33% of the guards fled."),
        ("About 333,000 people fled.", "332,957 people fled."),
        ("It took twelve months.", "It took a year."),
        ("There were 17 more dead.", "There were 61 dead in May and 44 dead in June."),
        ("Three states left.", "Mali, Niger and Chad left."),
        ("Dozens of guards fled.", "44 guards fled."),
    ],
)
def test_a_number_rounded_converted_or_worked_out_passes(sentence: str, span: str) -> None:
    assert faults(sentence, span) == []


@pytest.mark.parametrize(
    ("sentence", "span", "fault"),
    [
        ("21 guards died.", "12 guards died.", "does not stand"),
        ("Exports rose to 1.3 million dollars.", "Exports rose to 1.3 million tonnes.", "another unit"),
        ("About 77 people own gold.", "About 77% of people own gold.", "another unit"),
        ("More than 300 people fled.", "Fewer than 300 people fled.", "the other way"),
        ("29 soldiers died in Kolda.", "24 soldiers died in Kolda, and 29 civilians fled.", "“24” here"),
        (
            "Exports rose from 19 tonnes to 12 tonnes.",
            "Exports were 19 tonnes, then 12 tonnes.",
            "do not go the way",
        ),
    ],
)
def test_another_number_unit_bound_subject_or_trend_is_a_fault(sentence: str, span: str, fault: str) -> None:
    (reason,) = faults(sentence, span)
    assert fault in reason


def test_a_number_without_end_is_compared_as_any_other() -> None:
    assert len(faults(f"{'9' * 400} men came.", "12 men came.")) == 1
