"""The briefing on a topic: bottom line, cited paragraphs, chronology, disagreements, gaps; and its JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from assistant.results.answer import Citation, Sentence

BriefingLength = Literal["short", "standard", "long"]
ConfidenceLevel = Literal["high", "moderate", "low"]
ConflictKind = Literal[
    "conflict", "update"
]  # update: a later report gives a changed figure; conflict: both stand


@dataclass(frozen=True)
class Confidence:
    """How well a paragraph is sourced, judged by counts."""

    level: ConfidenceLevel
    sources: int  # independent sources: publishers, with those that repeat one origin counted once
    documents: int  # cited documents
    text: str  # the level and the counts behind it, in words


@dataclass(frozen=True)
class Paragraph:
    """A headed paragraph of a briefing."""

    heading: str
    sentences: tuple[Sentence, ...]
    confidence: Confidence | None = None  # None for a paragraph without sources


@dataclass(frozen=True)
class Event:
    """A row of the chronology."""

    date: str  # YYYY, YYYY-MM or YYYY-MM-DD: when it happened
    text: str
    citations: tuple[int, ...]  # numbers of the briefing's citations
    place: str | None = None  # as the sources write it
    actor: str | None = None
    casualties: str | None = None  # "53 soldiers killed", as the sources state it

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        """How much of the date is known."""
        return {4: "year", 7: "month"}.get(len(self.date), "day")  # type: ignore[return-value]

    def to_json(self) -> dict[str, Any]:
        """All fields and the precision, ready for `json.dumps`."""
        return {**asdict(self), "citations": list(self.citations), "precision": self.precision}


@dataclass(frozen=True)
class Chronology:
    """All events that the reports of an index tell of, without a briefing."""

    events: tuple[Event, ...]
    citations: tuple[Citation, ...]
    left_out_undated: int | None = None  # with a date filter: the number of undated reports it left out

    def to_json(self) -> dict[str, Any]:
        """The chronology as `chronology --json` writes it, ready for `json.dumps`."""
        row: dict[str, Any] = {
            "chronology": [event.to_json() for event in self.events],
            "citations": [citation.to_json() for citation in self.citations],
        }
        if self.left_out_undated is not None:
            row["left_out_undated"] = self.left_out_undated
        return row


@dataclass(frozen=True)
class Side:
    """What one source says in a disagreement."""

    text: str
    date: str | None  # publication date of the source: YYYY, YYYY-MM or YYYY-MM-DD
    citations: tuple[int, ...]  # numbers of the briefing's citations


@dataclass(frozen=True)
class Conflict:
    """Sources that disagree."""

    about: str
    kind: ConflictKind
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Echo:
    """Reports that repeat one origin and therefore count as one source."""

    origin: str  # "ACLED", or the title of the report that had the words first
    kind: Literal["copy", "attributed"]  # copy: the same words; attributed: words that name the same origin
    citations: tuple[int, ...]  # numbers of the briefing's citations
    carriers: tuple[str, ...] = ()  # names of all reports that repeat it, cited or not


@dataclass(frozen=True)
class SourceSummary:
    """What a briefing rests on, in counts and in words."""

    documents: int  # cited documents
    publishers: tuple[str, ...]
    oldest: str | None  # publication dates: YYYY, YYYY-MM or YYYY-MM-DD
    newest: str | None
    undated: int  # cited documents without a date
    largest_share: float  # largest share of the cited sentences that rests on a single document, 0 to 1
    text: str
    sources: int = 0  # sources that do not depend on each other


NO_SOURCES = SourceSummary(0, (), None, None, 0, 0.0, "No source was used.")


@dataclass(frozen=True)
class Briefing:
    """A briefing, with everything needed to show, save, verify and repeat it."""

    topic: str
    as_of: str | None  # YYYY, YYYY-MM or YYYY-MM-DD: reports published later are left out
    title: str
    refused: bool  # the sources have nothing on the topic
    bottom_line: tuple[Sentence, ...]
    paragraphs: tuple[Paragraph, ...]
    chronology: tuple[Event, ...]
    conflicts: tuple[Conflict, ...]
    gaps: tuple[str, ...]
    source_summary: SourceSummary
    citations: tuple[Citation, ...]
    model: str  # "extractive" or the provider string
    index_documents: int  # documents in the index
    embedding_model: str
    seconds: float  # time taken
    created: str  # UTC, ISO 8601
    left_out_undated: int | None = None  # with a date filter: the number of undated reports it left out
    notice: str | None = None  # what went wrong on the way, in words
    key_judgements: tuple[Sentence, ...] = ()  # written by a chat model, each based on cited facts
    alternatives: tuple[Sentence, ...] = ()  # other interpretations of the same facts, by a chat model
    echoes: tuple[Echo, ...] = ()
    handling: str | None = None  # marking for header and footer, set by the user
    left_out_later: int | None = None  # number of reports published after the as-of date
    inputs: Mapping[str, Any] = field(default_factory=dict)  # the request: length, outline, filters

    def to_json(self) -> dict[str, Any]:
        """The briefing as `brief --json` writes it, ready for `json.dumps`."""
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
                    "heading": paragraph.heading,
                    "sentences": [sentence.to_json() for sentence in paragraph.sentences],
                    "confidence": asdict(paragraph.confidence) if paragraph.confidence else None,
                }
                for paragraph in self.paragraphs
            ],
            "chronology": [event.to_json() for event in self.chronology],
            "conflicts": [
                {
                    "about": conflict.about,
                    "kind": conflict.kind,
                    "sides": [
                        {"text": side.text, "date": side.date, "citations": list(side.citations)}
                        for side in conflict.sides
                    ],
                }
                for conflict in self.conflicts
            ],
            "echoes": [
                {**asdict(echo), "citations": list(echo.citations), "carriers": list(echo.carriers)}
                for echo in self.echoes
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
        """The inverse of `to_json`. Raises KeyError or TypeError for JSON of another shape."""
        return cls(
            topic=row["topic"],
            as_of=row["as_of"],
            title=row["title"],
            refused=row.get("refused", False),
            bottom_line=_sentences(row["bottom_line"]),
            paragraphs=tuple(
                Paragraph(
                    paragraph["heading"],
                    _sentences(paragraph["sentences"]),
                    _confidence(paragraph.get("confidence")),
                )
                for paragraph in row["paragraphs"]
            ),
            chronology=tuple(
                Event(
                    event["date"],
                    event["text"],
                    tuple(event["citations"]),
                    event.get("place"),
                    event.get("actor"),
                    event.get("casualties"),
                )
                for event in row["chronology"]
            ),
            conflicts=tuple(
                Conflict(
                    conflict["about"],
                    conflict["kind"],
                    tuple(
                        Side(side["text"], side["date"], tuple(side["citations"]))
                        for side in conflict["sides"]
                    ),
                )
                for conflict in row["conflicts"]
            ),
            gaps=tuple(gap["text"] for gap in row["gaps"]),
            source_summary=SourceSummary(
                **{**row["source_summary"], "publishers": tuple(row["source_summary"]["publishers"])}
            ),
            citations=tuple(Citation.from_json(citation) for citation in row["citations"]),
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
                Echo(echo["origin"], echo["kind"], tuple(echo["citations"]), tuple(echo.get("carriers", ())))
                for echo in row.get("echoes", [])
            ),
            handling=row.get("handling"),
            left_out_later=row.get("left_out_later"),
            inputs=row.get("inputs", {}),
        )


def _sentences(rows: list[Mapping[str, Any]]) -> tuple[Sentence, ...]:
    return tuple(Sentence.from_json(row) for row in rows)


def _confidence(row: Mapping[str, Any] | None) -> Confidence | None:
    return None if row is None else Confidence(**row)
