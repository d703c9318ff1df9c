"""A briefing written again: what is new, changed, unchanged or gone since, and which source is behind it."""

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
_REWORDED = (
    0.5  # share of the stems of the shorter of two sentences from which one has taken the other's place
)


@dataclass(frozen=True)
class SentenceChange:
    kind: ChangeKind
    where: str  # the part of the briefing
    text: str  # as it is now; of what is gone, as it was
    before: str | None  # of what has changed
    cause: str  # which citation is behind it, in words
    citations: tuple[int, ...]  # numbers of the new briefing; of what is gone, none


@dataclass(frozen=True)
class BriefingChanges:
    since: str  # when the earlier briefing was written: UTC, ISO 8601
    changes: tuple[SentenceChange, ...]
    unchanged: int  # sentences that stand as they did

    def to_json(self) -> dict[str, Any]:
        return {
            "since": self.since,
            "unchanged": self.unchanged,
            **{
                kind: [
                    {**asdict(one), "citations": list(one.citations)}
                    for one in self.changes
                    if one.kind == kind
                ]
                for kind in ("new", "changed", "gone")
            },
        }

    @property
    def in_words(self) -> str:
        counts = {kind: sum(one.kind == kind for one in self.changes) for kind in ("new", "changed", "gone")}
        told = [count_words(number, kind, kind) for kind, number in counts.items() if number]
        return ", ".join([*told, f"{self.unchanged} unchanged"])


@dataclass(frozen=True)
class _LocatedSentence:
    where: str
    text: str
    cited: tuple[Citation, ...]


def compare_briefings(
    earlier: Briefing, later: Briefing, records: Sequence[DocumentRecord]
) -> BriefingChanges:
    """What has become of every sentence, event and disagreement; `records` are the reports there are now."""
    before, now = list(_lines(earlier)), list(_lines(later))
    known = {(one.where, one.text) for one in before}
    kept = {(one.where, one.text) for one in now} & known
    # A sentence that has moved from one paragraph to another is the same.
    texts = {one.text for one in before} & {one.text for one in now}
    fresh = [one for one in now if one.text not in texts]
    lost = [one for one in before if one.text not in texts]
    live, added = {one.document_id: one for one in records}, _added_since(earlier, records)
    found: list[SentenceChange] = []
    for one in fresh:
        old = _replaced_by(one, lost)
        if old is not None:
            lost.remove(old)
        cause = _why_now(one, earlier, live, added)
        numbers = tuple(each.number for each in one.cited)
        kind: ChangeKind = "changed" if old is not None else "new"
        found.append(SentenceChange(kind, one.where, one.text, old.text if old else None, cause, numbers))
    found += [SentenceChange("gone", one.where, one.text, None, _why_gone(one, live), ()) for one in lost]
    return BriefingChanges(earlier.created, tuple(found), len(texts | {text for _, text in kept}))


def topic_text(asked: Mapping[str, Any]) -> str:
    """The topic and outline of a briefing's inputs, as they are typed."""
    return "\n".join([asked["topic"], *(f"- {heading}" for heading in asked["outline"])])


def filters_of(asked: Mapping[str, Any]) -> Filters:
    """The filters of a briefing's inputs."""
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in asked["filters"].items()
    }
    return Filters(**given)


def _lines(one: Briefing) -> Iterator[_LocatedSentence]:
    by_number = {each.number: each for each in one.citations}

    def line(where: str, text: str, numbers: Sequence[int]) -> _LocatedSentence:
        return _LocatedSentence(
            where, " ".join(text.split()), tuple(by_number[n] for n in numbers if n in by_number)
        )

    for name, sentences in (
        ("bottom line", one.bottom_line),
        ("key judgements", one.key_judgements),
        ("alternatives", one.alternatives),
        *((f"“{paragraph.heading}”", paragraph.sentences) for paragraph in one.paragraphs),
    ):
        yield from (line(name, each.text, each.citations) for each in sentences if each.citations)
    yield from (line("chronology", f"{each.date}: {each.text}", each.citations) for each in one.chronology)
    for conflict in one.conflicts:
        numbers = [number for side in conflict.sides for number in side.citations]
        yield line("where sources differ", f"{conflict.about} ({conflict.kind})", numbers)


def _replaced_by(new: _LocatedSentence, lost: Sequence[_LocatedSentence]) -> _LocatedSentence | None:
    """The sentence that a new one has taken the place of: of the same part, on the same thing."""
    mine = set(stems(new.text))

    def alike(old: _LocatedSentence) -> float:
        theirs = set(stems(old.text))
        return len(mine & theirs) / max(1, min(len(mine), len(theirs)))

    same = [old for old in lost if old.where == new.where or new.where != "chronology" != old.where]
    best = max(same, key=alike, default=None)
    return best if best is not None and alike(best) >= _REWORDED else None


def _added_since(earlier: Briefing, records: Sequence[DocumentRecord]) -> set[str]:
    """Reports that were added after the earlier briefing: after the last one that it knew, or else by the clock."""
    ids = [one.document_id for one in records]
    last = earlier.inputs.get("last_report")
    if last in ids:
        return set(ids[ids.index(last) + 1 :])
    return {one.document_id for one in records if one.added[:19] > earlier.created[:19]}


def _why_now(
    new: _LocatedSentence, earlier: Briefing, live: Mapping[str, DocumentRecord], added: set[str]
) -> str:
    cited = {one.document_id: one for one in earlier.citations}
    for one in new.cited:
        if one.document_id in added and one.document_id in live:
            return f"new report: {_called(one)}"
        old = cited.get(one.document_id)
        if old is not None and old.generation != one.generation:
            return f"another version of the report: {_called(one)}"
        if old is not None and (old.published, old.publisher) != (one.published, one.publisher):
            return f"corrected report: {_called(one)}"
    return "chosen anew among the same reports"


def _why_gone(old: _LocatedSentence, live: Mapping[str, DocumentRecord]) -> str:
    for one in old.cited:
        record = live.get(one.document_id)
        if record is None:
            return f"its report was removed: {_called(one)}"
        if record.generation != one.generation:
            return f"its report was replaced by another version: {_called(one)}"
        if (record.published, record.publisher) != (one.published, one.publisher):
            return f"its report was corrected: {_called(one)}"
    return "gave way to others"


def _called(one: Citation) -> str:
    return (
        f"{one.publisher or source_name(one.title, one.source)}, {date_words(one.published)} [{one.number}]"
    )
