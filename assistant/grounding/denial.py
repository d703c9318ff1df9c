"""Denial: what a sentence denies must be denied there, and what is denied there it must not affirm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from assistant.language.tokens import Token, TokenizedText, closest

DENIES = frozenset("no not never none neither nor without cannot nobody nothing nowhere".split())
# "Lack of", "failed to", "unable to", "refused to": what follows is not so.
_DENIES_BEFORE = re.compile(
    r"\b(?:lack(?:s|ed)? (?:of )?|fail(?:s|ed)? to |unable to |refus(?:e|es|ed) to |yet to )"
)
# Denials of a weaker kind, and words that deny by what they mean. They can answer for a "not" on the other side,
# but do not call for one there.
_WEAK = re.compile(
    r"n't$|^(?:hardly|barely|scarcely|rarely|seldom|few|little|fail(?:ed|ure|ures|s|ing)?|refus\w+|reject\w*"
    r"|den(?:y|ied|ies|ying|ial)"
    r"|lack\w*|inability|incapable|impossible|absence|absent|missing|prevent\w*|avoid\w*|stop\w*|halt\w*|ceas\w+|spared?"
    r"|suspend\w*"
    r"|except|unless|ban(?:s|ned)?|forbid\w*|forbade|prohibit\w*|oppos\w+|doubt\w*|longer|los(?:t|e|es|ing)"
    r"|depriv\w+|empty|insufficient|ineffective|inadequate|insecure|incomplete|elusive|expire\w*|lapse\w*|illegal\w*"
    r"|neglect\w*|overlook\w*|ignor\w+|paus\w+|independent\w*|disregard\w*|disallow\w*|limited"
    r"|cancel\w*|condition\w*|off"
    r"|un(?!it|ion|der|til|iv|anim|iq)\w{4,})$"
)
# "Not only … but also", "no more than", "no fewer than", "not long after" deny nothing.
_DENIES_NOTHING = re.compile(
    r"\b(?:not only|not just|not merely|not least|no (?:more|fewer|less|later|sooner) than|"
    r"not (?:more|fewer|less) than|"
    r"no doubt|not long (?:after|before)|(?:whether|with|if) or (?:not|without)|nothing but|"
    r"without doubt|not even a|none other than|no wonder|as not)\b"
    r"|\b(?:nothing|nowhere|never)\b(?=.{1,60}\b(?:more|so|such|better)\b)"
)
_SAME_THING = 0.5  # share of our content words in a cited sentence from which a denial must be met
_THE_CASE = frozenset("true correct case".split())  # "it is not true that" denies what comes after it
_SCOPE = 4  # content words after a denial that it bears on


@lru_cache(maxsize=512)
def _denials(text: TokenizedText) -> tuple[tuple[Token, tuple[Token, ...]], ...]:
    """Each word that denies, with the content words that it bears on: those after it in its clause, else before."""
    nothing = [(match.start(), match.end()) for match in _DENIES_NOTHING.finditer(text.lower)]
    found = []
    for word in text.words:
        if not (
            word.text in DENIES or word.text.endswith("n't") or _DENIES_BEFORE.match(text.lower, word.start)
        ):
            continue
        if any(start <= word.start < end for start, end in nothing):
            continue
        clause = [one for one in text.by_clause[word.clause] if one.carries]
        after = [one for one in clause if one.start > word.start]
        if len(after) == 1 and after[0].text in _THE_CASE and word.clause + 1 < len(text.by_clause):
            after = [one for one in text.by_clause[word.clause + 1] if one.carries]
        found.append((word, tuple(after[:_SCOPE] or clause[-_SCOPE:])))
    return tuple(found)


@lru_cache(maxsize=512)
def denied(text: TokenizedText) -> frozenset[int]:
    """Offsets of the words that a text denies: what a denial bears on, and the word before it ("probably not")."""
    bearing = {one.start for _, scope in _denials(text) for one in scope}
    marks = denials(text)
    before = {
        word.start
        for place, word in enumerate(text.words)
        if any(other.start in marks for other in text.words[place + 1 : place + 2])
    }
    return frozenset(bearing | before)


@lru_cache(maxsize=512)
def denials(text: TokenizedText) -> frozenset[int]:
    """Offsets of the words with which a text denies."""
    return frozenset(denial.start for denial, _ in _denials(text))


def denial_disagreements(ours: TokenizedText, cited: TokenizedText) -> Iterator[str]:
    """Denials on one side alone, where both sides speak of the same."""
    near = closest(ours, cited, _SAME_THING)[:2]
    if not near:
        return
    theirs = [word for number in near for word in cited.by_sentence[number]]
    if _unanswered(ours, ours.words, cited, theirs):
        yield "denies what the cited words say"
    if _unanswered(cited, theirs, ours, ours.words):
        yield "says what the cited words deny"


def _unanswered(
    one: TokenizedText, mine: Sequence[Token], other: TokenizedText, theirs: Sequence[Token]
) -> bool:
    """Whether `mine`, words of `one`, deny something that `theirs` say without denying it in any way."""
    said = {word.text for word in one.words}
    within = {word.start for word in mine}
    for denial, scope in _denials(one):
        if denial.start not in within or not scope:
            continue
        stems = {word.stem for word in scope}
        spoken = [word for word in theirs if word.carries and word.stem in stems]
        # The very word denied, or half of what the denial bears on: less is another statement.
        if scope[0].stem not in {word.stem for word in spoken} and 2 * len({w.stem for w in spoken}) < len(
            stems
        ):
            if one.words is mine and not any(answers_denial(other, word) for word in theirs):
                return True  # reworded beyond recognition, and nothing there denies anything
            continue
        sentences = {word.sentence for word in spoken}
        if not any(answers_denial(other, word, said) for word in theirs if word.sentence in sentences):
            return True
    return False


def answers_denial(text: TokenizedText, word: Token, said: Set[str] = frozenset()) -> bool:
    """Whether a word denies, on its own side alone: a "pause" that both sides speak of denies neither."""
    return word.start in denials(text) or (word.text not in said and _WEAK.search(word.text) is not None)
