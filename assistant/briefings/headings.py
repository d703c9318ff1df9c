"""Names for the themes of a briefing, in the sources' own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.evidence.scoring import Embed, Evidence
from assistant.language.noun_phrases import noun_phrases
from assistant.language.words import stems
from vectorstore.terms import fold

if TYPE_CHECKING:
    from vectorstore.embedding.types import Vectors

_PLAIN = "Further reporting"
_LONGEST = 70  # characters
_CANDIDATES = 24  # phrases of a theme that are embedded; each takes about a millisecond
_OTHERS = 0.5  # weight of being unlike the other themes, against being like one's own
_AGAIN = 0.03  # what standing in another sentence of the theme adds, …
_LONGER = 0.03  # … and each further word: "gold mining" says more than "mining"


def heading_candidates(topic: str, themes: Sequence[Sequence[Evidence]], embed: Embed) -> list[str]:
    """One heading for each theme: the phrase that comes nearest to what its sentences mean, and to no other's.

    After KeyBERT (Grootendorst 2020), with phrases cut at function words in place of n-grams. A section heading that
    the sources themselves give to most of the theme's sentences comes first.
    """
    known = set(stems(topic))
    found: list[str] = []
    if not themes:
        return found
    middles = [embed([one.text for one in theme]).mean(axis=0) for theme in themes]
    for place, theme in enumerate(themes):
        given = _of_sources(theme)
        counted = _phrases(theme, known)
        named = [given] if given else []
        if counted:
            others = [middle for other, middle in enumerate(middles) if other != place]
            named += _ranked(counted, middles[place], others, embed)
        fresh = (one for one in named if not _told(one, found))
        chosen = next(fresh, None) or theme[0].passage.heading or _PLAIN
        found.append(chosen[:1].upper() + chosen[1:])
    return _told_apart(found)


def _ranked(
    counted: Mapping[str, int], middle: Vectors, others: Sequence[Vectors], embed: Embed
) -> list[str]:
    """The phrases of a theme, of which the mean vector is given, the most telling first."""
    vectors = embed(list(counted))
    scores = {
        phrase: float(vector @ middle)
        - _OTHERS * max((float(vector @ other) for other in others), default=0.0)
        + _AGAIN * (count - 1)
        + _LONGER * phrase.count(" ")
        for (phrase, count), vector in zip(counted.items(), vectors, strict=True)
    }
    return sorted(scores, key=lambda phrase: -scores[phrase])


def _of_sources(theme: Sequence[Evidence]) -> str | None:
    given = Counter(one.passage.heading.split(" › ")[-1] for one in theme if one.passage.heading)
    heading, count = given.most_common(1)[0] if given else ("", 0)
    return heading if count > 1 and count * 2 > len(theme) and len(heading) <= _LONGEST else None


def _phrases(theme: Sequence[Evidence], known: set[str]) -> dict[str, int]:
    """Phrases that are not the topic itself, in how many sentences each stands; the most frequent first."""
    counted: Counter[str] = Counter()
    written: dict[str, str] = {}
    for one in theme:
        for phrase in dict.fromkeys(noun_phrases(one.text)):
            if not set(stems(phrase)) <= known and len(phrase) <= _LONGEST:
                counted[written.setdefault(fold(phrase), phrase)] += 1
    return dict(counted.most_common(_CANDIDATES))


def _told(heading: str, before: Sequence[str]) -> bool:
    """Whether another heading has most of these words."""
    mine = set(stems(heading))
    return any(mine and len(mine & set(stems(one))) * 2 > len(mine) for one in before)


def _told_apart(found: Sequence[str]) -> list[str]:
    """The same heading twice would read as one: the second is counted."""
    seen: Counter[str] = Counter()
    result = []
    for heading in found:
        seen[heading] += 1
        result.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return result
