"""A question on its way: what the model is told of before, and what is kept of a stopped answer."""

from __future__ import annotations

from page_values import turn

from assistant import Assistant
from assistant.pages.ask import answering
from assistant.results.answer import Sentence


def test_only_answered_questions_are_told_as_the_conversation_so_far() -> None:
    turns = [
        turn("user", "Why?"),
        turn("user", "Where?"),
        turn("assistant", "In Kayes."),
        turn("user", "When?"),
    ]
    assert answering._history(turns) == [
        {"role": "user", "content": "Where?"}, {"role": "assistant", "content": "In Kayes."},
    ]  # fmt: skip
    assert answering._history(turns[:1]) == [] == answering._history([])


def test_a_stopped_answer_keeps_its_sentences_without_sources_and_says_so(desk: Assistant) -> None:
    stopped = answering._partial(desk, "Why?", [Sentence("The dyke broke.", (1,), "supported")])
    assert stopped is not None and stopped.text == "The dyke broke." and stopped.citations == ()
    assert stopped.notice is not None and "Stopped" in stopped.notice
    assert answering._partial(desk, "Why?", []) is None
