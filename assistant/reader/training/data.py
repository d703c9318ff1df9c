"""Questions and claims from all sources in one form, split by text into training and held-out."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.reader.training.own_texts import OwnText, read_own_texts
from ingest.text.sentences import sentences

HELD_OUT_SHARE = 5  # one text in five of those written for the desk
OWN = ("own", "desk")  # sources written for it: 86 and 270 texts
# Their answers are whole sentences, so that their spans say nothing about answering words.
_WHOLE_SENTENCES = ("selqa-dev", "clapnq-dev-half", "covidqa")


@dataclass(frozen=True)
class TrainingPassage:
    """A text with its sentences as spans, in code points."""

    title: str
    text: str
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class TrainingQuestion:
    source: str
    group: str  # the text or article; split by it
    kind: str
    question: str
    passage: TrainingPassage
    answers: tuple[tuple[int, int], ...]  # spans into passage.text, the best first; () where none answers
    has_words: bool = True  # whether the answers are as short as answers are

    @property
    def answering(self) -> tuple[int, ...]:
        """Which sentences answer, 0-based, the best first."""
        found = []
        for start, _ in self.answers:
            at = next(
                (i for i, span in enumerate(self.passage.sentences) if span[0] <= start < span[1]), None
            )
            if at is not None and at not in found:
                found.append(at)
        return tuple(found)


@dataclass(frozen=True)
class TrainingClaim:
    evidence: str
    claim: str
    label: str  # "supported", "unproven", "refuted", or "not": one of the latter two


@dataclass(frozen=True)
class ClaimGroup:
    """Claims about the same words, read in the same batch: the faithful one must beat the others."""

    source: str
    group: str
    kind: str
    claims: tuple[TrainingClaim, ...]


@dataclass(frozen=True)
class Split:
    questions: list[TrainingQuestion]
    claims: list[ClaimGroup]


@dataclass(frozen=True)
class Dataset:
    training: Split
    held_out: Split


def held_out(group: str) -> bool:
    """Whether a text is kept from training: fixed by its name, for all its questions and claims."""
    return hashlib.sha256(group.encode("utf8")).digest()[0] % HELD_OUT_SHARE == 0


def load(folder: Path | None, aside: frozenset[str] = frozenset()) -> Dataset:
    """The desk's own texts, with the sets of `folder` if there is one.

    Articles titled as in `aside` are left out altogether. Of public sets nothing is held out.
    """
    questions, claims = from_own_texts(read_own_texts())
    if folder is not None:
        for name in ("answering_own.jsonl.gz", "answering.jsonl.gz"):
            questions += [one for one in read_questions(folder / name) if plain(one.group) not in aside]
        claims += read_claims(folder / "support_own.jsonl.gz") + read_claims(folder / "support.jsonl.gz")
    kept = [one.source in OWN and held_out(one.group) for one in questions]
    kept_claims = [one.source in OWN and held_out(one.group) for one in claims]
    return Dataset(
        Split(
            [one for one, out in zip(questions, kept, strict=True) if not out],
            [one for one, out in zip(claims, kept_claims, strict=True) if not out],
        ),
        Split(
            [one for one, out in zip(questions, kept, strict=True) if out],
            [one for one, out in zip(claims, kept_claims, strict=True) if out],
        ),
    )


def plain(title: str) -> str:
    """An article's title as sets compare it."""
    return title.replace("_", " ").strip()


def from_own_texts(texts: list[OwnText]) -> tuple[list[TrainingQuestion], list[ClaimGroup]]:
    questions: list[TrainingQuestion] = []
    claims: list[ClaimGroup] = []
    for one in texts:
        starts, at = [], 0
        for sentence in one.sentences:
            starts.append(at)
            at += len(sentence) + 1
        spans = tuple(
            (start, start + len(sentence)) for start, sentence in zip(starts, one.sentences, strict=True)
        )
        passage = TrainingPassage(one.title, " ".join(one.sentences), spans)
        group = f"desk-{one.name}"
        for asked in one.questions:
            answers = []
            for number, words in asked.answers:
                start = starts[number - 1] + one.sentences[number - 1].index(words)
                answers.append((start, start + len(words)))
            questions.append(
                TrainingQuestion("desk", group, asked.kind, asked.question, passage, tuple(answers))
            )
        for pair in one.pairs:
            evidence = " ".join(one.sentences[number - 1] for number in pair.cited)
            claims.append(ClaimGroup("desk", group, pair.kind, _pair(evidence, pair.faithful, pair.false)))
    return questions, claims


def _pair(evidence: str, faithful: str, false: str) -> tuple[TrainingClaim, TrainingClaim]:
    return TrainingClaim(evidence, faithful, "supported"), TrainingClaim(evidence, false, "not")


def read_questions(path: Path) -> list[TrainingQuestion]:
    """Rows of `{"source", "group", "title", "question", "text", "answers"}`, answers as spans into the text."""
    return [
        TrainingQuestion(
            row["source"],
            row["group"],
            row.get("kind", "answer" if row["answers"] else "none"),
            row["question"],
            _passage(row["title"], row["text"]),
            tuple((start, end) for start, end in row["answers"]),
            row["source"] not in _WHOLE_SENTENCES,
        )
        for row in _rows(path)
    ]


@lru_cache(maxsize=100_000)
def _passage(title: str, text: str) -> TrainingPassage:
    return TrainingPassage(title, text, tuple(sentences(text)))


def read_claims(path: Path) -> list[ClaimGroup]:
    """Rows of `{"source", "evidence", "claim", "label"}`, those about the same words and kind together."""
    found: dict[tuple[str, str, str, str], list[TrainingClaim]] = defaultdict(list)
    for row in _rows(path):
        source, label = row["source"], row["label"]
        if source in ("mnli", "breaking-nli") and label == "not":
            label = "unproven"
        key = (source, row.get("group", ""), row.get("kind", source), row["evidence"])
        found[key].append(TrainingClaim(row["evidence"], row["claim"], label))
    return [
        ClaimGroup(source, group, kind, tuple(claims)) for (source, group, kind, _), claims in found.items()
    ]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf8") as file:
        for line in file:
            yield json.loads(line)


def counts(split: Split) -> dict[str, int]:
    """How many questions and claims of each source, for the log."""
    found: dict[str, int] = defaultdict(int)
    for question in split.questions:
        found[f"questions {question.source}"] += 1
        found[f"unanswered {question.source}"] += not question.answers
    for group in split.claims:
        found[f"claims {group.source}"] += len(group.claims)
    return dict(sorted(found.items()))
