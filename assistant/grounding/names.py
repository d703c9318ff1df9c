"""People, places and bodies: who a sentence names must be named, or plainly meant, in what it cites."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from assistant.grounding.name_forms import missing_words, name_words
from assistant.language.countries import countries, country, country_mentions, unmatched
from assistant.language.tokens import TokenizedText, closest, tokenize
from assistant.language.words import names
from vectorstore.terms import STOP_WORDS

# Titles tell little about who is meant; what a sentence may leave out or add where the report has it elsewhere.
_TITLES = frozenset(
    """
    mr mrs ms dr sir president vice prime foreign defence defense interior minister ministry general colonel captain
    major lieutenant sergeant governor mayor ambassador chancellor secretary senator king queen prince chief director
    professor judge bishop pope sheikh imam spokesman spokeswoman spokesperson commander opposition leader government
    army armed forces parliament state region operation group mission council party court bank north south east west
    northern southern eastern western central act law series season show internet web book film page part chapter
    university college church war museum bridge river lake
    """.split()
)
# A cited sentence that points at something named before it.
POINTS_BACK = re.compile(
    r"\b(?:he|she|it|they|his|her|its|their|him|them|this|these|those|both|there|"
    r"(?:the|that|same|our|latter|former)\s(?:\w+\s)?(?:group|movement|coalition|alliance|mission|army|force|forces|troops|"
    r"government|junta|regime|authorities|country|countries|region|regions|town|city|village|capital|area|state|party|company|"
    r"bank|bloc|union|organi[sz]ation|agency|council|court|report|centre|center|institute|president|minister|general|"
    r"colonel|leader|leaders|captive|attack|operation|deployment|agreement|two|four|three|members|soldiers|fighters|west|"
    r"north|south|east|industry|sector|place|camp|post|base|battalion|coup|incidents|attacks|crisis|communities))\b"
)
_COMMON_ENDING = re.compile(
    r"(?:tion|sion|ment|ity|ness|ence|ance|ing|ism|ship|dom|ure|age|th|al|ly|ers|ors|ists|ives|ies|ed|es|ogy|ics|ry)$"
)
# What follows a name that opens a sentence: a singular verb, where a common noun would have had its article.
_BARE_SINGULAR = re.compile(
    r"^\s*([A-Z][a-z]{2,}[^s\W])(?:'s\b|\s(?:has|was|is|had|will|would|became|saw|says|said|insists|insisted"
    r"|announced|declared|told|called|remains|remained|denied|accused|claimed|expects|expected|wants|wanted|led|took"
    r"|lost|won|withdrew|joined|left)\b|, (?:who|which|whose|an?|the)\b)"
)
_OPENERS = frozenset(
    """
    today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday neither either nobody
    everybody everyone someone somebody anyone anybody everything something anything nothing
    whoever whatever never furthermore moreover however therefore thus hence nevertheless nonetheless meanwhile
    otherwise instead overall despite although while whereas note yes unless if with without nearly another
    """.split()
)


def name_disagreements(ours: TokenizedText, cited: TokenizedText, around: TokenizedText) -> Iterator[str]:
    """Names of a sentence that its cited words neither hold nor stand for.

    A name found only in the text around the cited words passes where these point back ("the group", "they") and
    name nothing else in its place.
    """
    near = around if POINTS_BACK.search(cited.lower) else cited
    for written in dict.fromkeys(_named(ours, cited, around)):
        missing = missing_words(written, cited)
        if not missing or (missing == name_words(written)[:1] and _only_opens(written, ours)):
            continue
        if near is around and not missing_words(written, around) and not _replaced(written, ours, cited):
            continue
        if _goes_without_saying(written, ours, cited, around) or _only_tells_where(
            written, ours, cited, around
        ):
            continue
        if set(missing) <= _TITLES and _TITLES & set(name_words(written)) != set(name_words(written)):
            if not (
                _TITLES & {word.text for word in cited.words} - {"state", "region", "army", "government"}
            ):
                continue
            if not missing_words(written, around):
                continue
        yield f"“{written}” does not stand in the cited words"


def _named(ours: TokenizedText, cited: TokenizedText, around: TokenizedText) -> Iterator[str]:
    for name in single_names(ours.plain):
        at = re.search(rf"(?<!\w){re.escape(name)}", ours.plain)
        if at is None:
            continue  # the end of "iPad"
        if ours.plain[: at.start()].endswith(": "):  # the capital of a beginning
            name = name.partition(" ")[2]
        if set(name_words(name)) - _TITLES - _OPENERS:  # "the Act" names nobody
            yield name
    for start, end in ours.spans:
        opening = _opening_name(ours.plain[start:end], cited, around)
        if opening:
            yield opening
    yield from country_mentions(ours.plain)


def single_names(text: str, first_word: bool = False) -> list[str]:
    """The names of a text, those joined by "and" apart."""
    return [part for name in names(text, first_word) for part in re.split(r"\sand\s(?:the\s)?", name)]


def same_name(one: str, other: str) -> bool:
    """Whether two names can stand for the same."""
    return not missing_words(one, tokenize(other)) or not missing_words(other, tokenize(one))


def _opening_name(sentence: str, cited: TokenizedText, around: TokenizedText) -> str | None:
    """The word that opens a sentence, where it is a name: its capital alone proves nothing."""
    first = re.match(r"[\"'(]*([A-Z][\w']+)", sentence)
    if first is None:
        return None
    word = first[1].removesuffix("'s")
    if word.lower() in STOP_WORDS | _TITLES | _OPENERS:
        return None
    known = _capitalised(around) | _capitalised(cited)
    lower = {one for one in known if one.islower()}
    if word in known and word.lower() not in lower and not word.endswith("ly"):
        return word
    bare = _BARE_SINGULAR.match(sentence)
    if bare and word.lower() not in lower and not _COMMON_ENDING.search(word.lower()):
        return word
    return None


@lru_cache(maxsize=256)
def _capitalised(text: TokenizedText) -> frozenset[str]:
    """Words as written inside sentences, the first of each left out."""
    firsts = {next((w.start for w in text.words if w.start >= start), -1) for start, _ in text.spans}
    return frozenset(
        text.plain[word.start : word.end].removesuffix("'s")
        for word in text.words
        if word.start not in firsts
    )


def _only_opens(name: str, text: TokenizedText) -> bool:
    """Whether a name begins with an ordinary word that has the capital of the sentence that it opens."""
    first = name_words(name)[0]
    opens = any(text.plain[start:].startswith(name) for start, _ in text.spans)
    return opens and (first in STOP_WORDS | _OPENERS or _COMMON_ENDING.search(first) is not None)


def _replaced(name: str, ours: TokenizedText, cited: TokenizedText) -> bool:
    """Whether the cited words that say the same name somebody whom ours leaves out, so that ours may have put
    another in the place."""
    if re.search(r"\bthere\b", cited.lower) and re.search(
        rf"\b(?:in|at|near|from) {re.escape(name)}", ours.plain
    ):
        return False
    near = [cited.plain[slice(*cited.spans[number])] for number in closest(ours, cited)[:1]]
    if countries(name):
        return any(unmatched(countries(text), countries(ours.plain)) for text in near)
    full = {long for text in near for long, short in _abbreviations(text) if short in ours.plain}
    return any(
        not countries(other)
        and not set(name_words(other)) <= _TITLES
        and len(missing_words(other, ours)) == len(name_words(other))
        and not any(other in long for long in full)
        for text in near
        for other in single_names(text)
        if name_words(other)
    )


_IN_FULL = re.compile(
    r"((?:[A-Z][\w']*\s(?:(?:in|of|the|and|for|al|wal|el|de|des|to)\s)*){2,9})\(([A-Z][\w-]{1,9})\)"
)


def _abbreviations(text: str) -> list[tuple[str, str]]:
    """(name in full, abbreviation) wherever a text gives both: "Central Bank of Foo (CBF)"."""
    return [(match[1].strip(), match[2]) for match in _IN_FULL.finditer(text)]


def _only_tells_where(name: str, ours: TokenizedText, cited: TokenizedText, around: TokenizedText) -> bool:
    """Whether a name is that of the place that the text around speaks of, where the cited words tell none."""
    where = r"\b(?:in|at|near|around|to|from|of|for|towards?|on)\s(?:the\s)?"
    return (
        re.search(rf"\b(?:in|at|near) {re.escape(name)}", ours.plain) is not None
        and not missing_words(name, around)
        and re.search(rf"{where}[A-Z]", cited.plain) is None
    )


def _goes_without_saying(name: str, ours: TokenizedText, cited: TokenizedText, around: TokenizedText) -> bool:
    """Whether a country is one of the two that the text about the cited words is about, and these name no other."""
    states = countries(name)
    if (
        not states
        or any(country(word) is None for word in set(name_words(name)) - _TITLES)
        or unmatched(countries(cited.plain), countries(ours.plain))
    ):
        return False
    spoken = Counter(country(state) or "" for state in country_mentions(around.plain)).most_common(2)
    opening = countries(around.plain.split("\n\n")[0])
    return bool(spoken) and not unmatched(states, {code for code, _ in spoken} | opening)
