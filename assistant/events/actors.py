"""Finds the actor of an event: the subject of its verb, or the phrase after "by"."""

from __future__ import annotations

import re

from assistant.language.clauses import Verb
from assistant.language.countries import is_adjective
from assistant.language.words import UNITS
from ingest.text.date_patterns import MONTHS
from vectorstore.terms import fold

_SOMEONE = re.compile(
    r"(?:arm(?:y|ies)|soldiers?|troops?|forces?|fighters?|militants?|jihadists?|jihadis?|insurgents?|insurgenc(?:y|ies)|"
    r"rebels?|gunm[ae]n|attackers?|assailants?|militias?|militiamen|groups?|governments?|authorit(?:y|ies)|junta|regime|"
    r"police|gendarmes?|bandits?|protesters?|demonstrators?|workers?|miners?|unions?|court|judges?|prosecutors?|"
    r"parliament|lawmakers|president|minister|ministers|ministry|council|leaders?|officials?|commanders?|officers?|"
    r"compan(?:y|ies)|coalition|movement|mission|peacekeepers|separatists|terrorists?|extremists|mercenaries|"
    r"contractors|prisoners|residents|villagers|mayor|governor|opposition|part(?:y|ies)|banks?|smugglers|pirates|"
    r"unit|convoy|battalion|navy|coastguard|firefighters|rescuers|members?|commission|agency|states|countries|general|"
    r"colonel|spokesman|spokeswoman|owners?|organi[sz]ers|employers?|investors|families|communities|bloc|alliance|guards?|crowds?|students|suspects?|man|woman|men|staff|crew|presidency)"
)
_PHRASE_ENDS = frozenset(
    """
    in on at near with from during after before who which that to for as was were had has have is are into over against
    under by when while because where outside inside around along across through between despite since until without
    following amid whose then also never not later subsequently soon again finally
    """.split()
)
_LONGEST = 9  # words; a longer subject is no actor but a description
_TOKEN = re.compile(r"[\w’'&.-]*\w|[,;:()]")
_PRONOUNS = frozenset(
    "he she it they this that these those there who which we i you one both all same".split()
)
# "killed in a US raid"
_RAID = re.compile(
    r"\bin an?\s+(?P<who>(?:[A-Z][\w.-]*|[a-z]+-led)(?:\s[A-Z][\w-]*)?)\s+(?:[a-z]+\s)?"
    r"(?:raid|air ?strike|drone strike|strike|operation|ambush|attack)\b"
)
_BY = re.compile(r"\bby\s+(?=\S)")


def actor_of(clause_text: str, subject: str, verb: Verb | None) -> str | None:
    """The actor of an event, in the text's own words without article; None if it names none, or only "they".

    `clause_text` is the event's clause and `subject` the part before its `verb`; both have their dates masked by "\\0".
    For the passive "A convoy was attacked by fighters of the River Front" it is "fighters of the River Front".
    """
    for match in _BY.finditer(clause_text):
        actor = _phrase(clause_text[match.end() :])
        if actor is not None:
            return actor
    if verb is None or verb.passive:
        raid = _RAID.search(clause_text)
        return raid["who"] if raid else None
    words_before = re.sub(
        r"^(?:and|but|then|when|while|after|before|that|as|where|whom)\s+", "", subject.strip(" \0")
    )
    words_before = re.sub(
        r"^(?:[Oo]n|[Ii]n|[Dd]uring|[Ll]ate|[Ee]arly|[Ll]ater)?[\s\0]*\0[\s\0]*", "", words_before
    )
    return _phrase(words_before.strip())


def _phrase(text: str) -> str | None:
    """The noun phrase that opens a text, if it is someone: "army" for "the army in Kolda", None for "the dyke"."""
    end = 0
    words: list[str] = []
    tokens = list(_TOKEN.finditer(text))
    for index, match in enumerate(tokens):
        word = match[0]
        following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
        if word in ",;:()" or word.casefold() in _PHRASE_ENDS or "\0" in word:
            break
        if word == "of" and not (following[:1].isupper() or following in ("the", "a", "its", "several")):
            break
        if word == "and" and not (
            following[:1].isupper() or following in ("the", "a", "an", "its", "his", "her", "their")
        ):
            break
        if words and word.endswith("ed") and word.islower() and "-" not in word and words[-1][0].isupper():
            break  # "JNIM attacked"
        words.append(word)
        end = match.end()
    phrase = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", text[:end].strip(" ,"))
    named = [word for index, word in enumerate(words) if _is_name(word, index, words)]
    someone = any(_SOMEONE.fullmatch(word.casefold()) for word in words) or bool(named)
    if not words or len(words) > _LONGEST or not someone or not phrase or _is_reference(phrase):
        return None
    return phrase


def _is_name(word: str, index: int, words: list[str]) -> bool:
    """Whether the word at `index` is a name. The capital of a first word counts only if the phrase is that one word."""
    if not word[0].isupper() or fold(word) in MONTHS:
        return False
    alone = len(words) == 1 and not word.endswith("s")
    return index > 0 or alone or word[1:2].isupper() or is_adjective(word)


def _is_reference(phrase: str) -> bool:
    """Whether a phrase only refers to someone ("they", "seven", "same coalition"), or is an act ("Fighting")."""
    words = phrase.casefold().split()
    return words[0] in _PRONOUNS or (len(words) == 1 and words[0] in UNITS) or words[0].endswith("ing")
