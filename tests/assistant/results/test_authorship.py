from __future__ import annotations

from result_values import briefing_of

from assistant.results.answer import Sentence
from assistant.results.authorship import judgement_words, prose_words


def test_a_briefing_without_a_model_says_nothing_of_authorship() -> None:
    assert prose_words(briefing_of()) is None


def test_the_sentences_of_a_model_and_of_the_sources_are_counted() -> None:
    assert prose_words(briefing_of(model="openai:small")) == (
        "2 sentences written by openai:small and checked against what they cite; 2 word for word from the sources."
    )


def test_where_all_is_written_nothing_is_said_of_the_sources() -> None:
    briefing = briefing_of(
        model="openai:small", bottom_line=(Sentence("It rained.", (1,), "supported"),), paragraphs=()
    )
    assert prose_words(briefing) == "1 sentence written by openai:small and checked against what they cite."


def test_judgements_are_said_to_be_the_models_and_only_where_there_are_some() -> None:
    assert judgement_words(briefing_of(model="openai:small")) is None
    for part in ("key_judgements", "alternatives"):
        words = judgement_words(briefing_of(model="openai:small", **{part: (Sentence("It will rain."),)}))
        assert words is not None and words.startswith("Written by openai:small: ")
