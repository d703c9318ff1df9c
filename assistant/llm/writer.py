"""A chat model writes; code decides what is shown.

The model sees passages under numbers made for this one answer. Its text is cut into sentences as it
streams in; each, once complete, has its markers resolved to exact spans and is reviewed against them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import prompts
from assistant.evidence.refusal import REFUSAL
from assistant.grounding import Checker
from assistant.llm.providers import ModelError, model_failure
from assistant.llm.review import SentenceReview
from assistant.results.answer import CitationList, Sentence
from assistant.results.spans import split_markers
from ingest import sentences
from vectorstore import Passage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

MAX_SENTENCES = 8
_LONGEST_WITHOUT_END = 4_000  # characters: a model that never ends a sentence is looping
_LONGEST_ANSWER = 20_000  # characters
_REPEATS = 3  # times that one sentence may come before the model is taken to be looping
_END = re.compile(r"[.!?…][”\"’')\]]*(?:\s*\[[\d,;\s]+\])*\s+(?=[^\s\[])|\n\s*(?=\S)")


def stream_answer(
    chat: BaseChatModel,
    question: str,
    passages: Sequence[Passage],
    citations: CitationList,
    checker: Checker | None = None,
    cut: bool = False,
) -> Iterator[Sentence]:
    """Checked sentences of the model's answer as they are completed; none where it finds no answer.

    What fails the check is repaired if it can be, by another span or by asking the model once more, and else marked
    as unsupported, or left out with `cut`. Raises ModelError where the model fails, says nothing, repeats itself or
    writes nothing that may be shown. `citations` hands out the answer's own numbers.
    """
    messages = _messages(
        prompts.fill("answer", limit=MAX_SENTENCES, refusal=REFUSAL),
        prompts.fill("answer_question", passages=numbered_passages(passages), question=question),
    )
    yield from _written(chat, messages, SentenceReview(passages, citations, checker, cut))


def write_paragraph(
    chat: BaseChatModel,
    topic: str,
    heading: str,
    passages: Sequence[Passage],
    limit: int,
    citations: CitationList,
    checker: Checker | None = None,
) -> Iterator[Sentence]:
    """As `stream_answer`, for one paragraph of a briefing."""
    messages = _messages(
        prompts.fill("briefing", limit=limit, refusal=REFUSAL),
        prompts.fill(
            "briefing_paragraph", passages=numbered_passages(passages), topic=topic, heading=heading
        ),
    )
    yield from _written(chat, messages, SentenceReview(passages, citations, checker))


def _written(
    chat: BaseChatModel, messages: Sequence[BaseMessage], review: SentenceReview
) -> Iterator[Sentence]:
    pieces = _BoundedStream(stream_text(chat, messages))

    def rewrite(sentence: str, reasons: Sequence[str]) -> str:
        # A server with one place answers no second question before the first is answered.
        pieces.finish()
        asked = prompts.fill(
            "repair",
            passages=numbered_passages(review.passages),
            sentence=sentence,
            reasons="; ".join(reasons),
            refusal=REFUSAL,
        )
        return "".join(_BoundedStream(stream_text(chat, _messages(asked))))

    yield from checked_sentence(pieces, review.rewriting(rewrite))


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


def condense_question(chat: BaseChatModel, question: str, history: Sequence[tuple[str, str]]) -> str:
    """A follow-up as a question that stands alone, by the model; `history` is (role, content), oldest first."""
    conversation = "\n".join(f"{role}: {content[:500]}" for role, content in history[-6:])
    messages = _messages(prompts.fill("condense", conversation=conversation, question=question))
    line = " ".join("".join(stream_text(chat, messages)).split()).strip('"“” ')
    # A model that rambles has not condensed: the question as asked is the better one.
    return line if 0 < len(line) <= 3 * len(question) + 300 else question


def numbered_passages(passages: Sequence[Passage]) -> str:
    """Passages as the model sees them: a number made for this answer, the source, the text."""
    return "\n\n".join(
        f"[{number}] {_source_line(passage)}\n{defuse(passage.text)}"
        for number, passage in enumerate(passages, start=1)
    )


def _source_line(passage: Passage) -> str:
    parts = [passage.title or passage.source, passage.publisher, passage.published or "undated"]
    return defuse(", ".join(part for part in parts if part))


def defuse(text: str) -> str:
    """A source's own bracketed numbers, so that they cannot pass for ours."""
    return re.sub(r"\[(\s*\d[\d,;\s–-]*)\]", r"(\1)", text)


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
