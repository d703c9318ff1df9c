"""The stretches of a sentence between its commas and joining words, and what the verb of each tells of.

No grammar is parsed: past tenses are known by their endings and a list of irregular ones, which serves for reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Modality = Literal["event", "state", "ahead", "speech", "nothing"]

_BOUNDARY = re.compile(
    r",\s+|[;:()]\s*|\s[–—-]\s|—|\s(?=(?:that|which|who|whom|whose|where|while|whereas|although|though|because|when|after|"
    r"before|but|since then|followed by|amid|unless|if|until)\s)"
    r"|\s(?=and (?:\w+ ){0,4}?(?:was|were|had|has|have|would|will|could)\s)"
)
_IRREGULAR = (
    "took|fell|broke|began|came|went|left|hit|shot|blew|met|gave|won|lost|held|fought|fled|sent|led|struck|stole|burnt|"
    "sank|withdrew|overran|drove|rose|became|got|made|ran|cut|shut|put|swore|forbade|froze|chose|sold|bought|paid|"
    "built|caught|brought|split|flew|beat|quit|laid|drew|threw|tore|upheld|slew|swept|sought|grew|died"
)
# Participles that are no past tense of their own: they tell an event with "was" or "had".
_PARTICIPLES = (
    "withdrawn|overrun|sworn|frozen|chosen|broken|taken|given|driven|beaten|slain|found|drawn|thrown|torn|dug|set|"
    "stolen|seen|gone|hung|spread|begun|sunk|blown"
)
_STATES = (
    "remained|continued|stayed|seemed|appeared|included|involved|marked|represented|showed|averaged|numbered|totalled|"
    "counted|amounted|existed|consisted|served|wanted|needed|hoped|feared|believed|considered|contained|suffered from|"
    "belonged|depended|lasted|lived|lay|stood|stretched|covered|relied|faced|operated|worked|used|tended|lacked|"
    "expected|planned|intended|sat|owned|earned|produced|accounted|ranked|cost|meant|kept|enjoyed|resembled|"
    "differed|focused|displaced|increased|decreased|declined|doubled|tripled|rose|grew|reached|averted|analysed|analyzed|based|"
    "estimated|located|situated|published"
)
_SPEECH = (
    "said|told|wrote|noted|added|explained|stated|reported|recalled|argued|according|asked whether|spoke"
)
_AHEAD = re.compile(
    r"\b(?:will|would|could|should|may|might|must|can|cannot|shall|expect\w*|plan(?:s|ned|ning)?|due to|likely|"
    r"scheduled|deadline|going to|intent(?:ion|ions)?|intends?|intended|aims?|aimed|hopes?|"
    r"(?:is|are|was|were|be) (?:set |about |yet )?to|threaten\w*|if|unless)\b",
    re.IGNORECASE,
)
# "In August" of what has lasted until or since then is its edge, no event of then.
EDGE = re.compile(
    r"\bsince\s+(?:\w+\s+){1,3}(?:in\s*)?$|\b(?:planned|scheduled|set|due|expected)\b[^,;]{0,25}$|"
    r"\b(?:since|as of|as at|until|till|by|by the end of|before|no later than|ahead of|up to|over the past|"
    r"at the end of|compared (?:with|to)|down from|up from|than)"
    r"(?: (?:at least|about|around|early|mid|late|the|the (?:end|beginning|start|middle|summer|winter|spring|autumn|"
    r"coup|events?) (?:of|in)|day of))?\s*$",
    re.IGNORECASE,
)
# Participles that stand before a noun, or are hardly ever anything but adjectives.
_ADJECTIVES = frozenset(
    """
    armed united affiliated suspected alleged limited related linked organised organized renewed unified unaffected
    combined industrialised experienced wounded injured so-called supposed need speed indeed exceed proceed feed breed
    hundred red sacred naked rugged wicked aged beloved bed shed seed weed deed creed greed steed freed led-by bleed
    protected disputed sustained increased improvised advanced unprecedented skilled talented masked hooded uniformed
    """.split()
)
_DETERMINERS = frozenset(
    "the a an of its their his her our in on by with for from at more most two three some many several these those "
    "this that as other heavily newly internally so very to".split()
)
_AUXILIARIES = frozenset("was were been be being is are has have had got".split())
_WORD = re.compile(r"[\w’'-]+")
_PAST = re.compile(rf"(?:\w{{2,}}ed|{_IRREGULAR}|{_PARTICIPLES})", re.IGNORECASE)
_ONLY_PARTICIPLE = re.compile(rf"(?:{_PARTICIPLES})", re.IGNORECASE)
_STATE = re.compile(rf"(?:{_STATES})", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?<= )\([A-Z][\w-]{1,9}\)")
_NOUNS_TOO = frozenset(["hit", "cut", "split", "shot", "run", "put"])
_REMAINED = re.compile(r"remain(?:ed|s)?|stay(?:ed|s)|kept|seem(?:ed|s)")
# With which the main verb goes on after an aside: "The lock, built in 1993, is old".
_GOES_ON = re.compile(
    rf"(?:is|are|was|were|has|had|have|will|would|can|could|may|also|\w+ed|{_IRREGULAR})\b", re.IGNORECASE
)
_SUBORDINATE = re.compile(r"(?:that|which|who|whom|whose|where|when|while|because|after|before)\b")
_SAYING = re.compile(rf"(?:{_SPEECH})", re.IGNORECASE)


@dataclass(frozen=True)
class Verb:
    start: int  # offsets in the sentence, of its participle where it has an auxiliary
    end: int
    word: str
    auxiliary: str | None
    opens: int  # where the auxiliary, or the verb itself, begins

    @property
    def passive(self) -> bool:
        return self.auxiliary in ("was", "were", "been", "be", "being", "is", "are")


@dataclass(frozen=True)
class Clause:
    """sentence[start:end], without the mark that ends it."""

    start: int
    end: int
    text: str
    verb: Verb | None
    modality: Modality


def clauses(sentence: str, dates: Sequence[tuple[int, int]]) -> list[Clause]:
    """The stretches of a sentence in order; `dates` are spans that hold no verb ("May") and no boundary."""
    plain = list(sentence)
    for start, end in dates:
        plain[start:end] = "0" * (end - start)  # "3 May 2021, 2 June": one word each
    masked = _ABBREVIATION.sub(lambda name: "0" * len(name[0]), "".join(plain))  # "(JNIM)" parts no subject
    found: list[Clause] = []
    begin, due = 0, True  # due: the main verb is still to come, so one that opens a clause is it
    for match in [*_BOUNDARY.finditer(masked), *re.finditer(r"$", masked)]:
        if match.start() > begin:
            aside = match[0].startswith(",") and _GOES_ON.match(masked, match.end()) is not None
            # "…, built in 1993 and opened in 1994, is old": none of it is the main verb.
            opens = _WORD.match(masked, begin) if aside and begin else None
            if opens is not None and _PAST.fullmatch(opens[0]):
                one = Clause(begin, match.start(), masked[begin : match.start()], None, "nothing")
            else:
                one = _clause(masked, begin, match.start(), due)
            lesser = _SUBORDINATE.match(one.text) is not None and bool(found)
            due = due and (one.verb is None or lesser)
            found.append(one)
        due = due or match[0].strip() in (":", ";")
        begin = match.end()
    return [
        Clause(one.start, one.end, sentence[one.start : one.end], one.verb, one.modality) for one in found
    ]


def _clause(masked: str, start: int, end: int, due: bool) -> Clause:
    text = masked[start:end]
    verbs = _verbs(masked, start, end, due and start > 0)
    acts = [one for one in verbs if not _STATE.fullmatch(one.word) and not _SAYING.fullmatch(one.word)]
    verb = next(iter(acts), next(iter(verbs), None))
    telling: Modality
    # What comes after the verb ("announced that it would", "vowed to") is what was announced, not whether.
    if _AHEAD.search(text[: verb.start - start] if acts and verb else text):
        telling = "ahead"
    elif acts:
        telling = "event"
    elif any(_SAYING.fullmatch(one.word) for one in verbs):
        telling = "speech"
    elif verbs or re.search(r"\b(?:is|are|was|were|has|had|have|remains?|does|do)\b", text, re.IGNORECASE):
        telling = "state"
    else:
        telling = "nothing"
    return Clause(start, end, text, verb, telling)


def _verbs(masked: str, start: int, end: int, due: bool) -> list[Verb]:
    found = []
    words = list(_WORD.finditer(masked, start, end))
    for place, match in enumerate(words):
        word = match[0].casefold()
        if "-" in word or word in _ADJECTIVES or not (_PAST.fullmatch(word) or _SAYING.fullmatch(word)):
            continue
        if match[0][0].isupper():
            continue  # a name, or the participle that opens an aside: "Armed", "Backed by"
        before = words[place - 1] if place else None
        helper = before
        if before is not None and before[0].casefold().endswith("ly") and place > 1:
            helper = words[place - 2]  # "was reportedly killed"
        auxiliary = helper[0].casefold() if helper and helper[0].casefold() in _AUXILIARIES else None
        if auxiliary is None and (
            _ONLY_PARTICIPLE.fullmatch(word)
            or (before is None and not due)
            or (before is not None and _before_noun(before[0].casefold()))
        ):
            continue
        if word in _NOUNS_TOO and any(
            each[0] in ("a", "an", "the") for each in words[max(0, place - 2) : place]
        ):
            continue  # "a pop hit"
        if before is not None and _REMAINED.fullmatch(before[0].casefold()):
            continue  # "remained shut"
        if any(each[0].casefold() in ("not", "never", "no") for each in words[max(0, place - 2) : place]):
            continue
        opens = helper.start() if auxiliary and helper else match.start()
        found.append(Verb(match.start(), match.end(), word, auxiliary, opens))
    return [one for one in found if one.auxiliary not in ("is", "are", "be", "being")]


def _before_noun(word: str) -> bool:
    """Whether what follows a word stands before a noun: "the affected towns", "the highest recorded toll"."""
    return word in _DETERMINERS or word.endswith("est")
