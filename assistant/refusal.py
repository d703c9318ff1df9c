"""Whether the sources hold an answer, judged from the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.question import Question

REFUSAL = "The sources do not hold an answer to this question."

# Below this chance of the best sentence the desk refuses. See tests/benchmarks/fit_evidence.py for the
# curve of refusals against false refusals that it was chosen from.
LEAST_CHANCE = 0.12


def answerable(question: Question, evidence: Sequence[Evidence]) -> bool:
    """`evidence` is best first."""
    return bool(evidence) and evidence[0].score >= LEAST_CHANCE
