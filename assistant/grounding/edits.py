"""Word by word, where a sentence nearly repeats its source: what was put in, left out or put in place of what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assistant.grounding.denial import answers_denial, denials
from assistant.grounding.names import same_name
from assistant.grounding.opposites import opposed
from assistant.language.tokens import Token, TokenizedText, closest

_ALIKE = 0.6  # share of our words that a cited sentence must repeat in order before single words are compared
_SHORT = 3  # words put in place of others, at most: longer ones are another way to say it
_HEDGES = frozenset("hardly barely scarcely".split())


def edit_disagreements(ours: TokenizedText, cited: TokenizedText) -> Iterator[str]:
    """A denial put in or left out, or a word turned into its opposite, between words that are the same."""
    numbers = closest(ours, cited, _ALIKE)[:1]
    for number in numbers:
        theirs = cited.by_sentence[number]
        mine = list(ours.words)
        matcher = SequenceMatcher(
            None, [word.stem for word in theirs], [word.stem for word in mine], autojunk=False
        )
        if sum(block.size for block in matcher.get_matching_blocks()) < _ALIKE * len(mine):
            continue
        for tag, t0, t1, m0, m1 in matcher.get_opcodes():
            if tag != "equal" and _anchored(matcher, t0, t1, len(theirs)):
                yield from _compared(cited, theirs[t0:t1], ours, mine[m0:m1])


def _anchored(matcher: SequenceMatcher[str], start: int, end: int, length: int) -> bool:
    """Whether the same words stand on both sides (or the sentence ends there)."""
    blocks = matcher.get_matching_blocks()
    before = start == 0 or any(block.a + block.size == start and block.size for block in blocks)
    after = end == length or any(block.a == end and block.size for block in blocks)
    return before and after


def _compared(
    cited: TokenizedText, theirs: Sequence[Token], ours: TokenizedText, mine: Sequence[Token]
) -> Iterator[str]:
    if len(theirs) > _SHORT or len(mine) > _SHORT + 1:
        return
    there, here = _denies(cited, theirs), _denies(ours, mine)
    if here and not any(answers_denial(cited, word) for word in theirs):
        yield "denies what the cited words say"
    elif there and not any(answers_denial(ours, word) for word in mine):
        yield "says what the cited words deny"
    for one in mine:
        for other in theirs:
            if opposed(one.text, other.text):
                yield f"says “{one.text}” where the cited words say “{other.text}”"
    if mine and theirs and _named(ours, mine) and _named(cited, theirs):
        name, other_name = _written(ours, mine), _written(cited, theirs)
        listed = name in _written(cited, cited.by_sentence[theirs[0].sentence]) and other_name in ours.plain
        if not listed and not same_name(name, other_name):
            yield f"names “{name}” where the cited words name “{other_name}”"


def _denies(text: TokenizedText, words: Sequence[Token]) -> bool:
    marks = denials(text)
    return any(word.start in marks or word.text in _HEDGES for word in words)


def _named(text: TokenizedText, words: Sequence[Token]) -> bool:
    """Whether all these words have capitals that are not those of a sentence's beginning."""
    starts = {start for start, _ in text.spans}
    return all(text.plain[word.start].isupper() and word.start not in starts for word in words)


def _written(text: TokenizedText, words: Sequence[Token]) -> str:
    return text.plain[words[0].start : words[-1].end]
