"""How well a reader judges what it was not trained on: claims by kind, sentences that answer, near misses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from assistant.reader.training.batches import batched, collate
from assistant.reader.training.data import ClaimGroup, TrainingQuestion
from assistant.reader.training.encoding import Encoded, Encoder
from assistant.reader.training.losses import answer_logits
from assistant.reader.training.metrics import (
    Floats,
    Truths,
    auc,
    best_threshold,
    calibration_error,
    interval,
    platt,
    sigmoid,
    threshold_at,
)
from assistant.reader.training.model import ReaderModel
from assistant.reader.training.train import to_tensors

FALSE_ALARMS = 0.10  # of faithful claims
# Writers named the kinds freely: the first of these that a name holds is its family.
_FAMILIES = (
    ("roles", "role|who to whom|to whom|direction|reversed fact|reversed request"),
    ("conflation", "conflat|two facts|related fact|related_fact"),
    ("time relation", "time.relation|order|sequence|time and|time/"),
    ("cause", "cause|correlation|reason|consequence"),
    ("modality", "modal|certain|expectation|cannot|intended|opinion|hypothesis"),
    ("status", "status|planned|proposed|promised|draft|begun|suspended|delayed"),
    ("tense", "tense"),
    ("attribution", "attribut|who says|claimed|denie|denial|blame|admitted|source|accus"),
    ("quantifier", "quantifier|only|all "),
    ("degree", "degree|superlative|qualifier|at least|at most"),
    ("unit", "unit|denominator|ratio|proportion"),
    ("number", "number|figure"),
    ("date", "date|time|duration|year"),
    ("actor", "actor|who|identity|wrong|nationality|group"),
    ("verb", "verb"),
    ("scope", "scope|part"),
    ("category", "category"),
    ("place", "place"),
    ("comparison", "compar|contrast"),
    ("negation", "negation|polarity|reversal"),
    ("condition", "condition|exception|rule"),
    ("extra detail", "detail|extra|invent|addition"),
    ("relation", "relation"),
    ("purpose", "purpose"),
    ("frequency", "frequency"),
)


@dataclass(frozen=True)
class ReadQuestion:
    """A question with the log odds of every sentence of its text, read passage by passage."""

    question: TrainingQuestion
    odds: Floats  # one for each sentence
    passage_of: list[int]  # which passage a sentence was read in


class Judge:
    """A reader in float32 that reads many inputs by length."""

    def __init__(self, model: ReaderModel, encoder: Encoder) -> None:
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.model = model.float().eval().to(self.device)
        self.encoder = encoder

    def claims(self, groups: Sequence[ClaimGroup]) -> list[Floats]:
        """Log odds that each claim of each group is carried."""
        flat = [self.encoder.claim(claim) for group in groups for claim in group.claims]
        odds = np.zeros(len(flat))

        def take(rows: list[int], reading: Any, batch: Any) -> None:
            logs = torch.log_softmax(reading.support.float(), dim=1)
            odds[rows] = (logs[:, 0] - torch.logsumexp(logs[:, 1:], dim=1)).cpu().numpy()

        self._read(flat, take)
        ends = np.cumsum([len(group.claims) for group in groups])
        return [np.asarray(one) for one in np.split(odds, ends[:-1])]

    def questions(self, questions: Sequence[TrainingQuestion], room: int = 200) -> list[ReadQuestion]:
        """Every sentence of each question's text read, in passages of at most `room` pieces."""
        inputs: list[Encoded] = []
        owners: list[int] = []
        for number, question in enumerate(questions):
            found = self.encoder.passages(question, room)
            inputs += found
            owners += [number] * len(found)
        read = [
            ReadQuestion(one, np.full(len(one.passage.sentences), -99.0), [0] * len(one.passage.sentences))
            for one in questions
        ]

        def take(rows: list[int], reading: Any, batch: Any) -> None:
            logits = answer_logits(reading, batch.sentence_mask).cpu().numpy()
            for row, place in enumerate(rows):
                for column, sentence in enumerate(inputs[place].shown):
                    read[owners[place]].odds[sentence] = logits[row, column]
                    read[owners[place]].passage_of[sentence] = inputs[place].shown[0]

        self._read(inputs, take)
        return read

    def _read(self, inputs: Sequence[Encoded], take: Callable[[list[int], Any, Any], None]) -> None:
        with torch.no_grad():
            for chosen in batched([[one] for one in inputs], None):
                batch = to_tensors(collate([one for _, one in chosen]), self.device)
                take(
                    [place for place, _ in chosen],
                    self.model(batch.pieces, batch.types, batch.mask, batch.membership),
                    batch,
                )


def family(kind: str) -> str:
    """The kind of change that a writer's name for it belongs to, "other" for none."""
    return next((name for name, words in _FAMILIES if re.search(words, kind)), "other")


def claim_figures(groups: Sequence[ClaimGroup], odds: Sequence[Floats]) -> dict[str, Any]:
    """AUC, caught at the allowed false alarms, balanced accuracy and calibration, in all and by kind."""
    scores = np.concatenate(list(odds))
    true = np.array([one.label == "supported" for group in groups for one in group.claims])
    kinds = np.array([family(group.kind) for group in groups for _ in group.claims])
    threshold = threshold_at(scores, true, FALSE_ALARMS)
    best = best_threshold(scores, true)
    caught = (scores[~true] < threshold).astype(float)
    pairs = [
        float(one[0] > one[1])
        for group, one in zip(groups, odds, strict=True)
        if len(one) == 2 and group.claims[0].label == "supported" != group.claims[1].label
    ]
    table = {}
    for kind in sorted(set(kinds)):
        here = kinds == kind
        if (here & ~true).sum():
            table[str(kind)] = {
                "false claims": int((here & ~true).sum()),
                "caught": round(float((scores[here & ~true] < threshold).mean()), 3),
                "auc": round(auc(scores[here], true[here]), 3),
            }
    return {
        "claims": len(scores),
        "auc": auc(scores, true),
        "caught at .10": float(caught.mean()),
        "caught, interval": interval(caught),
        "balanced there": (float(caught.mean()) + 1 - FALSE_ALARMS) / 2,
        "balanced at best": float(((scores[true] >= best).mean() + (scores[~true] < best).mean()) / 2),
        "pairs in order": float(np.mean(pairs)) if pairs else None,
        **_calibration(scores, true),
        "kinds": table,
    }


def question_figures(read: Sequence[ReadQuestion]) -> dict[str, Any]:
    """Where the answering sentence stands among its text's and its passage's; near misses told from answerable."""
    first, three, first_here, three_here = [], [], [], []
    for one in read:
        gold = one.question.answering
        if not gold:
            continue
        order = np.argsort(-one.odds, kind="stable").tolist()
        first.append(float(order[0] in gold))
        three.append(float(bool(set(order[:3]) & set(gold))))
        here = [at for at in order if one.passage_of[at] == one.passage_of[gold[0]]]
        first_here.append(float(here[0] in gold))
        three_here.append(float(bool(set(here[:3]) & set(gold))))
    best = np.array([one.odds.max() for one in read])
    answerable = np.array([bool(one.question.answers) for one in read])
    sentence_odds = np.concatenate([one.odds for one in read])
    answers = np.array([at in one.question.answering for one in read for at in range(len(one.odds))])
    near = np.array([bool(one.question.answers) or "off topic" not in one.question.kind for one in read])
    return {
        "questions": len(read),
        "answerable": int(answerable.sum()),
        "first, of the text": _mean(first),
        "first, interval": interval(np.array(first)),
        "in three, of the text": _mean(three),
        "first, of the passage": _mean(first_here),
        "in three, of the passage": _mean(three_here),
        "auc answerable": auc(best, answerable),
        "auc answerable, near misses": auc(best[near], answerable[near]),
        "answerable calibration": _calibration(best, answerable),
        "sentence calibration": _calibration(sentence_odds, answers),
        "kinds": _by_kind(read),
    }


def _by_kind(read: Sequence[ReadQuestion]) -> dict[str, Any]:
    found: dict[str, list[float]] = defaultdict(list)
    for one in read:
        if one.question.answering:
            found[one.question.kind].append(float(int(np.argmax(one.odds)) in one.question.answering))
    return {
        kind: [len(hits), round(_mean(hits), 3)] for kind, hits in sorted(found.items()) if len(hits) >= 10
    }


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else float("nan")


def _calibration(scores: Floats, true: Truths) -> dict[str, Any]:
    """Expected calibration error before and after scaling, fitted on each half and measured on the other."""
    if len(scores) < 4 or true.all() or not true.any():
        return {}
    even = np.arange(len(scores)) // 2 % 2 == 0  # pairs stay together
    said = np.zeros(len(scores))
    for half in (even, ~even):
        slope, offset = platt(scores[half], true[half])
        said[~half] = sigmoid(slope * scores[~half] + offset)
    slope, offset = platt(scores, true)
    return {
        "ece before": calibration_error(sigmoid(scores), true),
        "ece scaled": calibration_error(said, true),
        "platt": (slope, offset),
    }
