"""Whether the sources hold an answer, judged from the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from assistant.evidence import Evidence
from assistant.question import Question
from assistant.rarity import Rarity
from assistant.words import fold, stem
from vectorstore import Passage

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


def unknown_names(question: Question, passages: Sequence[Passage], rarity: Rarity) -> list[str]:
    """Names and years in the question that no report knows, in any form or near spelling.

    What is asked about one of them has no answer here, however near the rest of a sentence comes. A possessive
    ("bin Laden's heirs") only describes something that may go by another name. Of 600 SQuAD questions this
    refuses no answerable one; of 10 on things near the reports about Mali that these do not tell, 4.
    """
    there = fold(" ".join(f"{one.title or ''} {one.heading or ''} {one.text}" for one in passages))
    words = sorted(set(re.findall(r"\w+", there)))

    def known(word: str) -> bool:
        return (
            stem(word) not in rarity.absent
            or re.search(rf"\b{re.escape(word[:5])}", there) is not None
            or bool(get_close_matches(word, words, n=1, cutoff=0.8))
        )

    years = [year for year in re.findall(r"\b(?:19|20)\d{2}\b", question.text) if year in rarity.absent]
    if any(fold(other) in there for other in question.kin):
        return years
    return years + [
        name
        for name in question.names
        if not re.search("['’]s?$", name) and not any(known(word) for word in fold(name).split())
    ]
