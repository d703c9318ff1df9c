"""What the desk answers with: sentences, each resting on numbered citations to exact spans."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from vectorstore import Passage

Support = Literal["verbatim", "supported", "unsupported", "note"]
MAX_QUOTE = 900  # characters


@dataclass(frozen=True)
class Citation:
    """An exact span of a document's extracted text: quote == text[start:end]."""

    number: int  # 1-based, in order of first use
    passage_id: str
    document_id: str
    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    published: str | None
    source: str
    page: int | None  # 1-based
    heading: str | None
    start: int  # offset in code points into the extracted text
    end: int
    quote: str  # at most MAX_QUOTE characters
    generation: int = 0  # version of the text the offsets belong to
    grade: str = (
        "F6"  # Admiralty: the publisher's letter and the report's number, as they stood when it was cited
    )

    @classmethod
    def of(cls, passage: Passage, start: int, end: int, number: int = 0) -> Citation:
        """Cite passage.text[start:end] (offsets within the passage)."""
        return cls(
            number=number,
            passage_id=passage.passage_id,
            document_id=passage.document_id,
            title=passage.title,
            authors=passage.authors,
            publisher=passage.publisher,
            published=passage.published,
            source=passage.source,
            page=passage.page,
            heading=passage.heading,
            start=passage.start + start,
            end=passage.start + end,
            quote=passage.text[start:end],
            generation=passage.generation,
        )

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Citation:
        return cls(**{**row, "authors": tuple(row["authors"])})

    @property
    def span(self) -> tuple[str, int, int]:
        """What makes two citations the same one."""
        return self.document_id, self.start, self.end

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "authors": list(self.authors)}


@dataclass(frozen=True)
class Sentence:
    """One sentence as shown, without markers; `citations` are numbers of the answer's citations."""

    text: str
    citations: tuple[int, ...] = ()
    support: Support = "note"
    score: float = 1.0  # 0 to 1: how well the citations carry the sentence
    reasons: tuple[str, ...] = ()  # why it is unsupported, in words
    mark: Literal["", "accepted", "edited"] = ""  # by the analyst, in a saved briefing

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Sentence:
        return cls(
            row["text"],
            tuple(row["citations"]),
            row["support"],
            row["score"],
            tuple(row.get("reasons", ())),
            row.get("mark", ""),
        )

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "citations": list(self.citations), "reasons": list(self.reasons)}

    def marked(self) -> str:
        """The text with its markers; bracketed numbers of the source's own become full-width."""
        return escape_markers(self.text) + "".join(f" [{n}]" for n in self.citations)


@dataclass(frozen=True)
class Answer:
    """A cited answer, or a refusal that says in one sentence that the sources do not hold it."""

    question: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    refused: bool
    model: str  # "extractive" or the provider string
    seconds: float
    understood: str | None = None  # the follow-up as a question that stands alone, where it differs
    nearest: tuple[Passage, ...] = ()  # for a refusal
    left_out_undated: int | None = None  # with a date filter
    notice: str | None = None  # something went wrong on the way, in words (the model was away …)
    listed: bool = False  # several things were asked for, and many sentences tell of them: one a line
    context_tokens: int | None = (
        None  # that a chat model was given, where one wrote it: rules, question, passages
    )

    @property
    def text(self) -> str:
        """The answer as shown: markers after the sentences, in a paragraph or as a list."""
        if not self.listed:
            return " ".join(sentence.marked() for sentence in self.sentences)
        lines = [("" if one.support == "note" else "- ") + one.marked() for one in self.sentences]
        return "\n".join(lines)

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Answer:
        """The Answer of a saved one; its nearest passages are not kept."""
        return cls(
            question=row["question"],
            sentences=tuple(Sentence.from_json(one) for one in row["sentences"]),
            citations=tuple(Citation.from_json(one) for one in row["citations"]),
            refused=row["refused"],
            model=row["model"],
            seconds=row["seconds"],
            understood=row.get("understood"),
            left_out_undated=row.get("left_out_undated"),
            notice=row.get("notice"),
            listed=row.get("listed", False),
            context_tokens=row.get("context_tokens"),
        )

    def to_json(self) -> dict[str, Any]:
        row: dict[str, Any] = {
            "question": self.question,
            "answer": self.text,
            "refused": self.refused,
            "sentences": [sentence.to_json() for sentence in self.sentences],
            "citations": [citation.to_json() for citation in self.citations],
            "model": self.model,
            "seconds": round(self.seconds, 3),
            "understood": self.understood,
            "listed": self.listed,
        }
        if self.refused:
            row["nearest"] = [passage.to_json() for passage in self.nearest]
        if self.left_out_undated is not None:
            row["left_out_undated"] = self.left_out_undated
        if self.context_tokens is not None:
            row["context_tokens"] = self.context_tokens
        if self.notice:
            row["notice"] = self.notice
        return row


_FULL_WIDTH = str.maketrans("[]", "［］")


def escape_markers(text: str) -> str:
    """Write bracketed numbers that a source carries with full-width brackets: they are not ours."""
    return re.sub(r"\[(?:\s*\d+\s*[,;–-]?)+\]", lambda found: found[0].translate(_FULL_WIDTH), text)


class CitationList:
    """Hands out numbers: the same span gets the same number, in order of first use."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._citations: list[Citation] = []

    def number(self, citation: Citation) -> int:
        known = self._numbers.get(citation.span)
        if known is None:
            known = self._numbers[citation.span] = len(self._citations) + 1
            self._citations.append(replace(citation, number=known))
        return known

    def numbers(self, citations: Sequence[Citation]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.number(citation) for citation in citations))

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._citations)
