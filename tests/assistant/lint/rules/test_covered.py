"""The rule on the bottom line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from linted import HEAD, NOTES, SOUND, found, rules
from numpy.typing import NDArray

from assistant.lint.draft.draft import draft_of
from assistant.lint.formats.markdown import markdown_blocks
from assistant.lint.rules.covered import uncovered_findings


def test_a_bottom_line_that_nothing_below_goes_into_is_found() -> None:
    head = f"{HEAD}**Bottom line.** The port of Kolda was closed. [2]\nThe uranium mine of Arlit was sold. [1]\n\n"
    assert rules(f"## The port\n\n{SOUND}", head) == [(6, "bottom-line-not-covered")]


def test_a_figure_of_the_bottom_line_stands_below_or_in_its_own_quote() -> None:
    body = f"## The port\n\n{SOUND}"
    notes = NOTES.replace("The port is closed, and rain may go on.", "")
    without_quote = f"{HEAD}**Bottom line.** The dyke at Kolda broke and 14 people died. [2]\n\n"
    (missing,) = [one for one in found(body, without_quote, notes) if one.rule == "bottom-line-not-covered"]
    assert "“14”" in missing.message
    with_quote = without_quote.replace("[2]", "[1]")
    assert not [one for one in found(body, with_quote) if one.rule == "bottom-line-not-covered"]


def test_meaning_covers_where_words_do_not() -> None:
    draft = draft_of(
        list(
            markdown_blocks(
                "**Bottom line.** The harbour shut. [1]\n\n## The port\n\nShips were turned away. [2]\n"
            )
        )
    )
    assert len(list(uncovered_findings(draft))) == 1

    def alike(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.tile(np.float32([1, 0]), (len(texts), 1))

    assert list(uncovered_findings(draft, alike)) == []
