"""Lets a chat model write, and decides in code what is shown.

The model sees passages under numbers made for one answer. Its text is cut into sentences as it streams in; the markers
of each complete sentence are resolved to exact spans, against which it is reviewed.
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

MAX_SENTENCES = 8  # sentences that the model is asked for at most
_LONGEST_WITHOUT_END = 4_000  # characters; a model that writes more without ending a sentence is looping
_LONGEST_ANSWER = 20_000  # characters after which an answer is cut off
_REPEATS = 3  # times that one sentence may come; a model that says it more often is looping
_END = re.compile(r"[.!?…][”\"’')\]]*(?:\s*\[[\d,;\s]+\])*\s+(?=[^\s\[])|\n\s*(?=\S)")


def answer_context(
    question: str,
    ranked: Sequence[Passage],
    neighbours: Neighbours,
    budget: int,
    further: Sequence[Passage] = (),
) -> Context:
    """What `stream_answer` gives the model, within `budget` tokens; see `pack`.

    Raises ModelError if the question leaves no room for a passage.
    """
    return pack(ranked, neighbours, budget, "".join(_answer_prompts(question, "")), further)


def stream_answer(
    chat: BaseChatModel,
    question: str,
    context: Context,
    citations: CitationList,
    checker: Checker | None = None,
    cut: bool = False,
) -> Iterator[Sentence]:
    """Yield the sentences of the model's answer, each checked once complete; none if the model finds no answer.

    A sentence that fails the check is repaired by another span or by asking the model once more; if that fails, too,
    it is marked as unsupported, or left out with `cut`. `citations` issues the answer's own numbers. Raises
    ModelError if the model fails, says nothing, repeats itself or writes nothing that may be shown.
    """
    request = _answer_prompts(question, numbered_passages(context.passages))
    yield from _write(chat, request, context, SentenceReview(context.passages, citations, checker, cut))


def _answer_prompts(question: str, passages: str) -> tuple[str, str]:
    """(rules, question with the passages as written out in `passages`)."""
    return (
        prompts.fill("answer", limit=MAX_SENTENCES, refusal=REFUSAL),
        prompts.fill("answer_question", passages=passages, question=question),
    )


def paragraph_context(
    topic: str, heading: str, limit: int, ranked: Sequence[Passage], neighbours: Neighbours, budget: int
) -> Context:
    """What `write_paragraph` gives the model, within `budget` tokens; see `answer_context`."""
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
    request = _paragraph_prompts(topic, heading, limit, numbered_passages(context.passages))
    yield from _write(chat, request, context, SentenceReview(context.passages, citations, checker))


def _paragraph_prompts(topic: str, heading: str, limit: int, passages: str) -> tuple[str, str]:
    """(rules, topic and heading with the passages as written out in `passages`)."""
    return (
        prompts.fill("briefing", limit=limit, refusal=REFUSAL),
        prompts.fill("briefing_paragraph", passages=passages, topic=topic, heading=heading),
    )


def _write(
    chat: BaseChatModel, request: tuple[str, str], context: Context, review: SentenceReview
) -> Iterator[Sentence]:
    """Send the request and yield the reviewed sentences of what the model streams back."""
    log.debug("%s", context)
    pieces = _BoundedStream(stream_text(chat, _messages(*request)))

    def rewrite(sentence: str, reasons: Sequence[str]) -> str:
        # Read the answer to its end first: a server with a single slot answers one request at a time.
        pieces.finish()
        again = _repair_prompt(sentence, reasons, context)
        return "".join(_BoundedStream(stream_text(chat, _messages(again))))

    yield from reviewed_sentences(pieces, review.rewriting(rewrite))


def _repair_prompt(sentence: str, reasons: Sequence[str], context: Context) -> str:
    """The prompt to rewrite a sentence, with as many of the passages, under the same numbers, as there is room for."""

    def fill_prompt(passages: str) -> str:
        return prompts.fill(
            "repair", passages=passages, sentence=sentence, reasons="; ".join(reasons), refusal=REFUSAL
        )

    frame_tokens = count_tokens(fill_prompt(""))
    blocks = numbered_blocks(context.passages)
    fitting = leading(blocks, context.budget - frame_tokens)
    if not fitting:
        raise no_room(frame_tokens, context.budget)
    return fill_prompt("\n\n".join(blocks[:fitting]))


class _BoundedStream:
    """A stream of text that ends after `_LONGEST_ANSWER` characters and can be read to its end ahead of need."""

    def __init__(self, stream: Iterator[str]) -> None:
        self._stream = stream
        self._ahead: list[str] = []  # pieces already read, not yet handed out
        self._length = 0  # characters read

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
        """Read the rest of the stream now; if it fails meanwhile, it ends there without an error."""
        try:
            while True:
                self._ahead.append(self._next())
        except (StopIteration, ModelError):
            self._length = _LONGEST_ANSWER + 1


def write_answer(chat: BaseChatModel, *texts: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield what a model writes to a prompt, or to rules and a prompt: (sentence, cited numbers), unchecked.

    Raises ModelError if the model fails, says nothing or repeats itself.
    """
    yield from cited_sentences(_BoundedStream(stream_text(chat, _messages(*texts))))


def condense_question(
    chat: BaseChatModel, question: str, history: Sequence[tuple[str, str]], budget: int
) -> str:
    """Have the model turn a follow-up into a question that stands alone.

    `history` is (role, content), oldest first; the model is given as many of its last turns as `budget` tokens hold,
    at most six. An answer far longer than the question is discarded, and the question returned as asked. Raises
    ModelError if the model fails or not even one turn fits.
    """

    def fill_prompt(turns: Sequence[str]) -> str:
        return prompts.fill("condense", conversation="\n".join(turns), question=question)

    turns = [f"{role}: {content[:500]}" for role, content in history[-6:]]
    frame_tokens = count_tokens(fill_prompt(()))
    fitting = leading(turns[::-1], budget - frame_tokens)
    if not fitting:
        raise no_room(frame_tokens, budget)
    messages = _messages(fill_prompt(turns[-fitting:]))
    line = " ".join("".join(stream_text(chat, messages)).split()).strip('"“” ')
    # A model that rambles has not condensed the question.
    return line if 0 < len(line) <= 3 * len(question) + 300 else question


def reviewed_sentences(pieces: Iterable[str], review: SentenceReview) -> Iterator[Sentence]:
    """Yield the sentences of a stream of text, each reviewed once it is complete; none if the text is a refusal.

    Raises ModelError if the stream has no words, only repeats itself, or holds nothing that may be shown.
    """
    refused = yielded = False
    for text, cited in cited_sentences(pieces):
        if text.rstrip(".") == REFUSAL.rstrip("."):
            refused = True
            break
        sentence = review.sentence(text, cited)
        if sentence is not None:
            yielded = True
            yield sentence
    if not yielded and not refused:
        raise ModelError("The sources support nothing of what the model wrote")


def cited_sentences(pieces: Iterable[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield (sentence, cited numbers) for each new sentence of a stream of text, once it is complete.

    Bullets and list numbers are removed. Raises ModelError if the stream has no words or only repeats itself.
    """
    counts: dict[str, int] = {}
    for raw in _complete(pieces):
        text, cited = split_markers(re.sub(r"^[\s>*#•-]+|^\d+[.)]\s+", "", raw))
        if not re.search(r"\w", text):
            continue
        counts[text] = counts.get(text, 0) + 1
        if counts[text] > _REPEATS or len(counts) > 3 * MAX_SENTENCES:
            raise ModelError("The model repeats itself, and was stopped")
        if counts[text] == 1:
            yield text, cited
    if not counts:
        raise ModelError("The model gave an empty answer")


def _complete(pieces: Iterable[str]) -> Iterator[str]:
    """Yield each sentence, with the markers after it, as soon as the next one begins."""
    buffer = ""
    for piece in pieces:
        buffer += piece
        while ends := [match for match in _END.finditer(buffer) if _is_end(buffer, match.end())]:
            yield buffer[: ends[0].end()]
            buffer = buffer[ends[0].end() :]
        if len(buffer) > _LONGEST_WITHOUT_END:
            raise ModelError("The model writes without an end, and was stopped")
    if buffer.strip():
        yield buffer


def _is_end(text: str, at: int) -> bool:
    """True if the sentence splitter, too, ends a sentence at offset `at`.

    `_is_end("It rained. Ships sank.", 11)` is True; `_is_end("The U.S. troops left.", 9)` is False.
    """
    plain, _ = split_markers(text[:at])
    rest, _ = split_markers(text[at:])
    spans = sentences(f"{plain.strip()} {rest.strip()}")
    return "\n" in text[:at] or any(end == len(plain.strip()) for _, end in spans)


def stream_text(chat: BaseChatModel, messages: Sequence[BaseMessage]) -> Iterator[str]:
    """Yield the model's text as it arrives. Raises ModelError for whatever exception the provider raises."""
    try:
        for chunk in chat.stream(list(messages)):
            yield str(chunk.text)
    except Exception as error:  # each provider raises its own exceptions
        raise ModelError(f"The model did not answer: {model_failure(error)}") from error


def _messages(*texts: str) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    *system, human = texts
    return [*(SystemMessage(text) for text in system), HumanMessage(human)]
