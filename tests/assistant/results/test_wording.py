from __future__ import annotations

import datetime

import pytest
from result_values import citation_of

from assistant.results.wording import (
    count_words,
    date_words,
    kind_words,
    moment_words,
    place_words,
    shorten,
    source_name,
    writer_words,
)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2023-07-21", "21 July 2023"),
        ("2023-07-01", "1 July 2023"),
        ("2023-07", "July 2023"),
        ("2023", "2023"),
        (None, "undated"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(date: str | None, words: str) -> None:
    assert date_words(date) == words


def test_a_moment_is_told_in_the_time_of_this_machine() -> None:
    here = datetime.datetime(2023, 7, 21, 12, 5, tzinfo=datetime.UTC).astimezone()
    assert moment_words("2023-07-21T12:05:00") == f"{here.day} {here:%B %Y, %H:%M}"
    assert moment_words("2023-07-21T14:05:00+02:00") == moment_words("2023-07-21T12:05:00")
    assert moment_words("yesterday") == ""


@pytest.mark.parametrize(
    ("number", "noun", "plural", "words"),
    [
        (1, "report", None, "1 report"),
        (0, "report", None, "0 reports"),
        (1200, "report", None, "1,200 reports"),
        (2, "country", "countries", "2 countries"),
        (1, "country", "countries", "1 country"),
    ],
)
def test_a_count_agrees_with_its_noun(number: int, noun: str, plural: str | None, words: str) -> None:
    assert count_words(number, noun, plural) == words


@pytest.mark.parametrize(("kind", "words"), [("docx", "Word"), ("html", "Web page"), ("pdf", "PDF")])
def test_a_file_kind_is_said_as_users_know_it(kind: str, words: str) -> None:
    assert kind_words(kind) == words


@pytest.mark.parametrize(
    ("page", "heading", "words"),
    [(3, "Water", "page 3 · Water"), (3, None, "page 3"), (None, "Water", "Water"), (None, None, "")],
)
def test_a_place_is_said_as_far_as_it_is_known(page: int | None, heading: str | None, words: str) -> None:
    assert place_words(citation_of(1, page=page, heading=heading)) == words


def test_a_long_text_is_cut_at_a_clause_with_an_ellipsis() -> None:
    text = "The flood came, " + "and the water rose in the harbour of Sarrel, " * 8
    short = shorten(text)
    assert len(short) <= 242 and short.endswith(" …") and text.startswith(short.removesuffix(" …"))
    assert short.removesuffix(" …").endswith("Sarrel"), "at the end of a clause"


def test_a_short_text_stays_as_it_is_and_one_without_clauses_is_cut_at_a_word() -> None:
    assert shorten("x" * 240) == "x" * 240
    assert shorten("harbour " * 40) == ("harbour " * 30).rstrip() + " …"


def test_a_report_without_a_title_is_called_by_its_file() -> None:
    assert source_name(None, "memo.txt") == source_name("", "memo.txt") == "memo.txt"
    assert source_name("Memo", "memo.txt") == "Memo"


def test_an_answer_without_a_model_says_so() -> None:
    assert "no model" in writer_words("extractive") and writer_words("openai:small") == "openai:small"
