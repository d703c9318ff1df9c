"""The section that a heading opens."""

from __future__ import annotations

import pytest

from assistant.lint.draft.sections import section_role


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Bottom line up front", "bottom line"),
        ("1. Executive Summary", "bottom line"),
        ("KEY JUDGEMENTS", "judgements"),
        ("Alternative hypotheses", "judgements"),
        ("Timeline of events", "chronology"),
        ("Where sources differ", "conflicts"),
        ("What is not known yet", "gaps"),
        ("About the sources", "sources"),
        ("Endnotes", "notes"),
        ("The port", None),
        ("Summary executions in the north", None),
    ],
)
def test_a_heading_opens_the_section_it_names_and_else_a_theme(heading: str, role: str | None) -> None:
    assert section_role(heading) == role
