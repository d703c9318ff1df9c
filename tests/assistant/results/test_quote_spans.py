"""Where a quote begins."""

from __future__ import annotations

from assistant.results.spans import trim_span


def test_a_quote_begins_after_the_dateline() -> None:
    text = "Kolda, 3 May 2021 – The bridge fell at night."
    start, end = trim_span(text, 0, len(text))
    assert text[start:end] == "The bridge fell at night."
    for whole in ("On 3 May 2021 – a Monday – it fell.", "Kolda, 2021 was a wet year."):
        assert trim_span(whole, 0, len(whole)) == (0, len(whole))


def test_a_quote_begins_after_the_bullet_of_its_list() -> None:
    text = "• whether the bridge is rebuilt;"
    assert text[slice(*trim_span(text, 0, len(text)))] == "whether the bridge is rebuilt;"
    assert trim_span("-5 degrees were measured.", 0, 25) == (0, 25)
