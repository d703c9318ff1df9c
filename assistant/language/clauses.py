"""Splits a sentence into clauses and says of each whether its verb reports an event, a state, a plan or speech.

There is no parser: past tenses are recognised by their endings and a list of irregular forms, enough for news reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

# realised: it happened; state: it was or is so; irrealis: planned, expected or conditional; reported: somebody said
# something; none: no finite verb was found
Modality = Literal["realised", "state", "irrealis", "reported", "none"]

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
# Participles that count as verbs only after an auxiliary: "was overrun", "had begun".
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
# Text that ends just before a date, when the date bounds a period or names a deadline: "since", "by the end of". What
# the sentence reports did not happen on such a date.
PERIOD_EDGE = re.compile(
    r"\bsince\s+(?:\w+\s+){1,3}(?:in\s*)?$|\b(?:planned|scheduled|set|due|expected)\b[^,;]{0,25}$|"
    r"\b(?:since|as of|as at|until|till|by|by the end of|before|no later than|ahead of|up to|over the past|"
    r"at the end of|compared (?:with|to)|down from|up from|than)"
    r"(?: (?:at least|about|around|early|mid|late|the|the (?:end|beginning|start|middle|summer|winter|spring|autumn|"
    r"coup|events?) (?:of|in)|day of))?\s*$",
    re.IGNORECASE,
)
# Participles used as adjectives before a noun, and other words in -ed that are no past tense.
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
# How the main clause continues after an aside: "The lock, built in 1993, is old".
_GOES_ON = re.compile(
    rf"(?:is|are|was|were|has|had|have|will|would|can|could|may|also|\w+ed|{_IRREGULAR})\b", re.IGNORECASE
)
_SUBORDINATE = re.compile(r"(?:that|which|who|whom|whose|where|when|while|because|after|before)\b")
_SAYING = re.compile(rf"(?:{_SPEECH})", re.IGNORECASE)


@dataclass(frozen=True)
class Verb:
    """A past tense, or a participle with its auxiliary."""

    start: int  # offset into the sentence; of the participle if there is an auxiliary
    end: int
    word: str  # lower case
    auxiliary: str | None  # lower case: "was", "had" …
    phrase_start: int  # offset of the auxiliary, or of the verb if there is none

    @property
    def passive(self) -> bool:
        """True with a form of "to be": "was killed"."""
        return self.auxiliary in ("was", "were", "been", "be", "being", "is", "are")


@dataclass(frozen=True)
class Clause:
    """A stretch of a sentence, without the comma or other mark that separates it from the next."""

    start: int  # offsets into the sentence
    end: int
    text: str  # sentence[start:end]
    verb: Verb | None  # the verb that decided the modality
    modality: Modality


def clauses(sentence: str, dates: Sequence[tuple[int, int]]) -> list[Clause]:
    """The clauses of a sentence, in order.

    `dates` are the (start, end) offsets of its dates, in which neither verbs ("May") nor boundaries (the comma of
    "May 3, 2021") are looked for.

    >>> [(part.text, part.modality) for part in clauses("The post fell, officials said.", [])]
    [('The post fell', 'realised'), ('officials said.', 'reported')]
    """
    characters = list(sentence)
    for start, end in dates:
        characters[start:end] = "0" * (end - start)  # offsets stay the same, and a date is one word
    # An abbreviation in brackets, "(JNIM)", does not end the clause.
    masked = _ABBREVIATION.sub(lambda name: "0" * len(name[0]), "".join(characters))
    result: list[Clause] = []
    begin = 0
    main_verb_due = True  # no main verb so far, so a verb that opens a clause may be it
    for boundary in [*_BOUNDARY.finditer(masked), *re.finditer(r"$", masked)]:
        if boundary.start() > begin:
            clause = _clause_between(masked, begin, boundary, main_verb_due)
            subordinate = _SUBORDINATE.match(clause.text) is not None and bool(result)
            main_verb_due = main_verb_due and (clause.verb is None or subordinate)
            result.append(clause)
        main_verb_due = main_verb_due or boundary[0].strip() in (":", ";")
        begin = boundary.end()
    return [
        Clause(clause.start, clause.end, sentence[clause.start : clause.end], clause.verb, clause.modality)
        for clause in result
    ]


def _clause_between(masked: str, begin: int, boundary: re.Match[str], main_verb_due: bool) -> Clause:
    """The clause from `begin` to a boundary.

    In "The lock, built in 1993 and opened in 1994, is old", the participles of the aside are not the main verb.
    """
    end = boundary.start()
    main_clause_resumes = boundary[0].startswith(",") and _GOES_ON.match(masked, boundary.end()) is not None
    first_word = _WORD.match(masked, begin) if main_clause_resumes and begin else None
    if first_word is not None and _PAST.fullmatch(first_word[0]):
        return Clause(begin, end, masked[begin:end], None, "none")
    return _clause(masked, begin, end, main_verb_due)


def _clause(masked: str, start: int, end: int, main_verb_due: bool) -> Clause:
    """The clause masked[start:end], with its deciding verb and modality."""
    text = masked[start:end]
    verbs = _verbs(masked, start, end, main_verb_due and start > 0)
    actions = [verb for verb in verbs if not _STATE.fullmatch(verb.word) and not _SAYING.fullmatch(verb.word)]
    verb = next(iter(actions), next(iter(verbs), None))
    modality: Modality
    # Words of planning after the action do not count: "announced that it would" reports an announcement.
    if _AHEAD.search(text[: verb.start - start] if actions and verb else text):
        modality = "irrealis"
    elif actions:
        modality = "realised"
    elif any(_SAYING.fullmatch(verb.word) for verb in verbs):
        modality = "reported"
    elif verbs or re.search(r"\b(?:is|are|was|were|has|had|have|remains?|does|do)\b", text, re.IGNORECASE):
        modality = "state"
    else:
        modality = "none"
    return Clause(start, end, text, verb, modality)


def _verbs(masked: str, start: int, end: int, may_open: bool) -> list[Verb]:
    """The past tenses and participles in masked[start:end]; its first word counts only if `may_open`."""
    verbs = []
    words = list(_WORD.finditer(masked, start, end))
    for index, match in enumerate(words):
        word = match[0].casefold()
        if "-" in word or word in _ADJECTIVES or not (_PAST.fullmatch(word) or _SAYING.fullmatch(word)):
            continue
        if match[0][0].isupper():
            continue  # a name, or a participle that opens an aside: "Armed", "Backed by"
        before = words[index - 1] if index else None
        helper = before
        if before is not None and before[0].casefold().endswith("ly") and index > 1:
            helper = words[index - 2]  # "was reportedly killed"
        auxiliary = helper[0].casefold() if helper and helper[0].casefold() in _AUXILIARIES else None
        if auxiliary is None and (
            _ONLY_PARTICIPLE.fullmatch(word)
            or (before is None and not may_open)
            or (before is not None and _precedes_noun(before[0].casefold()))
        ):
            continue
        two_before = [neighbour[0] for neighbour in words[max(0, index - 2) : index]]
        if word in _NOUNS_TOO and any(neighbour in ("a", "an", "the") for neighbour in two_before):
            continue  # "a pop hit"
        if before is not None and _REMAINED.fullmatch(before[0].casefold()):
            continue  # "remained shut"
        if any(neighbour.casefold() in ("not", "never", "no") for neighbour in two_before):
            continue
        opens = helper.start() if auxiliary and helper else match.start()
        verbs.append(Verb(match.start(), match.end(), word, auxiliary, opens))
    return [verb for verb in verbs if verb.auxiliary not in ("is", "are", "be", "being")]


def _precedes_noun(word: str) -> bool:
    """True if what follows this word is part of a noun phrase: "the affected towns", "the highest recorded toll".

    >>> _precedes_noun("the"), _precedes_noun("highest"), _precedes_noun("troops")
    (True, True, False)
    """
    return word in _DETERMINERS or word.endswith("est")
