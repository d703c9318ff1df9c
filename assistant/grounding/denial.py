"""Checks negation: a sentence must deny what its cited words deny, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from assistant.language.tokens import Token, TokenizedText, closest

_NEGATIONS = frozenset("no not never none neither nor without cannot nobody nothing nowhere".split())
# Phrases that negate what follows.
_DENIES_BEFORE = re.compile(
    r"\b(?:lack(?:s|ed)? (?:of )?|fail(?:s|ed)? to |unable to |refus(?:e|es|ed) to |yet to )"
)
# Words that may stand for a "not" on the other side ("rejected" for "not accepted"), but require none there.
_WEAK_DENIAL = re.compile(
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
# Phrases with a negative word that negate nothing.
_NO_DENIAL = re.compile(
    r"\b(?:not only|not just|not merely|not least|no (?:more|fewer|less|later|sooner) than|"
    r"not (?:more|fewer|less) than|"
    r"no doubt|not long (?:after|before)|(?:whether|with|if) or (?:not|without)|nothing but|"
    r"without doubt|not even a|none other than|no wonder|as not)\b"
    r"|\b(?:nothing|nowhere|never)\b(?=.{1,60}\b(?:more|so|such|better)\b)"
)
_LEAST_OVERLAP = 0.5  # share of the claim's content words that a cited sentence must hold to be compared
_TRUTH_WORDS = frozenset("true correct case".split())  # "it is not true that" negates the next clause
_SCOPE = 4  # content words after a denial that it negates


def denial_disagreements(claim: TokenizedText, cited: TokenizedText) -> Iterator[str]:
    """A fault for a denial on one side only: "The post will reopen." for "The post will not reopen."."""
    sentences = closest(claim, cited, _LEAST_OVERLAP)[:2]
    if not sentences:
        return
    cited_tokens = [word for number in sentences for word in cited.by_sentence[number]]
    if _denied_on_one_side(claim, claim.words, cited, cited_tokens):
        yield "denies what the cited words say"
    if _denied_on_one_side(cited, cited_tokens, claim, claim.words):
        yield "says what the cited words deny"


def _denied_on_one_side(
    text: TokenizedText, tokens: Sequence[Token], other_text: TokenizedText, other_tokens: Sequence[Token]
) -> bool:
    """Whether `tokens`, part of `text`, deny something that `other_tokens` say without any denial."""
    words = {word.text for word in text.words}
    starts = {word.start for word in tokens}
    for denial, scope in _denials(text):
        if denial.start not in starts or not scope:
            continue
        stems = {word.stem for word in scope}
        shared = [word for word in other_tokens if word.has_meaning and word.stem in stems]
        # Without the word denied first, or half of the scope, the other side makes another statement.
        if scope[0].stem not in {word.stem for word in shared} and 2 * len({w.stem for w in shared}) < len(
            stems
        ):
            if text.words is tokens and not any(answers_denial(other_text, word) for word in other_tokens):
                return True  # a free rewording, and nothing on the other side denies anything
            continue
        sentences = {word.sentence for word in shared}
        if not any(
            answers_denial(other_text, word, words) for word in other_tokens if word.sentence in sentences
        ):
            return True
    return False


def answers_denial(text: TokenizedText, word: Token, shared_words: Set[str] = frozenset()) -> bool:
    """Whether a word denies, e.g. "rejected"; a weak denial in `shared_words` ("pause" on both sides) does not."""
    return word.start in denials(text) or (
        word.text not in shared_words and _WEAK_DENIAL.search(word.text) is not None
    )


@lru_cache(maxsize=512)
def denials(text: TokenizedText) -> frozenset[int]:
    """Offsets of the words that negate: {13} for "The post did not fall."."""
    return frozenset(denial.start for denial, _ in _denials(text))


@lru_cache(maxsize=512)
def denied(text: TokenizedText) -> frozenset[int]:
    """Offsets of the words that are negated: the scope of a denial, and the word before it ("probably not")."""
    scoped = {token.start for _, scope in _denials(text) for token in scope}
    marks = denials(text)
    before = {
        word.start
        for index, word in enumerate(text.words)
        if any(following.start in marks for following in text.words[index + 1 : index + 2])
    }
    return frozenset(scoped | before)


@lru_cache(maxsize=512)
def _denials(text: TokenizedText) -> tuple[tuple[Token, tuple[Token, ...]], ...]:
    """Each negating word with its scope: the content words after it in its clause, else those before it."""
    harmless = [(match.start(), match.end()) for match in _NO_DENIAL.finditer(text.lower)]
    negations = []
    for word in text.words:
        if not (
            word.text in _NEGATIONS
            or word.text.endswith("n't")
            or _DENIES_BEFORE.match(text.lower, word.start)
        ):
            continue
        if any(start <= word.start < end for start, end in harmless):
            continue
        clause = [token for token in text.by_clause[word.clause] if token.has_meaning]
        after = [token for token in clause if token.start > word.start]
        if len(after) == 1 and after[0].text in _TRUTH_WORDS and word.clause + 1 < len(text.by_clause):
            after = [token for token in text.by_clause[word.clause + 1] if token.has_meaning]
        negations.append((word, tuple(after[:_SCOPE] or clause[-_SCOPE:])))
    return tuple(negations)
