"""Checks that each person, place or organisation a sentence names is named, or clearly meant, in the cited words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from assistant.grounding.name_forms import missing_words, name_words
from assistant.language.countries import countries, country, country_mentions, unmatched
from assistant.language.tokens import TokenizedText, closest, tokenize
from assistant.language.words import names
from ingest.text.date_patterns import WEEKDAYS
from vectorstore.terms import STOP_WORDS

# Words that do not identify anyone; a sentence may drop them, or add them from elsewhere in the report.
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
# A sentence that refers to something named before it: "they", "the group".
REFERS_BACK = re.compile(
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
# A singular word without an article that opens a sentence before a verb is a name: "Traoré said", not "Rain fell".
_BARE_SINGULAR = re.compile(
    r"^\s*([A-Z][a-z]{2,}[^s\W])(?:'s\b|\s(?:has|was|is|had|will|would|became|saw|says|said|insists|insisted"
    r"|announced|declared|told|called|remains|remained|denied|accused|claimed|expects|expected|wants|wanted|led|took"
    r"|lost|won|withdrew|joined|left)\b|, (?:who|which|whose|an?|the)\b)"
)
_OPENERS = frozenset(WEEKDAYS) | frozenset(
    """
    today yesterday tomorrow tonight neither either nobody
    everybody everyone someone somebody anyone anybody everything something anything nothing
    whoever whatever never furthermore moreover however therefore thus hence nevertheless nonetheless meanwhile
    otherwise instead overall despite although while whereas note yes unless if with without nearly another
    """.split()
)


def name_disagreements(claim: TokenizedText, cited: TokenizedText, around: TokenizedText) -> Iterator[str]:
    """A fault for each name of the sentence that the cited words neither hold nor refer to.

    "attacked Ziguinchor" is a fault where the cited words say "attacked Kolda". A name from the surrounding text
    passes if the cited words refer back ("the group", "they") and name nobody else in its place.
    """
    surroundings = around if REFERS_BACK.search(cited.lower) else cited
    for name in dict.fromkeys(_claimed_names(claim, cited, around)):
        missing = missing_words(name, cited)
        if not missing or (missing == name_words(name)[:1] and _is_ordinary_opener(name, claim)):
            continue
        if (
            surroundings is around
            and not missing_words(name, around)
            and not _replaces_name(name, claim, cited)
        ):
            continue
        if _is_implied_country(name, claim, cited, around) or _is_known_place(name, claim, cited, around):
            continue
        if set(missing) <= _TITLES and _TITLES & set(name_words(name)) != set(name_words(name)):
            if not (
                _TITLES & {word.text for word in cited.words} - {"state", "region", "army", "government"}
            ):
                continue
            if not missing_words(name, around):
                continue
        yield f"“{name}” does not stand in the cited words"


def _claimed_names(claim: TokenizedText, cited: TokenizedText, around: TokenizedText) -> Iterator[str]:
    """The names to check: names within sentences, a name that opens a sentence, countries."""
    for name in single_names(claim.plain):
        found_at = re.search(rf"(?<!\w){re.escape(name)}", claim.plain)
        if found_at is None:
            continue  # the end of "iPad"
        if claim.plain[: found_at.start()].endswith(": "):  # capitalised only because it opens a clause
            name = name.partition(" ")[2]
        if set(name_words(name)) - _TITLES - _OPENERS:  # "the Act" names nobody
            yield name
    for start, end in claim.spans:
        opening = _opening_name(claim.plain[start:end], cited, around)
        if opening:
            yield opening
    yield from country_mentions(claim.plain)


def single_names(text: str, first_word: bool = False) -> list[str]:
    """The names of a text, split at "and": ["Mali", "Niger"] for "It left Mali and Niger."."""
    return [part for name in names(text, first_word) for part in re.split(r"\sand\s(?:the\s)?", name)]


def same_name(name: str, other_name: str) -> bool:
    """Whether two names can mean the same, in any form: `same_name("UN", "United Nations") is True`."""
    return not missing_words(name, tokenize(other_name)) or not missing_words(other_name, tokenize(name))


def _opening_name(sentence: str, cited: TokenizedText, around: TokenizedText) -> str | None:
    """The first word of a sentence if it is a name: its capital alone proves nothing.

    It counts if the texts know it as a name, or if a singular verb follows it without an article ("Traoré said").
    """
    first = re.match(r"[\"'(]*([A-Z][\w']+)", sentence)
    if first is None:
        return None
    word = first[1].removesuffix("'s")
    if word.lower() in STOP_WORDS | _TITLES | _OPENERS:
        return None
    known = _capitalised(around) | _capitalised(cited)
    lower = {written for written in known if written.islower()}
    if word in known and word.lower() not in lower and not word.endswith("ly"):
        return word
    bare = _BARE_SINGULAR.match(sentence)
    if bare and word.lower() not in lower and not _COMMON_ENDING.search(word.lower()):
        return word
    return None


@lru_cache(maxsize=256)
def _capitalised(text: TokenizedText) -> frozenset[str]:
    """All words as written, without the first word of each sentence."""
    firsts = {next((w.start for w in text.words if w.start >= start), -1) for start, _ in text.spans}
    return frozenset(
        text.plain[word.start : word.end].removesuffix("'s")
        for word in text.words
        if word.start not in firsts
    )


def _is_ordinary_opener(name: str, text: TokenizedText) -> bool:
    """Whether a name opens a sentence with an ordinary word: "However Mali left."."""
    first = name_words(name)[0]
    opens = any(text.plain[start:].startswith(name) for start, _ in text.spans)
    return opens and (first in STOP_WORDS | _OPENERS or _COMMON_ENDING.search(first) is not None)


def _replaces_name(name: str, claim: TokenizedText, cited: TokenizedText) -> bool:
    """Whether the closest cited sentence names somebody whom the claim does not, so that one may replace the other."""
    if re.search(r"\bthere\b", cited.lower) and re.search(
        rf"\b(?:in|at|near|from) {re.escape(name)}", claim.plain
    ):
        return False
    cited_sentences = [cited.plain[slice(*cited.spans[number])] for number in closest(claim, cited)[:1]]
    if countries(name):
        return any(unmatched(countries(text), countries(claim.plain)) for text in cited_sentences)
    full = {long for text in cited_sentences for long, short in _abbreviations(text) if short in claim.plain}
    return any(
        not countries(cited_name)
        and not set(name_words(cited_name)) <= _TITLES
        and len(missing_words(cited_name, claim)) == len(name_words(cited_name))
        and not any(cited_name in long for long in full)
        for text in cited_sentences
        for cited_name in single_names(text)
        if name_words(cited_name)
    )


_NAME_WITH_ABBREVIATION = re.compile(
    r"((?:[A-Z][\w']*\s(?:(?:in|of|the|and|for|al|wal|el|de|des|to)\s)*){2,9})\(([A-Z][\w-]{1,9})\)"
)


def _abbreviations(text: str) -> list[tuple[str, str]]:
    """(full name, abbreviation) wherever a text gives both: ("Central Bank of Mali", "CBM")."""
    return [(match[1].strip(), match[2]) for match in _NAME_WITH_ABBREVIATION.finditer(text)]


def _is_known_place(name: str, claim: TokenizedText, cited: TokenizedText, around: TokenizedText) -> bool:
    """Whether a name is the place of the surrounding text ("in Kolda") and the cited words give no place."""
    where = r"\b(?:in|at|near|around|to|from|of|for|towards?|on)\s(?:the\s)?"
    return (
        re.search(rf"\b(?:in|at|near) {re.escape(name)}", claim.plain) is not None
        and not missing_words(name, around)
        and re.search(rf"{where}[A-Z]", cited.plain) is None
    )


def _is_implied_country(name: str, claim: TokenizedText, cited: TokenizedText, around: TokenizedText) -> bool:
    """Whether a name is a country that the surrounding text is about, and the cited words name no other country."""
    states = countries(name)
    if (
        not states
        or any(country(word) is None for word in set(name_words(name)) - _TITLES)
        or unmatched(countries(cited.plain), countries(claim.plain))
    ):
        return False
    frequent = Counter(country(state) or "" for state in country_mentions(around.plain)).most_common(2)
    opening = countries(around.plain.split("\n\n")[0])
    return bool(frequent) and not unmatched(states, {code for code, _ in frequent} | opening)
