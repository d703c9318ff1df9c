"""Whether the sources hold an answer, judged from the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Evidence

REFUSAL = "The sources do not hold an answer to this question."
UNSURE = "No source answers this in so many words; these sentences come nearest."

# Both set on the score of the best sentence, over 80 questions on five reports (tests/questions/seeds.jsonl)
# and 1,500 of SQuAD 2.0 asked of 555 paragraphs: questions far from the reports stay below .06, and
# answerable ones that share hardly a word with the text reach down to it.
LEAST_CHANCE = 0.055
# 2 % of the answerable SQuAD questions lie below this, and none of 20 in the reports' own words.
SURE_CHANCE = 0.26


def answerable(evidence: Sequence[Evidence]) -> bool:
    """`evidence` is best first."""
    return bool(evidence) and evidence[0].score >= LEAST_CHANCE


def sure(evidence: Sequence[Evidence]) -> bool:
    """Whether the best sentence is likely to answer, rather than only to come near."""
    return bool(evidence) and evidence[0].score >= SURE_CHANCE
