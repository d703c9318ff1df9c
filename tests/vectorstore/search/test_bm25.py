"""BM25 by what is kept in memory, beside FTS5's own."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from putting import put

from vectorstore import Store
from vectorstore.search.bm25 import LexicalIndex

_WORDS = (
    "bridge market clinic well road school harbour mill Ségou al-Qaida 1,300 3.5 convoy rain the of".split()
)


@pytest.fixture
def filled(store: Store) -> Store:
    chance = random.Random(3)
    for number in range(30):
        lines = [" ".join(chance.choices(_WORDS, k=chance.randint(5, 40))) + "." for _ in range(6)]
        put(store, f"report-{number}", f"Title {chance.choice(_WORDS)}\n\n" + "\n\n".join(lines))
    return store


@pytest.mark.parametrize(
    ("question", "also"),
    [
        ("Which bridge near Segou?", []),
        ("al-qaida convoy al-Qaida", ["1300", "1,300", "the well"]),
        ("of the", []),
        ("nothing that stands there", []),
        ('a "quotation', ["rain", "rain"]),
    ],
)
@pytest.mark.parametrize("n", [1, 7, 1000])
@pytest.mark.parametrize("filtered", [False, True])
def test_the_second_question_ranks_as_full_text_search_did_the_first(
    filled: Store, question: str, also: list[str], n: int, filtered: bool
) -> None:
    only = {record.generation for record in filled.documents()[::3]} if filtered else None
    index = LexicalIndex(filled.ledger)
    first = index.search(question, n, only, also)
    second = index.search(question, n, only, also)
    assert [score for _, score in second] == pytest.approx([score for _, score in first])
    last = first[-1][1] if first else 0.0
    assert {row for row, score in second if score > last + 1e-9} == {
        row for row, score in first if score > last + 1e-9
    }


def test_what_is_kept_goes_with_the_next_change(filled: Store, new_store: Callable[..., Store]) -> None:
    index = LexicalIndex(filled.ledger)
    assert not any(index.search("zeppelin", 5) for _ in range(3))
    assert index.frequencies(["zeppelin"])[0] == [0]
    put(new_store(), "later", "A zeppelin crossed the river.")
    for _ in range(3):
        assert len(index.search("zeppelin", 5)) == 1
    assert index.frequencies(["zeppelin"])[0] == [1]
    filled.remove([one.document_id for one in filled.documents() if one.source == "later"])
    assert not any(index.search("zeppelin", 5) for _ in range(3))


def test_words_beyond_what_is_kept_are_counted_anew(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.search.bm25._CACHED_WEIGHTS", 10)
    index = LexicalIndex(filled.ledger)
    asked = "bridge market clinic well road school harbour mill"
    first = index.search(asked, 10)
    for _ in range(3):
        assert [score for _, score in index.search(asked, 10)] == pytest.approx([score for _, score in first])


def test_in_a_large_index_a_word_that_is_everywhere_is_left_out_beside_a_telling_one(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = LexicalIndex(filled.ledger)
    asked = "convoy zeppelin"
    put(filled, "zeppelin", "A zeppelin crossed the river.")
    wanted = [exact.search(asked, 1) for _ in range(2)][-1]
    monkeypatch.setattr("vectorstore.search.bm25._LARGE_INDEX", 1)
    index = LexicalIndex(filled.ledger)
    found = [index.search(asked, 1) for _ in range(2)][-1]
    assert found == [(wanted[0][0], pytest.approx(wanted[0][1], rel=1e-4))]
    assert [index.search("convoy", 3) for _ in range(2)][-1], "alone it is what there is to go by"
