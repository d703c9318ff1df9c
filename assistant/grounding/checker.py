"""One sentence against the words it cites: a verdict, with what does not stand there in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.grounding import dates, denial, edits, figures, names, opposites, pairing, roles
from assistant.grounding.entailment import EntailmentModel
from assistant.grounding.similarity import Embed, similarity
from assistant.language.date_expressions import date_expressions
from assistant.language.quantities import quantities
from assistant.language.tokens import TokenizedText, tokenize
from assistant.results.answer import Support
from ingest import sentences
from vectorstore.terms import fold

# How much of the meaning must be there. With vectors: set on the half of AttributionBench's development claims whose
# SHA-256 is even (macro-F1 .695 there) and on four fifths of our rewordings, of which about one in twenty is then
# taken for unsupported; the two pull apart (.60 to .67 differ by under .01 there, and by .05 here). Each fact of the
# sentence that stands in the spans speaks for it, so that up to three lower the demand. With words alone: faithful
# rewordings keep at least three in ten of the stems, unrelated sentences hardly any.
_LEAST_MEANING = 0.62
_FACT = 0.02
_FACTS = 3
_LEAST_WORDS = 0.3
_LIKELY = 0.5  # a model's chance of entailment from which a sentence counts as supported
_SAYS_MORE = "says more than the cited words do"
_NOT_FOUND = "the checking model does not find it in the cited words"
_MARKERS = re.compile(r"\s*\[\d+(?:\s*[,;]\s*\d+)*\]")  # citations are no part of what is said
_QUOTED = re.compile(r"[“\"«]([^”\"»]{3,})[”\"»]")


@dataclass(frozen=True)
class SupportVerdict:
    support: Support  # verbatim, supported or unsupported
    score: float  # 0 to 1: how much of the sentence's meaning the spans hold
    reasons: tuple[str, ...] = ()  # what does not stand there, in words

    @property
    def only_says_more(self) -> bool:
        """Whether all that is wrong is that the sentence goes beyond the spans: it contradicts none of their facts,
        and brings no number, date or name of its own."""
        return bool(self.reasons) and set(self.reasons) <= {_SAYS_MORE, _NOT_FOUND}


class Checker:
    """`check` with what a desk has: its vectors, and a model that judges entailment where one is set."""

    def __init__(self, embed: Embed | None = None, model: EntailmentModel | None = None) -> None:
        self._embed = embed
        self._model = model

    def __call__(self, sentence: str, spans: Sequence[str], around: str = "") -> SupportVerdict:
        return check(sentence, spans, around=around, embed=self._embed, model=self._model)


def check(
    sentence: str,
    spans: Sequence[str],
    *,
    around: str = "",
    embed: Embed | None = None,
    model: EntailmentModel | None = None,
) -> SupportVerdict:
    """Check a sentence against the text of the spans it cites, by rules and, where given, by vectors or a model.

    Numbers, dates, names, quotations, denials, directions and parts played must be those of the spans, and
    enough of the meaning must be there. `around` is the title and the text about the spans: it tells who "they"
    are and which year a day belongs to, and supports no fact. `embed` turns n texts into (n, d) unit vectors.
    `model`, where given, judges the meaning in their place; the rules for facts stand beside it. Raises
    ModelUnavailable where that model cannot be loaded.
    """
    if not any(span.strip() for span in spans):
        return SupportVerdict("unsupported", 0.0, ("cites no source",))
    sentence = _MARKERS.sub("", sentence)
    if any(_stands(sentence, span) for span in spans):
        return SupportVerdict("verbatim", 1.0)
    ours, cited, nearby = tokenize(sentence), tokenize("\n\n".join(spans)), tokenize(around)
    reasons = list(dict.fromkeys(_disagreements(sentence, ours, cited, nearby)))
    if model is not None:
        judged = model.judge(sentence, spans)
        if judged.contradicted is not None and judged.contradicted > judged.entailed:
            reasons.append("the checking model finds it contradicted by the cited words")
        elif judged.entailed < _LIKELY:
            reasons.append(_NOT_FOUND)
        return SupportVerdict(
            "unsupported" if reasons else "supported", round(judged.entailed, 3), tuple(reasons)
        )
    held = similarity(ours, cited, embed, _with_what_it_points_at(cited, spans, around))
    least = _LEAST_MEANING - _FACT * min(_FACTS, _facts(ours))
    if held.score < (_LEAST_WORDS if held.likeness is None else least):
        reasons.append(_SAYS_MORE)
    return SupportVerdict("unsupported" if reasons else "supported", round(held.score, 3), tuple(reasons))


def _disagreements(
    sentence: str, ours: TokenizedText, cited: TokenizedText, around: TokenizedText
) -> Iterator[str]:
    yield from figures.figure_disagreements(ours, cited)
    yield from dates.date_disagreements(ours, cited, around)
    yield from names.name_disagreements(ours, cited, around)
    yield from _altered_quotations(sentence, cited)
    yield from denial.denial_disagreements(ours, cited)
    yield from opposites.opposite_disagreements(ours, cited, around)
    yield from edits.edit_disagreements(ours, cited)
    yield from roles.role_disagreements(ours, cited)
    yield from pairing.pairing_disagreements(ours, cited)


def _with_what_it_points_at(cited: TokenizedText, spans: Sequence[str], around: str) -> TokenizedText | None:
    """The cited words with the sentence before them, where they point back."""
    at = around.find(spans[0])
    before = sentences(around[: max(0, at)])
    if not before or not names.POINTS_BACK.search(cited.lower):
        return None
    return tokenize(f"{around[slice(*before[-1])]} {spans[0]}")


def _facts(text: TokenizedText) -> int:
    """How many numbers, dates and names a text gives."""
    return (
        len(quantities(text)) + len(date_expressions(text.plain)) + len(set(names.single_names(text.plain)))
    )


def _stands(sentence: str, span: str) -> bool:
    """Whether a sentence stands word for word in a span, which must not deny it in the words before."""
    said, held = _plain(sentence).strip(), _plain(span)
    at = held.find(said)
    while said and at >= 0:
        ends = at + len(said)
        whole = (at == 0 or not held[at - 1].isalnum()) and (
            ends == len(held) or not held[ends : ends + 1].isalnum()
        )
        opening = re.split(r"[.!?]\s", held[:at])[-1]
        if whole and not re.search(r"\b(?:not|no|never|deny|denie[ds]|false|if|untrue|nor)\b", opening):
            return True
        at = held.find(said, at + 1)
    return False


def _altered_quotations(sentence: str, cited: TokenizedText) -> Iterator[str]:
    held = _plain(cited.plain)
    for quoted in _QUOTED.findall(sentence):
        if not re.search(rf"(?<!\w){re.escape(_plain(tokenize(quoted).plain).rstrip('.,;'))}(?!\w)", held):
            yield f"the quotation “{quoted}” is not in the cited words"


def _plain(text: str) -> str:
    return " ".join(fold(re.sub("[“”«»]", '"', text)).split())
