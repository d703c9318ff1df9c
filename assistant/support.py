"""Whether a sentence stands on the words it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Support
from assistant.words import MONTHS, fold, names, numbers, stems

# A written sentence must share this much of its meaning-carrying words with what it cites. Set on
# rewordings of our own: faithful ones keep at least half of the stems, unrelated ones under a third.
_LEAST_OVERLAP = 0.4
_SAME_THING = 0.6  # share of a sentence's stems in a part of the cited words, from which a "not" must agree
_NEGATIONS = frozenset(
    ["no", "not", "never", "none", "neither", "nor", "without", "cannot", "nobody", "nothing", "hardly"]
)
_QUOTED = re.compile(r"[“\"]([^”\"]{3,})[”\"]")


@dataclass(frozen=True)
class Verdict:
    support: Support  # verbatim, supported or unsupported
    score: float  # 0 to 1: share of the sentence's words found in the spans
    reasons: tuple[str, ...] = ()  # what does not stand there, in words


def check(sentence: str, spans: Sequence[str]) -> Verdict:
    """Check a sentence against the text of the spans it cites, by rules alone.

    Numbers, names, dates and quotations must stand there, a denial must be denied there, and enough of
    the words must be the same.
    """
    if not spans:
        return Verdict("unsupported", 0.0, ("cites no source",))
    cited = "\n".join(spans)
    if _plain(sentence) in _plain(cited):
        return Verdict("verbatim", 1.0)
    reasons = [
        *_missing_numbers(sentence, cited),
        *_missing_names(sentence, cited),
        *_missing_months(sentence, cited),
        *_altered_quotations(sentence, cited),
        *_turned_negation(sentence, cited),
    ]
    wanted = set(stems(sentence))
    score = len(wanted & set(stems(cited))) / len(wanted) if wanted else 0.0
    if score < _LEAST_OVERLAP:
        reasons.append("says more than the cited words do")
    return Verdict("unsupported" if reasons else "supported", round(score, 3), tuple(reasons))


def _missing_numbers(sentence: str, cited: str) -> list[str]:
    missing = numbers(sentence) - numbers(cited)
    return [f"{number:g} does not stand in the cited words" for number in sorted(missing)]


def _missing_names(sentence: str, cited: str) -> list[str]:
    there = fold(cited)
    initials = {_initials(name) for name in names(cited, first_word=True)}
    missing = []
    for name in names(sentence):
        words = [word for word in re.findall(r"\w+", fold(name)) if len(word) > 2 or word.isdigit()]
        if all(
            re.search(rf"\b{re.escape(word[:-1] if word.endswith('s') else word)}", there) for word in words
        ):
            continue
        if fold(name).replace(".", "") not in initials:
            missing.append(f"“{name}” does not stand in the cited words")
    return missing


def _initials(name: str) -> str:
    return "".join(
        word[0] for word in re.findall(r"\w+", fold(name)) if word not in ("of", "the", "and", "for")
    )


def _missing_months(sentence: str, cited: str) -> list[str]:
    there = set(re.findall(r"\w+", fold(cited)))
    said = [month for month in MONTHS if re.search(rf"\b{month.title()}\b", sentence)]
    return [
        f"“{month.title()}” does not stand in the cited words"
        for month in said
        if month not in there and month[:3] not in there
    ]


def _altered_quotations(sentence: str, cited: str) -> list[str]:
    return [
        f"the quotation “{quoted}” is not in the cited words"
        for quoted in _QUOTED.findall(sentence)
        if _plain(quoted).rstrip(".,;") not in _plain(cited)
    ]


def _turned_negation(sentence: str, cited: str) -> list[str]:
    """A denial that is not denied there, or the other way round, in the part that says the same."""
    ours = set(stems(sentence))
    parts = [part for part in re.split(r"(?<=[.!?])\s+", cited) if part.strip()]
    if not ours or not parts:
        return []
    closest = max(parts, key=lambda part: len(ours & set(stems(part))))
    if len(ours & set(stems(closest))) / len(ours) < _SAME_THING or _denies(sentence) == _denies(closest):
        return []
    return ["denies what the cited words say" if _denies(sentence) else "says what the cited words deny"]


def _denies(text: str) -> bool:
    words = set(re.findall(r"[\w']+", fold(text)))
    return bool(words & _NEGATIONS) or any(word.endswith("n't") for word in words)


def _plain(text: str) -> str:
    return " ".join(fold(text.replace("“", '"').replace("”", '"')).split())
