"""The same story twice is one family, and nothing else is."""

from __future__ import annotations

import pytest
from putting import go_live, put

from vectorstore import Store
from vectorstore.ledger import near_duplicates
from vectorstore.ledger.database import Ledger

WIRE = """The ferry Sokolo ran aground on the sandbank below Mopti on Tuesday night with 62 people aboard. Fishermen
took the passengers off in their boats before midnight, and nobody was hurt. The company says that the buoy which
marks the channel had been missing since the flood of August. The harbour office has promised a new one every year
since 2017. Grain that was meant for the market at Niafunke lies in the hold and will be unloaded by hand."""
OTHER = """The school at Bankass reopened in October after two years. Ninety pupils came on the first day, and by
the end of the month there were three hundred. Two of the six teachers live in Mopti and travel by motorcycle. The
parents have rebuilt the wall with their own hands, and the town has paid for the roof and for forty benches."""


def families(store: Store) -> list[str | None]:
    return [record.family for record in store.documents()]


@pytest.mark.parametrize(
    "second",
    [
        f"By our correspondent. {WIRE}",  # a line more
        WIRE.replace("62 people", "58 people"),  # a corrected figure
        WIRE[: WIRE.index(" Grain")],  # cut at the end
    ],
)
def test_the_same_story_on_two_sites_is_a_family(store: Store, second: str) -> None:
    first = put(store, "first", WIRE)
    put(store, "other", OTHER)
    put(store, "second", second)
    assert families(store) == [first, None, first]


def test_a_family_ends_with_its_second_member(store: Store) -> None:
    put(store, "first", WIRE)
    second = put(store, "second", f"By our correspondent. {WIRE}")
    store.remove([second])
    assert families(store) == [None]


def test_a_family_survives_a_corrected_title(store: Store) -> None:
    first = put(store, "first", WIRE)
    second = put(store, "second", f"By our correspondent. {WIRE}")
    store.edit(second, {"title": "The grounding of the Sokolo"})
    store.edit(first, {"title": "Aground"})
    assert families(store) == [first, first]


def test_signatures_are_equal_for_equal_texts_and_differ_for_others() -> None:
    one, same, other = (
        set(near_duplicates.bands(near_duplicates.shingles(text))) for text in (WIRE, WIRE.upper(), OTHER)
    )
    assert one == same and not one & other
    assert near_duplicates.bands(near_duplicates.shingles("Too short to say.")) == []


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        (range(100), range(100), 1.0),
        (range(100), range(20, 120), 80 / 120),  # most of both
        (range(100), range(50, 150), None),  # a third of both
        (range(100), range(70, 100), 0.3),  # all of the shorter one: a story cut down
        (range(100), range(70, 110), None),  # three quarters of the shorter one
        (range(19), range(19), None),  # too short to tell
    ],
)
def test_texts_are_near_duplicates_that_share_half_or_hold_the_shorter_one(
    first: range, second: range, share: float | None
) -> None:
    assert near_duplicates.near_duplicates_of(first, second) == share
    assert near_duplicates.near_duplicates_of(second, first) == share


def test_shingles_are_runs_of_five_words_whatever_their_case_and_punctuation() -> None:
    assert near_duplicates.shingles("Too short to say.") == frozenset()
    assert len(near_duplicates.shingles("one two three four five six")) == 2
    assert near_duplicates.shingles("One, two: three – four five!") == near_duplicates.shingles(
        "one two three four five"
    )


def test_a_family_is_joined_by_those_between_its_ends(ledger: Ledger) -> None:
    words = [f"word{number}" for number in range(200)]
    first, middle, last = (" ".join(words[start : start + 100]) for start in (0, 30, 60))
    assert (
        near_duplicates.near_duplicates_of(near_duplicates.shingles(first), near_duplicates.shingles(last))
        is None
    )
    ids = [go_live(ledger, name, text) for name, text in (("a", first), ("b", last), ("c", middle))]
    go_live(ledger, "other", OTHER)
    assert near_duplicates.families(ledger.connection) == dict.fromkeys(ids, ids[0])


def test_two_families_become_one_when_a_report_is_like_one_of_each(ledger: Ledger) -> None:
    words = [f"word{number}" for number in range(200)]
    starts = {"a1": 0, "a2": 15, "b1": 60, "b2": 75}
    ids = {name: go_live(ledger, name, " ".join(words[at : at + 100])) for name, at in starts.items()}
    assert near_duplicates.families(ledger.connection) == {
        ids[name]: ids[f"{name[0]}1"] for name in ("a1", "a2", "b1", "b2")
    }
    between = go_live(ledger, "between", " ".join(words[38:138]))  # like a2 and b1 alone
    assert near_duplicates.families(ledger.connection) == dict.fromkeys([*ids.values(), between], ids["a1"])
