"""The way of a question: condense → retrieve → weigh → write.

Plain functions in a row: without a chat model nothing of LangChain is imported, which takes longer than
answering. `chain` offers the same steps as a Runnable.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from assistant.answering.composing import compose_answer
from assistant.evidence.idf import query_idf
from assistant.evidence.refusal import REFUSAL, RefusalVerdict, refusal_verdict
from assistant.evidence.scoring import Evidence, evidence_for
from assistant.llm import providers, writer
from assistant.questions.ambiguity import names_no_subject, underspecified_reference
from assistant.questions.answer_types import asks_for_several
from assistant.questions.decomposition import is_comparison, sub_questions
from assistant.questions.follow_ups import StandaloneQuestion, standalone_question
from assistant.questions.instructions import Instructions, instructions_in
from assistant.questions.question import Question, parse
from assistant.questions.times import time_window
from assistant.results.answer import Answer, CitationList, Sentence
from assistant.settings import EXTRACTIVE
from vectorstore import Filters, Passage
from vectorstore.records import NO_FILTERS

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.llm.context_budget import Context
    from assistant.workspace import Workspace

# Whose sentences the extractive writer weighs: with 15 the answer stands in its first five sentences for .90 of 60
# questions on five reports, with 10 for .87; on two larger indexes 10 do as well.
_WEIGHED = 15
_TOKENS_A_PASSAGE = 100  # a short one; for a chat model as many are looked up as its budget can hold
_OF_THE_TIME = 6  # passages of reports from the time that a question names
# Of these passages' sentences, about 90, that are embedded: reading all takes 60 ms longer over 10,000 passages and
# finds no more of 60 facts, reading 24 takes 30 ms less and loses one.
_SENTENCES_READ = 40
# The score of one of the first dozen at which no others are embedded. Of 60 questions on five reports as many hold
# their fact in three and in five sentences as with 40 embedded for each; of 20 on two, and of 600 of SQuAD, too.
_ENOUGH = 0.5
_IN_A_PARAGRAPH = 3  # sentences on things of one kind; more become a list
_NEAREST = 3  # passages shown with a refusal


@dataclass(frozen=True)
class SubQuestion:
    """One of the questions in a question, with what was found for it."""

    question: Question
    passages: tuple[Passage, ...] = ()  # best first
    evidence: tuple[Evidence, ...] = ()  # best first
    verdict: RefusalVerdict = RefusalVerdict(True)


@dataclass(frozen=True)
class QuestionState:
    """A question on its way; each step fills in its part."""

    question: str
    history: tuple[tuple[str, str], ...]
    filters: Filters
    began: float
    alone: Question | None = None  # the question as it stands alone
    instructions: Instructions = field(default_factory=Instructions)
    parts: tuple[SubQuestion, ...] = ()  # one for each question in it
    passages: tuple[Passage, ...] = ()  # of all parts, best first
    further: tuple[Passage, ...] = ()  # found, and not chosen, for a chat model that has room for them
    left_out_undated: int | None = None
    notice: str | None = None

    @property
    def understood(self) -> str:
        assert self.alone is not None
        return StandaloneQuestion(self.alone.text, self.instructions).in_words


class Answering:
    """The steps that answer questions with one writer.

    Raises ModelError at once for a chat model that cannot be built.
    """

    def __init__(self, workspace: Workspace, model: str) -> None:
        self._workspace = workspace
        self._store = workspace.store
        self._model = model
        self._chat = None if model == EXTRACTIVE else providers.build_chat_model(model, workspace.settings)

    def stream(self, request: Mapping[str, Any]) -> Iterator[Sentence | Answer]:
        """From {"question", "history", "filters"} to the checked sentences, one by one, then the Answer."""
        return self.write(self.weigh(self.retrieve(self.condense(request))))

    def condense(self, request: Mapping[str, Any]) -> QuestionState:
        """A follow-up becomes a question that stands alone, an instruction a filter or a length."""
        question = parse(request["question"])
        text = question.text
        history = tuple((turn["role"], turn["content"]) for turn in request.get("history") or ())
        publishers = self._publishers() if history else ()
        understood, notice = standalone_question(text, history, publishers), None
        alone = understood.question
        if history and self._chat is not None and instructions_in(text, publishers) is None:
            try:
                alone = writer.condense_question(
                    self._chat, text, history, self._workspace.settings.context_tokens
                )
            except providers.ModelError as error:
                notice = error.message
        filters = understood.instructions.narrowed(request.get("filters") or NO_FILTERS)
        return QuestionState(
            text,
            history,
            filters,
            time.monotonic(),
            question if alone == text else parse(alone),
            understood.instructions,
            notice=notice,
        )

    def _publishers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.publisher for one in self._workspace.documents() if one.publisher))

    def retrieve(self, asked: QuestionState) -> QuestionState:
        """The passages for each question in the question."""
        assert asked.alone is not None
        parts, left_out = [], None
        for text in sub_questions(asked.alone.text):
            question = asked.alone if text == asked.alone.text else parse(text)
            found = self._workspace.gather(question.search_text, _WEIGHED, asked.filters)
            parts.append(
                SubQuestion(question, self._with_those_of_the_time(found.passages, question, asked.filters))
            )
            left_out = found.left_out_undated
        in_turn = (one for row in zip_longest(*(part.passages for part in parts)) for one in row if one)
        passages = {one.passage_id: one for one in in_turn}
        return replace(
            asked,
            parts=tuple(parts),
            passages=tuple(passages.values()),
            further=self._further(asked.alone, passages, asked.filters),
            left_out_undated=left_out,
        )

    def _further(
        self, question: Question, chosen: Mapping[str, Passage], filters: Filters
    ) -> tuple[Passage, ...]:
        """For a chat model: more of what was found, best first."""
        if self._chat is None:
            return ()
        wanted = self._workspace.settings.context_tokens // _TOKENS_A_PASSAGE
        found = self._workspace.find(question.search_text, wanted, filters).passages
        return tuple(one for one in self._workspace.selected(found, wanted) if one.passage_id not in chosen)

    def _with_those_of_the_time(
        self, found: tuple[Passage, ...], question: Question, filters: Filters
    ) -> tuple[Passage, ...]:
        """With what reports of the time asked about say: they have little need to name the year."""
        if not question.times or filters.dated:
            return found
        since, as_of = time_window(question.times)
        then = self._workspace.gather(
            question.search_text, _OF_THE_TIME, replace(filters, since=since, as_of=as_of)
        )
        known = {one.passage_id for one in found}
        more = [one for one in then.passages if one.passage_id not in known]
        return (*found[: max(_WEIGHED - len(more), _OF_THE_TIME)], *more)

    def weigh(self, asked: QuestionState) -> QuestionState:
        """For each question its sentences that bear on it, and whether they answer it."""
        assert asked.alone is not None
        said = " ".join(content for _, content in asked.history)
        parts = [_clear(self._weighed(part, asked.filters), said) for part in asked.parts]
        if len(parts) > 1 and all(part.verdict.refused for part in parts):
            # Taken apart wrongly, or asked of all together: the whole has its own chance.
            found = self._workspace.gather(asked.alone.search_text, _WEIGHED, asked.filters)
            parts = [self._weighed(SubQuestion(asked.alone, found.passages), asked.filters)]
        return replace(asked, parts=tuple(parts))

    def _weighed(self, part: SubQuestion, filters: Filters) -> SubQuestion:
        rare = query_idf(part.question.text, self._store)
        vector = self._store.query_vector(part.question.search_text)
        evidence = evidence_for(
            part.question, vector, part.passages, self._store.vectors_of, rare, _SENTENCES_READ, _ENOUGH
        )
        verdict = refusal_verdict(part.question, evidence, part.passages, rare, narrowed=filters.any)
        return replace(part, evidence=tuple(evidence), verdict=verdict)

    def write(self, asked: QuestionState) -> Iterator[Sentence | Answer]:
        """Checked sentences one by one, then the Answer."""
        citations, written = CitationList(), []
        model, notice = self._model, asked.notice
        context = None
        if asked.passages and self._chat is not None:
            try:
                context = self._context(asked)
                for sentence in self._by_model(self._chat, asked, context, citations):
                    written.append(sentence)
                    yield sentence
            except providers.ModelError as error:
                notice = f"{error.message}."
                if not written:  # what it wrote before it failed is checked, and stands
                    notice += " This answer is made of the sources' own sentences instead."
                    model, citations, context = EXTRACTIVE, CitationList(), None
        if model == EXTRACTIVE:
            for sentence in self._extracted(asked, citations):
                written.append(sentence)
                yield sentence
        answer = _answer(asked, written, citations, model, notice)
        yield replace(answer, context_tokens=context.tokens if context else None)

    def _context(self, asked: QuestionState) -> Context:
        return writer.answer_context(
            asked.understood,
            asked.passages,
            self._workspace.neighbours,
            self._workspace.settings.context_tokens,
            asked.further,
        )

    def _by_model(
        self, chat: BaseChatModel, asked: QuestionState, context: Context, citations: CitationList
    ) -> Iterator[Sentence]:
        return writer.stream_answer(
            chat,
            asked.understood,
            context,
            citations,
            self._workspace.checker,
            cut=self._workspace.settings.unsupported == "cut",
        )

    def _extracted(self, asked: QuestionState, citations: CitationList) -> Iterator[Sentence]:
        assert asked.alone is not None
        if all(part.verdict.refused for part in asked.parts):
            return
        yield from compose_answer(
            [(part.question, part.evidence, part.verdict) for part in asked.parts],
            self._store.vectors_of,
            citations,
            length=asked.instructions.length or "standard",
            side_by_side=is_comparison(asked.alone.text),
        )


def _clear(part: SubQuestion, said: str) -> SubQuestion:
    """The part, refused as unclear where it leaves open what it means and the sources do not settle it."""
    unclear = names_no_subject(part.question, said)
    if unclear is None and not part.verdict.sure:
        unclear = underspecified_reference(part.question, said)
    if unclear is None:
        return part
    return replace(part, verdict=replace(part.verdict, refused=True, comparable=False, reason=unclear))


def _answer(
    asked: QuestionState, written: Sequence[Sentence], citations: CitationList, model: str, notice: str | None
) -> Answer:
    refused = not citations.citations
    understood = asked.understood
    return Answer(
        question=asked.question,
        sentences=tuple(_refusal(asked) if refused else written),
        citations=citations.citations,
        refused=refused,
        model=model,
        seconds=time.monotonic() - asked.began,
        understood=understood if understood != asked.question else None,
        nearest=asked.passages[:_NEAREST] if refused else (),
        left_out_undated=asked.left_out_undated,
        notice=notice,
        listed=_is_list(asked, written) and not refused,
    )


def _is_list(asked: QuestionState, written: Sequence[Sentence]) -> bool:
    """Several things asked for, and more sentences than a paragraph of them reads well with."""
    assert asked.alone is not None
    told = sum(one.support != "note" for one in written)
    return told > _IN_A_PARAGRAPH and asks_for_several(asked.alone.text)


def _refusal(asked: QuestionState) -> list[Sentence]:
    """That the sources do not hold an answer, and what they lack."""
    reasons = [part.verdict.reason for part in asked.parts if part.verdict.reason]
    unknown = asked.instructions.unknown_publishers
    if unknown:
        reasons = [f"No report in the index is from {' or '.join(unknown)}."]
    return [Sentence(REFUSAL), *(Sentence(reason) for reason in dict.fromkeys(reasons))]
