"""Decides from the scored evidence whether the sources hold an answer, and words the refusal if not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from assistant.evidence.answerability import COMMON, answerability, features, missing_terms, sentence_window
from assistant.evidence.idf import Idf
from assistant.evidence.scoring import Evidence
from assistant.language.words import stem, stems
from assistant.questions.answer_types import ANSWER_TYPE_WORDS, AnswerType, contains_type
from assistant.questions.question import Question
from ingest.text.date_patterns import YEAR
from vectorstore import Passage
from vectorstore.terms import fold

REFUSAL = "The sources do not hold an answer to this question."
UNSURE = "No source answers this in so many words; these sentences come nearest."

# Least score of the best sentence. Answerable questions that share hardly a word with the text reach down to it.
# threshold | data                                       | metric                         | value
# .045      | 80 qs, five reports (questions/seeds.jsonl) | off-topic questions below it    | nine of ten
LEAST_SCORE = 0.045
# Score of the best sentence from which an answer is shown without doubt.
# threshold | data                              | metric                      | value
# .26       | answerable SQuAD questions        | shown with doubt            | 2 %
# .26       | 20 qs in the reports' own words   | shown with doubt            | none
SURE_SCORE = 0.26
# Least answerability(). 500 answerable and 500 unanswerable SQuAD questions on articles not used for fitting.
# Lower than these figures suggest, because follow-ups, which are understood less well, are refused more often.
# threshold | data  | refused though answerable | refused and unanswerable
# .27       | SQuAD | .05                       | .34
# .30       | SQuAD | .06                       | .38
# .35       | SQuAD | .10                       | .45
# .40       | SQuAD | .16                       | .53
LEAST_LIKELIHOOD = 0.27
_SURE_LIKELIHOOD = 0.35  # answerability() below which an answer is shown with doubt
# Least weighted share of common words for answerability() to decide. With less, the question is worded differently
# from the reports, and a missing word proves nothing: of 60 questions on five reports, 40 of them reworded, the
# answerability alone would refuse half.
_COMPARABLE_SHARE = 0.2
# Best sentences among which a fact of the expected type must occur, for the types listed below it.
# sentences | data                                      | metric  | value
# 6         | 400 answerable SQuAD qs of these types     | refused | 1
# 6         | 20 unanswerable qs near the Mali reports   | refused | 3
_SENTENCES_WITH_TYPE = 6
_STRICT_TYPES: frozenset[AnswerType] = frozenset(
    ["money", "share", "duration", "count", "amount", "year", "date"]
)


@dataclass(frozen=True)
class RefusalVerdict:
    """Whether to refuse a question, and why."""

    refused: bool
    sure: bool = True  # False: show the answer with doubt, the best sentence may only come near
    reason: str | None = None  # one sentence for the reader; states no fact beyond the question's own words
    answerability: float = 0.0  # 0 to 1, answerability() of the best sentence
    comparable: bool = False  # question and sentence share enough words for the answerability to decide


def refusal_verdict(
    question: Question,
    evidence: Sequence[Evidence],
    passages: Sequence[Passage],
    idf: Idf,
    *,
    narrowed: bool = False,
) -> RefusalVerdict:
    """Decide whether the sources hold an answer; `evidence` is sorted best first, `passages` are all that were read.

    Refuses if the best score is below LEAST_SCORE, if a name or year of the question is unknown, if no fact of a
    strict answer type (money, date …) is near, or if question and sentence are comparable and the answerability is low.
    With `narrowed` (a filter is set) names must occur in these passages; elsewhere in the index does not count.
    """
    if narrowed:
        passage_stems = set(stems(" ".join(f"{passage.title or ''} {passage.text}" for passage in passages)))
        idf = replace(
            idf, out_of_index=frozenset(term for term in question.terms if term not in passage_stems)
        )
    unknown = unknown_names(question, passages, idf) if passages else []
    if not answerable(evidence):
        return RefusalVerdict(True, False, _unknown_names_reason(unknown, narrowed))
    best = evidence[0]
    values = features(best, question, idf)
    likely = answerability(values)
    if unknown:
        return RefusalVerdict(True, False, _unknown_names_reason(unknown, narrowed), likely)
    if question.answer_type in _STRICT_TYPES and not any(
        contains_type(question.answer_type, sentence.text, question.text)
        for sentence in evidence[:_SENTENCES_WITH_TYPE]
    ):
        return RefusalVerdict(
            True, False, _near_miss(question, best, idf, ANSWER_TYPE_WORDS[question.answer_type]), likely
        )
    if values.shared >= _COMPARABLE_SHARE and likely < LEAST_LIKELIHOOD:
        return RefusalVerdict(True, False, _near_miss(question, best, idf), likely, True)
    comparable = values.shared >= _COMPARABLE_SHARE
    sure = best.score >= SURE_SCORE and not (comparable and likely < _SURE_LIKELIHOOD)
    return RefusalVerdict(False, sure, None, likely, comparable)


def answerable(evidence: Sequence[Evidence]) -> bool:
    """Whether the best sentence is about the question at all; `evidence` is sorted best first.

    `answerable([]) is False`, and so it is for a best score of .04.
    """
    return bool(evidence) and evidence[0].score >= LEAST_SCORE


def unknown_names(question: Question, passages: Sequence[Passage], idf: Idf) -> list[str]:
    """Names and years of the question that occur in no report, in no form and no similar spelling.

    A question about such a name cannot be answered, however similar the rest of a sentence is. Possessives ("bin
    Laden's heirs") are skipped: what they describe may have another name in the reports. For "Where is Zorbania?"
    and passages on Mali, with the stem of the name in `idf.out_of_index`, the result is ["Zorbania"].

        rule             | data                                     | metric            | value
        any unknown name | 600 SQuAD qs                             | answerable refused | 0
        any unknown name | 10 unanswerable qs near the Mali reports | refused            | 4
    """
    text = fold(
        " ".join(f"{passage.title or ''} {passage.heading or ''} {passage.text}" for passage in passages)
    )
    words = sorted(set(re.findall(r"\w+", text)))

    def is_known(word: str) -> bool:
        return (
            stem(word) not in idf.out_of_index
            or re.search(rf"\b{re.escape(word[:5])}", text) is not None
            or bool(get_close_matches(word, words, n=1, cutoff=0.8))
        )

    published = {(passage.published or "")[:4] for passage in passages}
    years = [
        year for year in re.findall(rf"\b{YEAR}\b", question.text) if year in idf.out_of_index - published
    ]
    if any(_mentions_country(country, text, passages) for country in question.country_aliases):
        return years
    return years + [
        name
        for name in question.names
        if not re.search("['’]s?$", name) and not any(is_known(word) for word in fold(name).split())
    ]


def _mentions_country(country: str, text: str, passages: Sequence[Passage]) -> bool:
    """Whether the passages mention a country by name or initials ("US", "U.S."); `text` is their folded text."""
    if re.search(rf"\b{re.escape(fold(country))}\b", text):
        return True
    initials = re.findall(r"\b[A-Z]", country)
    shape = re.compile(r"\b" + r"\.?".join(initials) + r"\b")
    return len(initials) > 1 and any(shape.search(passage.text) for passage in passages)


def _unknown_names_reason(unknown: Sequence[str], narrowed: bool) -> str | None:
    """`_unknown_names_reason(["Zorbania"], False) == "No report mentions Zorbania."`; None without unknown names."""
    reports = "None of the reports asked" if narrowed else "No report"
    return f"{reports} mentions {' or '.join(unknown)}." if unknown else None


def _near_miss(question: Question, best: Evidence, idf: Idf, fact: str | None = None) -> str | None:
    """The reason for a refusal: which words of the question the nearest sentences hold and which they lack.

    Quotes only the question's own words, so that a refusal claims nothing. `fact` names the expected answer type
    ("a sum of money"). None if nothing useful can be said.
    """
    lacking = set(missing_terms(question, f"{sentence_window(best)} {best.implied_terms}"))
    telling = [term for term in question.terms if term not in COMMON]
    spoken = _phrases(question, [term for term in telling if term not in lacking], idf)
    missing = _phrases(question, [term for term in telling if term in lacking], idf)
    if not spoken or not (missing or fact):
        return None
    if fact:
        return f"The nearest passages speak of {' and '.join(spoken)}, but do not give {fact}" + (
            f" for {' or '.join(missing)}." if missing else "."
        )
    return f"The nearest passages speak of {' and '.join(spoken)}, but not of {' or '.join(missing)}."


def _phrases(question: Question, terms: Sequence[str], idf: Idf, most: int = 2) -> list[str]:
    """Runs of question words whose stems are in `terms`, quoted, in question order; the `most` rarest runs only.

    For "Which company insured the customs post?" and the stems of "customs" and "post": ["“customs post”"].
    """
    runs: list[list[str]] = [[]]
    weights: list[float] = [0.0]
    for match in re.finditer(r"[\w’'-]+", question.text):
        hits = [term for word in re.findall(r"[\w']+", fold(match[0])) if (term := stem(word)) in terms]
        if hits:
            runs[-1].append(re.sub(r"['’]s?$", "", match[0]))
            weights[-1] = max(weights[-1], *(idf.weights.get(term, 1.0) for term in hits))
        elif runs[-1]:
            runs.append([])
            weights.append(0.0)
    rarest = sorted(sorted(range(len(runs)), key=lambda i: -weights[i])[:most])
    return [f"“{' '.join(runs[i])}”" for i in rarest if runs[i]]
