"""The way of a question: condense → retrieve → weigh → write.

Plain functions in a row: without a chat model nothing of LangChain is imported, which takes longer than
answering. `chain` offers the same steps as a Runnable.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant import chat_model, extractive, model_writer
from assistant.answer import Answer, CitationList, Sentence
from assistant.conversation import stand_alone
from assistant.evidence import Evidence, evidence_for
from assistant.question import Question, parse
from assistant.rarity import rarity
from assistant.refusal import REFUSAL, UNSURE, answerable, sure, unknown_names
from assistant.settings import EXTRACTIVE
from vectorstore import Filters, Passage
from vectorstore.records import NO_FILTERS

if TYPE_CHECKING:
    from assistant.desk import Assistant

PASSAGES = 10  # that a writer sees
_NEAREST = 3  # passages shown with a refusal


@dataclass(frozen=True)
class Asked:
    """A question on its way; each step fills in its part."""

    question: str
    history: tuple[tuple[str, str], ...]
    filters: Filters
    began: float
    alone: Question | None = None  # the question as it stands alone
    passages: tuple[Passage, ...] = ()  # best first
    left_out_undated: int | None = None
    evidence: tuple[Evidence, ...] = ()  # best first
    unknown: tuple[str, ...] = ()  # names in the question that no report knows
    notice: str | None = None


class Answering:
    """The steps that answer questions with one writer.

    Raises ModelError at once for a chat model that cannot be built.
    """

    def __init__(self, desk: Assistant, model: str) -> None:
        self._desk = desk
        self._store = desk.store
        self._model = model
        self._chat = None if model == EXTRACTIVE else chat_model.build(model, desk.settings)

    def stream(self, request: Mapping[str, Any]) -> Iterator[Sentence | Answer]:
        """From {"question", "history", "filters"} to the checked sentences, one by one, then the Answer."""
        return self.write(self.weigh(self.retrieve(self.condense(request))))

    def condense(self, request: Mapping[str, Any]) -> Asked:
        """A follow-up becomes a question that stands alone."""
        question = parse(request["question"])
        history = tuple((turn["role"], turn["content"]) for turn in request.get("history") or ())
        asked = Asked(
            question.text, history, request.get("filters") or NO_FILTERS, time.monotonic(), question
        )
        if not history:
            return asked
        alone, notice = stand_alone(question.text, history), None
        if self._chat is not None:
            try:
                alone = model_writer.condense(self._chat, question.text, history)
            except chat_model.ModelError as error:
                notice = error.message
        return replace(asked, alone=parse(alone), notice=notice)

    def retrieve(self, asked: Asked) -> Asked:
        assert asked.alone is not None
        found = self._desk.gather(asked.alone.search_text, PASSAGES, asked.filters)
        return replace(asked, passages=found.passages, left_out_undated=found.left_out_undated)

    def weigh(self, asked: Asked) -> Asked:
        """The sentences that bear on the question, and the names in it that no report knows."""
        assert asked.alone is not None
        rare = rarity(asked.alone.text, self._store)
        evidence = evidence_for(asked.alone, asked.passages, self._store.vectors_of, rare)
        unknown = unknown_names(asked.alone, asked.passages, rare)
        return replace(asked, evidence=tuple(evidence), unknown=tuple(unknown))

    def write(self, asked: Asked) -> Iterator[Sentence | Answer]:
        """Checked sentences one by one, then the Answer."""
        citations, written = CitationList(), []
        model, notice = self._model, asked.notice
        if asked.passages and self._chat is not None:
            try:
                for sentence in self._by_model(asked, citations):
                    written.append(sentence)
                    yield sentence
            except chat_model.ModelError as error:
                notice = f"{error.message}."
                if not written:  # what it wrote before it failed is checked, and stands
                    notice += " This answer is made of the sources' own sentences instead."
                    model, citations = EXTRACTIVE, CitationList()
        if model == EXTRACTIVE:
            for sentence in self._extracted(asked, citations):
                written.append(sentence)
                yield sentence
        yield _answer(asked, written, citations, model, notice)

    def _by_model(self, asked: Asked, citations: CitationList) -> Iterator[Sentence]:
        assert self._chat is not None and asked.alone is not None
        return model_writer.write(
            self._chat,
            asked.alone.text,
            asked.passages,
            citations,
            self._desk.checker,
            cut=self._desk.settings.unsupported == "cut",
        )

    def _extracted(self, asked: Asked, citations: CitationList) -> Iterator[Sentence]:
        if asked.unknown or not answerable(asked.evidence):
            return
        if not sure(asked.evidence):
            yield Sentence(UNSURE)
        yield from extractive.write(extractive.choose(asked.evidence, self._store.vectors_of), citations)


def _answer(
    asked: Asked, written: Sequence[Sentence], citations: CitationList, model: str, notice: str | None
) -> Answer:
    assert asked.alone is not None
    refused = not citations.citations
    refusal = [Sentence(REFUSAL)]
    if asked.unknown and asked.passages:
        refusal.append(Sentence(f"No report mentions {' or '.join(asked.unknown)}."))
    return Answer(
        question=asked.question,
        sentences=tuple(refusal if refused else written),
        citations=citations.citations,
        refused=refused,
        model=model,
        seconds=time.monotonic() - asked.began,
        understood=asked.alone.text if asked.alone.text != asked.question else None,
        nearest=asked.passages[:_NEAREST] if refused else (),
        left_out_undated=asked.left_out_undated,
        notice=notice,
    )
