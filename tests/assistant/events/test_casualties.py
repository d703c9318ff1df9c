"""How many were killed, wounded or abducted, in the words of the sentence."""

from __future__ import annotations

import pytest

from assistant.events.casualties import casualties_in


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("53 national army soldiers and one civilian were killed.",
         "53 national army soldiers and one civilian killed"),
        ("An attack killing five in the region.", "five killed"),
        ("It wounded at least 29 soldiers and killed 24 villagers.",
         "at least 29 soldiers wounded; 24 villagers killed"),
        ("Bamako admitted to 25 dead and some 60 missing.", "25 dead; some 60 missing"),
        ("All thirteen men aboard died.", "All thirteen men aboard died"),
        ("The staff raised the toll to 42 soldiers.", "toll to 42 soldiers"),
        ("The execution of 300 civilians.", "execution of 300 civilians"),
        ("France keeps 4,500 soldiers there.", None),
        ("The dead were buried in 2019.", None),
    ],
)  # fmt: skip
def test_casualties_are_counted_as_the_sentence_counts_them(text: str, stated: str | None) -> None:
    assert casualties_in(text) == stated
