"""Sentences end where a reader would end them, and their spans are exact."""

from __future__ import annotations

import time

import pytest
from ingest_samples import FIRST, SECOND

from ingest import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Dr. Varga met Gen. J. Okoro of the U.S. Army.", "They spoke."],
        [
            "The U.N. said 3.5 people, e.g. a man, left on Jan. 3.",
            "It rained in the U.S.",
            "The rest is known.",
        ],
        ["“Why go?” he asked.", "“We will go.”", "They left...", "Then nothing."],
        ["No. 5 is here, see Fig. 2.", "He said no.", "Five left."],
        ["M. Dupont est arrivé.", "« Nous partons. »", "Est-ce vrai ?", "Oui !"],
        ["It ended.[12]", "The next began.13", "A third followed."],
        ["(He left.)", "Then all was still."],
        ["They sold grain, fish, etc. to the north.", "Acme Inc. and Ostra Ltd. bought it."],
        ["al-Qaida left.", "al-Shabaab came.", "2020 was worse."],
        ["Der Hafen.", "这是。", "那是！"],
    ],
)
def test_sentences_are_told_apart(expected: list[str]) -> None:
    assert split(" ".join(expected)) == expected


def test_line_ends_end_sentences_unless_the_text_is_wrapped() -> None:
    wrapped = (
        "The harbour of Lindow handled a third more grain this year\n"
        "than last. Two new cranes were delivered in spring, which\n"
        "helped."
    )
    assert len(split(wrapped)) == 2
    assert split("What they pay\nFees are set by weight\n• one item\n• another\n\nlast") == [
        "What they pay",
        "Fees are set by weight",
        "• one item",
        "• another",
        "last",
    ]


def test_numbers_of_lists_belong_to_their_sentences() -> None:
    assert split("1. The first point.\n2. The second. More of it.") == [
        "1. The first point.",
        "2. The second.",
        "More of it.",
    ]


def test_spans_cover_everything_but_white_space() -> None:
    text = f"  {FIRST}\n\n\t{SECOND} …!? x . ' \" 🙂 e\u0301 .\n"
    covered = "".join(split(text))
    assert "".join(covered.split()) == "".join(text.split())
    spans = sentences(text)
    assert spans == sorted(spans)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert sentences("") == sentences(" \n ") == []


def test_a_long_text_is_quick() -> None:
    text = f"{FIRST} {SECOND}\n\n" * 250
    assert len(text) > 100_000
    began = time.perf_counter()
    sentences(text)
    sentences("a" * 100_000)
    sentences("." * 100_000)
    sentences("a. " * 33_000)
    assert time.perf_counter() - began < 2  # four times 100 kB, on a machine that may be busy


def test_rows_of_a_table_are_never_one_sentence() -> None:
    rows = [
        "Date: 3 June; Partner: France; Measure: Joint operations stopped",
        "Date: 4 June; Partner: Mali; Measure: None",
    ]
    text = "\n".join(rows)
    assert [text[start:end] for start, end in sentences(text)] == rows
