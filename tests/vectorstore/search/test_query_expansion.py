"""A question is looked for as the reports may write it."""

from __future__ import annotations

import pytest
from putting import put

from vectorstore import Store
from vectorstore.search.query_expansion import _full_name, _skeleton, expand_query


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
    ("left", "right", "is_same"),
    [
        ("timbuktu", "tombouctou", True),
        ("qaida", "qaeda", True),
        ("hassan", "hasan", True),
        ("muhammad", "mohamed", True),
        ("bamako", "bamba", False),
        ("kayes", "kidal", False),
    ],
)
def test_transliterations_of_one_name_have_one_skeleton(left: str, right: str, is_same: bool) -> None:
    assert (_skeleton(left) == _skeleton(right)) is is_same


@pytest.mark.parametrize(
    ("words", "short", "name"),
    [
        ("said the Food Price Watch", "FPW", "Food Price Watch"),
        ("the Famine Early Warning Systems Network", "FEWS", "Famine Early Warning Systems Network"),
        ("the price of food", "FPW", None),
        ("Watch", "W", None),
    ],
)
def test_a_name_begins_where_its_abbreviation_does(words: str, short: str, name: str | None) -> None:
    assert _full_name(words, short) == name
