"""What steps share: search, texts read once, errors in words."""

from __future__ import annotations

import sqlite3

import pytest

from assistant import Assistant
from vectorstore import Filters, StoreError


def test_gathered_passages_are_chosen_among_those_found(sampled: Assistant) -> None:
    workspace = sampled.workspace
    gathered = workspace.gather("displacement in Mali", 5).passages
    results = workspace.find("displacement in Mali", 10).passages
    assert gathered == workspace.select(results, 5) and gathered[0] == results[0]
    assert {passage.document_id for passage in gathered} <= {passage.document_id for passage in results}


def test_neighbours_meet_a_passage_in_its_own_report(sampled: Assistant) -> None:
    for passage in sampled.search("displacement in Mali", 5):
        for neighbour in sampled.workspace.neighbours(passage):
            assert (neighbour.document_id, neighbour.heading) == (passage.document_id, passage.heading)
            assert neighbour.end <= passage.start or neighbour.start >= passage.end


def test_a_passage_is_a_span_of_the_text_that_its_workspace_gives(sampled: Assistant) -> None:
    text_of = sampled.workspace.passage_texts()
    for passage in sampled.search("coup in Bamako", 5):
        assert text_of(passage)[passage.start : passage.end] == passage.text


def test_a_date_filter_reaches_every_way_of_searching(sampled: Assistant) -> None:
    filters = Filters(as_of="2021-12-31")
    admitted = {record.document_id for record in sampled.workspace.documents(filters)}
    assert 0 < len(admitted) < len(sampled.workspace.documents())
    assert {passage.document_id for passage in sampled.workspace.search("Mali", 10, filters)} <= admitted
    assert {
        passage.document_id for passage in sampled.workspace.gather("Mali", 5, filters).passages
    } <= admitted


@pytest.mark.parametrize("error", [sqlite3.OperationalError("database is locked"), PermissionError("denied")])
def test_errors_below_come_out_in_words_and_others_as_they_are(sampled: Assistant, error: Exception) -> None:
    with pytest.raises(StoreError) as told, sampled.workspace.guarded():
        raise error
    assert told.value.__cause__ is error
    with pytest.raises(KeyError), sampled.workspace.guarded():
        raise KeyError("as it is")
