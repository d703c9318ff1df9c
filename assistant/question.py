"""What a question asks for: the kind of fact, and the words that matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.places import kin
from assistant.words import MONTHS, fold, names, stems
from ingest.cleaning import one_line

Kind = Literal["who", "when", "where", "number", "reason", "thing"]

LONGEST = 20_000  # characters: longer is a document, not a question

# First match wins. Only the shape of the question is looked at, never its subject.
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "number",
        re.compile(
            r"\bhow (?:many|much|large|big|often|long|old|far|high|tall|heavy|fast|deep|wide)\b|"
            r"\b(?:what|which) (?:\w+ )?(?:number|percent\w*|proportion|portion|share|fraction|amount|total|population|"
            r"figure|toll|price|cost|rate|size|age|distance)\b|\bnumber of\b"
        ),
    ),
    (
        "when",
        re.compile(
            r"\bwhen\b|\b(?:what|which|in which|on which|on what|in what) (?:\w+ )?"
            r"(?:year|date|day|month|century|decade|time|period)\b|\bsince when\b|\bhow long ago\b"
        ),
    ),
    (
        "where",
        re.compile(
            r"\bwhere\b|\b(?:what|which) (?:\w+ )?(?:country|countries|city|cities|town|region|place|location|"
            r"state|province|area|village|district|continent|river)\b"
        ),
    ),
    (
        "reason",
        re.compile(
            r"\bwhy\b|\bwhat (?:\w+ )?(?:reason|cause|motiv)\w*\b|\bhow come\b|\bwhat led\b|\bwhat makes\b"
        ),
    ),
    (
        "who",
        re.compile(
            r"\bwho(?:m|se)?\b|\b(?:what|which) (?:\w+ )?(?:person|people|group|groups|organi[sz]ation|company|"
            r"leader|author|president|minister|king|queen|commander|body|actor|actors)\b"
        ),
    ),
)
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d{2}s?\b")
_DATE_WORDS = re.compile(
    r"\b(?:" + "|".join(MONTHS) + r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|"
    r"autumn|winter|century|decade|ago|yesterday|today|years?|months?|weeks?|days?)\b"
)
_NUMBER_WORDS = re.compile(
    r"\d|%|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|"
    r"thousands?|millions?|billions?|dozens?|half|third|quarter|percent|several|majority|most|none|no)\b"
)
_REASON_WORDS = re.compile(
    r"\b(?:because|due to|owing to|as a result|in order to|so that|thanks to|therefore|hence|thus|reasons?|"
    r"caused?|causes|led to|leads to|driven by|result(?:s|ed)? (?:of|from|in)|for fear|since|given|enabl\w+|"
    r"allow\w*|help\w*|aim\w*|motivat\w+|in protest|in response|exploit\w*|provid\w+|offer\w*|attract\w*)\b"
)


@dataclass(frozen=True)
class Question:
    text: str
    kind: Kind
    terms: tuple[str, ...]  # stems of the words that carry meaning, each once
    names: tuple[str, ...]
    kin: tuple[str, ...] = ()  # other names of the countries it names

    @property
    def search_text(self) -> str:
        """What is searched for: the question, and the countries behind its capitals and adjectives."""
        return f"{self.text} ({', '.join(self.kin)})" if self.kin else self.text


def parse(text: str) -> Question:
    """Raises ValueError, in words, for an empty or over-long question."""
    line = one_line(text)
    if not line:
        raise ValueError("The question is empty: write what you want to know")
    if len(line) > LONGEST:
        raise ValueError(
            f"The question has {len(line):,} characters, the most is {LONGEST:,}: to ask about a long text, add "
            "it to the index as a report"
        )
    plain = fold(line)
    kind: Kind = next((kind for kind, shape in _KINDS if shape.search(plain)), "thing")
    return Question(line, kind, tuple(dict.fromkeys(stems(line))), tuple(names(line)), tuple(kin(line)))


def holds_kind(kind: Kind, sentence: str, question: Question) -> bool:
    """Whether a sentence holds a fact of the kind asked for, beyond what the question itself says."""
    plain = fold(sentence)
    if kind == "number":
        return bool(_NUMBER_WORDS.search(_YEAR.sub("", plain)))
    if kind == "when":
        return bool(_YEAR.search(plain) or _DATE_WORDS.search(plain))
    if kind == "reason":
        return bool(_REASON_WORDS.search(plain))
    if kind in ("who", "where"):
        asked = fold(question.text)
        return any(fold(name) not in asked for name in names(sentence, first_word=True))
    return True
