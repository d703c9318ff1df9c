"""From a topic to a briefing: gather evidence, compose it from the sources' sentences, and, where there is a chat
model, have it write each paragraph from that paragraph's passages."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from assistant.briefings.composing import compose_briefing
from assistant.briefings.model_written import write_with_model
from assistant.events.chronology import context_of
from assistant.events.extraction import event_mentions
from assistant.evidence.answerability import COMMON
from assistant.evidence.idf import query_idf
from assistant.evidence.refusal import answerable
from assistant.evidence.scoring import Evidence, evidence_for, is_whole
from assistant.language.words import stems
from assistant.llm import providers
from assistant.questions.question import Question, parse
from assistant.questions.topics import Topic
from assistant.results.briefing import Briefing, BriefingLength
from assistant.results.excerpt import excerpt
from assistant.settings import EXTRACTIVE
from assistant.sourcing.grades import confirmed_by_another
from assistant.sourcing.sourcing import with_sourcing
from vectorstore import DocumentRecord, Filters, Passage

if TYPE_CHECKING:
    from assistant.workspace import Workspace

PARAGRAPH = "paragraph"  # a length of its own: the best paragraph alone
_PASSAGES = {"short": 12, "standard": 24, "long": 40, PARAGRAPH: 16}  # gathered for the topic
_FOR_A_HEADING = 12  # and for each heading of an outline
# Cosine to a heading from which a sentence speaks of it without one of its words: of sentences on other matters of the
# same topic nine in ten lie below.
_NEAR_HEADING = 0.35
_FURTHER = 100  # passages that are looked through for dated events
_DATED = 40  # of their sentences, those that are embedded


@dataclass(frozen=True)
class TopicEvidence:
    """What was found for a topic, or for a heading of its outline."""

    question: Question
    passages: tuple[Passage, ...]  # all, best first
    chosen: tuple[Passage, ...]  # those to write from
    evidence: tuple[Evidence, ...]  # their sentences, best first
    left_out_undated: int | None


def drafts(
    workspace: Workspace, topic: Topic, filters: Filters, length: str, model: str
) -> Iterator[Briefing]:
    """The briefing as it grows, the whole of it last: made of the sources' sentences at once, by a model in sections.

    Raises ValueError for an unknown length, ModelError for a model that cannot be built.
    """
    if length not in _PASSAGES:
        raise ValueError(f"{length!r} is not a length: choose {', '.join(get_args(BriefingLength))}")
    began = time.monotonic()
    chat = None if model == EXTRACTIVE else providers.build_chat_model(model, workspace.settings)
    filters = replace(filters, as_of=filters.as_of or topic.as_of)
    documents = workspace.documents()
    found = _found(workspace, topic.text, filters, _PASSAGES[length], _FURTHER)
    given = [
        (heading, _found(workspace, f"{topic.text}: {heading}", filters, _FOR_A_HEADING, 2 * _FOR_A_HEADING))
        for heading in topic.outline
    ]
    briefing = compose_briefing(
        topic.text,
        found.evidence,
        as_of=filters.as_of,
        length=length,
        model=EXTRACTIVE,
        index_documents=len(documents),
        embedding_model=workspace.embedding_model,
        left_out_undated=found.left_out_undated,
        left_out_later=_published_later(documents, filters),
        embed=workspace.store.vectors_of,
        further=_further(workspace, found) if length != PARAGRAPH and answerable(found.evidence) else (),
        text_of=workspace.passage_texts(),
        given=[(heading, _on(heading, one.evidence, workspace)) for heading, one in given],
    )
    briefing = replace(briefing, inputs=_inputs(documents, topic, filters, length, model))
    near = (*found.passages[: 2 * _PASSAGES[length]], *(one for _, each in given for one in each.passages))

    # What came later, or is not dated, is no part of the picture at that date: neither carrier nor confirmation.
    by_then = Filters(as_of=filters.as_of, include_undated=filters.include_undated)
    records = [one for one in documents if by_then.admits(one)]

    def finished(draft: Briefing) -> Briefing:
        if length == PARAGRAPH:
            draft = excerpt(draft)
        whole = with_sourcing(
            draft,
            near,
            records,
            partial(confirmed_by_another, workspace, documents=documents, filters=by_then),
        )
        return replace(whole, seconds=time.monotonic() - began)

    if chat is None or briefing.refused:
        yield finished(briefing)
        return
    evidence = [*found.evidence, *(one for _, each in given for one in each.evidence)]
    written = write_with_model(
        briefing,
        chat,
        model,
        evidence,
        length,
        workspace.checker,
        workspace.neighbours,
        workspace.settings.context_tokens,
    )
    for draft in written:
        yield finished(draft)


def _found(workspace: Workspace, text: str, filters: Filters, passages: int, looked_at: int) -> TopicEvidence:
    question = parse(text)
    result = workspace.find(question.text, looked_at, filters)
    chosen = workspace.selected(result.passages[: 2 * passages], passages)
    evidence = evidence_for(
        question,
        workspace.store.query_vector(question.search_text),
        chosen,
        workspace.store.vectors_of,
        query_idf(question.text, workspace.store),
    )
    return TopicEvidence(question, result.passages, chosen, tuple(evidence), result.left_out_undated)


def _on(heading: str, evidence: Sequence[Evidence], workspace: Workspace) -> list[Evidence]:
    """The sentences that speak of a heading and not only of the topic above it, the nearest to it first."""
    if not evidence:
        return []
    words = set(stems(heading)) - COMMON
    near = workspace.store.vectors_of([one.text for one in evidence]) @ workspace.store.query_vector(heading)
    likely = [
        (one, float(similarity))
        for one, similarity in zip(evidence, near, strict=True)
        if similarity >= _NEAR_HEADING or words & set(stems(f"{one.text} {one.passage.heading or ''}"))
    ]
    return [one for one, _ in sorted(likely, key=lambda pair: -(pair[0].score + pair[1]))]


def _further(workspace: Workspace, found: TopicEvidence) -> list[Evidence]:
    """Dated sentences of the passages found that were not chosen: of use to the chronology alone."""
    there = {one.passage_id for one in found.chosen}
    return evidence_for(
        found.question,
        workspace.store.query_vector(found.question.search_text),
        [one for one in found.passages if one.passage_id not in there],
        workspace.store.vectors_of,
        query_idf(found.question.text, workspace.store),
        read=_DATED,
        only=_tells_of_a_day,
    )


def _tells_of_a_day(one: Evidence) -> bool:
    return is_whole(one) and bool(event_mentions(one.text, context_of(one, None)))


def _published_later(documents: Sequence[DocumentRecord], filters: Filters) -> int | None:
    """How many dated reports an as-of date left out; None where there is none."""
    if filters.as_of is None:
        return None
    until = replace(filters, since=None)
    return sum(
        one.published is not None and until.admits_but_for_date(one) and not until.admits_date(one.published)
        for one in documents
    )


def _inputs(
    documents: Sequence[DocumentRecord], topic: Topic, filters: Filters, length: str, model: str
) -> dict[str, Any]:
    """What the briefing was asked with, to ask it again, and the last report that it could know."""
    asked: dict[str, Any] = {name: value for name, value in asdict(filters).items() if value}
    asked = {name: list(value) if isinstance(value, tuple) else value for name, value in asked.items()}
    return {
        "topic": topic.text,
        "outline": list(topic.outline),
        "length": length,
        "model": model,
        "filters": asked,
        "last_report": documents[-1].document_id if documents else None,
    }
