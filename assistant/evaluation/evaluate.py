"""Scores retrieval, citations, answers and refusals on a question file, so that a change can be measured."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from vectorstore.terms import fold

if TYPE_CHECKING:
    from assistant.desk import Assistant
    from assistant.results.answer import Answer
    from vectorstore import Passage

_DEPTHS = (1, 3, 5, 10)  # passages from the best one on


@dataclass(frozen=True)
class EvalRow:
    """One question. Only `id` and `question` are required; each score is taken over the rows that allow it."""

    id: str
    question: str
    history: list[dict[str, str]] = field(default_factory=list)  # turns before it: {"role", "content"}
    gold: list[dict[str, str]] = field(default_factory=list)  # evidence: {"source": file name, "quote": …}
    answer_key: list[str] = field(default_factory=list)  # texts that a right answer holds
    match: str = "all"  # how many of the keys must be there: "all" or "any"
    aliases: dict[str, list[str]] = field(default_factory=dict)  # other spellings of a key, by key
    answerable: bool | None = None  # whether the reports answer it; None: True if there is gold or a key


def read_questions(file: Path) -> tuple[list[EvalRow], list[str]]:
    """The rows of a question file in JSON lines, and one message for each line that is no question.

    Raises OSError if the file cannot be read.
    """
    rows, bad = [], []
    for number, line in enumerate(file.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            rows.append(_row(json.loads(line)))
        except ValueError as error:
            bad.append(f"line {number} is no question: {error}")
    return rows, bad


def _row(value: Any) -> EvalRow:
    """The row of one line's JSON. Raises ValueError, in words for people, if it cannot be asked or scored."""
    if not isinstance(value, dict):
        raise ValueError("it is not a JSON object")
    fields = {name: value[name] for name in EvalRow.__dataclass_fields__ if value.get(name) is not None}
    if not str(fields.get("question", "")).strip() or "id" not in fields:
        raise ValueError("it needs an id and a question")
    if not all(isinstance(gold, dict) and "source" in gold for gold in fields.get("gold", [])):
        raise ValueError('each of "gold" needs a source, and a quote')
    if not all(isinstance(key, str) for key in fields.get("answer_key", [])):
        raise ValueError('"answer_key" is a list of texts')
    if fields.get("match", "all") not in ("all", "any"):
        raise ValueError(f'"match" is "all" or "any", not {fields["match"]!r}')
    return EvalRow(**{**fields, "id": str(fields["id"]), "question": str(fields["question"])})


def evaluate(
    desk: Assistant,
    rows: Sequence[EvalRow],
    model: str | None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Ask every question and return each score, by name, over the rows that allow it (None if none does).

    Also under "counts" the number of those rows by score, under "questions" the scores of each row, and under
    "bad_rows" a message for each row that could not be asked. `progress` is called with rows done and rows in all.
    """
    quotes = _QuoteIndex(desk)
    results, bad = [], []
    for number, row in enumerate(rows, start=1):
        started = time.monotonic()
        try:
            answer = desk.ask(row.question, row.history, model=model)
        except (ValueError, KeyError, TypeError) as error:  # e.g. too long a question, or a malformed history
            bad.append(f"{row.id}: {error}")
            continue
        seconds = time.monotonic() - started
        passages = desk.search(answer.understood or row.question, _DEPTHS[-1])
        results.append(score(row, answer, passages, quotes, seconds))
        if progress:
            progress(number, len(rows))
    return {**summary(results), "questions": results, "bad_rows": bad}


def score(
    row: EvalRow, answer: Answer, passages: Sequence[Passage], quotes: _QuoteIndex, seconds: float
) -> dict[str, Any]:
    """The scores of one row, each 0 to 1 or None if the row does not allow it.

    `passages` are the first ten for the question, best first.
    """
    # A quote that is nowhere in the extracted texts counts as missed: reading the report has lost it.
    gold = [
        quotes.find(evidence["source"], evidence["quote"]) for evidence in row.gold if evidence.get("quote")
    ]
    ranks = [_rank(spans, passages) for spans in gold]
    first = min((rank for rank in ranks if rank is not None), default=None)
    answerable = (
        row.answerable if row.answerable is not None else (True if row.gold or row.answer_key else None)
    )
    result: dict[str, Any] = {
        "id": row.id,
        "question": row.question,
        "answer": answer.text,
        "seconds": seconds,
        "gold_not_in_index": sum(not spans for spans in gold),
    }
    for depth in _DEPTHS:
        hits = [rank is not None and rank <= depth for rank in ranks]
        result[f"evidence_recall_at_{depth}"] = sum(hits) / len(hits) if hits else None
    at_five = [rank is not None and rank <= 5 for rank in ranks]
    for depth in _DEPTHS:
        text = " ".join(passage.text for passage in passages[:depth])
        result[f"answer_key_in_first_{depth}"] = float(contains_key(row, text)) if row.answer_key else None
    result["all_evidence_at_5"] = float(all(at_five)) if ranks else None
    result["mrr"] = (1 / first if first else 0.0) if ranks else None
    result["answer_key_accuracy"] = float(contains_key(row, stated_text(answer))) if row.answer_key else None
    cited = [(citation.document_id, citation.start, citation.end) for citation in answer.citations]
    result["citation_precision"] = (
        _share(cited, [span for spans in gold for span in spans]) if gold and cited else None
    )
    result["citation_recall"] = (
        sum(bool(_share(spans, cited)) for spans in gold) / len(gold) if gold else None
    )
    result["refusal_accuracy"] = float(answer.refused) if answerable is False else None
    result["false_refusals"] = float(answer.refused) if answerable else None
    return result


def summary(results: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The mean of each score over the rows that have it, counts, and the times in seconds.

    A score that no row has, and the times of no rows, are None.
    """
    names = [
        name
        for name in (results[0] if results else {})
        if name not in ("id", "question", "answer", "seconds", "gold_not_in_index")
    ]
    report: dict[str, Any] = {"rows": len(results)}
    report["gold_not_in_index"] = sum(row["gold_not_in_index"] for row in results)
    report["counts"] = {name: sum(row[name] is not None for row in results) for name in names}
    for name in names:
        values = [row[name] for row in results if row[name] is not None]
        report[name] = round(sum(values) / len(values), 4) if values else None
    times = sorted(row["seconds"] for row in results)
    cuts = quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 19
    report["seconds_p50"], report["seconds_p95"] = (
        (round(cuts[9], 3), round(cuts[18], 3)) if times else (None, None)
    )
    return report


def stated_text(answer: Answer) -> str:
    """The sentences that an answer states, without the desk's own remarks."""
    return " ".join(sentence.text for sentence in answer.sentences if sentence.support != "note")


def contains_key(row: EvalRow, text: str) -> bool:
    """Whether a text holds all (or any, by `row.match`) of the answer's keys, each in one of its spellings.

    `contains_key(EvalRow("1", "?", answer_key=["1300"]), "about 1,300 people") is True`; the key "7" is not in "77".
    """
    comparable = _comparable(text)
    matches = [
        any(_stands_in(_comparable(spelling), comparable) for spelling in (key, *row.aliases.get(key, ())))
        for key in row.answer_key
    ]
    return any(matches) if row.match == "any" else all(matches)


def _comparable(text: str) -> str:
    """Text folded and without thousand separators: `_comparable("1,300 Männer") == "1300 manner"`."""
    plain = re.sub(r"(?<=\d)[,\u00a0\u202f ](?=\d{3}\b)", "", fold(text))
    return " ".join(plain.split())


def _stands_in(key: str, text: str) -> bool:
    # On word boundaries, so that the key 7 is not found in 77.
    return re.search(rf"(?<!\w){re.escape(key)}(?!\w)", text) is not None


DocumentSpan = tuple[str, int, int]  # document id, start and end offset into its text


class _QuoteIndex:
    """Finds quotes in the extracted texts of a desk's documents."""

    def __init__(self, desk: Assistant) -> None:
        self._desk = desk
        self._ids: dict[str, list[str]] = {}
        for record in desk.documents():
            self._ids.setdefault(Path(record.source).name, []).append(record.document_id)

    def find(self, source: str, quote: str) -> list[DocumentSpan]:
        """The spans of a quote in the documents with that file name; empty if it is in none of them."""
        return [
            (document_id, start, end)
            for document_id in self._ids.get(Path(source).name, [])
            for start, end in locate(quote, self._desk.text(document_id))
        ]


def locate(quote: str, text: str) -> list[tuple[int, int]]:
    """The spans of `text` that equal a quote but for white space and the shape of quotation marks and dashes.

    `locate("it's  so", "Yes, it’s so.") == [(5, 12)]`.
    """
    pattern = r"\s+".join(re.escape(word) for word in quote.translate(_PLAIN_MARKS).split())
    return [match.span() for match in re.finditer(pattern, text.translate(_PLAIN_MARKS))] if pattern else []


# Each character becomes exactly one, so that offsets stay the same.
_PLAIN_MARKS = str.maketrans("‘’‚‛“”„‟‐‑‒–—―", "''''\"\"\"\"------")


def _rank(spans: Sequence[DocumentSpan], passages: Sequence[Passage]) -> int | None:
    """The rank, from 1, of the first passage that overlaps one of the spans; None if none does."""
    for rank, passage in enumerate(passages, start=1):
        if _share([(passage.document_id, passage.start, passage.end)], spans):
            return rank
    return None


def _share(spans: Sequence[DocumentSpan], others: Sequence[DocumentSpan]) -> float:
    """Share of the spans, 0 to 1, that overlap one of the others: `_share([("d", 0, 5)], [("d", 4, 9)]) == 1.0`."""
    overlapping = [
        any(
            document_id == other_id and start < other_end and other_start < end
            for other_id, other_start, other_end in others
        )
        for document_id, start, end in spans
    ]
    return sum(overlapping) / len(overlapping) if overlapping else 0.0
