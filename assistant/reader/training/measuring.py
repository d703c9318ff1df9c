"""What a reader is measured on, in one table: the held-out texts, SQuAD articles that were kept aside."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from assistant.reader.training.data import ClaimGroup, Dataset, TrainingPassage, TrainingQuestion
from assistant.reader.training.evaluate import Judge, claim_figures, question_figures
from ingest.text.sentences import sentences

_MOST_ASKED = 600  # of SQuAD, half of them without an answer


def measure(
    judge: Judge, dataset: Dataset, squad: Path | None = None, most: int | None = None
) -> dict[str, Any]:
    """All figures; `most` limits the held-out questions and pairs of claims, for a quick look."""
    found: dict[str, Any] = {}
    for source in ("desk", "own"):
        claims = some([one for one in dataset.held_out.claims if one.source == source], most)
        questions = some([one for one in dataset.held_out.questions if one.source == source], most)
        if claims:
            found[f"claims, {source}"] = claim_figures(claims, judge.claims(claims))
        if questions:
            found[f"questions, {source}"] = question_figures(judge.questions(questions))
    if squad is not None:
        asked = read_squad(squad)
        share = (most or _MOST_ASKED) // 2
        chosen = some([one for one in asked if one.answers], share) + some(
            [one for one in asked if not one.answers], share
        )
        found["questions, SQuAD aside"] = question_figures(judge.questions(chosen, 256))
    return found


def some(rows: list[Any], most: int | None) -> list[Any]:
    """As many rows as `most` allows, the same each time, in their order."""
    if most is None or len(rows) <= most:
        return rows
    return [rows[at] for at in sorted(random.Random(0).sample(range(len(rows)), most))]


def read_squad(path: Path) -> list[TrainingQuestion]:
    """The questions of a file in SQuAD's form, each with its paragraph."""
    found = []
    for article in json.loads(path.read_text("utf8"))["data"]:
        title = article["title"].replace("_", " ")
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            passage = TrainingPassage(title, text, tuple(sentences(text)))
            for one in paragraph["qas"]:
                spans = {(a["answer_start"], a["answer_start"] + len(a["text"])) for a in one["answers"]}
                kind = "answer" if spans else "none"
                found.append(
                    TrainingQuestion("squad", title, kind, one["question"], passage, tuple(sorted(spans)))
                )
    return found


def table(figures: dict[str, Any]) -> str:
    """The figures as lines of text, nested ones indented."""
    return "\n".join(_lines(figures, 0))


def _lines(figures: dict[str, Any], depth: int) -> list[str]:
    lines = []
    for name, value in figures.items():
        if isinstance(value, dict) and any(isinstance(one, dict) for one in value.values()):
            lines += [" " * depth + f"{name}:", *_lines(value, depth + 2)]
        elif isinstance(value, dict):
            inner = ", ".join(f"{key} {_shown(one)}" for key, one in value.items())
            lines.append(" " * depth + f"{name}: {inner}")
        else:
            lines.append(" " * depth + f"{name}: {_shown(value)}")
    return lines


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, list | tuple):
        return "(" + ", ".join(_shown(one) for one in value) + ")"
    return str(value)


def claims_of(rows: list[dict[str, Any]]) -> list[ClaimGroup]:
    """Rows of {"evidence", "claim", "label", "kind"} as one claim each, for sets made elsewhere."""
    from assistant.reader.training.data import TrainingClaim

    return [
        ClaimGroup(
            "set",
            "set",
            one.get("kind", "claim"),
            (TrainingClaim(one["evidence"], one["claim"], one["label"]),),
        )
        for one in rows
    ]
