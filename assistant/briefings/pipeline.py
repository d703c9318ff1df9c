"""The steps from a topic to a briefing: gather evidence, compose it of the sources' sentences, have a model rewrite it.

The last step is skipped without a chat model.
"""

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

PARAGRAPH = "paragraph"  # the length that gives the best paragraph alone
_PASSAGES = {
    "short": 12,
    "standard": 24,
    "long": 40,
    PARAGRAPH: 16,
}  # passages gathered for the topic, by length
_FOR_A_HEADING = 12  # passages gathered for each heading of an outline
# Cosine from which a sentence is about a heading without any of its words. Nine in ten sentences on other matters of
# the same topic lie below.
_NEAR_HEADING = 0.35
_FURTHER = 100  # passages searched for dated events
_DATED = 40  # of their sentences, how many are embedded


@dataclass(frozen=True)
class TopicEvidence:
    """The search results for a topic, or for a heading of its outline."""

    question: Question  # topic or heading, parsed as a question
    passages: tuple[Passage, ...]  # all search results, best first
    chosen: tuple[Passage, ...]  # those to write from, best first
    evidence: tuple[Evidence, ...]  # sentences of the chosen passages, best first
    left_out_undated: int | None  # undated documents that a date filter left out; None without one


def stream_drafts(
    workspace: Workspace, topic: Topic, filters: Filters, length: str, model: str
) -> Iterator[Briefing]:
    """Yield the briefing as it grows, the complete one last.

    The built-in writer yields it once; a chat model yields it after every section. Raises ValueError for an unknown
    length or an empty topic, ModelError if the model cannot be built.
    """
    if length not in _PASSAGES:
        raise ValueError(f"{length!r} is not a length: choose {', '.join(get_args(BriefingLength))}")
    began = time.monotonic()
    chat = None if model == EXTRACTIVE else providers.build_chat_model(model, workspace.settings)
    filters = replace(filters, as_of=filters.as_of or topic.as_of)
    documents = workspace.documents()
    main = _gather(workspace, topic.text, filters, _PASSAGES[length], _FURTHER)
    outline = [
        (heading, _gather(workspace, f"{topic.text}: {heading}", filters, _FOR_A_HEADING, 2 * _FOR_A_HEADING))
        for heading in topic.outline
    ]
    briefing = compose_briefing(
        topic.text,
        main.evidence,
        as_of=filters.as_of,
        length=length,
        model=EXTRACTIVE,
        index_documents=len(documents),
        embedding_model=workspace.embedding_model,
        left_out_undated=main.left_out_undated,
        left_out_later=_published_later(documents, filters),
        embed=workspace.store.vectors_of,
        further=_further(workspace, main) if length != PARAGRAPH and answerable(main.evidence) else (),
        text_of=workspace.passage_texts(),
        outline=[
            (heading, _about_heading(heading, section.evidence, workspace)) for heading, section in outline
        ],
    )
    briefing = replace(briefing, inputs=_inputs(documents, topic, filters, length, model))
    near = (
        *main.passages[: 2 * _PASSAGES[length]],
        *(passage for _, section in outline for passage in section.passages),
    )

    # A report from after the as-of date neither repeats nor confirms anything at that date.
    by_then = Filters(as_of=filters.as_of, include_undated=filters.include_undated)
    records = [record for record in documents if by_then.admits(record)]

    def finished(draft: Briefing) -> Briefing:
        """The draft with its sources graded and its time taken."""
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
    evidence = [*main.evidence, *(sentence for _, section in outline for sentence in section.evidence)]
    model_drafts = write_with_model(
        briefing,
        chat,
        model,
        evidence,
        length,
        workspace.checker,
        workspace.neighbours,
        workspace.settings.context_tokens,
    )
    for draft in model_drafts:
        yield finished(draft)


def _gather(
    workspace: Workspace, text: str, filters: Filters, passages: int, looked_at: int
) -> TopicEvidence:
    """Search with `text`, and weigh the sentences of about `passages` of the first `looked_at` results."""
    question = parse(text)
    result = workspace.find(question.text, looked_at, filters)
    chosen = workspace.select(result.passages[: 2 * passages], passages)
    evidence = evidence_for(
        question,
        workspace.store.query_vector(question.search_text),
        chosen,
        workspace.store.vectors_of,
        query_idf(question.text, workspace.store),
    )
    return TopicEvidence(question, result.passages, chosen, tuple(evidence), result.left_out_undated)


def _about_heading(heading: str, evidence: Sequence[Evidence], workspace: Workspace) -> list[Evidence]:
    """The sentences about a heading, and not only about the topic above it, nearest first."""
    if not evidence:
        return []
    words = set(stems(heading)) - COMMON
    vectors = workspace.store.vectors_of([sentence.text for sentence in evidence])
    similarities = vectors @ workspace.store.query_vector(heading)
    near = [
        (sentence, float(similarity))
        for sentence, similarity in zip(evidence, similarities, strict=True)
        if similarity >= _NEAR_HEADING
        or words & set(stems(f"{sentence.text} {sentence.passage.heading or ''}"))
    ]
    return [sentence for sentence, _ in sorted(near, key=lambda pair: -(pair[0].score + pair[1]))]


def _further(workspace: Workspace, main: TopicEvidence) -> list[Evidence]:
    """Dated sentences of the search results that were not chosen, for the chronology."""
    chosen_ids = {passage.passage_id for passage in main.chosen}
    return evidence_for(
        main.question,
        workspace.store.query_vector(main.question.search_text),
        [passage for passage in main.passages if passage.passage_id not in chosen_ids],
        workspace.store.vectors_of,
        query_idf(main.question.text, workspace.store),
        read=_DATED,
        only=_tells_of_a_day,
    )


def _tells_of_a_day(sentence: Evidence) -> bool:
    """True for a whole sentence that tells of a dated event."""
    return is_whole(sentence) and bool(event_mentions(sentence.text, context_of(sentence, None)))


def _published_later(documents: Sequence[DocumentRecord], filters: Filters) -> int | None:
    """How many dated reports an as-of date left out; None without an as-of date."""
    if filters.as_of is None:
        return None
    until = replace(filters, since=None)
    return sum(
        record.published is not None
        and until.admits_ignoring_date(record)
        and not until.admits_date(record.published)
        for record in documents
    )


def _inputs(
    documents: Sequence[DocumentRecord], topic: Topic, filters: Filters, length: str, model: str
) -> dict[str, Any]:
    """The inputs as JSON values, to write the briefing again later, and the last report that it could know."""
    filter_values = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(filters).items()
        if value
    }
    return {
        "topic": topic.text,
        "outline": list(topic.outline),
        "length": length,
        "model": model,
        "filters": filter_values,
        "last_report": documents[-1].document_id if documents else None,
    }
