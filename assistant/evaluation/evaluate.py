"""Scores of the index and the writer on a question file."""

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

_DEPTHS = (1, 3, 5, 10)


@dataclass(frozen=True)
class EvalRow:
    """One question; only `id` and `question` are required, and each score takes the rows that can carry it."""

    id: str
    question: str
    history: list[dict[str, str]] = field(default_factory=list)
    gold: list[dict[str, str]] = field(default_factory=list)  # {"source": file name, "quote": …}
    answer_key: list[str] = field(default_factory=list)
    match: str = "all"  # of the answer's keys: "all" or "any"
    aliases: dict[str, list[str]] = field(default_factory=dict)  # of a key: other ways to write it
    answerable: bool | None = None


def rows_of(file: Path) -> tuple[list[EvalRow], list[str]]:
    """The rows of a question file, and what is wrong with the lines that are none."""
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
    """Raises ValueError, in words, for a row that cannot be asked or scored."""
    if not isinstance(value, dict):
        raise ValueError("it is not a JSON object")
    known = {name: value[name] for name in EvalRow.__dataclass_fields__ if value.get(name) is not None}
    if not str(known.get("question", "")).strip() or "id" not in known:
        raise ValueError("it needs an id and a question")
    if not all(isinstance(one, dict) and "source" in one for one in known.get("gold", [])):
        raise ValueError('each of "gold" needs a source, and a quote')
    if not all(isinstance(one, str) for one in known.get("answer_key", [])):
        raise ValueError('"answer_key" is a list of texts')
    if known.get("match", "all") not in ("all", "any"):
        raise ValueError(f'"match" is "all" or "any", not {known["match"]!r}')
    return EvalRow(**{**known, "id": str(known["id"]), "question": str(known["question"])})


def evaluate(
    desk: Assistant,
    rows: Sequence[EvalRow],
    model: str | None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Every score of the contract over the rows that can carry it (None where none can); under "counts"
    how many those were, under "questions" what became of each, under "bad_rows" what could not be asked."""
    texts = _QuoteIndex(desk)
    results, bad = [], []
    for number, row in enumerate(rows, start=1):
        began = time.monotonic()
        try:
            answer = desk.ask(row.question, row.history, model=model)
        except (ValueError, KeyError, TypeError) as error:  # too long a question, a history of another shape
            bad.append(f"{row.id}: {error}")
            continue
        seconds = time.monotonic() - began
        passages = desk.search(answer.understood or row.question, _DEPTHS[-1])
        results.append(score(row, answer, passages, texts, seconds))
        if progress:
            progress(number, len(rows))
    return {**summary(results), "questions": results, "bad_rows": bad}


def score(
    row: EvalRow, answer: Answer, passages: Sequence[Passage], texts: _QuoteIndex, seconds: float
) -> dict[str, Any]:
    """What one row says of the index and the writer; None for what it cannot say."""
    # A quote that stands nowhere in the extracted text counts as not found: reading the report lost it.
    gold = [texts.find(one["source"], one["quote"]) for one in row.gold if one.get("quote")]
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
        found = [rank is not None and rank <= depth for rank in ranks]
        result[f"evidence_recall_at_{depth}"] = sum(found) / len(found) if found else None
    at_five = [rank is not None and rank <= 5 for rank in ranks]
    for depth in _DEPTHS:
        there = " ".join(one.text for one in passages[:depth])
        result[f"answer_key_in_first_{depth}"] = float(contains_key(row, there)) if row.answer_key else None
    result["all_evidence_at_5"] = float(all(at_five)) if ranks else None
    result["mrr"] = (1 / first if first else 0.0) if ranks else None
    result["answer_key_accuracy"] = float(contains_key(row, stated_text(answer))) if row.answer_key else None
    cited = [(one.document_id, one.start, one.end) for one in answer.citations]
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
    names = [
        name
        for name in (results[0] if results else {})
        if name not in ("id", "question", "answer", "seconds", "gold_not_in_index")
    ]
    report: dict[str, Any] = {"rows": len(results)}
    report["gold_not_in_index"] = sum(one["gold_not_in_index"] for one in results)
    report["counts"] = {name: sum(one[name] is not None for one in results) for name in names}
    for name in names:
        values = [one[name] for one in results if one[name] is not None]
        report[name] = round(sum(values) / len(values), 4) if values else None
    times = sorted(one["seconds"] for one in results)
    cuts = quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 19
    report["seconds_p50"], report["seconds_p95"] = (
        (round(cuts[9], 3), round(cuts[18], 3)) if times else (None, None)
    )
    return report


def stated_text(answer: Answer) -> str:
    """What an answer states, the desk's own remarks left out."""
    return " ".join(one.text for one in answer.sentences if one.support != "note")


def contains_key(row: EvalRow, text: str) -> bool:
    """Whether a text holds the keys, or one of the ways to write them."""
    comparable = _comparable(text)
    held = [
        any(_stands_in(_comparable(way), comparable) for way in (key, *row.aliases.get(key, ())))
        for key in row.answer_key
    ]
    return any(held) if row.match == "any" else all(held)


def _comparable(text: str) -> str:
    """Folded, thousand separators gone: "1,300" is "1300"."""
    plain = re.sub(r"(?<=\d)[,\u00a0\u202f ](?=\d{3}\b)", "", fold(text))
    return " ".join(plain.split())


def _stands_in(key: str, text: str) -> bool:
    # On word boundaries: the key 7 does not stand in 77.
    return re.search(rf"(?<!\w){re.escape(key)}(?!\w)", text) is not None


DocumentSpan = tuple[str, int, int]


class _QuoteIndex:
    """Where quotes stand in the extracted texts, white space and the shape of quotation marks aside."""

    def __init__(self, desk: Assistant) -> None:
        self._desk = desk
        self._ids: dict[str, list[str]] = {}
        for record in desk.documents():
            self._ids.setdefault(Path(record.source).name, []).append(record.document_id)

    def find(self, source: str, quote: str) -> list[DocumentSpan]:
        """The spans of a quote in the documents of that file name; none where it does not stand there."""
        return [
            (which, start, end)
            for which in self._ids.get(Path(source).name, [])
            for start, end in locate(quote, self._desk.text(which))
        ]


def locate(quote: str, text: str) -> list[tuple[int, int]]:
    """The spans of `text` in which a quote stands, whatever the white space and quotation marks of either."""
    pattern = r"\s+".join(re.escape(word) for word in quote.translate(_PLAIN_MARKS).split())
    return [match.span() for match in re.finditer(pattern, text.translate(_PLAIN_MARKS))] if pattern else []


# One character for one, so that offsets stay.
_PLAIN_MARKS = str.maketrans("‘’‚‛“”„‟‐‑‒–—―", "''''\"\"\"\"------")


def _rank(spans: Sequence[DocumentSpan], passages: Sequence[Passage]) -> int | None:
    """The place, from 1, of the first passage that overlaps one of the spans."""
    for place, passage in enumerate(passages, start=1):
        if _share([(passage.document_id, passage.start, passage.end)], spans):
            return place
    return None


def _share(spans: Sequence[DocumentSpan], others: Sequence[DocumentSpan]) -> float:
    """Share of the spans that overlap one of the others."""
    overlapping = [
        any(which == other and start < end_ and begin < end for other, begin, end_ in others)
        for which, start, end in spans
    ]
    return sum(overlapping) / len(overlapping) if overlapping else 0.0
