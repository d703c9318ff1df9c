"""One sentence against the words it cites: a verdict, with what does not stand there in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Support
from assistant.support import denial, edits, moments, naming, opposites, pairing, quantities, roles
from assistant.support.meaning import Embed, meaning
from assistant.support.reading import Reading, read
from assistant.words import fold

_LEAST_WORDS = 0.3
_LEAST_MEANING = 0.5
_QUOTED = re.compile(r"[“\"«]([^”\"»]{3,})[”\"»]")


@dataclass(frozen=True)
class Verdict:
    support: Support  # verbatim, supported or unsupported
    score: float  # 0 to 1: how much of the sentence's meaning the spans hold
    reasons: tuple[str, ...] = ()  # what does not stand there, in words


def check(sentence: str, spans: Sequence[str], *, around: str = "", embed: Embed | None = None) -> Verdict:
    """Check a sentence against the text of the spans it cites, by rules and, where given, by vectors.

    Numbers, dates, names, quotations, denials, directions and parts played must be those of the spans, and
    enough of the meaning must be there. `around` is text that stands about the spans, with their title: it tells
    who "they" are and which year a day belongs to, and supports nothing. `embed` turns n texts into (n, d) unit
    vectors.
    """
    if not any(span.strip() for span in spans):
        return Verdict("unsupported", 0.0, ("cites no source",))
    if any(_stands(sentence, span) for span in spans):
        return Verdict("verbatim", 1.0)
    ours, cited, nearby = read(sentence), read("\n\n".join(spans)), read(around)
    reasons = list(dict.fromkeys(_disagreements(sentence, ours, cited, nearby)))
    held = meaning(ours, cited, embed)
    if held.score < (_LEAST_WORDS if held.likeness is None else _LEAST_MEANING):
        reasons.append("says more than the cited words do")
    score = round(min(1.0, held.score), 3)
    return Verdict("unsupported" if reasons else "supported", score, tuple(reasons))


def _disagreements(sentence: str, ours: Reading, cited: Reading, around: Reading) -> Iterator[str]:
    yield from quantities.disagreements(ours, cited)
    yield from moments.disagreements(ours, cited, around)
    yield from naming.disagreements(ours, cited, around)
    yield from _altered_quotations(sentence, cited)
    yield from denial.disagreements(ours, cited)
    yield from opposites.disagreements(ours, cited, around)
    yield from edits.disagreements(ours, cited)
    yield from roles.disagreements(ours, cited)
    yield from pairing.disagreements(ours, cited)


def _stands(sentence: str, span: str) -> bool:
    """Whether a sentence stands word for word in a span, which must not deny it in the words before."""
    said, held = _plain(sentence).strip(), _plain(span)
    at = held.find(said)
    while said and at >= 0:
        ends = at + len(said)
        whole = (at == 0 or not held[at - 1].isalnum()) and (ends == len(held) or not held[ends : ends + 1].isalnum())
        opening = re.split(r"[.!?]\s", held[:at])[-1]
        if whole and not re.search(r"\b(?:not|no|never|deny|denie[ds]|false|if|untrue|nor)\b", opening):
            return True
        at = held.find(said, at + 1)
    return False


def _altered_quotations(sentence: str, cited: Reading) -> Iterator[str]:
    held = _plain(cited.plain)
    for quoted in _QUOTED.findall(sentence):
        if not re.search(rf"(?<!\w){re.escape(_plain(read(quoted).plain).rstrip('.,;'))}(?!\w)", held):
            yield f"the quotation “{quoted}” is not in the cited words"


def _plain(text: str) -> str:
    return " ".join(fold(re.sub("[“”«»]", '"', text)).split())
