"""Documents are listed with the metadata in force, and found by id, bytes or text."""

from __future__ import annotations

from itertools import count

import pytest
from putting import go_live, sha256

from vectorstore import NotFound
from vectorstore.ledger import attachments, catalogue, versions
from vectorstore.ledger.database import Ledger


@pytest.mark.parametrize(
    ("text", "other", "same"),
    [
        ("10 km²\n", " 10   km2", True),
        ("The ﬁrst", "The first", True),  # a ligature
        ("a\u200bb", "a b", True),  # a zero-width space
        ("The first", "the first", False),
        ("12.5", "125", False),
    ],
)
def test_only_white_space_and_forms_of_characters_leave_a_text_the_same(
    text: str, other: str, same: bool
) -> None:
    assert (catalogue.text_hash(text) == catalogue.text_hash(other)) is same


def test_an_identity_always_makes_the_same_id() -> None:
    assert catalogue.document_id("/reports/a.pdf") == sha256("/reports/a.pdf")[:12]
    assert len(catalogue.document_id("/reports/\udce9.pdf")) == 12, "a file name that is no UTF-8"


def test_an_id_may_be_shortened_to_four_unambiguous_characters(ledger: Ledger) -> None:
    names: dict[str, str] = {}
    for number in count():  # until two ids begin alike
        prefix = catalogue.document_id(f"test:{number}")[:4]
        if prefix in names:
            break
        names[prefix] = str(number)
    first, second = (go_live(ledger, name, f"Text {name}") for name in (names[prefix], str(number)))
    assert catalogue.record(ledger, f" {first}\n").document_id == first
    assert catalogue.record(ledger, first[:11]).document_id == first
    with pytest.raises(NotFound, match="more than one document"):
        catalogue.record(ledger, prefix)
    attachments.remove(ledger, [second])
    assert catalogue.record(ledger, prefix).document_id == first
    with pytest.raises(NotFound, match="no document"):
        catalogue.record(ledger, first[:3])


def test_a_document_keeps_its_place_when_it_is_added_again(ledger: Ledger) -> None:
    for name in ("first", "second", "first"):
        go_live(ledger, name, f"This is the {name} report.")
    assert [record.source for record in catalogue.records(ledger)] == ["first", "second"]


def test_the_list_follows_every_change(ledger: Ledger) -> None:
    assert catalogue.records(ledger) == ()
    herons = go_live(ledger, "herons", "The herons nest in March.")
    assert [record.title for record in catalogue.records(ledger)] == ["A report"]
    versions.store_corrections(ledger, herons, {"title": "Herons"})
    assert [record.title for record in catalogue.records(ledger)] == ["Herons"]


def test_a_corrected_field_is_marked_as_corrected(ledger: Ledger) -> None:
    herons = go_live(ledger, "herons", "Text", found={"publisher": "masthead", "published": "byline"})
    versions.store_corrections(ledger, herons, {"publisher": "Delta Watch", "tags": ["birds"]})
    record = catalogue.record(ledger, herons)
    assert record.found == {"publisher": "corrected", "published": "byline"}
    assert (record.publisher, record.tags) == ("Delta Watch", ("birds",))
    assert catalogue.corrections(ledger, "test:herons") == {"publisher": "Delta Watch", "tags": ["birds"]}
    assert catalogue.corrections(ledger, "test:unknown") == {}


def test_a_live_document_is_found_by_identity_bytes_or_text(ledger: Ledger) -> None:
    herons = go_live(ledger, "herons", "The herons\nnest.")
    matches = [
        catalogue.find_live(ledger, "test:herons"),
        catalogue.find_same(ledger, original=sha256("The herons\nnest.")),
        catalogue.find_same(ledger, text=catalogue.text_hash("The  herons nest. ")),
    ]
    assert [record and record.document_id for record in matches] == [herons] * 3
    attachments.remove(ledger, [herons])
    assert catalogue.find_live(ledger, "test:herons") is None
    assert catalogue.find_same(ledger, original=sha256("The herons\nnest.")) is None
    assert catalogue.identity_of(ledger, herons) == "test:herons", "a hidden one keeps its identity"


def test_a_replaced_version_can_be_read_until_it_is_purged(ledger: Ledger) -> None:
    herons = go_live(ledger, "herons", "First.")
    generation = catalogue.record(ledger, herons).generation
    go_live(ledger, "herons", "Second.")
    assert catalogue.generation_text(ledger, generation) == "First."
    with ledger.transaction() as connection:
        connection.execute("DELETE FROM generations WHERE generation = ?", (generation,))
    with pytest.raises(NotFound, match="purged"):
        catalogue.generation_text(ledger, generation)
