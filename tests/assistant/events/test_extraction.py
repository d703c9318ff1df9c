"""The events that a sentence dates."""

from __future__ import annotations

import pytest

from assistant.events.extraction import event_mentions
from assistant.language.date_resolution import DateContext


def events(sentence: str, published: str | None = "2022-06-01") -> list[tuple[str, str | None]]:
    """(date, noun) of the events in a sentence."""
    return [(one.date, one.noun) for one in event_mentions(sentence, DateContext("", sentence, published))]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The dyke broke on 15 May 2022.", [("2022-05-15", None)]),
        ("After the August 2020 coup the port thrived.", [("2020-08", "coup")]),
        (
            "The mission, established in 2013, left on 3 March 2022.",
            [("2013", "founding"), ("2022-03-03", None)],
        ),
        ("The worst day was 4 March 2022, when gunmen attacked the post.", [("2022-03-04", None)]),
        ("Date: 3 March 2022; Place: Sarrel; Toll: 4 people", [("2022-03-03", None)]),
        ("It opened in May 2021, and it closed in March 2022.", [("2021-05", None), ("2022-03", None)]),
    ],
)
def test_a_date_belongs_to_the_verb_or_noun_that_it_dates(
    sentence: str, found: list[tuple[str, str | None]]
) -> None:
    assert events(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "The port will reopen in March 2022.",
        "The post was attacked in 1968, 1991 and 2012.",
        "The upcoming election of March 2022 is dear.",
        "Critics praised the 1993 novel.",
        "Until March 2022 the port closed early.",
        "The dyke broke in March.",
    ],
)
def test_the_future_a_series_a_span_and_an_uncertain_date_are_none(sentence: str) -> None:
    assert events(sentence, published=None) == []


def test_a_mention_spans_the_part_of_the_sentence_that_tells_of_it() -> None:
    sentence = "Rain fell for weeks, and on 15 May 2022 the dyke broke."
    (mention,) = event_mentions(sentence, DateContext("", sentence, None))
    assert "the dyke broke" in sentence[mention.start : mention.end]
    assert mention.clause is not None and mention.clause.verb is not None
    assert mention.clause.verb.word == "broke"


def test_years_in_a_row_are_a_count_and_no_event() -> None:
    row = "The army has seized power five times: in 1968, 1991, 2012, 2020 and 2021."
    assert event_mentions(row, DateContext()) == []
    assert [
        one.date for one in event_mentions("The army seized power in 1968 and in 1991.", DateContext())
    ] == ["1968"]
