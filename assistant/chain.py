"""The way of a question: condense → retrieve → weigh → write, as one LangChain Runnable."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda

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
    from langchain_core.language_models import BaseChatModel

    from assistant.desk import Assistant
    from vectorstore import Store

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


def answer_chain(desk: Assistant, model: str) -> Runnable[Any, Any]:
    """A Runnable from {"question", "history", "filters"} to an Answer; `stream` gives the checked
    sentences, then the Answer. Raises ModelError at once for a model that cannot be built."""
    chat = None if model == EXTRACTIVE else chat_model.build(model, desk.settings)

    def condense(request: Mapping[str, Any]) -> Asked:
        return _condense(request, chat)

    def retrieve(asked: Asked) -> Asked:
        return _retrieve(asked, desk)

    def weigh(asked: Asked) -> Asked:
        return _weigh(asked, desk.store)

    return (
        RunnableLambda(condense)
        | RunnableLambda(retrieve)
        | RunnableLambda(weigh)
        | Writer(desk.store, model, chat)
    )


def _condense(request: Mapping[str, Any], chat: BaseChatModel | None) -> Asked:
    question = parse(request["question"])
    history = tuple((turn["role"], turn["content"]) for turn in request.get("history") or ())
    asked = Asked(question.text, history, request.get("filters") or NO_FILTERS, time.monotonic(), question)
    if not history:
        return asked
    alone, notice = stand_alone(question.text, history), None
    if chat is not None:
        try:
            alone = model_writer.condense(chat, question.text, history)
        except chat_model.ModelError as error:
            notice = error.message
    return replace(asked, alone=parse(alone), notice=notice)


def _retrieve(asked: Asked, desk: Assistant) -> Asked:
    assert asked.alone is not None
    found = desk.gather(asked.alone.search_text, PASSAGES, asked.filters)
    return replace(asked, passages=found.passages, left_out_undated=found.left_out_undated)


def _weigh(asked: Asked, store: Store) -> Asked:
    assert asked.alone is not None
    rare = rarity(asked.alone.text, store)
    evidence = evidence_for(asked.alone, asked.passages, store.vectors_of, rare)
    unknown = unknown_names(asked.alone, asked.passages, rare)
    return replace(asked, evidence=tuple(evidence), unknown=tuple(unknown))


class Writer(Runnable[Asked, Any]):
    """The last step: checked sentences one by one, then the Answer."""

    def __init__(self, store: Store, model: str, chat: BaseChatModel | None) -> None:
        self._store = store
        self._model = model
        self._chat = chat

    def invoke(self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        *_, answer = self.stream(input, config)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Sentence | Answer]:
        citations, written = CitationList(), []
        model, notice = self._model, input.notice
        if input.passages and self._chat is not None:
            try:
                for sentence in self._by_model(input, citations):
                    written.append(sentence)
                    yield sentence
            except chat_model.ModelError as error:
                notice = f"{error.message}."
                if not written:  # what it wrote before it failed is checked, and stands
                    notice += " This answer is made of the sources' own sentences instead."
                    model, citations = EXTRACTIVE, CitationList()
        if model == EXTRACTIVE:
            for sentence in self._extracted(input, citations):
                written.append(sentence)
                yield sentence
        yield _answer(input, written, citations, model, notice)

    def _by_model(self, asked: Asked, citations: CitationList) -> Iterator[Sentence]:
        assert self._chat is not None and asked.alone is not None
        return model_writer.write(self._chat, asked.alone.text, asked.passages, citations)

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
