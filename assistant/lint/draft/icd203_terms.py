"""The words of ICD 203 for likelihood and confidence, and the words that say neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

TermColumn = Literal["left", "right"]

# The two columns of the table; longer terms first, so that "very likely" is not read as "likely".
_LEFT = (
    "almost no chance|very unlikely|unlikely|roughly even chance|very likely|almost certain(?:ly|ty)?|likely"
)
_RIGHT = (
    # "a remote village" is far away: only a remote chance is a likelihood
    "remote(?= (?:chance|possibility|likelihood|probability|prospect))|(?<=chance is )remote|(?<=chances are )remote|"
    "highly improbabl[ey]|improbabl[ey]|roughly even odds|highly probabl[ey]|nearly certain(?:ly|ty)?|probabl[ey]"
)
_TERM = re.compile(rf"\b(?:(?P<left>{_LEFT})|(?P<right>{_RIGHT}))\b", re.IGNORECASE)
# "as likely as" compares, and says of neither how likely it is; "probable cause" is a legal term.
_NO_TERM = re.compile(r"\b(?:(?:as|more|less|most|least|equally|not) )$", re.IGNORECASE)
CONFIDENCE = re.compile(
    r"\b(?:high|moderate|medium|low|limited|great|little|full)(?:[- ](?:to|or)[- ](?:high|moderate|low))? confidence\b"
    r"|\bconfidence (?:level )?(?:in [\w ]{1,60} )?(?:is|was|remains|stays) (?:high|moderate|low)\b"
    r"|^confidence[:\s–-]+(?:high|moderate|low)\b",
    re.IGNORECASE,
)
# "could not" tells what somebody was unable to do; "May" is a month, and "might" may be an army's.
_POSSIBILITY = re.compile(
    r"\b(?:may(?! \d)|could(?! not\b| no longer\b| only\b| neither\b| hardly\b|n['’]t\b)|"
    r"(?<!military )(?<!the )(?<!full )(?<!naval )might(?! of\b)|[Pp]ossibly|[Pp]erhaps|[Mm]aybe|[Cc]onceivably)\b"
)
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")


@dataclass(frozen=True)
class Term:
    """A word of likelihood in a sentence."""

    text: str
    start: int  # offset in the sentence
    column: TermColumn


def likelihoods(sentence: str) -> list[Term]:
    """The terms of the table that a sentence uses itself, not inside quotation marks."""
    plain = unquoted(sentence)
    return [
        Term(match[0], match.start(), "left" if match["left"] else "right")
        for match in _TERM.finditer(plain)
        if not _NO_TERM.search(plain[: match.start()])
    ]


def confidences(sentence: str) -> list[re.Match[str]]:
    return list(CONFIDENCE.finditer(unquoted(sentence)))


def possibilities(sentence: str) -> list[re.Match[str]]:
    """ "may", "could", "possibly": words that leave open how likely a thing is."""
    return list(_POSSIBILITY.finditer(unquoted(sentence)))


def unquoted(sentence: str) -> str:
    """The sentence with what stands in quotation marks blanked out, offsets kept."""
    return _QUOTED.sub(lambda match: " " * len(match[0]), sentence)
