"""From a topic to a briefing: gather evidence, compose it from the sources' sentences, and, where there is
a chat model, have each paragraph written from its own passages and checked."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from assistant import chat_model, judgements, model_writer
from assistant.all_events import texts
from assistant.answer import Citation, CitationList, Sentence
from assistant.briefing import Briefing, Paragraph
from assistant.chronology import setting_of
from assistant.composing import compose_briefing, is_whole
from assistant.evidence import Evidence, evidence_for
from assistant.grading import confirmed_by_another
from assistant.happenings import happenings
from assistant.lint.own_words import wording_faults
from assistant.numbering import renumbered
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

_PASSAGES = {"short": 12, "standard": 24, "long": 40}  # gathered for the topic
_FURTHER = 100  # passages looked through for events …
_DATED = 40  # … of which so many sentences are read closely: half a second where none has been read before
_SENTENCES = {"short": 3, "standard": 4, "long": 5}  # in a paragraph that a model writes


def write_briefing(desk: Assistant, topic: str, filters: Filters, length: str, model: str) -> Briefing:
    """Raises ValueError for an empty topic or an unknown length, ModelError for a model that cannot be built."""
    if length not in _PASSAGES:
        raise ValueError(f"{length!r} is not a length: choose {', '.join(_PASSAGES)}")
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
        further=_further(desk, question, found.passages, passages, weights) if answerable(evidence) else (),
        text_of=texts(desk),
    )
    if chat is not None and not briefing.refused:
        briefing = _written(briefing, chat, model, evidence, length, desk.checker)
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
    """The briefing as the model writes it: each paragraph from that paragraph's own passages, then, from the cited
    sentences of the paragraphs, bottom line, key judgements and alternatives.

    Only sentences that pass their checks are shown; a paragraph or bottom line of which none does, and everything
    after the model fails, stays as it was.
    """
    passages = {one.passage.passage_id: one.passage for one in evidence}
    citations = CitationList()
    citations.numbers(briefing.citations)  # the same numbers: they are in order of first use
    own = {one.number: one for one in briefing.citations}
    paragraphs: list[Paragraph] = []
    notice, wrote = None, False
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
                for one in _may_stand(drafted, trial.citations)
            )
            wrote = wrote or bool(sentences)
        paragraphs.append(Paragraph(paragraph.heading, sentences) if sentences else paragraph)
    made = replace(briefing, paragraphs=tuple(paragraphs), citations=citations.citations, notice=notice)
    if notice is None:
        made = _judged(made, chat, len(briefing.bottom_line), checker)
        wrote = wrote or made.bottom_line != briefing.bottom_line
    return renumbered(replace(made, model=model if wrote or made.key_judgements else EXTRACTIVE))


def _may_stand(drafted: Sequence[Sentence], citations: Sequence[Citation]) -> Iterator[Sentence]:
    """The model's sentences that are supported and worded as a briefing may word them, dated where need be."""
    for one in drafted:
        cited = [citations[number - 1] for number in one.citations]
        text = judgements.with_sources_date(one.text, cited)
        supported = one.support in ("verbatim", "supported")
        if supported and text is not None and not wording_faults(one.text, [each.quote for each in cited]):
            yield replace(one, text=text)


def _judged(briefing: Briefing, chat: BaseChatModel, limit: int, checker: Checker) -> Briefing:
    """With what the model makes of the paragraphs; what it fails at is left out, and said so."""
    facts = judgements.facts_of(briefing.paragraphs, briefing.citations)
    bottom_line = list(briefing.bottom_line)
    key: list[Sentence] = []
    others: list[Sentence] = []
    notice = None
    try:
        bottom_line = judgements.write_bottom_line(chat, briefing.topic, facts, limit, checker) or bottom_line
        key = judgements.write_key_judgements(chat, briefing.topic, facts, checker)
        if key:
            others = judgements.write_alternatives(chat, briefing.topic, facts, key, checker)
        else:
            notice = "The model gave no key judgement that rests on the cited facts; none is shown."
    except chat_model.ModelError as error:
        lacking = "alternatives" if key else "key judgements and alternatives"
        notice = f"{error.message}. The briefing is shown without {lacking}."
    return replace(
        briefing,
        bottom_line=tuple(bottom_line),
        key_judgements=tuple(key),
        alternatives=tuple(others),
        notice=notice,
    )
