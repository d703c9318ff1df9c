"""Reports that a text mentions by title."""

from __future__ import annotations

import pytest
from putting import put

from vectorstore import Store
from vectorstore.search.title_links import TitleLinks


def links(store: Store) -> TitleLinks:
    return TitleLinks(store.ledger, store.lexical)


def generation_of(store: Store, source: str) -> int:
    return next(record.generation for record in store.documents() if record.source == source)


@pytest.mark.parametrize(
    ("title", "text", "is_named"),
    [
        ("Orvalde Works", "The dam was built by Orvalde Works.", True),
        ("Orvalde Works (company)", "The dam was built by orvalde works.", True),
        ("Tombouctou", "It reached Tombouctou’s gates.", True),
        ("Ségou-Nord", "The road to Segou Nord is closed.", True),
        ("Orvalde Works", "Orvalde is a town. Works went on.", False),
        ("Orvalde Works", "Orvalde’s works", False),
        ("Fly", "Birds fly south.", False),
        ("A report on the nine long years of drought", "A report on the nine long years of drought", False),
    ],
    ids=["whole", "without brackets", "possessive", "accents", "apart", "inflected", "short", "nine words"],
)
def test_a_title_names_its_report_where_its_words_stand_together(
    store: Store, title: str, text: str, is_named: bool
) -> None:
    put(store, "named", "It was founded by two sisters.", title=title)
    put(store, "other", "Prices rose in May.", title="Prices of the year")
    assert set(links(store).named_in(text)) == ({generation_of(store, "named")} if is_named else set())


def test_a_title_in_every_passage_tells_less_than_a_rare_one(store: Store) -> None:
    put(store, "mali", "Mali lies in West Africa.", title="Mali")
    put(store, "karuma", "A dam on the Nile.", title="Karuma")
    for number in range(6):
        put(store, f"r{number}", f"In week {number} prices rose in Mali.", title=f"Week number {number}")
    named = links(store).named_in("Karuma is not in Mali.")
    assert 0 <= named[generation_of(store, "mali")] < 0.2
    assert named[generation_of(store, "karuma")] == 1.0


def test_a_removed_report_is_named_no_more(store: Store) -> None:
    document = put(store, "works", "It was founded by two sisters.", title="Orvalde Works")
    finder = links(store)
    assert finder.named_in("by Orvalde Works")
    store.remove([document])
    assert finder.named_in("by Orvalde Works") == {}


def test_titles_that_many_reports_share_name_none(store: Store) -> None:
    for number in range(5):
        put(store, f"weekly{number}", f"Prices rose in week {number}.", title="Weekly report")
    put(store, "letter", "As the weekly report says, the harbour is closed.", title="A letter")
    assert links(store).named_in("As the weekly report says") == {}
