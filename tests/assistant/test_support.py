from __future__ import annotations

import pytest

from assistant.support import check

SOURCE = (
    "On 4 May 2021 gunmen from the Azure Front attacked the customs post at Kolda and killed 12 guards. "
    "The governor, Aminata Traoré, said that the post will not reopen. "
    "Exports rose to 1.3 million tonnes."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "The Azure Front's gunmen killed twelve guards at the Kolda customs post.",
        "Gunmen attacked the customs post at Kolda on 4 May 2021.",
        "Governor Aminata Traore said the post will not reopen.",
        "Exports rose to 1,300,000 tonnes.",
    ],
)
def test_a_faithful_rewording_is_supported(sentence: str) -> None:
    assert check(sentence, [SOURCE]).support == "supported"


def test_the_source_s_own_words_are_verbatim_whatever_the_white_space() -> None:
    verdict = check("The governor, Aminata Traoré,\n said that the post will not reopen.", [SOURCE])
    assert (verdict.support, verdict.score) == ("verbatim", 1.0)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Gunmen attacked the customs post at Kolda and killed 21 guards.", "21"),
        ("Gunmen attacked the customs post at Kolda on 4 June 2021.", "June"),
        ("Gunmen attacked the customs post at Ziguinchor on 4 May 2021.", "Ziguinchor"),
        ("The governor said that the post will reopen.", "deny"),
        ("Gunmen never attacked the customs post at Kolda.", "denies"),
        ("The governor said that the post “will open again soon”.", "quotation"),
        ("Tourism suffered and hotels lost many of their guests.", "says more"),
        ("Gunmen of the Red Front attacked the customs post at Kolda.", "Red Front"),
    ],
)
def test_a_changed_fact_is_caught_and_named(sentence: str, reason: str) -> None:
    verdict = check(sentence, [SOURCE])
    assert verdict.support == "unsupported"
    assert any(reason in one for one in verdict.reasons), verdict.reasons


def test_a_sentence_that_cites_nothing_is_unsupported() -> None:
    assert check("Gunmen attacked the customs post.", []).support == "unsupported"
