"""Checks who did what to whom: doer and sufferer of a verb must not have changed places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.tokens import Token, TokenizedText, closest

_AUXILIARIES = frozenset("was were is are been be being got get gets".split())
_IRREGULAR = frozenset(
    """
    killed beat beaten won lost led overran overthrew overthrown took taken gave given sent built struck hit shot
    fought held drove driven made left met paid told bought sold brought caught seized told threw thrown saw seen
    """.split()
)


_PARTY_SIZE = 3  # content words next to a verb that name a party; words farther away belong to another
_BEFORE_A_NOUN = frozenset(
    "a an the by of in on at with from to for its their his her our these those this that".split()
)
_ENDS_PARTY = frozenset(
    "in on at near during for with from into against as over under through across".split()
)


@dataclass(frozen=True)
class _Action:
    """A verb with its two parties, from one sentence."""

    verb: str  # stem
    doer: frozenset[str]  # stems
    done_to: frozenset[str]  # stems


def role_disagreements(claim: TokenizedText, cited: TokenizedText) -> Iterator[str]:
    """A fault if a verb's parties are swapped: "Traoré expelled Diallo." for "Diallo expelled Traoré."."""
    for number in closest(claim, cited, 0.3)[:2]:
        for cited_action in _actions(cited, number):
            for claim_sentence in range(len(claim.spans)):
                for action in _actions(claim, claim_sentence):
                    if action.verb != cited_action.verb:
                        continue
                    straight = len(action.doer & cited_action.doer) + len(
                        action.done_to & cited_action.done_to
                    )
                    crossed = len(action.doer & cited_action.done_to) + len(
                        action.done_to & cited_action.doer
                    )
                    if (
                        action.doer & cited_action.done_to
                        and action.done_to & cited_action.doer
                        and crossed > straight
                    ):
                        yield "doer and sufferer have changed places"
                        return


@lru_cache(maxsize=512)
def _actions(text: TokenizedText, number: int) -> tuple[_Action, ...]:
    """The actions of sentence `number` of a text."""
    words = text.by_sentence[number]
    actions: list[_Action] = []
    for index, word in enumerate(words):
        if not word.has_meaning or not (word.text.endswith("ed") or word.text in _IRREGULAR):
            continue
        if index and words[index - 1].text in _BEFORE_A_NOUN:
            continue  # "by suspected fighters": no verb
        action = _action(words, index, actions[-1].doer if actions else frozenset())
        if action is not None:
            actions.append(action)
    return tuple(actions)


def _action(words: list[Token], index: int, earlier: frozenset[str]) -> _Action | None:
    """The action of one verb; in "attacked the post and killed guards" the doer is that of the `earlier` verb."""
    verb = words[index]
    before = _party([token for token in words[:index] if token.clause == verb.clause][::-1], stop=False)
    after = _party([token for token in words[index + 1 :] if token.clause == verb.clause])
    passive = any(token.text in _AUXILIARIES for token in words[max(0, index - 3) : index])
    by_index = next((i for i in range(index + 1, min(index + 6, len(words))) if words[i].text == "by"), None)
    if by_index is not None:
        before, after = (
            _party([token for token in words[by_index + 1 :] if token.clause == words[by_index].clause]),
            before,
        )
    elif passive:
        return None
    else:
        before = before or earlier
    return _Action(verb.stem, before, after) if before and after else None


def _party(words: list[Token], stop: bool = True) -> frozenset[str]:
    """The stems of up to three content words; with `stop` a preposition ends the party."""
    stems: list[str] = []
    for word in words:
        if stop and stems and word.text in _ENDS_PARTY:
            break
        if word.has_meaning and not word.text[0].isdigit():
            stems.append(word.stem)
        if len(stems) == _PARTY_SIZE:
            break
    return frozenset(stems)
