"""What a scripted chat model makes of a composed briefing, without an index."""

from __future__ import annotations

from collections.abc import Iterator

from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from made_evidence import counts, said

from assistant import Briefing
from assistant.briefings.composing import compose_briefing
from assistant.briefings.model_written import write_with_model
from assistant.evidence.refusal import REFUSAL
from assistant.grounding import Checker

EVIDENCE = [
    said("The upper dyke at Sarrel broke on 15 May 2022 after nine days of rain.", "a"),
    said("The upper dyke at Sarrel was weak for years, engineers said.", "b"),
    said("The upper dyke at Sarrel was repaired in June 2022.", "c"),
]
COMPOSED = compose_briefing(
    "floods at Sarrel", EVIDENCE, as_of=None, length="paragraph", model="extractive", index_documents=3,
    embedding_model="counts", left_out_undated=None, embed=counts,
)  # fmt: skip


def written(*answers: str) -> list[Briefing]:
    """The briefing after each section; the model gives these answers in turn."""
    messages: Iterator[AIMessage] = iter(AIMessage(answer) for answer in answers)
    chat = GenericFakeChatModel(messages=messages)
    return list(
        write_with_model(
            COMPOSED, chat, "stand-in", EVIDENCE, "paragraph", Checker(), lambda passage: [], 6_000
        )
    )


def test_a_supported_sentence_takes_the_place_of_the_sources_own() -> None:
    *_, briefing = written("The dyke at Sarrel broke on 15 May 2022. [1]", REFUSAL, REFUSAL)
    (paragraph,) = briefing.paragraphs
    (sentence,) = paragraph.sentences
    assert sentence.text == "The dyke at Sarrel broke on 15 May 2022." and sentence.support == "supported"
    assert briefing.citations[sentence.citations[0] - 1].document_id == "a"
    assert briefing.model == "stand-in"


def test_a_paragraph_without_a_supported_sentence_stays_as_it_was() -> None:
    *_, briefing = written("The dyke broke on 3 April 1999. [1]", REFUSAL, REFUSAL)
    assert briefing.paragraphs == COMPOSED.paragraphs
    assert briefing.model == "extractive"


def test_a_model_that_says_nothing_leaves_the_briefing_and_a_notice() -> None:
    *_, briefing = written("")
    assert briefing.paragraphs == COMPOSED.paragraphs and briefing.key_judgements == ()
    assert briefing.notice is not None and "made of the sources' own sentences" in briefing.notice


def test_the_briefing_is_shown_after_each_paragraph_and_whole_at_the_end() -> None:
    drafts = written("The dyke at Sarrel broke on 15 May 2022. [1]", REFUSAL, REFUSAL)
    assert len(drafts) == 2 and len(drafts[-1].citations) == 1
