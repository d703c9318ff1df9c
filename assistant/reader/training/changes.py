"""Near misses made by program: figures and names exchanged within a sentence, questions that ask for another.

They teach that order and identity matter, which an encoder of sentences hardly sees. Few of them and early:
what people write wrongly is of more kinds.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from assistant.reader.training.data import ClaimGroup, TrainingClaim, TrainingPassage, TrainingQuestion

_NUMBER = re.compile(
    r"(?<![\w.,])(?:\d[\d,.]*\d|\d)(?![\w])|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_RANK = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth)\b(?! of [A-Z])")
_DAY = re.compile(
    r"\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|"
    r"August|September|October|November|December)\b"
)
_NAME = re.compile(r"\b[A-Z][\w'’-]+(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w'’-]+)*")
_KINDS = (("day", _DAY), ("year", _YEAR), ("rank", _RANK), ("number", _NUMBER), ("name", _NAME))
_BEGINS = re.compile(r"(?:^|[.!?:;]\s+|\n)[\"“'(]*$")
_COMMON = frozenset(
    "the a an in on at it its he she they we i this that these those there but and however "
    "while when if as for after before since during most some all both no one".split()
)
# Each is put for the other: what is said changes, and hardly its words.
_OPPOSED = (
    ("before", "after"), ("more", "less"), ("most", "some"), ("all", "most"), ("increased", "decreased"),
    ("rose", "fell"), ("will", "may"), ("has", "had"), ("because", "although"), ("at least", "at most"),
    ("north", "south"), ("east", "west"), ("northern", "southern"), ("eastern", "western"), ("over", "under"),
    ("killed", "wounded"), ("soldiers", "civilians"), ("without", "with"), ("until", "since"),
    ("accepted", "rejected"), ("higher", "lower"), ("above", "below"), ("first", "last"), ("said", "denied"),
    ("confirmed", "denied"), ("could", "will"), ("only", "also"), ("and", "or"),
    ("expected", "known"), ("proposed", "decided"), ("must", "may"), ("begun", "finished"),
    ("buy", "sell"), ("bought", "sold"), ("daily", "weekly"), ("monthly", "yearly"),
)  # fmt: skip


def things(text: str) -> list[tuple[int, int, str]]:
    """Figures, years, days, ranks and names in a text: (start, end, kind), none overlapping, in order."""
    found: list[tuple[int, int, str]] = []
    for kind, pattern in _KINDS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if kind == "name":
                head = match[0].split()[0]
                if head.lower() in _COMMON:
                    start += len(head) + 1
                elif " " not in match[0] and _BEGINS.search(text, 0, start):
                    continue  # a word at the beginning of a sentence
            if start < end and all(end <= other[0] or start >= other[1] for other in found):
                found.append((start, end, kind))
    return sorted(found)


def exchanged(text: str, chance: random.Random) -> str | None:
    """The text with two of its figures, days or names in each other's place; None where it has no two."""
    found = things(text)
    pairs = [
        (one, two)
        for at, one in enumerate(found)
        for two in found[at + 1 :]
        if one[2] == two[2] and text[one[0] : one[1]].lower() != text[two[0] : two[1]].lower()
    ]
    # "Ali and Omar" are the same the other way round.
    pairs = [
        (one, two)
        for one, two in pairs
        if text[one[1] : two[0]].strip().lower() not in ("and", ",", "or", "of", "")
    ]
    if not pairs:
        return None
    one, two = chance.choice(pairs)
    first, second = text[one[0] : one[1]], text[two[0] : two[1]]
    return text[: one[0]] + second + text[one[1] : two[0]] + first + text[two[1] :]


def opposed(text: str, chance: random.Random) -> str | None:
    """The text with one word put for another that says something else; None where it has none of them."""
    words = [(a, b) for pair in _OPPOSED for a, b in (pair, pair[::-1])]
    present = [(a, b) for a, b in words if re.search(rf"\b{a}\b", text)]
    if not present:
        return None
    word, other = chance.choice(present)
    match = chance.choice(list(re.finditer(rf"\b{word}\b", text)))
    return text[: match.start()] + other + text[match.end() :]


def changed(text: str, chance: random.Random) -> str | None:
    """The text with two things exchanged or a word opposed; None where neither can be."""
    ways = [exchanged, exchanged, opposed]
    chance.shuffle(ways)
    for way in ways:
        other = way(text, chance)
        if other is not None:
            return other
    return None


def changed_evidence(groups: Sequence[ClaimGroup], chance: random.Random) -> list[ClaimGroup]:
    """The faithful claim of each pair, set against its evidence and against the evidence changed.

    Only where what was changed touches something that the claim names.
    """
    found = []
    for group in groups:
        faithful = next((one for one in group.claims if one.label == "supported"), None)
        if faithful is None:
            continue
        words = set(re.findall(r"\w+", faithful.claim.lower()))
        for _ in range(4):
            evidence = exchanged(faithful.evidence, chance)
            if evidence is None:
                break
            moved = {
                word.lower()
                for a, b in zip(faithful.evidence.split(), evidence.split(), strict=False)
                if a != b
                for word in re.findall(r"\w+", a)
            }
            if moved & words:
                pair = (faithful, TrainingClaim(evidence, faithful.claim, "not"))
                found.append(ClaimGroup("changed evidence", group.group, "exchanged", pair))
                break
    return found


def changed_claims(groups: Sequence[ClaimGroup], chance: random.Random) -> list[ClaimGroup]:
    """Faithful rewordings against themselves with two things exchanged or a word opposed."""
    found = []
    for group in groups:
        faithful = next((one for one in group.claims if one.label == "supported"), None)
        other = None if faithful is None else changed(faithful.claim, chance)
        if faithful is not None and other is not None:
            pair = (faithful, TrainingClaim(faithful.evidence, other, "not"))
            found.append(ClaimGroup("changed claim", group.group, "exchanged", pair))
    return found


def changed_sentences(
    passages: Sequence[TrainingPassage], most: int, chance: random.Random
) -> list[ClaimGroup]:
    """Sentences of any text against themselves changed: every word is there, and the sense is another."""
    found: list[ClaimGroup] = []
    for passage in chance.sample(list(passages), min(len(passages), 3 * most)):
        start, end = chance.choice(passage.sentences) if passage.sentences else (0, 0)
        sentence = passage.text[start:end]
        if not 50 <= len(sentence) <= 300:
            continue
        other = changed(sentence, chance)
        if other is not None:
            same = TrainingClaim(sentence, sentence, "supported")
            found.append(
                ClaimGroup(
                    "changed sentence",
                    passage.title,
                    "exchanged",
                    (same, TrainingClaim(sentence, other, "not")),
                )
            )
        if len(found) == most:
            break
    return found


def other_question(question: TrainingQuestion, chance: random.Random) -> TrainingQuestion | None:
    """The question asked of another figure, day or name of the same passage, which then does not answer it."""
    asked = question.question
    here: dict[str, list[str]] = {kind: [] for kind, _ in _KINDS}
    for start, end, kind in things(question.passage.text):
        here[kind].append(question.passage.text[start:end])
    answered = " ".join(question.passage.text[start:end] for start, end in question.answers).lower()
    candidates = []
    for start, end, kind in things(asked):
        named = asked[start:end]
        if start == 0 or named.lower() not in question.passage.text.lower():
            continue
        others = {
            one for one in here[kind] if one.lower() not in asked.lower() and one.lower() not in answered
        }
        candidates += [(start, end, other) for other in sorted(others)]
    if not candidates:
        return None
    start, end, other = chance.choice(candidates)
    return TrainingQuestion(
        question.source, question.group, "other", asked[:start] + other + asked[end:], question.passage, ()
    )
