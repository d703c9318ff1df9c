"""Headings in the sources' own words."""

from __future__ import annotations

from made_evidence import counts, said

from assistant.briefings.headings import heading_candidates


def test_a_heading_is_the_source_s_own_or_the_phrase_that_sets_a_theme_apart() -> None:
    own = [said("The dyke broke.", heading="Part 2 › The dyke"), said("It rained.", heading="The dyke")]
    named = [said("Later Jonas Achterberg asked for pumps."), said("Then Jonas Achterberg resigned.")]
    assert heading_candidates("floods", [own, named], counts) == ["The dyke", "Jonas Achterberg"]
    bare = said("It was so.")
    assert heading_candidates("floods", [[bare], [bare]], counts) == [
        "Further reporting",
        "Further reporting (2)",
    ]
    assert heading_candidates("floods", [], counts) == []


def test_the_topic_alone_is_no_heading() -> None:
    theme = [said("Floods came."), said("The floods were stopped by the old dyke.")]
    assert heading_candidates("floods", [theme], counts) == ["Old dyke"]


def test_a_heading_does_not_repeat_most_of_an_earlier_one() -> None:
    first = [said("The dyke broke.", heading="Upper dyke"), said("It rained.", heading="Upper dyke")]
    second = [said("It was dug.", heading="Upper dyke works"), said("It held.", heading="Upper dyke works")]
    assert heading_candidates("floods", [first, second], counts)[1] != "Upper dyke"


def test_a_source_s_heading_must_stand_over_most_of_the_theme() -> None:
    theme = [
        said("Jonas Achterberg resigned.", heading="Mayors"),
        said("Jonas Achterberg fled.", heading="Mayors"),
        said("Then Jonas Achterberg died."),
        said("Jonas Achterberg was buried."),
    ]
    assert heading_candidates("floods", [theme], counts) == ["Jonas Achterberg"]
