"""A chat model writes; code decides what is shown.

The model sees passages under numbers made for this one answer. Its text is cut into sentences as it
streams in; each, once complete, has its markers resolved to exact spans and is reviewed against them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import prompts
from assistant.evidence.refusal import REFUSAL
from assistant.grounding import Checker
from assistant.llm.context_budget import Context, Neighbours, count_tokens, leading, no_room, pack
from assistant.llm.numbered_passages import numbered_blocks, numbered_passages
from assistant.llm.providers import ModelError, model_failure
from assistant.llm.review import SentenceReview
from assistant.results.answer import CitationList, Sentence
from assistant.results.spans import split_markers
from ingest import sentences
from vectorstore import Passage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

log = logging.getLogger(__name__)

MAX_SENTENCES = 8
_LONGEST_WITHOUT_END = 4_000  # characters: a model that never ends a sentence is looping
_LONGEST_ANSWER = 20_000  # characters
_REPEATS = 3  # times that one sentence may come before the model is taken to be looping
_END = re.compile(r"[.!?…][”\"’')\]]*(?:\s*\[[\d,;\s]+\])*\s+(?=[^\s\[])|\n\s*(?=\S)")


def answer_context(
    question: str,
    ranked: Sequence[Passage],
    neighbours: Neighbours,
    budget: int,
    further: Sequence[Passage] = (),
) -> Context:
    """What `stream_answer` gives the model, within `budget` tokens: see `pack`. Raises ModelError."""
    return pack(ranked, neighbours, budget, "".join(_answer_prompts(question, "")), further)


def stream_answer(
    chat: BaseChatModel,
    question: str,
    context: Context,
    citations: CitationList,
    checker: Checker | None = None,
    cut: bool = False,
) -> Iterator[Sentence]:
    """Checked sentences of the model's answer as they are completed; none where it finds no answer.

    What fails the check is repaired if it can be, by another span or by asking the model once more, and else marked
    as unsupported, or left out with `cut`. Raises ModelError where the model fails, says nothing, repeats itself or
    writes nothing that may be shown. `citations` hands out the answer's own numbers.
    """
    asked = _answer_prompts(question, numbered_passages(context.passages))
    yield from _written(chat, asked, context, SentenceReview(context.passages, citations, checker, cut))


def _answer_prompts(question: str, passages: str) -> tuple[str, str]:
    """Rules and question, the passages written out."""
    return (
        prompts.fill("answer", limit=MAX_SENTENCES, refusal=REFUSAL),
        prompts.fill("answer_question", passages=passages, question=question),
    )


def paragraph_context(
    topic: str, heading: str, limit: int, ranked: Sequence[Passage], neighbours: Neighbours, budget: int
) -> Context:
    """As `answer_context`, for `write_paragraph`."""
    return pack(ranked, neighbours, budget, "".join(_paragraph_prompts(topic, heading, limit, "")))


def write_paragraph(
    chat: BaseChatModel,
    topic: str,
    heading: str,
    context: Context,
    limit: int,
    citations: CitationList,
    checker: Checker | None = None,
) -> Iterator[Sentence]:
    """As `stream_answer`, for one paragraph of a briefing, of about `limit` sentences."""
    asked = _paragraph_prompts(topic, heading, limit, numbered_passages(context.passages))
    yield from _written(chat, asked, context, SentenceReview(context.passages, citations, checker))


def _paragraph_prompts(topic: str, heading: str, limit: int, passages: str) -> tuple[str, str]:
    """Rules, and topic and heading, the passages written out."""
    return (
        prompts.fill("briefing", limit=limit, refusal=REFUSAL),
        prompts.fill("briefing_paragraph", passages=passages, topic=topic, heading=heading),
    )


def _written(
    chat: BaseChatModel, asked: tuple[str, str], context: Context, review: SentenceReview
) -> Iterator[Sentence]:
    log.debug("%s", context)
    pieces = _BoundedStream(stream_text(chat, _messages(*asked)))

    def rewrite(sentence: str, reasons: Sequence[str]) -> str:
        # A server with one place answers no second question before the first is answered.
        pieces.finish()
        again = _repair_prompt(sentence, reasons, context)
        return "".join(_BoundedStream(stream_text(chat, _messages(again))))

    yield from checked_sentence(pieces, review.rewriting(rewrite))


def _repair_prompt(sentence: str, reasons: Sequence[str], context: Context) -> str:
    """Under the same numbers as many of the passages as the sentence and its faults leave room for."""

    def asked(passages: str) -> str:
        return prompts.fill(
            "repair", passages=passages, sentence=sentence, reasons="; ".join(reasons), refusal=REFUSAL
        )

    taken = count_tokens(asked(""))
    blocks = numbered_blocks(context.passages)
    fitting = leading(blocks, context.budget - taken)
    if not fitting:
        raise no_room(taken, context.budget)
    return asked("\n\n".join(blocks[:fitting]))


class _BoundedStream:
    """A stream of text, no longer than an answer can be, that can be read to its end ahead of need."""

    def __init__(self, stream: Iterator[str]) -> None:
        self._stream = stream
        self._ahead: list[str] = []
        self._length = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._ahead:
            return self._ahead.pop(0)
        return self._next()

    def _next(self) -> str:
        if self._length > _LONGEST_ANSWER:
            raise StopIteration
        piece = next(self._stream)
        self._length += len(piece)
        return piece

    def finish(self) -> None:
        """Read what is still to come; a stream that breaks off meanwhile ends where it broke."""
        try:
            while True:
                self._ahead.append(self._next())
        except (StopIteration, ModelError):
            self._length = _LONGEST_ANSWER + 1


def write_answer(chat: BaseChatModel, *prompts: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """What a model says to a prompt, or to rules and a prompt: its sentences, as `spoken_text` gives them."""
    yield from spoken_text(_BoundedStream(stream_text(chat, _messages(*prompts))))


def condense_question(
    chat: BaseChatModel, question: str, history: Sequence[tuple[str, str]], budget: int
) -> str:
    """A follow-up as a question that stands alone, by the model; `history` is (role, content), oldest first.

    As many of the last turns are given as `budget` tokens hold. Raises ModelError.
    """

    def asked(turns: Sequence[str]) -> str:
        return prompts.fill("condense", conversation="\n".join(turns), question=question)

    turns = [f"{role}: {content[:500]}" for role, content in history[-6:]]
    taken = count_tokens(asked(()))
    fitting = leading(turns[::-1], budget - taken)
    if not fitting:
        raise no_room(taken, budget)
    messages = _messages(asked(turns[-fitting:]))
    line = " ".join("".join(stream_text(chat, messages)).split()).strip('"“” ')
    # A model that rambles has not condensed: the question as asked is the better one.
    return line if 0 < len(line) <= 3 * len(question) + 300 else question


def checked_sentence(pieces: Iterable[str], review: SentenceReview) -> Iterator[Sentence]:
    """Sentences from a stream of text, each resolved and reviewed once it is complete.

    Raises ModelError where the stream holds no words, only repeats itself, or nothing that may be shown.
    """
    refused = given = False
    for text, cited in spoken_text(pieces):
        if text.rstrip(".") == REFUSAL.rstrip("."):
            refused = True
            break
        sentence = review.sentence(text, cited)
        if sentence is not None:
            given = True
            yield sentence
    if not given and not refused:
        raise ModelError("The sources support nothing of what the model wrote")


def spoken_text(pieces: Iterable[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each sentence of a stream of text once it is complete, said once, with the numbers it cites.

    Raises ModelError where the stream holds no words or only repeats itself.
    """
    seen: dict[str, int] = {}
    for raw in _complete(pieces):
        text, cited = split_markers(re.sub(r"^[\s>*#•-]+|^\d+[.)]\s+", "", raw))
        if not re.search(r"\w", text):
            continue
        seen[text] = seen.get(text, 0) + 1
        if seen[text] > _REPEATS or len(seen) > 3 * MAX_SENTENCES:
            raise ModelError("The model repeats itself, and was stopped")
        if seen[text] == 1:
            yield text, cited
    if not seen:
        raise ModelError("The model gave an empty answer")


def _complete(pieces: Iterable[str]) -> Iterator[str]:
    """Sentences with the markers that follow them, as soon as the next one begins."""
    held = ""
    for piece in pieces:
        held += piece
        while ends := [match for match in _END.finditer(held) if _is_end(held, match.end())]:
            yield held[: ends[0].end()]
            held = held[ends[0].end() :]
        if len(held) > _LONGEST_WITHOUT_END:
            raise ModelError("The model writes without an end, and was stopped")
    if held.strip():
        yield held


def _is_end(text: str, at: int) -> bool:
    """Whether the sentence splitter agrees: a full stop in "U.S. troops" ends nothing."""
    plain, _ = split_markers(text[:at])
    rest, _ = split_markers(text[at:])
    spans = sentences(f"{plain.strip()} {rest.strip()}")
    return "\n" in text[:at] or any(end == len(plain.strip()) for _, end in spans)


def stream_text(chat: BaseChatModel, messages: Sequence[BaseMessage]) -> Iterator[str]:
    """The model's text as it comes. Raises ModelError for whatever the provider raises."""
    try:
        for chunk in chat.stream(list(messages)):
            yield str(chunk.text)
    except Exception as error:  # every provider raises its own
        raise ModelError(f"The model did not answer: {model_failure(error)}") from error


def _messages(*texts: str) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    *system, human = texts
    return [*(SystemMessage(text) for text in system), HumanMessage(human)]
