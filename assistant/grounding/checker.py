"""Checks one sentence against the words it cites and gives a verdict with reasons for the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.grounding import dates, denial, edits, figures, names, opposites, pairing, roles
from assistant.grounding.entailment import EntailmentModel
from assistant.grounding.similarity import similarity
from assistant.language.date_expressions import date_expressions
from assistant.language.quantities import quantities
from assistant.language.tokens import TokenizedText, tokenize
from assistant.results.answer import Support
from ingest import sentences
from vectorstore.embedding.types import Embed
from vectorstore.terms import fold

# Least similarity score with vectors, a compromise: a higher one is better on the first set and worse on the second.
# threshold  | data                                                | metric                        | value
# .62        | AttributionBench dev, claims with an even SHA-256    | macro-F1                      | .695
# .62        | four fifths of our rewordings                        | faithful, called unsupported   | about 1 in 20
# .60 to .67 | AttributionBench dev, claims with an even SHA-256    | spread of macro-F1            | under .01
# .60 to .67 | four fifths of our rewordings                        | spread                        | .05
_LEAST_MEANING = 0.62
_MEANING_PER_FACT = 0.02  # each number, date or name that passed the rules lowers the demand by this …
_MOST_FACTS = 3  # … for at most so many
_LEAST_WORDS = (
    0.3  # least score without vectors: rewordings keep 3 in 10 stems, unrelated sentences hardly any
)
_LEAST_ENTAILMENT = 0.5  # least probability of entailment, if a model judges
_SAYS_MORE = "says more than the cited words do"
_NOT_FOUND = "the checking model does not find it in the cited words"
_MARKERS = re.compile(r"\s*\[\d+(?:\s*[,;]\s*\d+)*\]")  # citation markers: "[1]", "[2, 5]"
_QUOTED = re.compile(r"[“\"«]([^”\"»]{3,})[”\"»]")


@dataclass(frozen=True)
class SupportVerdict:
    """Whether a sentence is supported, how well, and what is wrong."""

    support: Support  # verbatim, supported or unsupported
    score: float  # 0 to 1: how much of the sentence's meaning the spans hold
    reasons: tuple[str, ...] = ()  # one phrase for each fault, for the reader; empty if supported

    @property
    def only_unsupported_detail(self) -> bool:
        """Whether the only fault is that the sentence goes beyond the spans, with no wrong number, date or name."""
        return bool(self.reasons) and set(self.reasons) <= {_SAYS_MORE, _NOT_FOUND}


class Checker:
    """`check` bound to one desk's embedding function and, if one is set, its entailment model."""

    def __init__(self, embed: Embed | None = None, model: EntailmentModel | None = None) -> None:
        self._embed = embed
        self._model = model

    def __call__(self, sentence: str, spans: Sequence[str], around: str = "") -> SupportVerdict:
        """Check a sentence: see `check`."""
        return check(sentence, spans, around=around, embed=self._embed, model=self._model)


def check(
    sentence: str,
    spans: Sequence[str],
    *,
    around: str = "",
    embed: Embed | None = None,
    model: EntailmentModel | None = None,
) -> SupportVerdict:
    """Check a sentence against the text of the spans it cites.

    Rules compare facts: numbers, dates, names, quotations, negation, direction, and who did what to whom. The meaning
    is judged by `model` if given, else by vectors from `embed` (n texts to (n, d) unit vectors), else by shared words.
    `around` is the title and the text around the spans; it resolves "they" and a missing year, but supports no fact.
    `check("12 died.", ["21 died."]).support == "unsupported"`; the span's own words are "verbatim" with score 1.

    Raises ModelUnavailable: `model` cannot be loaded.
    """
    if not any(span.strip() for span in spans):
        return SupportVerdict("unsupported", 0.0, ("cites no source",))
    sentence = _MARKERS.sub("", sentence)
    if any(_is_verbatim(sentence, span) for span in spans):
        return SupportVerdict("verbatim", 1.0)
    claim, cited, nearby = tokenize(sentence), tokenize("\n\n".join(spans)), tokenize(around)
    reasons = list(dict.fromkeys(_disagreements(sentence, claim, cited, nearby)))
    if model is not None:
        scores = model.judge(sentence, spans)
        if scores.contradicted is not None and scores.contradicted > scores.entailed:
            reasons.append("the checking model finds it contradicted by the cited words")
        elif scores.entailed < _LEAST_ENTAILMENT:
            reasons.append(_NOT_FOUND)
        return SupportVerdict(
            "unsupported" if reasons else "supported", round(scores.entailed, 3), tuple(reasons)
        )
    meaning = similarity(claim, cited, embed, _with_antecedent(cited, spans, around))
    least = _LEAST_MEANING - _MEANING_PER_FACT * min(_MOST_FACTS, _count_facts(claim))
    if meaning.score < (_LEAST_WORDS if meaning.likeness is None else least):
        reasons.append(_SAYS_MORE)
    return SupportVerdict("unsupported" if reasons else "supported", round(meaning.score, 3), tuple(reasons))


def _disagreements(
    sentence: str, claim: TokenizedText, cited: TokenizedText, around: TokenizedText
) -> Iterator[str]:
    """The faults that the rules find, in words."""
    yield from figures.figure_disagreements(claim, cited)
    yield from dates.date_disagreements(claim, cited, around)
    yield from names.name_disagreements(claim, cited, around)
    yield from _altered_quotations(sentence, cited)
    yield from denial.denial_disagreements(claim, cited)
    yield from opposites.opposite_disagreements(claim, cited, around)
    yield from edits.edit_disagreements(claim, cited)
    yield from roles.role_disagreements(claim, cited)
    yield from pairing.pairing_disagreements(claim, cited)


def _with_antecedent(cited: TokenizedText, spans: Sequence[str], around: str) -> TokenizedText | None:
    """The cited words with the sentence before them, if they refer back to it ("Both resigned there."); else None."""
    at = around.find(spans[0])
    before = sentences(around[: max(0, at)])
    if not before or not names.REFERS_BACK.search(cited.lower):
        return None
    return tokenize(f"{around[slice(*before[-1])]} {spans[0]}")


def _count_facts(claim: TokenizedText) -> int:
    """How many numbers, dates and names a text holds: 3 for "The army of Mali lost 12 men in May 2021."."""
    return (
        len(quantities(claim))
        + len(date_expressions(claim.plain))
        + len(set(names.single_names(claim.plain)))
    )


def _is_verbatim(sentence: str, span: str) -> bool:
    """Whether a span holds the sentence word for word, and does not negate it before.

    `_is_verbatim("the post fell.", "It is not true that the post fell.") is False`.
    """
    needle, haystack = _normalised(sentence).strip(), _normalised(span)
    start = haystack.find(needle)
    while needle and start >= 0:
        end = start + len(needle)
        whole = (start == 0 or not haystack[start - 1].isalnum()) and (
            end == len(haystack) or not haystack[end : end + 1].isalnum()
        )
        opening = re.split(r"[.!?]\s", haystack[:start])[-1]
        if whole and not re.search(r"\b(?:not|no|never|deny|denie[ds]|false|if|untrue|nor)\b", opening):
            return True
        start = haystack.find(needle, start + 1)
    return False


def _altered_quotations(sentence: str, cited: TokenizedText) -> Iterator[str]:
    """A fault for each quotation in the sentence that is not in the cited words, e.g. “will open” for "may open"."""
    plain = _normalised(cited.plain)
    for quotation in _QUOTED.findall(sentence):
        if not re.search(
            rf"(?<!\w){re.escape(_normalised(tokenize(quotation).plain).rstrip('.,;'))}(?!\w)", plain
        ):
            yield f"the quotation “{quotation}” is not in the cited words"


def _normalised(text: str) -> str:
    """Text in lower case without accents, with straight quotation marks and single spaces."""
    return " ".join(fold(re.sub("[“”«»]", '"', text)).split())
