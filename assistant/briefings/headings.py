"""Names the themes of a briefing in the sources' own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.evidence.scoring import Evidence
from assistant.language.noun_phrases import noun_phrases
from assistant.language.words import stems
from vectorstore.embedding.types import Embed, Vectors
from vectorstore.terms import fold

_FALLBACK = "Further reporting"
_LONGEST = 70  # characters of a heading
_CANDIDATES = 24  # phrases of a theme that are embedded; each takes about a millisecond
# A phrase's score is its cosine to its own theme, minus a weighted one to the nearest other theme, plus two bonuses.
_OTHERS = 0.5  # weight of the cosine to the nearest other theme
_AGAIN = 0.03  # bonus for each further sentence of the theme that has the phrase
_LONGER = 0.03  # bonus for each further word: "gold mining" says more than "mining"


def heading_candidates(topic: str, themes: Sequence[Sequence[Evidence]], embed: Embed) -> list[str]:
    """One heading for each theme: the phrase closest in meaning to its sentences and far from those of other themes.

    After KeyBERT (Grootendorst 2020), with phrases cut at function words instead of n-grams. A section heading that
    the sources themselves give to most of the theme's sentences is preferred. `embed` turns n texts into (n, d) unit
    vectors. Words of the topic alone make no heading.
    """
    topic_stems = set(stems(topic))
    headings: list[str] = []
    if not themes:
        return headings
    middles = [embed([sentence.text for sentence in theme]).mean(axis=0) for theme in themes]
    for place, theme in enumerate(themes):
        source_heading = _of_sources(theme)
        counted = _phrases(theme, topic_stems)
        named = [source_heading] if source_heading else []
        if counted:
            others = [middle for number, middle in enumerate(middles) if number != place]
            named += _ranked(counted, middles[place], others, embed)
        fresh = (phrase for phrase in named if not _repeats(phrase, headings))
        chosen = next(fresh, None) or theme[0].passage.heading or _FALLBACK
        headings.append(chosen[:1].upper() + chosen[1:])
    return _number_repeats(headings)


def _ranked(
    counted: Mapping[str, int], middle: Vectors, others: Sequence[Vectors], embed: Embed
) -> list[str]:
    """The phrases of a theme, best first; `middle` is the theme's mean vector, `others` those of the other themes."""
    vectors = embed(list(counted))
    scores = {
        phrase: float(vector @ middle)
        - _OTHERS * max((float(vector @ middle) for middle in others), default=0.0)
        + _AGAIN * (count - 1)
        + _LONGER * phrase.count(" ")
        for (phrase, count), vector in zip(counted.items(), vectors, strict=True)
    }
    return sorted(scores, key=lambda phrase: -scores[phrase])


def _of_sources(theme: Sequence[Evidence]) -> str | None:
    """The section heading under which most of the theme's sentences stand in their sources, or None."""
    counts = Counter(
        sentence.passage.heading.split(" › ")[-1] for sentence in theme if sentence.passage.heading
    )
    heading, count = counts.most_common(1)[0] if counts else ("", 0)
    return heading if count > 1 and count * 2 > len(theme) and len(heading) <= _LONGEST else None


def _phrases(theme: Sequence[Evidence], topic_stems: set[str]) -> dict[str, int]:
    """Noun phrases of a theme -> how many of its sentences have each; the topic's own words left out."""
    counted: Counter[str] = Counter()
    spellings: dict[str, str] = {}
    for sentence in theme:
        for phrase in dict.fromkeys(noun_phrases(sentence.text)):
            if not set(stems(phrase)) <= topic_stems and len(phrase) <= _LONGEST:
                counted[spellings.setdefault(fold(phrase), phrase)] += 1
    return dict(counted.most_common(_CANDIDATES))


def _repeats(heading: str, before: Sequence[str]) -> bool:
    """True if an earlier heading has more than half of this one's stems.

    `_repeats("Gold mining", ["Mining of gold"])` is True; `_repeats("Gold mining", ["Gold smuggling"])` is False.
    """
    mine = set(stems(heading))
    return any(mine and len(mine & set(stems(earlier))) * 2 > len(mine) for earlier in before)


def _number_repeats(headings: Sequence[str]) -> list[str]:
    """The headings, with a number after those that came before.

    `_number_repeats(["Losses", "Losses"])` is `["Losses", "Losses (2)"]`.
    """
    counts: Counter[str] = Counter()
    result = []
    for heading in headings:
        counts[heading] += 1
        result.append(heading if counts[heading] == 1 else f"{heading} ({counts[heading]})")
    return result
