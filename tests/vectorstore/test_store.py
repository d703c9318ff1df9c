from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from putting import Clock, incoming, put

from vectorstore import EmbeddingModel, Filters, ModelMismatch, NotFound, Store
from vectorstore.search.bm25 import LexicalIndex
from vectorstore.upkeep.purge import purge

GOLD = "Gold diggers near the border sell to traders from the coast.\nThe mines are hard to police."
HEALTH = "Nurses in the valley vaccinate children against measles.\nThe clinic opens twice a week."


def texts(store: Store, question: str, filters: Filters | None = None, k: int = 10) -> list[str]:
    return [passage.text for passage in store.search(question, k, filters or Filters()).passages]


def test_what_is_added_is_found_by_its_meaning_and_by_its_words(store: Store) -> None:
    put(store, "gold", GOLD)
    put(store, "health", HEALTH)
    assert "Gold diggers" in texts(store, "precious metal mining")[0]
    assert "measles" in texts(store, "measles")[0]


def test_a_passage_is_the_text_at_its_offsets(store: Store) -> None:
    which = put(store, "gold", "Ségou – café 🎉 naïve.\n" + GOLD)
    for passage in store.search("gold").passages:
        assert store.text(which)[passage.start : passage.end] == passage.text


def test_scores_fall_from_one_to_nothing_below_zero(store: Store) -> None:
    for number in range(8):
        put(
            store, f"r{number}", f"{GOLD}\nReport number {number} adds a line of its own about town {number}."
        )
    scores = [passage.score for passage in store.search("gold mines", 20).passages]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_adding_the_same_content_again_embeds_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    which = put(store, "gold", GOLD)
    record = store.document(which)
    assert store.unchanged("test:gold", record.original) == record
    monkeypatch.setattr(EmbeddingModel, "embed", lambda *_: pytest.fail("embedded again"))
    assert put(store, "gold", GOLD) == which


def test_a_new_version_replaces_the_old_one_whole(store: Store) -> None:
    which = put(store, "report", GOLD)
    old = store.document(which).generation
    assert put(store, "report", HEALTH) == which
    assert all("Gold" not in text for text in texts(store, "gold diggers traders coast"))
    assert [record.document_id for record in store.documents()] == [which]
    assert store.text(which, old) == GOLD, "an old citation still opens"


def test_a_report_replaced_in_the_middle_of_a_search_is_found_in_its_new_version(
    store: Store, new_store: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "gold", GOLD)
    put(store, "health", HEALTH)
    search, others = LexicalIndex.search, [new_store()]

    def replaced_after(*arguments: Any) -> list[tuple[int, float]]:
        hits = search(*arguments)
        while others:
            put(others.pop(), "gold", f"{GOLD}\nThis is the new version.")
        return hits

    monkeypatch.setattr(LexicalIndex, "search", replaced_after)
    found = store.search("gold mines").passages
    assert {one.source for one in found} == {"gold", "health"}
    assert any("new version" in one.text for one in found)


def test_documents_stand_in_the_order_in_which_they_came_whatever_the_clock_says(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr("vectorstore.ledger.versions.now", clock)
    for name in ("gone", "first", "second", "third"):
        put(store, name, f"{GOLD}\n{GOLD}\n{HEALTH}\nThis is the {name} report.")
        clock.go(-3600)
    put(store, "first", f"{GOLD}\n{GOLD}\n{HEALTH}\nThis is the first report, corrected.")
    store.remove([store.documents()[0].document_id])
    assert store.own("the test")
    purge(store)  # numbers rows anew
    records = store.documents()
    assert [one.source for one in records] == ["first", "second", "third"]
    assert {one.family for one in records} == {records[0].document_id}, "named by the first of them"


def test_the_same_text_elsewhere_is_known(store: Store) -> None:
    which = put(store, "first", GOLD)
    same = store.find_duplicate("test:second", text=GOLD.replace("\n", "  \n "))
    assert same is not None and same.document_id == which
    assert store.find_duplicate("test:first", text=GOLD) is None


def test_a_removed_document_is_hidden_at_once_and_comes_back_as_added(store: Store) -> None:
    which = put(store, "gold", GOLD)
    store.remove([which])
    assert texts(store, "gold") == [] and store.documents() == []
    with pytest.raises(NotFound, match="briefing list"):
        store.document(which)
    assert store.put(incoming(store, "gold", GOLD)) == (which, "added")


def test_removing_an_unknown_document_removes_none(store: Store) -> None:
    which = put(store, "gold", GOLD)
    with pytest.raises(NotFound):
        store.remove([which, "nothing"])
    assert len(store.documents()) == 1


def test_corrections_survive_a_new_version_and_a_rebuild(store: Store) -> None:
    which = put(store, "report", GOLD, publisher="Guess Weekly")
    store.edit(which, {"publisher": "Real Institute", "published": "2021-05"})
    put(store, "report", HEALTH, publisher="Guess Weekly")
    store.rebuild()
    record = store.document(which)
    assert (record.publisher, record.published) == ("Real Institute", "2021-05")
    assert record.found["publisher"] == "corrected"
    assert store.edit(which, {"publisher": None}).publisher == "Guess Weekly"


def test_tags_of_none_in_an_older_ledger_leave_its_documents_listed(store: Store) -> None:
    which = put(store, "gold", GOLD)
    with store.ledger.transaction() as connection:
        connection.execute("UPDATE documents SET tags = 'null'")
    assert [(one.document_id, one.tags) for one in store.documents()] == [(which, ())]


def test_a_corrected_title_is_searched(store: Store) -> None:
    which = put(store, "report", "It opened in spring.\nIt closed in autumn.", title="Untitled")
    put(store, "gold", GOLD)
    store.edit(which, {"title": "The lighthouse museum"})
    found = store.search("lighthouse museum").passages[0]
    assert (found.document_id, found.title) == (which, "The lighthouse museum")


def test_a_correction_that_cannot_be_embedded_is_not_made_at_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    which = put(store, "gold", GOLD)
    before = store.document(which)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("vectorstore.ledger.versions.copy_generation", killed)
    with pytest.raises(KeyboardInterrupt):
        store.edit(which, {"title": "The lighthouse museum", "publisher": "A publisher"})
    assert store.document(which) == before


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(as_of="2022-12-31"), {"day", "month"}),
        (Filters(as_of="2023"), {"day", "month", "year"}),
        (Filters(as_of="2023-11"), {"day", "month"}),
        (Filters(since="2022"), {"month", "year"}),
        (Filters(since="2022-05-02"), {"year"}),
        (Filters(since="2023-01-02"), set()),
        (Filters(as_of="2022", include_undated=True), {"day", "month", "undated"}),
        (Filters(publishers=("daily",)), {"day"}),
        (Filters(tags=("x",)), {"month"}),
    ],
)
def test_partial_dates_never_admit_too_much(store: Store, filters: Filters, expected: set[str]) -> None:
    for name, published in (("day", "2021-03-04"), ("month", "2022-05"), ("year", "2023"), ("undated", None)):
        publisher = "Daily" if name == "day" else None
        which = put(
            store, name, f"The {name} dated report on gold.", published=published, publisher=publisher
        )
        if name == "month":
            store.edit(which, {"tags": ["x"]})
    found = store.search("gold", 10, filters)
    assert {passage.source for passage in found.passages} == expected
    if filters.dated:
        assert found.left_out_undated == (0 if filters.include_undated else 1)


@pytest.mark.parametrize("question", ["al-Qaida?", "'", '"', "NEAR(", "a* OR", "§", "é", "x" * 10_000, "AND"])
def test_no_question_is_a_syntax_error(store: Store, question: str) -> None:
    put(store, "gold", GOLD)
    assert len(texts(store, question)) == 1


def test_accents_do_not_hide_a_name(store: Store) -> None:
    put(store, "a", "Traders met in Ségou.")
    put(store, "b", "Nobody met anywhere.")
    assert "Ségou" in texts(store, "Segou")[0]


def test_an_empty_index_answers_with_nothing(store: Store) -> None:
    assert store.search("anything").passages == ()


def test_another_model_is_refused_with_the_command_that_mends_it(
    store: Store, new_store: Callable[..., Store]
) -> None:
    put(store, "gold", GOLD)
    store.ledger.set("embedding_model", '{"name": "other", "revision": "1", "dimension": 3}')
    again = new_store()
    with pytest.raises(ModelMismatch, match="briefing rebuild --embedding-model 'all-MiniLM-L6-v2'"):
        again.search("gold")
    with pytest.raises(ModelMismatch):
        put(again, "health", HEALTH)
    assert len(again.documents()) == 1, "what is there can still be listed"
