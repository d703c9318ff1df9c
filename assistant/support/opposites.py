"""Direction: rose or fell, before or after, north or south. What a sentence says must not be the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.support.denial import denied
from assistant.support.naming import POINTS_BACK
from assistant.support.reading import Reading, Word, closest
from assistant.support.synonyms import canonical
from assistant.words import stem

# One axis a line, one pole on each side. Words that say the same about a thing stand on one side; words with
# several everyday senses ("close", "over", "back", "last") are left out, since they would contradict at random.
_AXES = """
rise rose risen increase increased grow grew grown growth climb surge soar jump higher upward upwards escalate expand step stepped strengthen strengthened reinforce reinforced boost boosted greater larger bigger | fall fell fallen decrease decreased decline declined drop dropped shrink shrank lower downward downwards reduce reduced reduction dwindle plunge lessen fewer weaken weakened undermine undermined erode eroded smaller diminish diminished
before earlier prior ahead beforehand preceding previously | after later following afterwards subsequently thereafter
more greater most majority | less fewer few least minority
above exceeding | below
win won victory triumph victorious | lose lost defeat defeated loss
begin began begun start started launch launched commence onset opened beginning | end ended finish finished cease ceased terminate terminated stop stopped halt halted conclude conclusion ending
join joined enter entered entry accede arrive arrived arrival | leave left quit exit exited withdraw withdrew withdrawn withdrawal depart departed departure gone abandon
support supported back backed endorse endorsed favour favor favoured approve approved welcome welcomed | oppose opposed reject rejected opposition against resist criticise criticize criticised condemn condemned
allow allowed permit permitted authorise authorize lift lifted legal legalise legitimate | ban banned forbid forbade prohibit prohibited illegal outlaw impose imposed unlawful illicit
likely probable probably likelihood | unlikely improbable doubtful
strengthen strengthened reinforce reinforced strong stronger boost consolidate | weaken weakened weak weaker undermine undermined erode eroded degrade degraded
improve improved better improvement ease eased | worsen worsened worse deteriorate deteriorated deterioration worsening aggravate
succeed succeeded success successful manage | fail failed failure unsuccessful
accept accepted agree agreed consent | refuse refused refusal reject rejected decline
confirm confirmed admit admitted acknowledge acknowledged | deny denied denial
arrest arrested detain detained capture captured | free freed release released
build built create created establish established construct found founded creation establishment | destroy destroyed dismantle dismantled demolish demolished break broke
buy bought purchase | sell sold
import imported | export exported
rich wealthy | poor scarce impoverished
large larger big bigger biggest huge great | small smaller smallest tiny
long longer lengthy | short brief shorter shortly
often frequently always usually regularly | rarely seldom never occasionally
near nearby close | far distant remote
inside | outside
public publicly openly | private privately secret secretly
attack attacked | defend defended
ally allies friend partner | enemy enemies foe rival
safe safely secure | dangerous unsafe insecure danger
rainy wet | dry
rural countryside village villages | urban city cities
same similar alike identical | different
possible able | impossible unable
appoint appointed hire | dismiss dismissed sack sacked fire
gain gained | lose lost
include included including | exclude excluded excluding except
maximum most | minimum least
kill killed dead die died deaths | wound wounded injure injured hurt survive survived rescue rescued
early earliest beginning start first | late latest end last final
advance advanced | retreat retreated
deploy deployed send sent dispatch field fielded | withdraw withdrew withdrawn recall
open opened reopen reopened reopening | close closed shut closing
hot warm | cold
popular liked | unpopular hated
peace truce ceasefire | war fighting offensive
stay stayed staying remain remained keep | leave left depart departed departure withdraw withdrew withdrawn withdrawal exit quit gone disappear
resume resumed restart restarted again continue continued persist | stop stopped halt halted cease ceased suspend suspended pause paused end ended leave left withdraw withdrew
welcome welcomed invite invited | expel expelled
encourage encouraged | discourage discouraged deter
unite united merge merged | divide divided split
raise raised | cut lower lowered
day daylight | night darkness dark
morning dawn | evening dusk
man men male boy boys | woman women female girl girls
husband son father brother uncle | wife daughter mother sister aunt
young new | old
civilian civilians | soldier soldiers military
many numerous | few
all every entire whole | none some part partly half
easy easily easier | hard difficult harder
hasten accelerate speed | slow delay delayed postpone
attacker attackers | victim victims defender
creditor lender | debtor borrower
import | export
majority | minority
ahead | behind
quickly fast swiftly rapidly | slowly
domestic internal internally | foreign external
national | international
industrial | artisanal
full fully complete completely | partial partially empty
rising growing | falling declining shrinking
protect protected | threaten threatened endanger
"""
_BOUNDS = re.compile(r"\bat (?:least|most)\b|\bor (?:more|less|fewer)\b|\b(?:more|less|fewer) than (?=\d|an?\b(?! year)|one\b|two\b|three\b|half\b|[a-z]+ty\b)")
_BEFORE_AND_AFTER = 1  # place of that axis in the list
_ACROSS = {"north": "south", "south": "north", "east": "west", "west": "east"}
_FEW = 3  # content words under which a clause says too little, and its sentence is taken
_SHARED = 1  # content words that the two places must have in common before their opposite words count


@dataclass(frozen=True)
class _Stand:
    """A word on one side of an axis."""

    axis: int
    side: int  # 0 or 1
    word: str
    start: int
    about: frozenset[str]  # stems of its clause
    sentence: int
    denied: bool


@cache
def _sides() -> dict[str, tuple[tuple[int, int], ...]]:
    table: dict[str, set[tuple[int, int]]] = {}
    for axis, line in enumerate(line for line in _AXES.split("\n") if line):
        for side, words in enumerate(line.split("|")):
            for word in words.split():
                table.setdefault(stem(word), set()).add((axis, side))
    return {word: tuple(sorted(places)) for word, places in table.items()}


@lru_cache(maxsize=512)
def _stands(text: Reading) -> tuple[_Stand, ...]:
    sides, found = _sides(), []
    refused = denied(text)
    for word in text.words:
        if _BOUNDS.search(text.lower[max(0, word.start - 4) : word.end + 14]):
            continue  # "at least 40", "40 or more": how a number is bounded, which goes with the number
        about = text.clause_stems(word.start, word.end)
        if len(about) < _FEW:
            about |= text.sentence_stems[word.sentence] - {word.stem}
        for axis, side in sides.get(_turn(text, word), ()):
            found.append(_Stand(axis, side, word.text, word.start, about, word.sentence, word.start in refused))
    return tuple(found)


def _turn(text: Reading, word: Word) -> str:
    """The stem under which a word stands on its axis; "up from 12" is a rise."""
    if word.text in ("up", "down") and re.match(r"\s(?:from|to|by)\b", text.lower[word.end :]):
        return "rise" if word.text == "up" else "fall"
    return stem(word.text)


def opposed(one: str, other: str) -> bool:
    """Whether two words stand on the two sides of one axis, or name opposite points of the compass."""
    sides = _sides()
    there = set(sides.get(stem(other), ()))
    return any((axis, 1 - side) in there for axis, side in sides.get(stem(one), ())) or any(
        a in _pointing(one) and b in _pointing(other) and a not in _pointing(other) for a, b in _ACROSS.items()
    )


def disagreements(ours: Reading, cited: Reading, around: Reading) -> Iterator[str]:
    """Words of a sentence whose opposite, and not they themselves, the cited words say about the same."""
    near = set(closest(ours, cited, 0.25)[:2])
    theirs = [one for one in _stands(cited) if one.sentence in near]
    there = {form for word in cited.words for form in (stem(word.text), word.stem)}
    said: set[str] = set()
    mine = _stands(ours)
    for one in mine:
        stands = stem(one.word) in there or canonical(stem(one.word)) in there
        if one.word in said or stands and not _moved(one, mine, theirs):
            continue
        same = [other for other in theirs if other.axis == one.axis and other.side == one.side]
        against = [
            other
            for other in theirs
            if other.axis == one.axis and other.side != one.side and other.denied == one.denied
        ]
        if not against or (same and not _moved(one, mine, theirs)):
            continue
        other = max(against, key=lambda other: len(other.about & one.about))
        if len(other.about & one.about) < _SHARED:
            continue
        # Ours says that too: each word then stands where it stands in the source, unless moved.
        if any((too.axis, too.side) == (other.axis, other.side) for too in mine) and not same:
            continue
        compared = " than " in ours.lower and " than " in cited.lower
        if (one.axis == _BEFORE_AND_AFTER or compared) and _turned_round(ours, one, cited, other):
            continue
        said.add(one.word)
        yield f"says “{one.word}” where the cited words say “{other.word}”"
    yield from _turned_about(ours, cited, around)


def _moved(one: _Stand, mine: tuple[_Stand, ...], theirs: list[_Stand]) -> bool:
    """Whether the cited words say both this and its opposite, and ours fits where they say the opposite."""
    same = [other for other in theirs if (other.axis, other.side) == (one.axis, one.side)]
    against = [other for other in theirs if other.axis == one.axis and other.side != one.side]
    if not same or not against or any((m.axis, m.side) == (one.axis, 1 - one.side) for m in mine):
        return False
    fits = max(len(other.about & one.about) for other in same)
    return fits == 0 and max(len(other.about & one.about) for other in against) >= 2


def _turned_round(ours: Reading, one: _Stand, cited: Reading, other: _Stand) -> bool:
    """ "B after A" for "A before B": the word is the opposite because the two parts have changed places."""
    left, right = _either_side(ours, one)
    there_left, there_right = _either_side(cited, other)
    return len(left & there_right) + len(right & there_left) > len(left & there_left) + len(right & there_right)


def _either_side(text: Reading, one: _Stand) -> tuple[set[str], set[str]]:
    words = [word for word in text.by_sentence[one.sentence] if word.carries]
    return (
        {word.stem for word in words if word.start < one.start},
        {word.stem for word in words if word.start > one.start},
    )


def _turned_about(ours: Reading, cited: Reading, around: Reading) -> Iterator[str]:
    """Points of the compass must be those of the cited words, where these give any."""
    theirs = points(cited)
    if not theirs:
        return
    nearby = points(around) if POINTS_BACK.search(cited.lower) else frozenset()
    for point in sorted(points(ours) - theirs):
        if _ACROSS[point] in theirs:
            yield f"says “{point}” where the cited words say “{_ACROSS[point]}”"
        elif point not in nearby:
            yield f"“{point}” does not stand in the cited words"


def points(text: Reading) -> frozenset[str]:
    """north, south, east and west, as far as a text names them, alone or in a word ("southwestern")."""
    return frozenset(point for word in text.words for point in _pointing(word.text))


@lru_cache(maxsize=20_000)
def _pointing(word: str) -> frozenset[str]:
    return frozenset(point for point in _ACROSS if re.fullmatch(
        rf"(?:(?:north|south)(?:ern)?)?{point}(?:(?:east|west)(?:ern)?)?(?:ern(?:ers?)?|wards?|erly|most)?", word))
