"""What a topic becomes: a bottom line, cited paragraphs, a chronology, disagreements, gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant.answer import Citation, Sentence

Length = Literal["short", "standard", "long"]


@dataclass(frozen=True)
class Paragraph:
    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Event:
    """A row of the chronology."""

    date: str  # YYYY, YYYY-MM or YYYY-MM-DD: when it happened
    text: str
    citations: tuple[int, ...]


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
class SourceSummary:
    documents: int  # cited documents
    publishers: tuple[str, ...]
    oldest: str | None
    newest: str | None
    undated: int
    largest_share: float  # of all cited sentences, resting on one document: 0 to 1
    text: str


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
                {"heading": one.heading, "sentences": [sentence.to_json() for sentence in one.sentences]}
                for one in self.paragraphs
            ],
            "chronology": [
                {"date": event.date, "text": event.text, "citations": list(event.citations)}
                for event in self.chronology
            ],
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
            "gaps": [{"text": text} for text in self.gaps],
            "source_summary": summary,
            "citations": [citation.to_json() for citation in self.citations],
            "model": self.model,
            "index": {"documents": self.index_documents, "embedding_model": self.embedding_model},
            "created": self.created,
            "seconds": round(self.seconds, 3),
        }
        if self.left_out_undated is not None:
            row["left_out_undated"] = self.left_out_undated
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
                Paragraph(one["heading"], _sentences(one["sentences"])) for one in row["paragraphs"]
            ),
            chronology=tuple(
                Event(one["date"], one["text"], tuple(one["citations"])) for one in row["chronology"]
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
        )


def _sentences(rows: list[Mapping[str, Any]]) -> tuple[Sentence, ...]:
    return tuple(Sentence.from_json(row) for row in rows)
