from __future__ import annotations

import pytest

from assistant.questions.topics import Topic, topic_of


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("JNIM in Kayes", Topic("JNIM in Kayes")),
        ("Brief me on JNIM in Kayes as of June 2023", Topic("JNIM in Kayes", as_of="2023-06")),
        ("Please write me a briefing about gold, as of 5 May 2021.", Topic("gold", as_of="2021-05-05")),
        ("Kayes\n- Attacks\n2. Gold:\n\n## Response", Topic("Kayes", ("Attacks", "Gold", "Response"))),
        ("Who attacked Kolda in May 2021?", Topic("Who attacked Kolda in May 2021?")),
        ("Rules as of old", Topic("Rules as of old")),
    ],
)
def test_a_topic_is_a_phrase_a_question_or_an_outline(text: str, topic: Topic) -> None:
    assert topic_of(text) == topic


@pytest.mark.parametrize(
    "text", ["", " \n ", "Kayes\n" + "\n".join(f"- Part {n}" for n in range(30)), "x" * 30_000]
)
def test_a_topic_that_cannot_be_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"topic|outline"):
        topic_of(text)
