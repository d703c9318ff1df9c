"""Classifies events (coup, attack, vote …), so that two reports of one event are recognised in different words."""

from __future__ import annotations

import re

_KINDS = {
    kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for kind, words in {
        "coup": r"coups?|putsch|overthr\w+|ousted|toppled|mutin\w+",
        "crash": r"crash\w*|collid\w+|collisions?|derail\w*|capsiz\w+|sank",
        "attack": r"attack\w*|assault\w*|raid\w*|ambush\w*|storm(?:ed|ing)|overr[au]n|bomb\w*|explo\w+|blasts?|struck|"
        r"shell\w+|massacr\w+|execut\w+|killed|killing|murder\w*|shot|clash\w*|besieg\w+|broke into|turn of",
        "abduction": r"kidnap\w*|abduct\w*|hostages?|seized",
        "arrest": r"arrest\w*|detain\w*|dismantl\w*|broke up",
        "withdrawal": r"withdr\w+|left|depart\w*|pull(?:ed|ing) out|hand(?:ed|ing) over|exit\w*|leaving|gave up|quit",
        "vote": r"elections?|referendum|vote[ds]?|ballots?|polls?",
        "agreement": r"agreements?|accords?|treat(?:y|ies)|truces?|ceasefires?|signed|deal",
        "founding": r"found(?:ed|ing)|establish\w*|creat(?:ed|ion)|launch\w*|formed|formation|began|inaugurat\w*",
        "end": r"end(?:ed|s|ing)?|terminat\w*|dissol\w+|closed|suspend\w*|suspension",
        "sanction": r"sanction\w*|embargo\w*|froze\w*",
        "announcement": r"announc\w*|declar\w*|call(?:ed|s) (?:for|on)|demand\w*",
        "expulsion": r"expel\w*|expulsion|ordered out",
        "flood": r"flood\w*|dykes?|dams?",
    }.items()
}  # fmt: skip


def event_kind(text: str) -> str | None:
    """The kind of the first event word in a text, or None.

    `event_kind("Gunmen stormed the post after the coup.") == "attack"`.
    """
    matches = [(match.start(), kind) for kind, shape in _KINDS.items() if (match := shape.search(text))]
    return min(matches)[1] if matches else None
