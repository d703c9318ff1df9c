"""One version of a document is live at a time; corrections stand over what was read."""

from __future__ import annotations

from typing import Any

import pytest
from putting import go_live

from vectorstore import NotFound
from vectorstore.ledger import attachments, catalogue, versions
from vectorstore.ledger.database import Ledger

TWO_LINES = "The herons nest in March.\nThe otters swim in May."


def hits(ledger: Ledger, word: str) -> list[str]:
    """Passages that the full-text index finds for a word."""
    rows = ledger.connection.execute(
        "SELECT p.text FROM passages_fts f JOIN passages p ON p.row = f.rowid WHERE passages_fts MATCH ?",
        (word,),
    )
    return [row["text"] for row in rows]


def passage_ids(ledger: Ledger, document_id: str) -> list[str]:
    generation = catalogue.record(ledger, document_id).generation
    rows = ledger.connection.execute(
        "SELECT passage_id FROM passages WHERE generation = ? ORDER BY row", (generation,)
    )
    return [row["passage_id"] for row in rows]


def states(ledger: Ledger) -> list[str]:
    return [
        row["state"] for row in ledger.connection.execute("SELECT state FROM generations ORDER BY generation")
    ]


def test_a_new_version_makes_the_old_one_dead_and_unfindable(ledger: Ledger) -> None:
    document_id = go_live(ledger, "report", TWO_LINES)
    assert hits(ledger, "herons") == ["The herons nest in March."]
    assert go_live(ledger, "report", "The cranes leave in April.") == document_id
    assert states(ledger) == ["dead", "live"]
    assert hits(ledger, "herons") == [] and hits(ledger, "cranes") == ["The cranes leave in April."]


def test_the_same_text_added_again_has_the_same_passages(ledger: Ledger) -> None:
    first = passage_ids(ledger, go_live(ledger, "report", TWO_LINES))
    again = passage_ids(ledger, go_live(ledger, "report", TWO_LINES))
    elsewhere = passage_ids(ledger, go_live(ledger, "copy", TWO_LINES))
    assert first == again and len({*first, *elsewhere}) == 4


def test_other_contexts_make_a_generation_of_the_same_passages(ledger: Ledger) -> None:
    document_id = go_live(ledger, "report", TWO_LINES)
    before, generation = passage_ids(ledger, document_id), catalogue.record(ledger, document_id).generation
    versions.copy_generation(ledger, document_id, generation, ["Lighthouse"] * 2, [b"1", b"2"])
    assert passage_ids(ledger, document_id) == before and states(ledger) == ["dead", "live"]
    assert len(hits(ledger, "lighthouse")) == 2, "the context is searched"
    attachments.remove(ledger, [document_id])
    with pytest.raises(NotFound):
        versions.copy_generation(ledger, document_id, generation, ["Lighthouse"] * 2, [b"1", b"2"])


def test_a_document_that_is_not_live_cannot_be_retired(ledger: Ledger) -> None:
    document_id = go_live(ledger, "report", TWO_LINES)
    with ledger.transaction() as connection:
        assert versions.retire_generation(connection, document_id) is True
        assert versions.retire_generation(connection, document_id) is False
        assert versions.retire_generation(connection, "unknown") is False


def test_the_full_text_index_is_rebuilt_from_live_passages(ledger: Ledger) -> None:
    go_live(ledger, "report", TWO_LINES)
    with ledger.transaction() as connection:
        connection.execute("INSERT INTO passages_fts (passages_fts) VALUES ('delete-all')")
    assert hits(ledger, "herons") == []
    versions.rebuild_fulltext(ledger)
    assert hits(ledger, "herons") == ["The herons nest in March."]


@pytest.mark.parametrize(
    ("changes", "publisher", "published"),
    [
        ([{"publisher": "Real Institute"}], "Real Institute", "2021"),
        ([{"publisher": "Real Institute"}, {"publisher": None}], "Guess Weekly", "2021"),  # taken back
        ([{"publisher": None}], None, "2021"),  # what was read was wrong
        ([{"publisher": None}, {"publisher": None}], "Guess Weekly", "2021"),
        ([{"publisher": "A"}, {"published": "2020-05"}], "A", "2020-05"),
    ],
)
def test_none_takes_back_a_correction_or_else_what_was_read(
    ledger: Ledger, changes: list[dict[str, Any]], publisher: str | None, published: str
) -> None:
    document_id = go_live(ledger, "report", TWO_LINES, publisher="Guess Weekly", published="2021")
    for change in changes:
        versions.store_corrections(ledger, document_id, change)
    record = catalogue.record(ledger, document_id)
    assert (record.publisher, record.published) == (publisher, published)


@pytest.mark.parametrize(
    ("changes", "title"), [({"title": "Herons"}, "Herons"), ({"title": None}, None), ({}, "A report")]
)
def test_the_title_that_is_foretold_is_the_one_in_force_afterwards(
    ledger: Ledger, changes: dict[str, Any], title: str | None
) -> None:
    document_id = go_live(ledger, "report", TWO_LINES)
    assert versions.title_after(ledger, document_id, changes) == title
    versions.store_corrections(ledger, document_id, changes)
    assert catalogue.record(ledger, document_id).title == title


def test_credibility_is_set_without_becoming_a_correction(ledger: Ledger) -> None:
    document_id = go_live(ledger, "report", TWO_LINES)
    versions.store_corrections(ledger, document_id, {"credibility": 2})
    assert catalogue.record(ledger, document_id).credibility == 2
    assert catalogue.corrections(ledger, "test:report") == {}
    with pytest.raises(NotFound):
        versions.store_corrections(ledger, "unknown", {"credibility": 2})


def test_a_publisher_is_graded_whatever_its_case(ledger: Ledger) -> None:
    document_id = go_live(ledger, "report", TWO_LINES, publisher="Delta Watch")
    for letter, expected in (("B", "B"), ("A", "A"), (None, None)):
        versions.grade(ledger, "DELTA watch", letter)
        assert catalogue.record(ledger, document_id).grade == expected
