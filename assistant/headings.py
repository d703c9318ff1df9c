"""Names for the themes of a briefing, in the sources' own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.evidence import Embed, Evidence
from assistant.words import fold, stems
from vectorstore.query_terms import STOP_WORDS

if TYPE_CHECKING:
    from vectorstore.embeddings import Vectors

_PLAIN = "Further reporting"
_LONGEST = 70  # characters
_MOST_WORDS = 4  # of a phrase
_SHORTEST = 6  # letters of a single word
_CANDIDATES = 24  # phrases of a theme that are embedded; each takes about a millisecond
_OTHERS = 0.5  # weight of being unlike the other themes, against being like one's own
_AGAIN = 0.03  # what standing in another sentence of the theme adds, …
_LONGER = 0.03  # … and each further word: "gold mining" says more than "mining"
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")
_DETERMINERS = frozenset(
    "the a an its their his her this that these those our no any each every some all".split()
)
# After these comes a verb or a participle, not a phrase of its own.
_BEFORE_VERBS = frozenset(
    "to will would could can may might must should shall has have had not been is are was were be do does did".split()
)
# What parts phrases, beside the stop words of search.
_PARTING = frozenset(
    """
    within between before after unless without against among across along around behind below beyond despite during
    except inside near onto outside over through toward towards under until upon via while whether although because
    though since per must shall also only even just still already yet again often never ever
    """.split()
) | frozenset(
    # Verbs that no ending gives away.
    """
    put puts set sets take takes took taken get gets got give gives gave given make makes made come comes came
    go goes went gone say says said see sees saw seen know knows knew known find finds found leave leaves left
    lose loses lost hold holds held lead leads led meet meets met pay pays paid send sends sent run runs ran
    keep keeps kept begin begins began begun become becomes became bring brings brought buy bought sell sold
    tell tells told think thought feel feels felt stand stands stood rise rises rose risen fall falls fell
    fallen grow grows grew grown seek seeks sought show shows shown remain remains let lets want wants need
    needs live lives use uses depend depends
    """.split()
)
# What neither begins nor ends a phrase.
_WEAK = frozenset(
    """
    such other another many much more most less least few several first second third last next new own same one two
    three four five six seven eight nine ten said says say year years month months week weeks day days time times
    today later then earlier soon meanwhile way ways thing things part lot
    january february march april may june july august september october november december
    """.split()
)


def headings(topic: str, themes: Sequence[Sequence[Evidence]], embed: Embed) -> list[str]:
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
        for phrase in dict.fromkeys(_runs(one.text)):
            if not set(stems(phrase)) <= known and len(phrase) <= _LONGEST:
                counted[written.setdefault(fold(phrase), phrase)] += 1
    return dict(counted.most_common(_CANDIDATES))


def _runs(sentence: str) -> Iterator[str]:
    """Runs of words between function words and marks; verbs that their neighbours give away are left off."""
    run: list[str] = []
    before = "."
    for token in [*_TOKEN.findall(sentence), "."]:
        word = fold(token)
        if token[0].isalnum() and word not in STOP_WORDS | _DETERMINERS | _PARTING:
            run.append(token)
            continue
        if word in _DETERMINERS or (word == "as" and len(run) > 1):
            del run[-1:]  # "demonstrate the", "live as"
        if before in _BEFORE_VERBS or (before == "." and word not in _BEFORE_VERBS | {"of", "in", "for"}):
            del run[:1]
        kept = _trimmed(run)
        if kept:
            yield " ".join(kept)
        run, before = [], word if token[0].isalnum() else ","


def _trimmed(run: Sequence[str]) -> list[str]:
    """A run without what cannot begin or end a noun phrase; nothing where it is too long, or a lone name."""
    kept = list(run)
    while kept and (fold(kept[0]) in _WEAK or kept[0].endswith("ly") or kept[0].isdigit()):
        kept.pop(0)
    while kept and (fold(kept[-1]) in _WEAK or re.search(r"(?:ed|ly)$|\d", kept[-1])):
        kept.pop()
    lone = len(kept) == 1 and (kept[0][0].isupper() or len(kept[0]) < _SHORTEST)
    return [] if lone or len(kept) > _MOST_WORDS or any(one[0].isdigit() for one in kept) else kept


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
