"""Has a chat model write the sections of a briefing that was first composed of the sources' own sentences."""

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

# Length of a briefing -> sentences that the model is asked for in each paragraph.
_SENTENCES = {"short": 3, "standard": 4, "long": 5, "paragraph": 4}


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
    """Yield the briefing after each section that the model has written, the complete one last.

    Each paragraph is written from its own passages and the text around them, then bottom line, key judgements and
    alternatives from the cited sentences of the paragraphs. The model is given at most `budget` tokens at once. Only
    sentences that pass the checks are shown. A paragraph or bottom line without any, and every section after the
    model fails, stays as the sources' sentences made it; a failure is named in `notice` and not raised.
    """
    passages = {sentence.passage.passage_id: sentence.passage for sentence in evidence}
    citations = CitationList()
    citations.numbers(briefing.citations)  # keeps their numbers, as they are in order of first use
    by_number = {citation.number: citation for citation in briefing.citations}
    paragraphs: list[Paragraph] = []
    notice, wrote, limit = None, False, _SENTENCES[length]
    for paragraph in briefing.paragraphs:
        sentences: tuple[Sentence, ...] = ()
        if notice is None:
            cited = {
                by_number[number].passage_id
                for sentence in paragraph.sentences
                for number in sentence.citations
            }
            ranked: list[Passage] = [passage for passage in passages.values() if passage.passage_id in cited]
            trial = CitationList()
            try:
                context = writer.paragraph_context(
                    briefing.topic, paragraph.heading, limit, ranked, neighbours, budget
                )
                drafted = list(
                    writer.write_paragraph(
                        chat, briefing.topic, paragraph.heading, context, limit, trial, checker
                    )
                )
            except providers.ModelError as error:
                notice, drafted = f"{error.message}. What follows is made of the sources' own sentences.", []
            sentences = tuple(
                replace(
                    sentence,
                    citations=citations.numbers([trial.citations[n - 1] for n in sentence.citations]),
                )
                for sentence in _may_stand(drafted, trial.citations)
            )
            wrote = wrote or bool(sentences)
        paragraphs.append(Paragraph(paragraph.heading, sentences) if sentences else paragraph)
        yield replace(briefing, paragraphs=tuple(paragraphs), citations=citations.citations, notice=notice)
    result = replace(briefing, paragraphs=tuple(paragraphs), citations=citations.citations, notice=notice)
    if notice is None:
        result = _judged(result, chat, len(briefing.bottom_line), checker, budget)
        wrote = wrote or result.bottom_line != briefing.bottom_line
    yield renumber_citations(replace(result, model=model if wrote or result.key_judgements else EXTRACTIVE))


def _may_stand(drafted: Sequence[Sentence], citations: Sequence[Citation]) -> Iterator[Sentence]:
    """Yield the model's sentences that are supported and follow the wording rules, with a date if they need one."""
    for sentence in drafted:
        cited = [citations[number - 1] for number in sentence.citations]
        text = judgements.with_source_date(sentence.text, cited)
        supported = sentence.support in ("verbatim", "supported")
        if (
            supported
            and text is not None
            and not wording_faults(sentence.text, [citation.quote for citation in cited])
        ):
            yield replace(sentence, text=text)


def _judged(briefing: Briefing, chat: BaseChatModel, limit: int, checker: Checker, budget: int) -> Briefing:
    """The briefing with the model's bottom line, key judgements and alternatives; a notice names what is missing."""
    facts = judgements.facts_of(briefing.paragraphs, briefing.citations)
    bottom_line = list(briefing.bottom_line)
    key: list[Sentence] = []
    alternatives: list[Sentence] = []
    notice = None
    try:
        bottom_line = (
            judgements.write_bottom_line(chat, briefing.topic, facts, limit, checker, budget) or bottom_line
        )
        key = judgements.write_key_judgements(chat, briefing.topic, facts, checker, budget)
        if key:
            alternatives = judgements.write_alternatives(chat, briefing.topic, facts, key, checker, budget)
        else:
            notice = "The model gave no key judgement that rests on the cited facts; none is shown."
    except providers.ModelError as error:
        lacking = "alternatives" if key else "key judgements and alternatives"
        notice = f"{error.message}. The briefing is shown without {lacking}."
    return replace(
        briefing,
        bottom_line=tuple(bottom_line),
        key_judgements=tuple(key),
        alternatives=tuple(alternatives),
        notice=notice,
    )
