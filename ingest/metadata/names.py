"""Names of people and organisations in bylines: strict, because a wrong author is worse than none."""

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
# Words that begin with a capital in headings and organisations but stand in no person's name.
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
ROLE = re.compile(
    r"\b(?:researcher|officer|analyst|fellow|director|professor|lecturer|scholar|scientist|consultant|editor|correspondent|"
    r"coordinator|advis[eo]r|student|candidate|associate|assistant|manager|reporter|journalist|writer|expert|specialist|economist|"
    r"intern|historian|columnist|freelancer?|founder|investigator|contributor|head|chair|president|lead|chercheu(?:r|se)|analyste|"
    r"direct(?:eur|rice)|professeure?|journaliste|doctorante?|chargée?|consultante?|rédact(?:eur|rice))s?\b",
    re.IGNORECASE,
)


def person(text: str) -> str | None:
    """The person's name that `text` is, honorifics and degrees left out; None where it is not one."""
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
    full = [token for token in proper if len(token.strip(".")) > 1 and "." not in token[:-1]]
    if not full:
        return None
    return _settle_case(name, tokens, full)


def people(text: str) -> tuple[str, ...]:
    """The names in "A, B and C", each a person with nothing else between; empty where anything else is there."""
    found = []
    for part in re.split(
        r"\s*[,;&]\s*(?:(?:and|et)\s+)?|\s+(?:and|et|und|y|with|avec)\s+", one_line(text).strip(" .,;")
    ):
        name = person(part)
        if name is None:
            return ()
        found.append(name)
    return unique_names(found)


def unique_names(names: list[str]) -> tuple[str, ...]:
    """Names in order, one entry a person: spellings with the same first and last word are one, the fuller kept."""
    kept: dict[tuple[str, str], str] = {}
    for name in names:
        words = name.casefold().replace("-", " ").split()
        key = (words[0], words[-1])
        if key not in kept or len(words) > len(kept[key].replace("-", " ").split()):
            kept[key] = name
    return tuple(kept.values())


def same_person(one: str, other: str) -> bool:
    """Whether two spellings share first and last word, hyphens aside."""
    return len(unique_names([one, other])) == 1


def organisation(text: str) -> str | None:
    """The organisation's name that `text` is, article and possessive left out; None where it reads like none."""
    name = one_line(text).strip(' "“”‘,;:.–—-|*_©')
    name = re.sub(r"^(?:the|le|la|les|l[’'])\s*(?=\S)(?<=[\s’'])", "", name, flags=re.IGNORECASE)
    name = re.sub(r"[’']s?$", "", name)
    words = name.split()
    if not words or len(words) > 8 or len(name) > 80 or not name[0].isalnum():
        return None
    small = {
        "of",
        "for",
        "and",
        "on",
        "in",
        "the",
        "de",
        "des",
        "du",
        "la",
        "le",
        "les",
        "et",
        "sur",
        "pour",
        "&",
        "at",
    }
    if not all(word[0].isupper() or word[0].isdigit() or word.lower() in small for word in words):
        return None
    if not any(character.isupper() for character in name) or words[0].lower() in {
        "this",
        "our",
        "us",
        "all",
        "your",
    }:
        return None
    return name


def _settle_case(name: str, tokens: list[str], full: list[str]) -> str | None:
    """Names in capitals set as names; a single word in capitals is a surname at the end, an acronym elsewhere."""
    shouted = [token for token in full if len(token) > 1 and token.isupper()]
    if not shouted:
        return name
    if len(shouted) == len(full) and max(map(len, full)) > 3:
        return " ".join(token if "." in token else token.title() for token in tokens)
    return name if shouted == [tokens[-1]] and len(tokens[-1]) > 3 else None
