"""Compares a briefing with its later version: what is new, changed or gone, and which source caused it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant.language.words import stems
from assistant.results.answer import Citation
from assistant.results.briefing import Briefing
from assistant.results.wording import count_words, date_words, source_name
from vectorstore.records import DocumentRecord, Filters

ChangeKind = Literal["new", "changed", "gone"]
# Share of the shorter sentence's stems that two must have in common for one to replace the other.
_REWORDED = 0.5


@dataclass(frozen=True)
class SentenceChange:
    """One sentence, event or disagreement that is new, changed or gone."""

    kind: ChangeKind
    where: str  # section of the briefing: "bottom line", "“Losses”" (a paragraph), "chronology" …
    text: str  # as it is now; as it was if it is gone
    before: str | None  # the earlier wording, if it has changed
    cause: str  # which citation caused it, in words
    citations: tuple[int, ...]  # numbers in the new briefing; empty if it is gone


@dataclass(frozen=True)
class BriefingChanges:
    """Everything that differs between two versions of a briefing."""

    since: str  # when the earlier briefing was written: UTC, ISO 8601
    changes: tuple[SentenceChange, ...]
    unchanged: int  # number of sentences that are the same

    def to_json(self) -> dict[str, Any]:
        """JSON values: `since`, `unchanged`, and the changes in lists by kind: `new`, `changed`, `gone`."""
        return {
            "since": self.since,
            "unchanged": self.unchanged,
            **{
                kind: [
                    {**asdict(change), "citations": list(change.citations)}
                    for change in self.changes
                    if change.kind == kind
                ]
                for kind in ("new", "changed", "gone")
            },
        }

    @property
    def in_words(self) -> str:
        """The counts in words: "2 new, 1 gone, 9 unchanged"."""
        counts = {
            kind: sum(change.kind == kind for change in self.changes) for kind in ("new", "changed", "gone")
        }
        parts = [count_words(number, kind, kind) for kind, number in counts.items() if number]
        return ", ".join([*parts, f"{self.unchanged} unchanged"])


@dataclass(frozen=True)
class _LocatedSentence:
    """A sentence with its section and what it cites."""

    where: str
    text: str
    cited: tuple[Citation, ...]


def compare_briefings(
    earlier: Briefing, later: Briefing, records: Sequence[DocumentRecord]
) -> BriefingChanges:
    """Find the change of every cited sentence, event and disagreement between two versions of a briefing.

    `records` are the reports in the index now, in order of addition.
    """
    before, now = list(_lines(earlier)), list(_lines(later))
    # Compared by text alone, so that a sentence that only moved to another paragraph is unchanged.
    unchanged = {sentence.text for sentence in before} & {sentence.text for sentence in now}
    fresh = [sentence for sentence in now if sentence.text not in unchanged]
    lost = [sentence for sentence in before if sentence.text not in unchanged]
    live, added = {record.document_id: record for record in records}, _added_since(earlier, records)
    changes: list[SentenceChange] = []
    for sentence in fresh:
        old = _replaced_by(sentence, lost)
        if old is not None:
            lost.remove(old)
        cause = _why_now(sentence, earlier, live, added)
        numbers = tuple(citation.number for citation in sentence.cited)
        kind: ChangeKind = "changed" if old is not None else "new"
        changes.append(
            SentenceChange(kind, sentence.where, sentence.text, old.text if old else None, cause, numbers)
        )
    changes += [
        SentenceChange("gone", sentence.where, sentence.text, None, _why_gone(sentence, live), ())
        for sentence in lost
    ]
    return BriefingChanges(earlier.created, tuple(changes), len(unchanged))


def topic_text(inputs: Mapping[str, Any]) -> str:
    """The topic and outline of a briefing's saved inputs, as a user types them: headings as a bullet list."""
    return "\n".join([inputs["topic"], *(f"- {heading}" for heading in inputs["outline"])])


def filters_of(inputs: Mapping[str, Any]) -> Filters:
    """The filters of a briefing's saved inputs."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in inputs["filters"].items()
    }
    return Filters(**values)


def _lines(briefing: Briefing) -> Iterator[_LocatedSentence]:
    """Yield every cited sentence, event and disagreement of a briefing."""
    by_number = {citation.number: citation for citation in briefing.citations}

    def line(where: str, text: str, numbers: Sequence[int]) -> _LocatedSentence:
        return _LocatedSentence(
            where, " ".join(text.split()), tuple(by_number[n] for n in numbers if n in by_number)
        )

    for name, sentences in (
        ("bottom line", briefing.bottom_line),
        ("key judgements", briefing.key_judgements),
        ("alternatives", briefing.alternatives),
        *((f"“{paragraph.heading}”", paragraph.sentences) for paragraph in briefing.paragraphs),
    ):
        yield from (
            line(name, sentence.text, sentence.citations) for sentence in sentences if sentence.citations
        )
    yield from (
        line("chronology", f"{sentence.date}: {sentence.text}", sentence.citations)
        for sentence in briefing.chronology
    )
    for conflict in briefing.conflicts:
        numbers = [number for side in conflict.sides for number in side.citations]
        yield line("where sources differ", f"{conflict.about} ({conflict.kind})", numbers)


def _replaced_by(new: _LocatedSentence, lost: Sequence[_LocatedSentence]) -> _LocatedSentence | None:
    """The lost sentence that `new` replaces because it shares enough stems, or None.

    Events are replaced by events only; sentences may come from another section.
    """
    new_stems = set(stems(new.text))

    def overlap(old: _LocatedSentence) -> float:
        old_stems = set(stems(old.text))
        return len(new_stems & old_stems) / max(1, min(len(new_stems), len(old_stems)))

    candidates = [old for old in lost if old.where == new.where or new.where != "chronology" != old.where]
    best = max(candidates, key=overlap, default=None)
    return best if best is not None and overlap(best) >= _REWORDED else None


def _added_since(earlier: Briefing, records: Sequence[DocumentRecord]) -> set[str]:
    """Ids of the reports added since the earlier briefing: after the last one it knew, or else by time of addition."""
    ids = [record.document_id for record in records]
    last = earlier.inputs.get("last_report")
    if last in ids:
        return set(ids[ids.index(last) + 1 :])
    return {record.document_id for record in records if record.added[:19] > earlier.created[:19]}


def _why_now(
    new: _LocatedSentence, earlier: Briefing, live: Mapping[str, DocumentRecord], added: set[str]
) -> str:
    """Why a sentence is new or changed, in words."""
    cited = {citation.document_id: citation for citation in earlier.citations}
    for citation in new.cited:
        if citation.document_id in added and citation.document_id in live:
            return f"new report: {_label(citation)}"
        old = cited.get(citation.document_id)
        if old is not None and old.generation != citation.generation:
            return f"another version of the report: {_label(citation)}"
        if old is not None and (old.published, old.publisher) != (citation.published, citation.publisher):
            return f"corrected report: {_label(citation)}"
    return "chosen anew among the same reports"


def _why_gone(old: _LocatedSentence, live: Mapping[str, DocumentRecord]) -> str:
    """Why a sentence is gone, in words."""
    for citation in old.cited:
        record = live.get(citation.document_id)
        if record is None:
            return f"its report was removed: {_label(citation)}"
        if record.generation != citation.generation:
            return f"its report was replaced by another version: {_label(citation)}"
        if (record.published, record.publisher) != (citation.published, citation.publisher):
            return f"its report was corrected: {_label(citation)}"
    return "gave way to others"


def _label(citation: Citation) -> str:
    """A citation in words: "River Wire, 16 May 2022 [3]"."""
    name = citation.publisher or source_name(citation.title, citation.source)
    return f"{name}, {date_words(citation.published)} [{citation.number}]"
