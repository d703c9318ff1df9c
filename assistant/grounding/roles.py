"""Who did what to whom: two parties must not have changed places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.tokens import Token, TokenizedText, closest

_BE = frozenset("was were is are been be being got get gets".split())
_IRREGULAR = frozenset(
    """
    killed beat beaten won lost led overran overthrew overthrown took taken gave given sent built struck hit shot
    fought held drove driven made left met paid told bought sold brought caught seized told threw thrown saw seen
    """.split()
)


@dataclass(frozen=True)
class _Action:
    """A verb with the content words on either side of it, within its sentence."""

    verb: str  # stem
    doer: frozenset[str]
    done_to: frozenset[str]


@lru_cache(maxsize=512)
def _deeds(text: TokenizedText, number: int) -> tuple[_Action, ...]:
    words = text.by_sentence[number]
    found: list[_Action] = []
    for place, word in enumerate(words):
        if not word.carries or not (word.text.endswith("ed") or word.text in _IRREGULAR):
            continue
        if place and words[place - 1].text in _BEFORE_A_NOUN:
            continue  # "by suspected fighters": no verb
        deed = _deed(words, place, found[-1].doer if found else frozenset())
        if deed is not None:
            found.append(deed)
    return tuple(found)


def _deed(words: list[Token], place: int, earlier: frozenset[str]) -> _Action | None:
    """The deed of one verb; in "attacked the post and killed guards" the doer is that of the `earlier` verb."""
    verb = words[place]
    before = _party([one for one in words[:place] if one.clause == verb.clause][::-1], stop=False)
    after = _party([one for one in words[place + 1 :] if one.clause == verb.clause])
    passive = any(one.text in _BE for one in words[max(0, place - 3) : place])
    by = next((at for at in range(place + 1, min(place + 6, len(words))) if words[at].text == "by"), None)
    if by is not None:
        before, after = _party([one for one in words[by + 1 :] if one.clause == words[by].clause]), before
    elif passive:
        return None
    else:
        before = before or earlier
    return _Action(verb.stem, before, after) if before and after else None


def _party(words: list[Token], stop: bool = True) -> frozenset[str]:
    """Up to three content words; with `stop` up to a preposition that opens something else."""
    found: list[str] = []
    for word in words:
        if stop and found and word.text in _ELSEWHERE:
            break
        if word.carries and not word.text[0].isdigit():
            found.append(word.stem)
        if len(found) == _PARTY:
            break
    return frozenset(found)


_PARTY = (
    3  # content words on either side of a verb that name a party: what is farther away belongs to another
)
_BEFORE_A_NOUN = frozenset(
    "a an the by of in on at with from to for its their his her our these those this that".split()
)
_ELSEWHERE = frozenset("in on at near during for with from into against as over under through across".split())


def role_disagreements(ours: TokenizedText, cited: TokenizedText) -> Iterator[str]:
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
