from __future__ import annotations

import json
from typing import Any

import pytest
from result_values import briefing_of

from assistant.results.saved_briefing import NotABriefing, read_briefing


def row() -> dict[str, Any]:
    return json.loads(json.dumps(briefing_of().to_json()))


def test_a_briefing_is_read_from_the_json_it_writes() -> None:
    assert read_briefing(json.dumps(row())) == briefing_of()


@pytest.mark.parametrize(
    ("text", "message"),
    [("{", "not JSON"), ("[]", "not one JSON object"), ("{}", "lacks 'topic'"), ("", "not JSON")],
)
def test_what_is_no_briefing_is_refused_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(NotABriefing, match=message):
        read_briefing(text)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("bottom_line", 0, "citations"), [9], r"cites \[9\]"),
        (("chronology", 0, "citations"), [9], r"cites \[9\]"),
        (("conflicts", 0, "sides", 0, "citations"), [9], r"cites \[9\]"),
        (("echoes", 0, "citations"), [9], r"cites \[9\]"),
        (("citations", 0, "number"), 2, "two citations have one number"),
        (("as_of",), "May 2022", "'May 2022' is not a date"),
        (("citations", 0, "published"), "2022-13", "'2022-13' is not a date"),
        (("as_of",), "2023-02-31", "'2023-02-31' is not a date"),
        (("as_of",), " 2023", "' 2023' is not a date"),
        (("chronology", 0, "date"), "2022-5-1", "'2022-5-1' is not a date"),
        (("conflicts", 0, "sides", 0, "date"), "x", "'x' is not a date"),
        (("citations", 0, "grade"), "G7", "'G7' is not a grade"),
        (("handling",), "two\nlines", "one line of text"),
        (("index", "documents"), "two", "index_documents"),
        (("bottom_line", 0, "support"), "proven", "support"),
    ],
)
def test_one_wrong_value_is_found_wherever_it_stands(
    path: tuple[str | int, ...], value: Any, message: str
) -> None:
    saved = row()
    parent: Any = saved
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = value
    with pytest.raises(NotABriefing, match=message):
        read_briefing(json.dumps(saved))
