"""The source summary is counted."""

from __future__ import annotations

from made_evidence import said

from assistant import Citation, Sentence
from assistant.sourcing.summary import summarise_sources


def test_the_source_summary_is_counted_from_citations_alone() -> None:
    cited = [
        Citation.of(said("One.", "a", "2021-11-09", publisher="River Wire").passage, 0, 4, 1),
        Citation.of(said("Two.", "b", None).passage, 0, 4, 2),
    ]
    made = summarise_sources(
        cited, [Sentence("One.", (1,)), Sentence("One, two.", (1, 2)), Sentence("A note.")]
    )
    assert (made.documents, made.publishers, made.undated) == (2, ("River Wire",), 1)
    assert (made.oldest, made.newest, made.largest_share) == ("2021-11-09", "2021-11-09", 1.0)
    assert "100% of the cited sentences rest on “Report a”." in made.text
    assert summarise_sources([], [Sentence("A note.")]).text == "No source was used."
