"""Compares a sentence that nearly repeats its source word by word: what was inserted, removed or replaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assistant.grounding.denial import answers_denial, denials
from assistant.grounding.names import same_name
from assistant.grounding.opposites import opposed
from assistant.language.tokens import Token, TokenizedText, closest

_LEAST_OVERLAP = 0.6  # share of the claim's words that the cited sentence must hold in order
_LONGEST_EDIT = 3  # words; a longer replacement is a rewording
_HEDGES = frozenset("hardly barely scarcely".split())


def edit_disagreements(claim: TokenizedText, cited: TokenizedText) -> Iterator[str]:
    """A fault for a denial inserted or removed, a word replaced by its opposite, or a name by another name.

    "The Red Front took the post." for "The Blue Front took the post." names “Red” instead of “Blue”.
    """
    numbers = closest(claim, cited, _LEAST_OVERLAP)[:1]
    for number in numbers:
        cited_tokens = cited.by_sentence[number]
        claim_tokens = list(claim.words)
        matcher = SequenceMatcher(
            None, [word.stem for word in cited_tokens], [word.stem for word in claim_tokens], autojunk=False
        )
        if sum(block.size for block in matcher.get_matching_blocks()) < _LEAST_OVERLAP * len(claim_tokens):
            continue
        for tag, cited_start, cited_end, claim_start, claim_end in matcher.get_opcodes():
            if tag != "equal" and _is_between_equal_words(matcher, cited_start, cited_end, len(cited_tokens)):
                yield from _edit_faults(
                    cited, cited_tokens[cited_start:cited_end], claim, claim_tokens[claim_start:claim_end]
                )


def _is_between_equal_words(matcher: SequenceMatcher[str], start: int, end: int, length: int) -> bool:
    """Whether the edit has equal words (or the end of the sentence) on both sides."""
    blocks = matcher.get_matching_blocks()
    before = start == 0 or any(block.a + block.size == start and block.size for block in blocks)
    after = end == length or any(block.a == end and block.size for block in blocks)
    return before and after


def _edit_faults(
    cited: TokenizedText, cited_tokens: Sequence[Token], claim: TokenizedText, claim_tokens: Sequence[Token]
) -> Iterator[str]:
    """The faults of one edit: `cited_tokens` were replaced by `claim_tokens`; either may be empty."""
    if len(cited_tokens) > _LONGEST_EDIT or len(claim_tokens) > _LONGEST_EDIT + 1:
        return
    cited_denies, claim_denies = _denies(cited, cited_tokens), _denies(claim, claim_tokens)
    if claim_denies and not any(answers_denial(cited, word) for word in cited_tokens):
        yield "denies what the cited words say"
    elif cited_denies and not any(answers_denial(claim, word) for word in claim_tokens):
        yield "says what the cited words deny"
    for token in claim_tokens:
        for cited_token in cited_tokens:
            if opposed(token.text, cited_token.text):
                yield f"says “{token.text}” where the cited words say “{cited_token.text}”"
    if (
        claim_tokens
        and cited_tokens
        and _all_capitalised(claim, claim_tokens)
        and _all_capitalised(cited, cited_tokens)
    ):
        claim_name, cited_name = _span_text(claim, claim_tokens), _span_text(cited, cited_tokens)
        listed = (
            claim_name in _span_text(cited, cited.by_sentence[cited_tokens[0].sentence])
            and cited_name in claim.plain
        )
        if not listed and not same_name(claim_name, cited_name):
            yield f"names “{claim_name}” where the cited words name “{cited_name}”"


def _denies(text: TokenizedText, words: Sequence[Token]) -> bool:
    """Whether one of the words negates, "hardly" and the like included."""
    marks = denials(text)
    return any(word.start in marks or word.text in _HEDGES for word in words)


def _all_capitalised(text: TokenizedText, words: Sequence[Token]) -> bool:
    """Whether all words are capitalised, and none only because it opens a sentence."""
    starts = {start for start, _ in text.spans}
    return all(text.plain[word.start].isupper() and word.start not in starts for word in words)


def _span_text(text: TokenizedText, words: Sequence[Token]) -> str:
    """The text from the first of the words to the last, as written."""
    return text.plain[words[0].start : words[-1].end]
