"""How rare the words of a question are, counted in a real index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import pytest

from assistant.evidence.idf import Idf, query_idf
from vectorstore import Store


class _Passages:
    """Three passages as an index counts them: in how many each term stands."""

    def frequencies(self, terms: Sequence[str]) -> tuple[list[int], int]:
        counts = {"customs": 3, "post": 2, "kolda": 1}
        return [counts.get(term, 0) for term in terms], 3


def weigh(question: str) -> Idf:
    return query_idf(question, cast(Store, _Passages()))


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    weights = weigh("customs post Kolda").weights
    assert weights["kolda"] > weights["post"] > weights["custom"] > 0


def test_a_word_in_one_of_three_passages_has_the_weight_of_bm25() -> None:
    assert weigh("Kolda").weights["kolda"] == pytest.approx(0.98, abs=0.001)


def test_a_word_in_no_passage_is_out_of_the_index_and_the_rarest() -> None:
    idf = weigh("Zorbania post")
    assert idf.out_of_index == {"zorbania"}
    assert idf.weights["zorbania"] > idf.weights["post"]


def test_without_an_index_all_words_weigh_alike() -> None:
    assert not Idf().weights and not Idf().out_of_index
