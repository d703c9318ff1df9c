"""Dense and lexical search together, with what the best passages name by title."""

from __future__ import annotations

import pytest
from putting import put

from vectorstore import Filters, Store
from vectorstore.search.hybrid import admitted_generations


@pytest.mark.parametrize(
    ("question", "source"),
    [("Who entered Timbuktu?", "names"), ("al-Qaeda", "names"), ("1300", "groups"), ("Segou", "groups")],
)
def test_a_name_or_number_alone_finds_its_report(reports: Store, question: str, source: str) -> None:
    assert reports.search(question).passages[0].source == source


def test_a_question_is_never_read_as_a_query_language(reports: Store) -> None:
    for question in ('"', "NEAR(", "a AND OR NOT", "x:y*", "JNIM) OR (", "^", "al-Qaida's “X” (Y)"):
        reports.search(question)


@pytest.mark.parametrize("question", ["9" * 19_000, "Report " + "KSN JNIM Gao " * 1_500])
def test_a_question_of_figures_or_capitals_alone_is_searched_all_the_same(
    reports: Store, question: str
) -> None:
    reports.search(question, k=5)


def test_a_report_that_a_found_passage_names_by_its_title_is_brought_up(store: Store) -> None:
    put(store, "dam", "The Karuma dam was built by Orvalde Works in 1974.", title="The Karuma dam")
    put(
        store,
        "company",
        "It was founded by two sisters from a fishing village.",
        title="Orvalde Works (company)",
    )
    for number in range(12):
        put(
            store,
            f"other{number}",
            f"The dam of valley {number} was founded and built by hand, in the year {1900 + number}.",
            title=f"Valley {number}",
        )
    found = [one.source for one in store.search("Who founded the builder of the Karuma dam?", 5).passages]
    assert found.index("company") < 3


def test_a_link_does_not_lead_past_a_filter(store: Store) -> None:
    dam = put(store, "dam", "The Karuma dam was built by Orvalde Works in 1974.", title="The Karuma dam")
    put(store, "company", "It was founded by two sisters.", title="Orvalde Works")
    found = store.search("Who founded the builder of the Karuma dam?", 5, Filters(documents=(dam,)))
    assert {one.source for one in found.passages} == {"dam"}


@pytest.mark.parametrize(
    ("filters", "sources", "left_out"),
    [
        (Filters(), None, None),
        (Filters(tags=("trade",)), {"old"}, None),
        (Filters(as_of="2022-12-31"), {"old"}, 1),
        (Filters(since="2022-06-01"), {"new"}, 1),
        (Filters(as_of="2022-12-31", include_undated=True), {"old", "undated"}, 0),
        (Filters(as_of="1999-01-01"), set(), 1),
        (Filters(publishers=("Nobody",), as_of="2030"), set(), 0),
    ],
    ids=["none", "tag", "as of", "since", "undated too", "before all", "no candidate"],
)
def test_a_filter_admits_generations_and_counts_the_undated_it_leaves_out(
    store: Store, filters: Filters, sources: set[str] | None, left_out: int | None
) -> None:
    old = put(store, "old", "The well was dug.", published="2022-03")
    put(store, "new", "The ferry sank.", published="2023-01-05")
    put(store, "undated", "The market closed.")
    store.edit(old, {"tags": ["trade"]})
    by_source = {record.source: record.generation for record in store.documents()}
    expected = None if sources is None else {by_source[source] for source in sources}
    assert admitted_generations(store.ledger, filters) == (expected, left_out)


def test_the_preceding_passage_is_of_the_same_report_and_keeps_the_score(store: Store) -> None:
    text = "\n".join(f"Day {number}: " + "the convoy went on along the river. " * 40 for number in range(4))
    put(store, "diary", text)
    put(store, "other", "Another report.")
    first, second, *_ = store._retrieval.passages(store.documents()[0].generation)
    assert first.start == 0 < second.start
    before = store._retrieval.preceding(second)
    assert before is not None and before.passage_id == first.passage_id
    assert store._retrieval.preceding(first) is None


def test_the_best_passage_scores_at_most_1_however_many_links_lead_to_it(store: Store) -> None:
    put(store, "works", "Orvalde Works was founded by two sisters. It builds dams.", title="Orvalde Works")
    put(store, "dam", "Orvalde Works built the dam.", title="The Karuma dam")
    scores = [passage.score for passage in store.search("Who founded Orvalde Works?", 5).passages]
    assert scores[0] == 1.0 and scores == sorted(scores, reverse=True)
