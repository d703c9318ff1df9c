"""What a topic becomes: a bottom line, cited paragraphs, a chronology, disagreements, gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from assistant.results.answer import Citation, Sentence

BriefingLength = Literal["short", "standard", "long"]


ConfidenceLevel = Literal["high", "moderate", "low"]


@dataclass(frozen=True)
class Confidence:
    """How well a paragraph is sourced, from what can be counted."""

    level: ConfidenceLevel
    sources: int  # independent ones: publishers, those that repeat one origin counted once
    documents: int
    text: str  # the level, and the counts it comes from


@dataclass(frozen=True)
class Paragraph:
    heading: str
    sentences: tuple[Sentence, ...]
    confidence: Confidence | None = None


@dataclass(frozen=True)
class Event:
    """A row of the chronology."""

    date: str  # YYYY, YYYY-MM or YYYY-MM-DD: when it happened
    text: str
    citations: tuple[int, ...]
    place: str | None = None  # as the sources write it
    actor: str | None = None
    casualties: str | None = None  # "53 soldiers killed", as the sources state it

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        """What of the date is known."""
        return {4: "year", 7: "month"}.get(len(self.date), "day")  # type: ignore[return-value]

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "citations": list(self.citations), "precision": self.precision}


@dataclass(frozen=True)
class Chronology:
    """Events without a briefing: all that the reports of an index tell."""

    events: tuple[Event, ...]
    citations: tuple[Citation, ...]
    left_out_undated: int | None = None  # reports without a date that a date filter left out

    def to_json(self) -> dict[str, Any]:
        row: dict[str, Any] = {
            "chronology": [event.to_json() for event in self.events],
            "citations": [citation.to_json() for citation in self.citations],
        }
        if self.left_out_undated is not None:
            row["left_out_undated"] = self.left_out_undated
        return row


@dataclass(frozen=True)
class Side:
    """What one source says of a disputed figure."""

    text: str
    date: str | None  # publication date of the source
    citations: tuple[int, ...]


@dataclass(frozen=True)
class Conflict:
    """Sources that differ. `update`: a later report of a changed figure; `conflict`: both stand."""

    about: str
    kind: Literal["conflict", "update"]
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Echo:
    """Reports that repeat one origin: they count as one source."""

    origin: str  # "ACLED", or the title of the report that has the words first
    kind: Literal["copy", "attributed"]  # the same words, or words that name one origin
    citations: tuple[int, ...]
    carriers: tuple[str, ...] = ()  # all reports that have it, cited or not, in words


@dataclass(frozen=True)
class SourceSummary:
    documents: int  # cited documents
    publishers: tuple[str, ...]
    oldest: str | None
    newest: str | None
    undated: int
    largest_share: float  # of all cited sentences, resting on one document: 0 to 1
    text: str
    sources: int = 0  # that do not depend on each other


NO_SOURCES = SourceSummary(0, (), None, None, 0, 0.0, "No source was used.")


@dataclass(frozen=True)
class Briefing:
    topic: str
    as_of: str | None
    title: str
    refused: bool
    bottom_line: tuple[Sentence, ...]
    paragraphs: tuple[Paragraph, ...]
    chronology: tuple[Event, ...]
    conflicts: tuple[Conflict, ...]
    gaps: tuple[str, ...]
    source_summary: SourceSummary
    citations: tuple[Citation, ...]
    model: str
    index_documents: int
    embedding_model: str
    seconds: float
    created: str  # UTC, ISO 8601
    left_out_undated: int | None = None
    notice: str | None = None
    key_judgements: tuple[Sentence, ...] = ()  # a chat model's, each resting on cited facts
    alternatives: tuple[Sentence, ...] = ()  # other readings of the same facts; a chat model's
    echoes: tuple[Echo, ...] = ()
    handling: str | None = None  # marking for header and footer, set by the user
    left_out_later: int | None = None  # reports published after the as-of date
    inputs: Mapping[str, Any] = field(
        default_factory=dict
    )  # what it was asked with: length, outline, filters

    def to_json(self) -> dict[str, Any]:
        summary = asdict(self.source_summary)
        summary["publishers"] = list(self.source_summary.publishers)
        row: dict[str, Any] = {
            "topic": self.topic,
            "as_of": self.as_of,
            "title": self.title,
            "refused": self.refused,
            "bottom_line": [sentence.to_json() for sentence in self.bottom_line],
            "paragraphs": [
                {
                    "heading": one.heading,
                    "sentences": [sentence.to_json() for sentence in one.sentences],
                    "confidence": asdict(one.confidence) if one.confidence else None,
                }
                for one in self.paragraphs
            ],
            "chronology": [event.to_json() for event in self.chronology],
            "conflicts": [
                {
                    "about": one.about,
                    "kind": one.kind,
                    "sides": [
                        {"text": side.text, "date": side.date, "citations": list(side.citations)}
                        for side in one.sides
                    ],
                }
                for one in self.conflicts
            ],
            "echoes": [
                {**asdict(one), "citations": list(one.citations), "carriers": list(one.carriers)}
                for one in self.echoes
            ],
            "gaps": [{"text": text} for text in self.gaps],
            "source_summary": summary,
            "citations": [citation.to_json() for citation in self.citations],
            "model": self.model,
            "index": {"documents": self.index_documents, "embedding_model": self.embedding_model},
            "created": self.created,
            "inputs": dict(self.inputs),
            "handling": self.handling,
            "key_judgements": [sentence.to_json() for sentence in self.key_judgements],
            "alternatives": [sentence.to_json() for sentence in self.alternatives],
            "seconds": round(self.seconds, 3),
        }
        if self.left_out_undated is not None:
            row["left_out_undated"] = self.left_out_undated
        if self.left_out_later is not None:
            row["left_out_later"] = self.left_out_later
        if self.notice:
            row["notice"] = self.notice
        return row

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Briefing:
        """A saved briefing. Raises KeyError or TypeError for JSON of another shape."""
        return cls(
            topic=row["topic"],
            as_of=row["as_of"],
            title=row["title"],
            refused=row.get("refused", False),
            bottom_line=_sentences(row["bottom_line"]),
            paragraphs=tuple(
                Paragraph(one["heading"], _sentences(one["sentences"]), _confidence(one.get("confidence")))
                for one in row["paragraphs"]
            ),
            chronology=tuple(
                Event(
                    one["date"],
                    one["text"],
                    tuple(one["citations"]),
                    one.get("place"),
                    one.get("actor"),
                    one.get("casualties"),
                )
                for one in row["chronology"]
            ),
            conflicts=tuple(
                Conflict(
                    one["about"],
                    one["kind"],
                    tuple(
                        Side(side["text"], side["date"], tuple(side["citations"])) for side in one["sides"]
                    ),
                )
                for one in row["conflicts"]
            ),
            gaps=tuple(one["text"] for one in row["gaps"]),
            source_summary=SourceSummary(
                **{**row["source_summary"], "publishers": tuple(row["source_summary"]["publishers"])}
            ),
            citations=tuple(Citation.from_json(one) for one in row["citations"]),
            model=row["model"],
            index_documents=row["index"]["documents"],
            embedding_model=row["index"]["embedding_model"],
            seconds=row["seconds"],
            created=row.get("created", ""),
            left_out_undated=row.get("left_out_undated"),
            notice=row.get("notice"),
            key_judgements=_sentences(row.get("key_judgements", [])),
            alternatives=_sentences(row.get("alternatives", [])),
            echoes=tuple(
                Echo(one["origin"], one["kind"], tuple(one["citations"]), tuple(one.get("carriers", ())))
                for one in row.get("echoes", [])
            ),
            handling=row.get("handling"),
            left_out_later=row.get("left_out_later"),
            inputs=row.get("inputs", {}),
        )


def _sentences(rows: list[Mapping[str, Any]]) -> tuple[Sentence, ...]:
    return tuple(Sentence.from_json(row) for row in rows)


def _confidence(row: Mapping[str, Any] | None) -> Confidence | None:
    return None if row is None else Confidence(**row)
