"""Finds the words of ICD 203 for likelihood and confidence in a sentence, and bare possibilities such as "may".

ICD 203: Intelligence Community Directive 203, Analytic Standards (2015), with its table of likelihood terms in two
columns that are not to be mixed in one product.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

TermColumn = Literal["left", "right"]

# The two columns of the table. Longer terms come first, so that "very likely" is not read as "likely".
_LEFT = (
    "almost no chance|very unlikely|unlikely|roughly even chance|very likely|almost certain(?:ly|ty)?|likely"
)
_RIGHT = (
    # "a remote village" is far away; only a remote chance is a likelihood
    "remote(?= (?:chance|possibility|likelihood|probability|prospect))|(?<=chance is )remote|(?<=chances are )remote|"
    "highly improbabl[ey]|improbabl[ey]|roughly even odds|highly probabl[ey]|nearly certain(?:ly|ty)?|probabl[ey]"
)
_TERM = re.compile(rf"\b(?:(?P<left>{_LEFT})|(?P<right>{_RIGHT}))\b", re.IGNORECASE)
# "as likely as" compares two things without saying how likely either is.
_NO_TERM = re.compile(r"\b(?:(?:as|more|less|most|least|equally|not) )$", re.IGNORECASE)
CONFIDENCE = re.compile(
    r"\b(?:high|moderate|medium|low|limited|great|little|full)(?:[- ](?:to|or)[- ](?:high|moderate|low))? confidence\b"
    r"|\bconfidence (?:level )?(?:in [\w ]{1,60} )?(?:is|was|remains|stays) (?:high|moderate|low)\b"
    r"|^confidence[:\s–-]+(?:high|moderate|low)\b",
    re.IGNORECASE,
)
# Not a possibility: "could not" (somebody was unable to), "May" (the month), "military might" (strength).
_POSSIBILITY = re.compile(
    r"\b(?:may(?! \d)|could(?! not\b| no longer\b| only\b| neither\b| hardly\b|n['’]t\b)|"
    r"(?<!military )(?<!the )(?<!full )(?<!naval )might(?! of\b)|[Pp]ossibly|[Pp]erhaps|[Mm]aybe|[Cc]onceivably)\b"
)
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")


@dataclass(frozen=True)
class Term:
    """A likelihood term in a sentence."""

    text: str  # as the sentence writes it
    start: int  # offset in the sentence
    column: TermColumn  # of the ICD 203 table


def likelihoods(sentence: str) -> list[Term]:
    """The likelihood terms of a sentence, outside quotation marks, in order.

    `likelihoods("A breach is very likely.")` is `[Term("very likely", 12, "left")]`;
    `likelihoods("It was a remote village.")` is `[]`.
    """
    plain = unquoted(sentence)
    return [
        Term(match[0], match.start(), "left" if match["left"] else "right")
        for match in _TERM.finditer(plain)
        if not _NO_TERM.search(plain[: match.start()])
    ]


def confidences(sentence: str) -> list[re.Match[str]]:
    """The statements of confidence in a sentence, outside quotation marks, in order.

    `confidences("We judge with high confidence that it fell.")[0][0]` is "high confidence".
    """
    return list(CONFIDENCE.finditer(unquoted(sentence)))


def possibilities(sentence: str) -> list[re.Match[str]]:
    """The words of a sentence, outside quotation marks, that leave open how likely something is, in order.

    `possibilities("The bridge may fall.")[0][0]` is "may"; `possibilities("Boats could not land in May.")` is `[]`.
    """
    return list(_POSSIBILITY.finditer(unquoted(sentence)))


def unquoted(sentence: str) -> str:
    """The sentence with its quotations blanked out, marks included, so that offsets stay the same.

    `unquoted("He said “no” twice.")` is "He said      twice.".
    """
    return _QUOTED.sub(lambda match: " " * len(match[0]), sentence)
