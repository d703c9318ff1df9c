"""Who did what to whom: two parties must not have changed places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.support.reading import Reading, Word, closest

_BE = frozenset("was were is are been be being got get gets".split())
_IRREGULAR = frozenset(
    """
    killed beat beaten won lost led overran overthrew overthrown took taken gave given sent built struck hit shot
    fought held drove driven made left met paid told bought sold brought caught seized told threw thrown saw seen
    """.split()
)


@dataclass(frozen=True)
class _Deed:
    """A verb with the content words on either side of it, within its sentence."""

    verb: str  # stem
    doer: frozenset[str]
    done_to: frozenset[str]


@lru_cache(maxsize=512)
def _deeds(text: Reading, number: int) -> tuple[_Deed, ...]:
    words = text.by_sentence[number]
    return tuple(
        deed for place, word in enumerate(words) if (deed := _deed(words, place, word)) is not None
    )


def _deed(words: list[Word], place: int, word: Word) -> _Deed | None:
    if not (re.search(r"ed$", word.text) or word.text in _IRREGULAR) or not word.carries:
        return None
    # Parties stand beside their verb: what is farther away belongs to something else.
    before = _party([one for one in words[:place] if one.clause == word.clause][::-1])
    after = _party([one for one in words[place + 1 :] if one.clause == word.clause])
    passive = any(one.text in _BE for one in words[max(0, place - 3) : place])
    by = next(
        (at for at in range(place + 1, min(place + 6, len(words))) if words[at].text == "by"),
        None,
    )
    if passive or by is not None:
        if by is None:
            return None
        after = _party([one for one in words[by + 1 :] if one.clause == words[by].clause])
        return _Deed(word.stem, after, before) if after and before else None
    return _Deed(word.stem, before, after) if after and before else None


def _party(words: list[Word]) -> frozenset[str]:
    """Up to three content words, up to a preposition that opens something else."""
    found: list[str] = []
    for word in words:
        if found and word.text in _ELSEWHERE:
            break
        if word.carries and not word.text[0].isdigit():
            found.append(word.stem)
        if len(found) == 3:
            break
    return frozenset(found)


_ELSEWHERE = frozenset("in on at near during for with from into against as over under through across".split())


def disagreements(ours: Reading, cited: Reading) -> Iterator[str]:
    """Verbs whose doer and sufferer stand the other way round in the cited words."""
    for number in closest(ours, cited, 0.3)[:2]:
        for theirs in _deeds(cited, number):
            for place in range(len(ours.spans)):
                for mine in _deeds(ours, place):
                    if mine.verb != theirs.verb:
                        continue
                    straight = len(mine.doer & theirs.doer) + len(mine.done_to & theirs.done_to)
                    crossed = len(mine.doer & theirs.done_to) + len(mine.done_to & theirs.doer)
                    if mine.doer & theirs.done_to and mine.done_to & theirs.doer and crossed > straight:
                        yield "doer and sufferer have changed places"
                        return
