"""What brings a passage up beside its likeness to the question."""

from __future__ import annotations

from pathlib import Path

import pytest
from putting import put

from vectorstore import EmbeddingModel, Filters, Store
from vectorstore.embedding.reranker import DEPTH, Reranker
from vectorstore.embedding.torch_model import ModelUnavailable
from vectorstore.search.query_expansion import expand_query


@pytest.fixture
def reports(store: Store) -> Store:
    put(
        store,
        "groups",
        "Jama'at Nusrat al-Islam wal-Muslimin (JNIM) was formed in 2017.\n"
        "The Famine Early Warning Systems Network [FEWS NET] counted 1,300 herders near Ségou.",
        title="Who is who",
    )
    put(store, "names", "Fighters of al-Qaida entered Tombouctou on 27 March 2012.", title="A city falls")
    put(store, "weather", "The rains came late to the hills.", title="Rains")
    return store


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("What did JNIM do?", "jama at nusrat al islam wal muslimin"),
        ("What does the Famine Early Warning Systems Network say?", None),
        ("Where is al-Qaeda?", "qaida"),
        ("Who took Timbuktu?", "tombouct"),
        ("What happened on 2012-03-27?", "27 march 2012"),
        ("What happened on March 27?", "27 march"),
        ("Were there 1300 herders?", "1 300"),
        ("Were there 1,300 herders?", "1300"),
        ("Did twelve herders come?", "12"),
        ("Did 12 herders come?", "twelve"),
        ("What happened in 2017?", None),
        ("Where are the hills?", None),
    ],
)
def test_what_a_question_asks_about_is_looked_for_as_reports_may_write_it(
    reports: Store, question: str, way: str | None
) -> None:
    found = expand_query(reports.ledger, question)
    assert (way in found) if way else not found


def test_an_abbreviation_is_looked_for_where_the_question_has_the_name(store: Store) -> None:
    put(store, "a", "The Food Price Watch (FPW) reports each month.")
    assert "fpw" in expand_query(store.ledger, "What does the Food Price Watch report?")


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


def test_titles_that_many_reports_share_name_none(store: Store) -> None:
    for number in range(5):
        put(store, f"weekly{number}", f"Prices rose in week {number}.", title="Weekly report")
    put(store, "letter", "As the weekly report says, the harbour is closed.", title="A letter")
    assert store._retrieval._links.named_in("As the weekly report says") == {}


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny cross-encoder with weights of no meaning, made here."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("cross-encoder")
    torch.manual_seed(3)
    tokenizer = AutoTokenizer.from_pretrained(EmbeddingModel().path)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, num_labels=1,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def test_a_cross_encoder_orders_the_best_passages_anew(
    store: Store, cross_encoder: Path, tmp_path: Path
) -> None:
    for number in range(DEPTH + 5):
        put(store, f"r{number}", f"The ferry of lake {number} carries {number * 3} goats.")
    plain = store.search("Which ferry carries goats?", DEPTH + 5).passages
    reranker = Reranker(str(cross_encoder))
    again = reranker.rerank("Which ferry carries goats?", plain)
    assert {one.passage_id for one in again[:DEPTH]} == {one.passage_id for one in plain[:DEPTH]}
    assert [one.passage_id for one in again] != [one.passage_id for one in plain]
    assert [one.passage_id for one in again[DEPTH:]] == [one.passage_id for one in plain[DEPTH:]]
    scores = [one.score for one in again]
    assert scores == sorted(scores, reverse=True) and scores[-1] >= 0 and scores[0] <= 1
    other = Store(tmp_path / "data", store.model, reranker=reranker)
    try:
        assert [one.passage_id for one in other.search("Which ferry carries goats?", 7).passages] == [
            one.passage_id for one in again[:7]
        ]
    finally:
        other.close()


def test_a_cross_encoder_that_is_not_there_is_named_with_what_to_do(reports: Store, tmp_path: Path) -> None:
    passages = reports.search("rains").passages
    with pytest.raises(ModelUnavailable, match="BRIEFING_RERANKER"):
        Reranker(str(tmp_path / "nothing")).rerank("rains", passages)
