"""The steps from a question to an Answer: condense → retrieve → weigh → write.

They are plain functions, because importing LangChain takes longer than answering without a chat model. `langchain.py`
offers the same steps as a Runnable.
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
from assistant.questions.instructions import Instructions
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

# Passages whose sentences are weighed.
# threshold | data                       | metric                       | value
# 15        | 60 questions, 5 reports    | answer in first 5 sentences  | .90
# 10        | 60 questions, 5 reports    | answer in first 5 sentences  | .87
# 10        | two larger indexes         | answer in first 5 sentences  | same as with 15
_WEIGHED = 15
# Tokens of a short passage: a chat model's budget divided by it is how many are looked up.
_TOKENS_A_PASSAGE = 100
_OF_THE_TIME = 6  # passages taken from reports of the time that a question names
# Sentences that are embedded, of about 90 in these passages.
# threshold | data                       | facts found                  | time against 40 (10,000 passages)
# all       | 60 questions               | same as with 40              | +60 ms
# 24        | 60 questions               | one fewer                    | -30 ms
_SENTENCES_READ = 40
# Early stop: once one of the first 12 sentences scores this much, no more are embedded.
# threshold | data                               | metric                         | value
# 0.5       | 60 questions, 5 reports            | fact in top 3, fact in top 5   | same as with 40 embedded
# 0.5       | 20 questions on 2; 600 of SQuAD    | fact in top 3, fact in top 5   | same as with 40 embedded
_ENOUGH = 0.5
_IN_A_PARAGRAPH = 3  # most sentences of a paragraph that lists things of one kind; more become a list
_NEAREST = 3  # passages shown with a refusal


@dataclass(frozen=True)
class SubQuestion:
    """One of the questions in a question, with its search results."""

    question: Question
    passages: tuple[Passage, ...] = ()  # best first
    evidence: tuple[Evidence, ...] = ()  # best first
    verdict: RefusalVerdict = RefusalVerdict(True)  # whether the evidence answers it


@dataclass(frozen=True)
class QuestionState:
    """A question between two steps; each step fills in its part."""

    question: str  # as asked
    history: tuple[tuple[str, str], ...]  # (role, content), oldest first
    filters: Filters
    began: float  # time.monotonic() at the start, in seconds
    alone: Question | None = None  # rewritten to stand alone; set by `condense`
    instructions: Instructions = field(default_factory=Instructions)  # length and publishers asked for
    parts: tuple[SubQuestion, ...] = ()  # one for each question in it
    passages: tuple[Passage, ...] = ()  # of all parts, best first
    further: tuple[Passage, ...] = ()  # more search results, for a chat model with room for them; best first
    left_out_undated: int | None = None  # undated documents that a date filter left out; None without one
    notice: str | None = None  # why a chat model was not used, if so

    @property
    def understood(self) -> str:
        """The question as it was understood, with its instructions, in words."""
        assert self.alone is not None
        return StandaloneQuestion(self.alone.text, self.instructions).in_words


class Answering:
    """Answers questions over one workspace with one writer, the built-in one or a chat model.

    Raises ModelError at once if the chat model cannot be built.
    """

    def __init__(self, workspace: Workspace, model: str) -> None:
        self._workspace = workspace
        self._store = workspace.store
        self._model = model
        self._chat = None if model == EXTRACTIVE else providers.build_chat_model(model, workspace.settings)

    def stream(self, request: Mapping[str, Any]) -> Iterator[Sentence | Answer]:
        """From {"question", "history", "filters"}, yield the checked sentences one by one, then the Answer.

        Raises ValueError if the question is empty or too long.
        """
        return self.write(self.weigh(self.retrieve(self.condense(request))))

    def condense(self, request: Mapping[str, Any]) -> QuestionState:
        """Turn a follow-up into a question that stands alone, and instructions into filters and a length.

        Raises ValueError if the question is empty or too long.
        """
        question = parse(request["question"])
        text = question.text
        history = tuple((turn["role"], turn["content"]) for turn in request.get("history") or ())
        publishers = self._publishers() if history else ()
        understood, notice = standalone_question(text, history, publishers), None
        alone = understood.question
        if history and self._chat is not None and not understood.only_instructs:
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
        return tuple(
            dict.fromkeys(record.publisher for record in self._workspace.documents() if record.publisher)
        )

    def retrieve(self, state: QuestionState) -> QuestionState:
        """Find the passages for each question in the question."""
        assert state.alone is not None
        questions = [
            state.alone if text == state.alone.text else parse(text)
            for text in sub_questions(state.alone.text)
        ]
        results = [
            self._workspace.gather(question.search_text, _WEIGHED, state.filters) for question in questions
        ]
        parts = tuple(
            SubQuestion(question, self._with_those_of_the_time(result.passages, question, state.filters))
            for question, result in zip(questions, results, strict=True)
        )
        in_turn = (
            passage for row in zip_longest(*(part.passages for part in parts)) for passage in row if passage
        )
        passages = {passage.passage_id: passage for passage in in_turn}
        return replace(
            state,
            parts=parts,
            passages=tuple(passages.values()),
            further=self._further(state.alone, passages, state.filters),
            left_out_undated=results[0].left_out_undated,  # that of every part: they share the filters
        )

    def _further(
        self, question: Question, chosen: Mapping[str, Passage], filters: Filters
    ) -> tuple[Passage, ...]:
        """More search results for a chat model, best first; none for the built-in writer."""
        if self._chat is None:
            return ()
        count = self._workspace.settings.context_tokens // _TOKENS_A_PASSAGE
        results = self._workspace.find(question.search_text, count, filters).passages
        return tuple(
            passage for passage in self._workspace.select(results, count) if passage.passage_id not in chosen
        )

    def _with_those_of_the_time(
        self, passages: tuple[Passage, ...], question: Question, filters: Filters
    ) -> tuple[Passage, ...]:
        """The passages, with some from reports of the time a question names, as such reports rarely name the year."""
        if not question.times or filters.dated:
            return passages
        since, as_of = time_window(question.times)
        then = self._workspace.gather(
            question.search_text, _OF_THE_TIME, replace(filters, since=since, as_of=as_of)
        )
        known_ids = {passage.passage_id for passage in passages}
        more = [passage for passage in then.passages if passage.passage_id not in known_ids]
        return (*passages[: max(_WEIGHED - len(more), _OF_THE_TIME)], *more)

    def weigh(self, state: QuestionState) -> QuestionState:
        """Score the sentences for each question, and decide whether they answer it."""
        assert state.alone is not None
        conversation = " ".join(content for _, content in state.history)
        parts = [_clear(self._weighed(part, state.filters), conversation) for part in state.parts]
        if len(parts) > 1 and all(part.verdict.refused for part in parts):
            # The question may have been split wrongly, so try it once as a whole.
            result = self._workspace.gather(state.alone.search_text, _WEIGHED, state.filters)
            parts = [self._weighed(SubQuestion(state.alone, result.passages), state.filters)]
        return replace(state, parts=tuple(parts))

    def _weighed(self, part: SubQuestion, filters: Filters) -> SubQuestion:
        rare = query_idf(part.question.text, self._store)
        vector = self._store.query_vector(part.question.search_text)
        evidence = evidence_for(
            part.question, vector, part.passages, self._store.vectors_of, rare, _SENTENCES_READ, _ENOUGH
        )
        verdict = refusal_verdict(part.question, evidence, part.passages, rare, narrowed=filters.any)
        return replace(part, evidence=tuple(evidence), verdict=verdict)

    def write(self, state: QuestionState) -> Iterator[Sentence | Answer]:
        """Yield checked sentences one by one, then the Answer.

        If the chat model fails before its first sentence, the built-in writer answers instead, with a notice.
        """
        citations, sentences = CitationList(), []
        model, notice = self._model, state.notice
        context = None
        if state.passages and self._chat is not None:
            try:
                context = self._context(state)
                for sentence in self._by_model(self._chat, state, context, citations):
                    sentences.append(sentence)
                    yield sentence
            except providers.ModelError as error:
                notice = f"{error.message}."
                if not sentences:  # sentences written before the failure are checked, and stay
                    notice += " This answer is made of the sources' own sentences instead."
                    model, citations, context = EXTRACTIVE, CitationList(), None
        if model == EXTRACTIVE:
            for sentence in self._extracted(state, citations):
                sentences.append(sentence)
                yield sentence
        answer = _answer(state, sentences, citations, model, notice)
        yield replace(answer, context_tokens=context.tokens if context else None)

    def _context(self, state: QuestionState) -> Context:
        return writer.answer_context(
            state.understood,
            state.passages,
            self._workspace.neighbours,
            self._workspace.settings.context_tokens,
            state.further,
        )

    def _by_model(
        self, chat: BaseChatModel, state: QuestionState, context: Context, citations: CitationList
    ) -> Iterator[Sentence]:
        return writer.stream_answer(
            chat,
            state.understood,
            context,
            citations,
            self._workspace.checker,
            cut=self._workspace.settings.unsupported == "cut",
        )

    def _extracted(self, state: QuestionState, citations: CitationList) -> Iterator[Sentence]:
        assert state.alone is not None
        if all(part.verdict.refused for part in state.parts):
            return
        yield from compose_answer(
            [(part.question, part.evidence, part.verdict) for part in state.parts],
            self._store.vectors_of,
            citations,
            length=state.instructions.length or "standard",
            side_by_side=is_comparison(state.alone.text),
        )


def _clear(part: SubQuestion, conversation: str) -> SubQuestion:
    """The part, refused if it leaves open what it means and the evidence does not settle that."""
    unclear = names_no_subject(part.question, conversation)
    if unclear is None and not part.verdict.sure:
        unclear = underspecified_reference(part.question, conversation)
    if unclear is None:
        return part
    return replace(part, verdict=replace(part.verdict, refused=True, comparable=False, reason=unclear))


def _answer(
    state: QuestionState,
    sentences: Sequence[Sentence],
    citations: CitationList,
    model: str,
    notice: str | None,
) -> Answer:
    refused = not citations.citations
    understood = state.understood
    return Answer(
        question=state.question,
        sentences=tuple(_refusal(state) if refused else sentences),
        citations=citations.citations,
        refused=refused,
        model=model,
        seconds=time.monotonic() - state.began,
        understood=understood if understood != state.question else None,
        nearest=state.passages[:_NEAREST] if refused else (),
        left_out_undated=state.left_out_undated,
        notice=notice,
        listed=_is_list(state, sentences) and not refused,
    )


def _is_list(state: QuestionState, sentences: Sequence[Sentence]) -> bool:
    """True if several things were asked for and the sentences are too many to read well as a paragraph."""
    assert state.alone is not None
    stated = sum(sentence.support != "note" for sentence in sentences)
    return stated > _IN_A_PARAGRAPH and asks_for_several(state.alone.text)


def _refusal(state: QuestionState) -> list[Sentence]:
    """Notes that the sources hold no answer, and why."""
    reasons = [part.verdict.reason for part in state.parts if part.verdict.reason]
    unknown = state.instructions.unknown_publishers
    if unknown:
        reasons = [f"No report in the index is from {' or '.join(unknown)}."]
    return [Sentence(REFUSAL), *(Sentence(reason) for reason in dict.fromkeys(reasons))]
