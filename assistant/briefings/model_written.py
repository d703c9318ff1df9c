"""A briefing written by a chat model over what the sources' own sentences made of it; every sentence is checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.briefings import judgements
from assistant.evidence.scoring import Evidence
from assistant.grounding import Checker
from assistant.lint.draft.own_words import wording_faults
from assistant.llm import providers, writer
from assistant.llm.context_budget import Neighbours
from assistant.results.answer import Citation, CitationList, Sentence
from assistant.results.briefing import Briefing, Paragraph
from assistant.results.numbering import renumber_citations
from assistant.settings import EXTRACTIVE
from vectorstore import Passage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_SENTENCES = {"short": 3, "standard": 4, "long": 5, "paragraph": 4}  # in a paragraph that a model writes


def write_with_model(
    briefing: Briefing,
    chat: BaseChatModel,
    model: str,
    evidence: Sequence[Evidence],
    length: str,
    checker: Checker,
    neighbours: Neighbours,
    budget: int,
) -> Iterator[Briefing]:
    """The briefing as the model writes it, section by section, the whole of it last.

    Each paragraph is written from that paragraph's own passages and the text around them; then, from the cited
    sentences of the paragraphs, bottom line, key judgements and alternatives. The model is given at most `budget`
    tokens at once. Only sentences that pass their checks are shown; a paragraph or bottom line of which none does, and
    everything after the model fails, stays as it was.
    """
    passages = {one.passage.passage_id: one.passage for one in evidence}
    citations = CitationList()
    citations.numbers(briefing.citations)  # the same numbers: they are in order of first use
    own = {one.number: one for one in briefing.citations}
    paragraphs: list[Paragraph] = []
    notice, wrote, limit = None, False, _SENTENCES[length]
    for paragraph in briefing.paragraphs:
        sentences: tuple[Sentence, ...] = ()
        if notice is None:
            cited = {own[number].passage_id for one in paragraph.sentences for number in one.citations}
            ranked: list[Passage] = [one for one in passages.values() if one.passage_id in cited]
            trial = CitationList()
            try:
                context = writer.paragraph_context(
                    briefing.topic, paragraph.heading, limit, ranked, neighbours, budget
                )
                written = writer.write_paragraph(
                    chat, briefing.topic, paragraph.heading, context, limit, trial, checker
                )
                drafted = list(written)
            except providers.ModelError as error:
                notice, drafted = f"{error.message}. What follows is made of the sources' own sentences.", []
            sentences = tuple(
                replace(one, citations=citations.numbers([trial.citations[n - 1] for n in one.citations]))
                for one in _may_stand(drafted, trial.citations)
            )
            wrote = wrote or bool(sentences)
        paragraphs.append(Paragraph(paragraph.heading, sentences) if sentences else paragraph)
        yield replace(briefing, paragraphs=tuple(paragraphs), citations=citations.citations, notice=notice)
    made = replace(briefing, paragraphs=tuple(paragraphs), citations=citations.citations, notice=notice)
    if notice is None:
        made = _judged(made, chat, len(briefing.bottom_line), checker, budget)
        wrote = wrote or made.bottom_line != briefing.bottom_line
    yield renumber_citations(replace(made, model=model if wrote or made.key_judgements else EXTRACTIVE))


def _may_stand(drafted: Sequence[Sentence], citations: Sequence[Citation]) -> Iterator[Sentence]:
    """The model's sentences that are supported and worded as a briefing may word them, dated where need be."""
    for one in drafted:
        cited = [citations[number - 1] for number in one.citations]
        text = judgements.with_sources_date(one.text, cited)
        supported = one.support in ("verbatim", "supported")
        if supported and text is not None and not wording_faults(one.text, [each.quote for each in cited]):
            yield replace(one, text=text)


def _judged(briefing: Briefing, chat: BaseChatModel, limit: int, checker: Checker, budget: int) -> Briefing:
    """With what the model makes of the paragraphs; what it fails at is left out, and said so."""
    facts = judgements.facts_of(briefing.paragraphs, briefing.citations)
    bottom_line = list(briefing.bottom_line)
    key: list[Sentence] = []
    others: list[Sentence] = []
    notice = None
    try:
        bottom_line = (
            judgements.write_bottom_line(chat, briefing.topic, facts, limit, checker, budget) or bottom_line
        )
        key = judgements.write_key_judgements(chat, briefing.topic, facts, checker, budget)
        if key:
            others = judgements.write_alternatives(chat, briefing.topic, facts, key, checker, budget)
        else:
            notice = "The model gave no key judgement that rests on the cited facts; none is shown."
    except providers.ModelError as error:
        lacking = "alternatives" if key else "key judgements and alternatives"
        notice = f"{error.message}. The briefing is shown without {lacking}."
    return replace(
        briefing,
        bottom_line=tuple(bottom_line),
        key_judgements=tuple(key),
        alternatives=tuple(others),
        notice=notice,
    )
