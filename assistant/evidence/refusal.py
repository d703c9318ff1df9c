"""Whether the sources hold an answer, judged from the evidence, and what is said where they do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from assistant.evidence.answerability import COMMON, answerability, features, missing_terms, sentence_window
from assistant.evidence.idf import Idf
from assistant.evidence.scoring import Evidence
from assistant.language.words import stem, stems
from assistant.questions.answer_types import IN_WORDS, AnswerType, contains_type
from assistant.questions.question import Question
from ingest.text.date_patterns import YEAR
from vectorstore import Passage
from vectorstore.terms import fold

REFUSAL = "The sources do not hold an answer to this question."
UNSURE = "No source answers this in so many words; these sentences come nearest."

# On the score of the best sentence, over 80 questions on five reports (tests/questions/seeds.jsonl): nine of ten that
# are far from the reports stay below .045, and answerable ones that share hardly a word with the text reach down to it.
LEAST_CHANCE = 0.045
# 2 % of the answerable SQuAD questions lie below this, and none of 20 in the reports' own words.
SURE_CHANCE = 0.26
# On sufficiency.likelihood(). Of 500 answerable SQuAD questions on articles that set nothing, none of them looked at
# before, .05 are refused, of 500 unanswerable ones .34; .30 gives .06 and .38, .35 gives .10 and .45, .40 gives .16 and
# .53. Lower than those sets allow, because follow-ups, which are understood less well, are refused more.
LEAST_LIKELIHOOD = 0.27
# Below it an answer is shown with doubt.
_SURE_LIKELIHOOD = 0.35
# Where question and sentence share less of their (weighted) words, the question is asked in other words than the
# reports', and a word that is missing proves nothing: of 60 questions on five reports, 40 of them reworded, the
# likelihood alone would refuse half.
_OTHER_WORDS = 0.2
# A fact that none of so many best sentences holds is not there. Of 400 answerable SQuAD questions that ask for one
# of these kinds this refuses 1, of 20 unanswerable ones near the reports on Mali 3.
_LOOKED_AT = 6
_TELLING: frozenset[AnswerType] = frozenset(["money", "share", "duration", "count", "amount", "year", "date"])


@dataclass(frozen=True)
class RefusalVerdict:
    """Whether to answer, and why not."""

    refused: bool
    sure: bool = True  # the best sentence is likely to answer, rather than only to come near
    reason: str | None = None  # of a refusal, in a sentence that states no fact of its own
    likelihood: float = 0.0  # 0 to 1, sufficiency.likelihood()
    comparable: bool = False  # question and sentence share enough words for the likelihood to decide


def refusal_verdict(
    question: Question,
    evidence: Sequence[Evidence],
    passages: Sequence[Passage],
    rarity: Idf,
    *,
    narrowed: bool = False,
) -> RefusalVerdict:
    """Decide from the evidence, best first, whether the sources hold an answer.

    Where the reports were `narrowed` by a filter, a name must stand in what was found: the index does not count.
    """
    if narrowed:
        held = set(stems(" ".join(f"{one.title or ''} {one.text}" for one in passages)))
        rarity = replace(rarity, out_of_index=frozenset(term for term in question.terms if term not in held))
    unknown = unknown_names(question, passages, rarity) if passages else []
    if not answerable(evidence):
        return RefusalVerdict(True, False, _unknown_names_reason(unknown, narrowed))
    best = evidence[0]
    found = features(best, question, rarity)
    likely = answerability(found)
    if unknown:
        return RefusalVerdict(True, False, _unknown_names_reason(unknown, narrowed), likely)
    if question.answer_type in _TELLING and not any(
        contains_type(question.answer_type, one.text, question.text) for one in evidence[:_LOOKED_AT]
    ):
        return RefusalVerdict(
            True, False, _near_miss(question, best, rarity, IN_WORDS[question.answer_type]), likely
        )
    if found.shared >= _OTHER_WORDS and likely < LEAST_LIKELIHOOD:
        return RefusalVerdict(True, False, _near_miss(question, best, rarity), likely, True)
    comparable = found.shared >= _OTHER_WORDS
    sure = best.score >= SURE_CHANCE and not (comparable and likely < _SURE_LIKELIHOOD)
    return RefusalVerdict(False, sure, None, likely, comparable)


def answerable(evidence: Sequence[Evidence]) -> bool:
    """Whether the best sentence speaks of what is asked at all; `evidence` is best first."""
    return bool(evidence) and evidence[0].score >= LEAST_CHANCE


def unknown_names(question: Question, passages: Sequence[Passage], rarity: Idf) -> list[str]:
    """Names and years in the question that no report knows, in any form or near spelling.

    What is asked about one of them has no answer here, however near the rest of a sentence comes. A possessive
    ("bin Laden's heirs") only describes something that may go by another name. Of 600 SQuAD questions this
    refuses no answerable one; of 10 on things near the reports about Mali that these do not tell, 4.
    """
    there = fold(" ".join(f"{one.title or ''} {one.heading or ''} {one.text}" for one in passages))
    words = sorted(set(re.findall(r"\w+", there)))

    def known(word: str) -> bool:
        return (
            stem(word) not in rarity.out_of_index
            or re.search(rf"\b{re.escape(word[:5])}", there) is not None
            or bool(get_close_matches(word, words, n=1, cutoff=0.8))
        )

    published = {(one.published or "")[:4] for one in passages}
    years = [
        year for year in re.findall(rf"\b{YEAR}\b", question.text) if year in rarity.out_of_index - published
    ]
    if any(_stands(other, there, passages) for other in question.kin):
        return years
    return years + [
        name
        for name in question.names
        if not re.search("['’]s?$", name) and not any(known(word) for word in fold(name).split())
    ]


def _stands(country: str, there: str, passages: Sequence[Passage]) -> bool:
    """Whether a country stands in the passages (`there` is their folded text), by its initials, too: US, U.S."""
    if re.search(rf"\b{re.escape(fold(country))}\b", there):
        return True
    initials = re.findall(r"\b[A-Z]", country)
    shape = re.compile(r"\b" + r"\.?".join(initials) + r"\b")
    return len(initials) > 1 and any(shape.search(one.text) for one in passages)


def _unknown_names_reason(unknown: Sequence[str], narrowed: bool) -> str | None:
    reports = "None of the reports asked" if narrowed else "No report"
    return f"{reports} mentions {' or '.join(unknown)}." if unknown else None


def _near_miss(question: Question, best: Evidence, rarity: Idf, fact: str | None = None) -> str | None:
    """What of the question the nearest sentences speak of, and what they lack, in the question's own words."""
    lacking = set(missing_terms(question, f"{sentence_window(best)} {best.implied_terms}"))
    telling = [term for term in question.terms if term not in COMMON]
    spoken = _phrases(question, [term for term in telling if term not in lacking], rarity)
    missing = _phrases(question, [term for term in telling if term in lacking], rarity)
    if not spoken or not (missing or fact):
        return None
    if fact:
        return f"The nearest passages speak of {' and '.join(spoken)}, but do not give {fact}" + (
            f" for {' or '.join(missing)}." if missing else "."
        )
    return f"The nearest passages speak of {' and '.join(spoken)}, but not of {' or '.join(missing)}."


def _phrases(question: Question, terms: Sequence[str], rarity: Idf, most: int = 2) -> list[str]:
    """Runs of the question's own words with those stems, in quotation marks, in order; the rarest where many."""
    runs: list[list[str]] = [[]]
    weights: list[float] = [0.0]
    for match in re.finditer(r"[\w’'-]+", question.text):
        held = [one for word in re.findall(r"[\w']+", fold(match[0])) if (one := stem(word)) in terms]
        if held:
            runs[-1].append(re.sub(r"['’]s?$", "", match[0]))
            weights[-1] = max(weights[-1], *(rarity.weights.get(one, 1.0) for one in held))
        elif runs[-1]:
            runs.append([])
            weights.append(0.0)
    rarest = sorted(sorted(range(len(runs)), key=lambda i: -weights[i])[:most])
    return [f"“{' '.join(runs[i])}”" for i in rarest if runs[i]]
