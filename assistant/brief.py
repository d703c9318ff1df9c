"""From a topic to a briefing: gather evidence, compose it from the sources' sentences, and, where there is
a chat model, have each paragraph written from its own passages and checked."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, get_args

from assistant import chat_model, model_writer
from assistant.all_events import texts
from assistant.answer import CitationList, Sentence
from assistant.briefing import Briefing, Length, Paragraph
from assistant.chronology import setting_of
from assistant.composing import compose_briefing, is_whole
from assistant.evidence import Evidence, evidence_for
from assistant.excerpt import excerpt
from assistant.grading import confirmed_by_another
from assistant.happenings import happenings
from assistant.question import Question, parse
from assistant.rarity import Rarity, rarity
from assistant.refusal import answerable
from assistant.settings import EXTRACTIVE
from assistant.sourcing import sourced
from assistant.support import Checker
from vectorstore import Filters, Passage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.desk import Assistant

_PARAGRAPH = "paragraph"  # a length of its own: the best paragraph alone
_PASSAGES = {"short": 12, "standard": 24, "long": 40, _PARAGRAPH: 16}  # gathered for the topic
_FURTHER = 100  # passages looked through for events …
_DATED = 40  # … of which so many sentences are read closely: half a second where none has been read before
_SENTENCES = {"short": 3, "standard": 4, "long": 5, _PARAGRAPH: 4}  # in a paragraph that a model writes


def write_briefing(desk: Assistant, topic: str, filters: Filters, length: str, model: str) -> Briefing:
    """Raises ValueError for an empty topic or an unknown length, ModelError for a model that cannot be built."""
    if length not in get_args(Length):
        raise ValueError(f"{length!r} is not a length: choose {', '.join(get_args(Length))}")
    return _write(desk, topic, filters, length, model)


def write_paragraph(desk: Assistant, topic: str, filters: Filters, model: str) -> Briefing:
    """The best paragraph on a topic alone, with its citations and what contradicts it.

    Raises ValueError for an empty topic, ModelError for a model that cannot be built.
    """
    return _write(desk, topic, filters, _PARAGRAPH, model)


def _write(desk: Assistant, topic: str, filters: Filters, length: str, model: str) -> Briefing:
    began = time.monotonic()
    question = parse(topic)
    chat = None if model == EXTRACTIVE else chat_model.build(model, desk.settings)
    found = desk.find(question.text, _FURTHER, filters)
    near = found.passages[: 2 * _PASSAGES[length]]
    passages = desk.selected(near, _PASSAGES[length])
    weights = rarity(question.text, desk.store)
    evidence = evidence_for(
        question,
        desk.store.query_vector(question.search_text),
        passages,
        desk.store.vectors_of,
        weights,
    )
    briefing = compose_briefing(
        question.text,
        evidence,
        as_of=filters.as_of,
        length=length,
        model=EXTRACTIVE,
        index_documents=len(desk.documents()),
        embedding_model=desk.embedding_model,
        left_out_undated=found.left_out_undated,
        embed=desk.store.vectors_of,
        further=_further(desk, question, found.passages, passages, weights)
        if length != _PARAGRAPH and answerable(evidence)
        else (),
        text_of=texts(desk),
    )
    if chat is not None and not briefing.refused:
        briefing = _written(briefing, chat, model, evidence, length, desk.checker)
    if length == _PARAGRAPH:
        briefing = excerpt(briefing)
    briefing = sourced(briefing, near, desk.documents(), partial(confirmed_by_another, desk))
    return replace(briefing, seconds=time.monotonic() - began)


def _further(
    desk: Assistant, question: Question, found: Sequence[Passage], chosen: Sequence[Passage], weights: Rarity
) -> list[Evidence]:
    """Dated sentences of the passages found that were not chosen: of use to the chronology alone."""
    there = {one.passage_id for one in chosen}
    return evidence_for(
        question,
        desk.store.query_vector(question.search_text),
        [one for one in found if one.passage_id not in there],
        desk.store.vectors_of,
        weights,
        read=_DATED,
        only=_tells_of_a_day,
    )


def _tells_of_a_day(one: Evidence) -> bool:
    return is_whole(one) and bool(happenings(one.text, setting_of(one, None)))


def _written(
    briefing: Briefing,
    chat: BaseChatModel,
    model: str,
    evidence: Sequence[Evidence],
    length: str,
    checker: Checker,
) -> Briefing:
    """The briefing with each paragraph written by the model from that paragraph's own passages.

    Only sentences that pass the check replace the sources' own; a paragraph of which none does, and
    everything after the model fails, stays as it was.
    """
    passages = {one.passage.passage_id: one.passage for one in evidence}
    citations = CitationList()
    own = {one.number: one for one in briefing.citations}

    def renumbered(numbers: Sequence[int]) -> tuple[int, ...]:
        return citations.numbers([own[number] for number in numbers])

    def kept(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
        return tuple(replace(one, citations=renumbered(one.citations)) for one in sentences)

    bottom_line = kept(briefing.bottom_line)
    paragraphs, notice, wrote = [], None, False
    for paragraph in briefing.paragraphs:
        sentences: tuple[Sentence, ...] = ()
        if notice is None:
            cited = {own[number].passage_id for one in paragraph.sentences for number in one.citations}
            sources: list[Passage] = [passages[one] for one in sorted(cited) if one in passages]
            trial = CitationList()
            try:
                drafted = list(
                    model_writer.write_paragraph(
                        chat, briefing.topic, paragraph.heading, sources, _SENTENCES[length], trial, checker
                    )
                )
            except chat_model.ModelError as error:
                notice, drafted = f"{error.message}. What follows is made of the sources' own sentences.", []
            sentences = tuple(
                replace(one, citations=citations.numbers([trial.citations[n - 1] for n in one.citations]))
                for one in drafted
                if one.support in ("verbatim", "supported")
            )
            wrote = wrote or bool(sentences)
        paragraphs.append(Paragraph(paragraph.heading, sentences or kept(paragraph.sentences)))
    chronology = tuple(replace(one, citations=renumbered(one.citations)) for one in briefing.chronology)
    conflicts = tuple(
        replace(one, sides=tuple(replace(side, citations=renumbered(side.citations)) for side in one.sides))
        for one in briefing.conflicts
    )
    return replace(
        briefing,
        bottom_line=bottom_line,
        paragraphs=tuple(paragraphs),
        chronology=chronology,
        conflicts=conflicts,
        citations=citations.citations,
        model=model if wrote else EXTRACTIVE,
        notice=notice,
    )
