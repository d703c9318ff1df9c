"""The answer to a question: sentences, each with numbered citations of exact spans of the reports."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from vectorstore import Passage

# verbatim: the source's own words; supported, unsupported: reworded, with the verdict of the check; note: a remark of
# the desk, not a claim about the world
Support = Literal["verbatim", "supported", "unsupported", "note"]
MAX_QUOTE = 900  # characters


@dataclass(frozen=True)
class Citation:
    """An exact span of the extracted text of a document: quote == text[start:end]."""

    number: int  # 1-based, in order of first use; 0 before a CitationList gives one out
    passage_id: str
    document_id: str
    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    published: str | None  # YYYY, YYYY-MM or YYYY-MM-DD
    source: str  # original file name or address of the report
    page: int | None  # 1-based
    heading: str | None
    start: int  # offsets in code points into the extracted text: start inclusive, end exclusive
    end: int
    quote: str  # at most MAX_QUOTE characters
    generation: int = 0  # version of the text that the offsets belong to
    # Admiralty grade when it was cited: A to F for the publisher, 1 to 6 for the report
    grade: str = "F6"

    @classmethod
    def of(cls, passage: Passage, start: int, end: int, number: int = 0) -> Citation:
        """A citation of passage.text[start:end], with offsets turned into those of the document."""
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
        """The inverse of `to_json`. Raises KeyError or TypeError for JSON of another shape."""
        return cls(**{**row, "authors": tuple(row["authors"])})

    @property
    def span(self) -> tuple[str, int, int]:
        """(document id, start, end): two citations of the same span are the same citation."""
        return self.document_id, self.start, self.end

    def to_json(self) -> dict[str, Any]:
        """All fields, ready for `json.dumps`."""
        return {**asdict(self), "authors": list(self.authors)}


@dataclass(frozen=True)
class Sentence:
    """One sentence of an answer or briefing."""

    text: str  # without citation markers
    citations: tuple[int, ...] = ()  # numbers of citations of the same answer or briefing
    support: Support = "note"
    score: float = 1.0  # 0 to 1: how well the citations support the sentence
    reasons: tuple[str, ...] = ()  # why it is unsupported, in words
    mark: Literal["", "accepted", "edited"] = ""  # set by the analyst in a saved briefing

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Sentence:
        """The inverse of `to_json`. Raises KeyError for JSON of another shape."""
        return cls(
            row["text"],
            tuple(row["citations"]),
            row["support"],
            row["score"],
            tuple(row.get("reasons", ())),
            row.get("mark", ""),
        )

    def to_json(self) -> dict[str, Any]:
        """All fields, ready for `json.dumps`."""
        return {**asdict(self), "citations": list(self.citations), "reasons": list(self.reasons)}

    def marked(self) -> str:
        """The text followed by its citation markers; bracketed numbers from the source become full-width.

        >>> Sentence("The post [3] fell.", (1, 2)).marked()
        'The post ［3］ fell. [1] [2]'
        """
        return escape_markers(self.text) + "".join(f" [{n}]" for n in self.citations)


@dataclass(frozen=True)
class Answer:
    """A cited answer, or a refusal that says in one sentence that the sources do not have it."""

    question: str  # as the user wrote it
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    refused: bool
    model: str  # "extractive" or the provider string
    seconds: float  # time taken
    understood: str | None = None  # a follow-up rewritten to stand alone, if that changed it
    nearest: tuple[Passage, ...] = ()  # with a refusal: the passages that came closest
    left_out_undated: int | None = None  # with a date filter: the number of undated reports it left out
    notice: str | None = None  # what went wrong on the way, in words (the model was unavailable …)
    listed: bool = False  # shown as a list, because the question asks for several things
    context_tokens: int | None = (
        None  # tokens of rules, question and passages given to the chat model that wrote it
    )

    @property
    def text(self) -> str:
        """The answer as shown, with markers: one paragraph, or a Markdown list if `listed`."""
        if not self.listed:
            return " ".join(sentence.marked() for sentence in self.sentences)
        return "\n".join(
            ("" if sentence.support == "note" else "- ") + sentence.marked() for sentence in self.sentences
        )

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Answer:
        """A saved answer, without its nearest passages. Raises KeyError or TypeError for JSON of another shape."""
        return cls(
            question=row["question"],
            sentences=tuple(Sentence.from_json(sentence) for sentence in row["sentences"]),
            citations=tuple(Citation.from_json(citation) for citation in row["citations"]),
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
        """The answer as `ask --json` writes it, ready for `json.dumps`."""
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
    """Rewrite bracketed numbers of a source with full-width brackets, so that they cannot pass for our citations.

    >>> escape_markers("As noted [3, 4], it fell [sic].")
    'As noted ［3, 4］, it fell [sic].'
    """
    return re.sub(r"\[(?:\s*\d+\s*[,;–-]?)+\]", lambda marker: marker[0].translate(_FULL_WIDTH), text)


class CitationList:
    """Numbers citations from 1 in order of first use; the same span always gets the same number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._citations: list[Citation] = []

    def number(self, citation: Citation) -> int:
        """The number (1-based) of a citation, whose own `number` is ignored."""
        known = self._numbers.get(citation.span)
        if known is None:
            known = self._numbers[citation.span] = len(self._citations) + 1
            self._citations.append(replace(citation, number=known))
        return known

    def numbers(self, citations: Sequence[Citation]) -> tuple[int, ...]:
        """The numbers of several citations, in order, each once."""
        return tuple(dict.fromkeys(self.number(citation) for citation in citations))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The numbered citations: citations[0].number == 1."""
        return tuple(self._citations)
