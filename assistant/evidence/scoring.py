"""Scores each sentence of the retrieved passages by how likely it answers the question.

Answers and briefings quote sentences, not passages, so sentences must be ranked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.evidence.idf import Idf
from assistant.language.prompt_injection import is_injection
from assistant.language.words import is_about_report_itself, needs_previous_sentence, stem, stems
from assistant.questions.answer_types import contains_type
from assistant.questions.question import Question
from assistant.questions.times import NEAR_TIME_WEIGHT, time_weight
from assistant.results.answer import Citation
from assistant.results.spans import trim_span
from ingest import sentences
from ingest.text.hard_wraps import TABLE_ROW
from vectorstore import Passage
from vectorstore.embedding.types import Embed, Vectors
from vectorstore.terms import fold

_EQUAL_WEIGHTS = Idf()
_LONGEST_CAPTION = 120  # characters
# Factors on the score of sentences that say little about the world:
_CAPTION_WEIGHT = 0.5  # a line next to a table, which only names it
_INJECTION_WEIGHT = 0.5  # instructions to a language model
_SELF_REFERENCE_WEIGHT = 0.5  # a report on itself: "In this issue we look at …"
_LIST_ITEM_WEIGHT = 0.7  # a list item: "an attack on the village;"
_SEAM = 10  # characters: most white space between two adjacent passages
_FIRST_BATCH = 12  # sentences embedded before the early stop is tested
_FEWEST_WORDS = 3  # words; shorter fragments (labels, list numbers) are no sentences


@dataclass(frozen=True)
class Evidence:
    """One sentence, passage.text[start:end], with its features for a question."""

    passage: Passage
    start: int  # offset in the passage's text
    end: int  # offset in the passage's text, exclusive
    similarity: float = 0.0  # cosine of question and sentence, -1 to 1
    term_coverage: float = 0.0  # IDF-weighted share of the question's terms in the sentence, 0 to 1
    term_coverage_with_time: float = 0.0  # the same with `implied_terms` counted as present, 0 to 1
    passage_coverage: float = 0.0  # coverage of passage, title and heading, 0 to 1
    has_answer_type: bool = True  # holds a fact of the expected answer type
    implied_terms: str = ""  # the question's time words, if the sentence is about that time
    weight: float = 1.0  # factor on the score for shape and time, 0 to 1
    score: float = 0.0  # 0 to 1, the rank: how likely the sentence answers

    @property
    def text(self) -> str:
        """The sentence with white space collapsed; `citation.quote` keeps the source's own."""
        return " ".join(self.passage.text[self.start : self.end].split())

    @property
    def citation(self) -> Citation:
        """A citation of the sentence, not yet numbered."""
        return Citation.of(self.passage, self.start, self.end)

    @property
    def span(self) -> tuple[str, int, int]:
        """(document id, start, end) with offsets in the document: equal for one sentence in overlapping passages."""
        return self.passage.document_id, self.passage.start + self.start, self.passage.start + self.end

    def follows(self, other: Evidence) -> bool:
        """Whether the sentence comes after `other` in its passage, or across the seam of two adjacent passages."""
        if other.passage.passage_id == self.passage.passage_id:
            return other.end <= self.start
        (document, start, _), (other_document, _, end) = self.span, other.span
        return document == other_document and 0 <= start - end <= _SEAM


def evidence_for(
    question: Question,
    vector: Vectors,
    passages: Sequence[Passage],
    embed: Embed,
    idf: Idf = _EQUAL_WEIGHTS,
    read: int | None = None,
    enough: float = 1.0,
    only: Callable[[Evidence], bool] = lambda sentence: True,
) -> list[Evidence]:
    """Score every sentence of the passages for the question; best first.

    `vector` is the question's unit vector, shape (dimension,). `embed` turns n texts into (n, dimension) unit vectors.
    `idf` weights the question's terms, equally by default. Embedding is slow: with `read` only the `read` most
    promising sentences are embedded, and only the first 12 of them if one of those scores `enough`; the others get
    similarity 0. `only` filters sentences before scoring.
    """
    unscored = [sentence for sentence in sentences_of(passages) if only(sentence)]
    if not unscored:
        return []
    coverages = {passage.passage_id: _PassageCoverage.of(passage, question, idf) for passage in passages}
    prepared = [
        _with_question_features(sentence, question, coverages[sentence.passage.passage_id], idf)
        for sentence in unscored
    ]
    similarities: dict[int, float] = {}
    for batch in _batches(prepared, question, coverages, read):
        texts = _texts_with_antecedents(unscored, batch)
        similarities.update(zip(batch, (embed(texts) @ vector).tolist(), strict=True))
        if any(_with_score(prepared[i], question, coverages, similarities[i]).score >= enough for i in batch):
            break
    scored = [
        _with_score(sentence, question, coverages, similarities.get(i, 0.0))
        for i, sentence in enumerate(prepared)
    ]
    return sorted(scored, key=lambda sentence: (-sentence.score, sentence.span))


def sentences_of(passages: Sequence[Passage]) -> list[Evidence]:
    """All sentences of the passages, unscored, in order; of a sentence in two overlapping passages only the first."""
    candidates = [
        Evidence(passage, *trim_span(passage.text, *span))
        for passage in passages
        for span in sentences(passage.text)
    ]
    first_of_span = {
        sentence.span: sentence
        for sentence in reversed(candidates)
        if len(sentence.text.split()) >= _FEWEST_WORDS
    }
    return [sentence for sentence in candidates if first_of_span.get(sentence.span) is sentence]


def _batches(
    prepared: Sequence[Evidence],
    question: Question,
    coverages: Mapping[str, _PassageCoverage],
    limit: int | None,
) -> list[Sequence[int]]:
    """Indices of the sentences to embed, in batches: all at once, or the most promising first for an early stop."""
    if limit is None or len(prepared) <= _FIRST_BATCH:
        return [range(len(prepared))]
    # Before embedding, the passage's similarity is the best guess for each of its sentences.
    guesses = [
        _with_score(sentence, question, coverages, sentence.passage.similarity).score for sentence in prepared
    ]
    order = sorted(range(len(prepared)), key=lambda i: -guesses[i])
    return [order[:_FIRST_BATCH], order[_FIRST_BATCH:limit]]


def _texts_with_antecedents(evidence: Sequence[Evidence], indices: Sequence[int]) -> list[str]:
    """Texts to embed: a sentence like "This helps them …" gets the sentence before it, to which it refers."""
    texts = []
    for i in indices:
        before, sentence = evidence[i - 1] if i else None, evidence[i]
        leans = before is not None and needs_previous_sentence(sentence.text) and sentence.follows(before)
        texts.append(f"{before.text} {sentence.text}" if before and leans else sentence.text)
    return texts


@dataclass(frozen=True)
class _PassageCoverage:
    """Features that all sentences of a passage share."""

    coverage: float  # IDF-weighted share of the question's terms in passage, title and heading, 0 to 1
    names: float  # factor on the score for names, 0 to 1: see _name_factor

    @classmethod
    def of(cls, passage: Passage, question: Question, idf: Idf) -> _PassageCoverage:
        """Compute the features of one passage."""
        text = f"{passage.title or ''} {passage.heading or ''} {passage.text}"
        return cls(_coverage(question.terms, text, idf.weights), _name_factor(text, question, idf))


def _with_question_features(
    sentence: Evidence, question: Question, coverage: _PassageCoverage, idf: Idf
) -> Evidence:
    """The sentence with all features that need no vector."""
    of_its_time = time_weight(
        question.times, sentence.text, sentence.passage.text[: sentence.start], sentence.passage.published
    )
    implied = question.time_words if of_its_time >= NEAR_TIME_WEIGHT else ""
    return replace(
        sentence,
        term_coverage=_coverage(question.terms, sentence.text, idf.weights),
        term_coverage_with_time=_coverage(question.terms, f"{sentence.text} {implied}", idf.weights),
        passage_coverage=coverage.coverage,
        has_answer_type=contains_type(question.answer_type, sentence.text, question.text)
        or _gives_reasons(sentence.passage, question),
        implied_terms=implied,
        weight=_weight(sentence) * of_its_time,
    )


def _with_score(
    sentence: Evidence, question: Question, coverages: Mapping[str, _PassageCoverage], similarity: float
) -> Evidence:
    """The sentence with its similarity to the question and the resulting score."""
    scored = replace(sentence, similarity=similarity)
    score = (
        unweighted_score(scored, question) * coverages[sentence.passage.passage_id].names * sentence.weight
    )
    return replace(scored, score=score)


_REASONS = re.compile(r"\b(?:why|reasons?|causes?|drivers?|motives?|roots?|origins?)\b", re.I)


def _gives_reasons(passage: Passage, question: Question) -> bool:
    """Whether the question asks for a reason and the passage's own heading promises one, e.g. "Background › Causes"."""
    return (
        question.answer_type == "reason"
        and _REASONS.search((passage.heading or "").split(" › ")[-1]) is not None
    )


def _weight(sentence: Evidence) -> float:
    """Factor on the score for the sentence's shape: below 1 for captions, injections, self-reference, list items.

    An item like "an attack on the village;" weighs .7.
    """
    if _is_caption(sentence):
        return _CAPTION_WEIGHT
    if is_injection(sentence.text):
        return _INJECTION_WEIGHT
    if is_about_report_itself(sentence.text):
        return _SELF_REFERENCE_WEIGHT
    return _LIST_ITEM_WEIGHT if sentence.text[:1].islower() and sentence.text[-1:] in ";,:" else 1.0


def _is_caption(sentence: Evidence) -> bool:
    """Whether the sentence is a short line of its own directly above or below a table row."""
    text = sentence.passage.text
    first, last = text.rfind("\n", 0, sentence.start) + 1, text.find("\n", sentence.end)
    line, last = text[first : None if last < 0 else last].strip(), len(text) if last < 0 else last
    if (
        len(line) > _LONGEST_CAPTION
        or line != text[sentence.start : sentence.end].strip()
        or TABLE_ROW.match(line)
    ):
        return False
    above, below = text[:first].rstrip().rpartition("\n")[2], text[last:].lstrip().partition("\n")[0]
    return bool(TABLE_ROW.match(above) or TABLE_ROW.match(below))


def _coverage(terms: Sequence[str], text: str, weights: Mapping[str, float]) -> float:
    """Weighted share, 0 to 1, of the terms in `text`: `_coverage(["post", "mali"], "A post.", {}) == 0.5`."""
    total = sum(weights.get(term, 1.0) for term in terms)
    text_stems = set(stems(text))
    return sum(weights.get(term, 1.0) for term in terms if term in text_stems) / total if total else 0.0


# Weights of features(), set by hand. Logistic regressions fitted on nine SQuAD 2.0 articles did no better on the other
# eight, and rely so much on the passage's rank that questions which share few words with the reports suffer.
# weights         | data                     | metric              | value
# these, fitted   | SQuAD, other 8 articles  | answer in sentence 1 | .79 for all three
# these, fitted   | SQuAD, other 8 articles  | answer in top 5      | .95 for all three
# third 2, not 1  | three sets               | answer in top 3      | +1 percentage point
_COEFFICIENTS = (5.0, 2.0, 2.0, 1.0, 1.5, 0.5)
_INTERCEPT = -5.5
# Factor for each name of the question that the passage lacks, and for each that no report holds.
_NAME_NOT_IN_PASSAGE, _NAME_NOT_IN_INDEX = 0.7, 0.5


def score_features(evidence: Evidence, question: Question) -> tuple[float, ...]:
    """The features of a sentence in the order of _COEFFICIENTS, each about 0 to 1; shape (6,)."""
    return (
        evidence.similarity,
        evidence.term_coverage_with_time,
        evidence.passage_coverage,
        float(evidence.has_answer_type and question.answer_type != "thing"),
        evidence.passage.similarity,
        evidence.passage.score,
    )


def unweighted_score(evidence: Evidence, question: Question) -> float:
    """Logistic function of the weighted features: the score before the factors for names and shape, 0 to 1."""
    log_odds = _INTERCEPT + sum(
        c * x for c, x in zip(_COEFFICIENTS, score_features(evidence, question), strict=True)
    )
    return 1.0 / (1.0 + math.exp(-log_odds))


def _name_factor(text: str, question: Question, idf: Idf) -> float:
    """Factor on the score, 0 to 1: 1 if `text` (passage, title, heading) holds every name of the question.

    A passage on Mali has factor 1 for "Where in Mali?" and .7 for "Where in Zorbania?".
    """
    folded = fold(text)
    if any(fold(country) in folded for country in question.country_aliases):
        return 1.0
    factor = 1.0
    for name in question.names:
        words = fold(name).split()
        # Words match by five letters: "Malians" counts as known where Mali is named.
        known = sum(re.search(rf"\b{re.escape(word[:5])}", folded) is not None for word in words)
        if any(stem(word) in idf.out_of_index for word in words) and known <= len(words) / 2:
            factor *= _NAME_NOT_IN_INDEX
        elif known <= len(words) / 2 and known < len(words):
            factor *= _NAME_NOT_IN_PASSAGE
    return factor


_SENTENCE_END = re.compile(r"[.!][\"'”’»)\]]*$")


_LONGEST = 600  # characters; longer "sentences" are lists or tables without line breaks


def stands_alone(evidence: Evidence) -> bool:
    """Whether a sentence is whole and makes sense without the one before: "They left." does not."""
    return is_whole(evidence) and not needs_previous_sentence(evidence.text)


def is_whole(evidence: Evidence) -> bool:
    """Whether a sentence is a complete statement about the world, at most 600 characters long.

    "The post fell." is whole; "the post fell", "Did it fall?" and "In this issue we look at Mali." are not.
    """
    text = evidence.text
    whole = _SENTENCE_END.search(text) and (text[0].isupper() or not text[0].isalpha())
    tells = not (text.endswith("?") or is_injection(text) or is_about_report_itself(text))
    return bool(whole) and len(text) <= _LONGEST and tells
