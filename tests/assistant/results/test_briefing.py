from __future__ import annotations

import json

import pytest
from result_values import briefing_of, citation_of

from assistant.results.answer import Sentence
from assistant.results.briefing import Briefing, Chronology, Confidence, Event, Paragraph


def test_a_briefing_is_read_back_from_its_json_as_it_was() -> None:
    confidence = Confidence("moderate", 2, 3, "Moderate: 2 sources.")
    briefing = briefing_of(
        paragraphs=(Paragraph("Damage", (Sentence("The dyke broke.", (2,), "supported"),), confidence),),
        key_judgements=(Sentence("It will rain.", (1,), "supported"),),
        left_out_undated=2,
        left_out_later=1,
        notice="The model was unavailable.",
    )
    assert Briefing.from_json(json.loads(json.dumps(briefing.to_json()))) == briefing


def test_what_was_left_out_is_said_only_where_something_was() -> None:
    assert not {"left_out_undated", "left_out_later", "notice"} & set(briefing_of().to_json())


def test_an_older_briefing_lacks_what_came_later() -> None:
    row = briefing_of().to_json()
    for key in ("refused", "created", "inputs", "handling", "key_judgements", "alternatives", "echoes"):
        del row[key]
    briefing = Briefing.from_json(row)
    assert (
        not briefing.refused and briefing.echoes == () and briefing.handling is None and briefing.inputs == {}
    )


def test_a_row_without_its_topic_is_no_briefing() -> None:
    row = briefing_of().to_json()
    del row["topic"]
    with pytest.raises(KeyError, match="topic"):
        Briefing.from_json(row)


@pytest.mark.parametrize(
    ("date", "precision"), [("2022", "year"), ("2022-05", "month"), ("2022-05-15", "day")]
)
def test_an_event_is_as_precise_as_its_date(date: str, precision: str) -> None:
    event = Event(date, "The flood came.", (1,))
    assert event.precision == event.to_json()["precision"] == precision


def test_a_chronology_says_what_was_left_out_only_with_a_filter() -> None:
    events = (Event("2022", "The flood came.", (1,)),)
    assert "left_out_undated" not in Chronology(events, (citation_of(1),)).to_json()
    assert Chronology(events, (citation_of(1),), 0).to_json()["left_out_undated"] == 0
