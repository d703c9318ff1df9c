"""Recognises sentences about the briefing or its sources, which state no fact of the world and need no citation."""

from __future__ import annotations

import re

from assistant.lint.draft.icd203_terms import CONFIDENCE, likelihoods

_SOURCES = (
    r"(?:sources?|reports?|reporting|publishers?|documents?|accounts|figures|counts|tolls|dates|institutes?|passages?|"
    r"notes?|texts?)"
)
_ABOUT = re.compile(
    rf"""
    ^(?:this|the\spresent)\s(?:briefing|paper|note|memo(?:randum)?|brief|paragraph|section|assessment|summary)\s
        (?:covers|draws|rests|is\sbased|uses|considers|does\snot|was|is\smade|is\sbuilt|sets\sout|asks|cites|relies)\b
    | ^(?:the|our|these|those|all|both|some|the\stwo|two|the\s(?:cited|named|available))?\s?(?:\w+\s)?{_SOURCES}\s
        (?:used\s|cited\s|available\s|here\s)?(?:do(?:es)?\snot|did\snot|differ|disagree|agree|conflict|diverge|
        (?:is|are)\s(?:silent|undated|not\sknown|unknown|agreed)|say\snothing|cannot\sbe\s(?:compared|checked))
    | (?:^|[:;]\s)(?:no|none\sof\sthe|neither|not\sone)\s(?:\w+\s)?{_SOURCES}\s(?:\w+\s)*
        (?:says?|tells?|gives?|speaks?|found|explains?|mentions?|covers?|reports?|answers?|expects?|names?|counts?)\b
    | ^(?:one|two|three|four|five|six|seven|eight|a\ssingle|only\sone|\d+)\s(?:\w+\s)?{_SOURCES}\s(?:\w+\s)?
        (?:carr(?:y|ies)|supports?|underlies?|underlie)\b
    | ^(?:the\s)?(?:later|earlier|newer|older)\s(?:figure|report|count|number)\s(?:updates|replaces|corrects)\b
    | ^nothing\s(?:cited|is\s(?:known|cited|said|reported))\b
    | ^(?:we|i)\s(?:found\sno|do\snot\sknow|could\snot\s(?:check|confirm|verify|find)|have\snot\s(?:found|seen))\b
    | ^(?:it\sis|what\sis|it\sremains)\s(?:not\sknown|unknown|unclear)\b
    | ^(?:what\sfollows|the\sfollowing)\b
    | ^written\sby\b | \bwritten\sby\s\S+\sand\schecked\b | ^(?:prepared|compiled|drafted)\s(?:by|for)\b
    | \s(?:is|are)\s(?:counted|graded|listed|shown)\s(?:once|as\sone|below|above|separately)\b
    | \srests\son\s(?:one|a\ssingle)\s{_SOURCES}\b
    | ^(?:the\s)?model\s(?:did\snot|was|gave|writes|repeats)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


_OPEN = re.compile(r"\?[”\"’')]*$|^(?:whether|how (?:many|much|far|long|soon))\b[^,;]*$", re.IGNORECASE)


def leaves_open(sentence: str) -> bool:
    """True if a sentence only asks something, as a question or as an open point.

    `leaves_open("Whether the troops may return.")` is True; `leaves_open("The troops returned.")` is False.
    """
    return _OPEN.search(sentence.strip()) is not None


def is_about_itself(sentence: str) -> bool:
    """True if a sentence is about the briefing, its sources or its confidence, or only asks something.

    A confidence beside a likelihood is a judgement on the world, and not such a sentence.
    `is_about_itself("No report says who fired.")` is True; `is_about_itself("Nobody was hurt.")` is False.
    """
    plain = sentence.strip()
    if leaves_open(plain) or _ABOUT.search(plain) is not None:
        return True
    return CONFIDENCE.search(plain) is not None and not likelihoods(plain)
