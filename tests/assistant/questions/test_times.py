from __future__ import annotations

import pytest

from assistant.questions.times import time_asked, time_weight, time_window


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What happened in November 2019?", ("2019-11",)),
        ("How many fled in 2021 and in 2022?", ("2021", "2022")),
        ("What happened on 4 May 2021?", ("2021-05-04",)),
        ("What has happened since 2020?", ()),
        ("What changed between 2019 and 2021?", ()),
        ("What came after June 2022?", ()),
        ("What changed between May and June 2022?", ()),
        ("What came by the end of May 2022?", ()),
        ("What has come since spring 2020?", ()),
        ("What happened from 3 to 5 May 2022?", ("2022-05",)),
        ("Who leads the group?", ()),
    ],
)
def test_a_question_asks_of_the_dates_it_names_but_not_of_the_ends_of_a_span(
    question: str, asked: tuple[str, ...]
) -> None:
    assert time_asked(question) == asked


@pytest.mark.parametrize(
    ("sentence", "published", "weight"),
    [
        ("On 4 May 2021 the post fell.", "2023-01-01", "whole"),
        ("On 4 May the post fell.", "2021-06-01", "whole"),
        ("The post fell.", "2021-06-01", "whole"),
        ("The post fell.", "2022-03-01", "whole"),  # reports come out for half a year after
        ("The post fell.", None, "whole"),
        ("At the end of December 2020 the post fell.", "2021-06-01", "nearly"),
        ("In 2017 the post fell.", "2021-06-01", "less"),
        ("The post fell.", "2019-06-01", "less"),  # written before it could happen
        ("The post fell.", "2023-06-01", "less"),
    ],
)
def test_a_sentence_of_another_time_weighs_less(sentence: str, published: str | None, weight: str) -> None:
    factor = time_weight(("2021",), sentence, "", published)
    assert {"whole": factor == 1, "nearly": 0.8 < factor < 1, "less": factor < 0.7}[weight]


def test_reports_on_a_time_come_out_up_to_half_a_year_later() -> None:
    assert time_window(("2021",)) == ("2021-01-01", "2022-07-02")
