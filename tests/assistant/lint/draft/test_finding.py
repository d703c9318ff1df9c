"""A finding about a statement stands on the line of the words at fault."""

from __future__ import annotations

from assistant.lint.draft.draft import DraftStatement
from assistant.lint.draft.finding import finding

WRAPPED = DraftStatement("The bridge may fall.", ("1",), 7, "Losses", "body", 0, breaks=(11,))


def test_a_finding_stands_on_the_line_of_its_offset() -> None:
    assert finding(WRAPPED, "bare-possibility", "“may” …", "Say how likely.", 0).line == 7
    assert finding(WRAPPED, "bare-possibility", "“may” …", "Say how likely.", 11).line == 8


def test_a_finding_is_saved_with_place_sentence_and_remedy() -> None:
    assert finding(WRAPPED, "uncited", "cites nothing", "Put the marker.").to_json() == {
        "line": 7, "where": "Losses", "rule": "uncited", "message": "cites nothing", "remedy": "Put the marker.",
        "text": "The bridge may fall.",
    }  # fmt: skip
