"""Recognises names of people and organisations in bylines; strict, as a wrong author is worse than none."""

from __future__ import annotations

import re

from ingest.text.cleaning import one_line
from ingest.text.date_patterns import MONTHS

_HONORIFIC = re.compile(
    r"^(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Sir|Dame|Gen|General|Col|Colonel|Lt|Maj|Major|Capt|Captain|Amb|Ambassador|"
    r"Rev|Hon|Mme|Mlle|Pr|M|Dra|Herr|Frau)\b\.?\s+)+"
)
_DEGREE = re.compile(
    r"(?:,?\s+(?:Ph\.?\s?D\.?|M\.?D\.?|MA|MSc|MPhil|DPhil|LLM|MBA|Jr\.?|Esq\.?|\(ret\.?\)))+$"
)
_PARTICLES = frozenset(
    "de da do dos das del della di du des van von der den ter la le bin ibn ben bint al el y e ag ould".split()
)
# Words that are capitalised in headings and in names of organisations, but do not occur in names of people.
_NOT_A_NAME = frozenset(
    "the a an and of for in on at to by our your this that how why what with from about staff team "
    "editorial editors newsroom institute institution institut centre center group council university "
    "college school ministry department agency office bureau foundation association society network "
    "project programme program initiative union nations committee commission security crisis conflict "
    "peace policy politics political report reports analysis brief briefing paper news newsletter press "
    "media journal review magazine daily weekly monthly times blog research studies study desk "
    "library international national regional global world western eastern northern southern north "
    "east central region province district city state republic government army forces force military "
    "terrorism terrorist violence attack attacks war coup mining gold map photo image source credit "
    "figure table related content contents read more share subscribe contact home menu search "
    "introduction conclusion conclusions summary background recommendations executive key findings "
    "overview abstract new recent latest inc ltd llc corp company strategies dynamics analytics intelligence "
    "consulting admin administrator user guest author unknown anonymous microsoft windows adobe office "
    "owner default".split()
) | (frozenset(MONTHS) - {"may", "april", "june", "august"})
_TOKEN = re.compile(r"(?:[^\W\d_]\.){1,3}|[^\W\d_]+(?:[’'.-][^\W\d_]+)*[.]?")
# Of organisations: words in lower case within a name, and words with which none begins.
_SMALL_WORDS = frozenset("of for and on in the de des du la le les et sur pour & at".split())
_NOT_FIRST_WORDS = frozenset("this our us all your".split())
# A word for a role, in English or French: "Senior Researcher", "chercheuse"
ROLE = re.compile(
    r"\b(?:researcher|officer|analyst|fellow|director|professor|lecturer|scholar|scientist|consultant|editor|correspondent|"
    r"coordinator|advis[eo]r|student|candidate|associate|assistant|manager|reporter|journalist|writer|expert|specialist|economist|"
    r"intern|historian|columnist|freelancer?|founder|investigator|contributor|head|chair|president|lead|chercheu(?:r|se)|analyste|"
    r"direct(?:eur|rice)|professeure?|journaliste|doctorante?|chargée?|consultante?|rédact(?:eur|rice))s?\b",
    re.IGNORECASE,
)


def person(text: str) -> str | None:
    """The name of a person that `text` consists of, without honorifics and degrees; None if it is no such name.

    `person("Dr. Mara van der Linden, PhD") == "Mara van der Linden"`; `person("Harbour Institute") is None`
    """
    name = _DEGREE.sub("", _HONORIFIC.sub("", one_line(text).strip(" ,;:.–—-|*_")))
    tokens = name.split()
    if not 2 <= len(tokens) <= 6 or len(name) > 60:
        return None
    if any(_TOKEN.fullmatch(token) is None for token in tokens):
        return None
    if ROLE.search(name) or any(token.lower().strip(".") in _NOT_A_NAME for token in tokens):
        return None
    proper = [token for token in tokens if token.lower() not in _PARTICLES]
    if len(proper) < 2 or not all(
        token[0].isupper() or re.match(r"(?:al|el|d|ag)[-’']", token) for token in proper
    ):
        return None
    full_words = [token for token in proper if len(token.strip(".")) > 1 and "." not in token[:-1]]
    if not full_words:
        return None
    return _settle_case(name, tokens, full_words)


def _settle_case(name: str, tokens: list[str], full_words: list[str]) -> str | None:
    """A name in capitals set in normal case; None if a single word in capitals is not the last, so an acronym.

    "MARA LINDQVIST" becomes "Mara Lindqvist", "Jean DUPONT" stays, "HI Ostra" is None.
    """
    capitals = [token for token in full_words if len(token) > 1 and token.isupper()]
    if not capitals:
        return name
    if len(capitals) == len(full_words) and max(map(len, full_words)) > 3:
        return " ".join(token if "." in token else token.title() for token in tokens)
    return name if capitals == [tokens[-1]] and len(tokens[-1]) > 3 else None


def people(text: str) -> tuple[str, ...]:
    """The names in a list of people, empty if anything else is in the text.

    `people("Mara Lindqvist and Tomas Okoro") == ("Mara Lindqvist", "Tomas Okoro")`; `people("Mara said no") == ()`
    """
    names = []
    for part in re.split(
        r"\s*[,;&]\s*(?:(?:and|et)\s+)?|\s+(?:and|et|und|y|with|avec)\s+", one_line(text).strip(" .,;")
    ):
        name = person(part)
        if name is None:
            return ()
        names.append(name)
    return unique_names(names)


def unique_names(names: list[str]) -> tuple[str, ...]:
    """Names in order without repetitions. Of spellings with equal first and last words the fullest stays.

    `unique_names(["Mara Lindqvist", "Mara E. Lindqvist"]) == ("Mara E. Lindqvist",)`
    """
    fullest: dict[tuple[str, str], str] = {}
    for name in names:
        words = name.casefold().replace("-", " ").split()
        key = (words[0], words[-1])
        if key not in fullest or len(words) > len(fullest[key].replace("-", " ").split()):
            fullest[key] = name
    return tuple(fullest.values())


def same_person(name: str, other_name: str) -> bool:
    """Whether two names have equal first and last words: `same_person("Ana-Lisa Varga", "Ana Varga") is True`."""
    return len(unique_names([name, other_name])) == 1


def organisation(text: str) -> str | None:
    """The name of an organisation that `text` consists of, without article and possessive; None if it looks like none.

    `organisation("the Harbour Institute’s") == "Harbour Institute"`; `organisation("grain moves") is None`
    """
    name = one_line(text).strip(' "“”‘,;:.–—-|*_©')
    name = re.sub(r"^(?:the|le|la|les|l[’'])\s*(?=\S)(?<=[\s’'])", "", name, flags=re.IGNORECASE)
    name = re.sub(r"[’']s?$", "", name)
    words = name.split()
    if not words or len(words) > 8 or len(name) > 80 or not name[0].isalnum():
        return None
    if not all(word[0].isupper() or word[0].isdigit() or word.lower() in _SMALL_WORDS for word in words):
        return None
    if not any(character.isupper() for character in name) or words[0].lower() in _NOT_FIRST_WORDS:
        return None
    return name
