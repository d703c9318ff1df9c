"""Recognises the section of a briefing by the many names that people give its heading."""

from __future__ import annotations

import re
from typing import Literal

from vectorstore.terms import fold

SectionRole = Literal[
    "head", "bottom line", "judgements", "body", "chronology", "conflicts", "gaps", "sources", "notes"
]
# Sections that state facts or judgements and therefore need citations; the others are about the briefing itself.
STATING: tuple[SectionRole, ...] = ("bottom line", "judgements", "body", "chronology", "conflicts")
_NAMES: dict[SectionRole, str] = {
    "bottom line": "bottom line( up front)?|bluf|(executive )?summary|key (points?|takeaways?|messages?)|in brief",
    "judgements": "key (judge?ments?|assessments?)|alternatives( considered)?|"
    "alternative (explanations?|hypothes[ei]s|readings?|scenarios?|judge?ments?)",
    "chronology": "(chronology|timeline)( of events)?|(sequence of|key) (events|dates)",
    "conflicts": "(where|how) (the )?(sources?|reports?|figures) (differ|disagree)|disagreements?|"
    "conflicting (reports?|reporting|sources|figures)|(source )?conflicts between sources|discrepancies",
    "gaps": "what (is|remains) (still )?(not |un)known( yet)?|what is missing|what is not (said|clear)|(not |un)known|"
    "what (could not|cannot|can not) be (established|confirmed|verified|determined|said|checked)|"
    "what (we|they|the sources) (still )?(do not|don't|cannot) (know|say|tell)( yet)?|"
    "((intelligence|information|knowledge|collection) )?gaps( in (knowledge|reporting)| and caveats)?|"
    "((key|main|remaining) )?(unknowns|uncertainties|gaps|questions)|"
    "(open|unanswered) questions|(limits|limitations)( of .{1,40})?|not (covered|established|confirmed|clear)",
    "sources": "(about )?(the )?sources?( (summary|statement|base|reliability|assessment))?|"
    "(assessment|evaluation|quality|reliability) of (the )?sources|(a )?note on (the )?sources|"
    "source summary( statement)?|sourcing|"
    "(scope|method|scope and method|methodology|caveats|confidence|handling|distribution)( (note|statement))?|"
    "about this (briefing|paper|note)|how this (briefing )?was (made|written)|reports that repeat one origin|"
    "(confidence in|quality of) (the )?(sources|judge?ments)",
    "notes": "(end|foot|source )?notes( and sources)?|references|citations|bibliography|works cited|"
    "(list of )?sources cited|notes and references",
}
_KNOWN = {role: re.compile(rf"(?:{names})") for role, names in _NAMES.items()}
_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*|[ivx]+|[a-z])[.)]\s+")


def section_role(heading: str) -> SectionRole | None:
    """The section that a heading or a paragraph's lead opens; None if it names a theme of the body.

    `section_role("1. Executive Summary")` is "bottom line"; `section_role("The port")` is None.
    """
    plain = _NUMBERING.sub("", " ".join(fold(heading).split())).strip(" .:*#–—-")
    return next((role for role, names in _KNOWN.items() if names.fullmatch(plain)), None)
