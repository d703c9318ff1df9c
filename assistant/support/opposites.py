"""Direction: rose or fell, before or after, north or south. What a sentence says must not be the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.support.denial import denied_stems
from assistant.support.reading import Reading, closest
from assistant.words import stem

# One axis a line, one pole on each side. Words that say the same about a thing stand on one side; words with
# several everyday senses ("close", "over", "back", "last") are left out, since they would contradict at random.
_AXES = """
rise rose risen increase increased grow grew grown growth climb surge soar jump higher upward upwards escalate expand | fall fell fallen decrease decreased decline declined drop dropped shrink shrank lower downward downwards reduce reduced reduction dwindle plunge lessen fewer down
before earlier prior ahead beforehand preceding previously until | after later following afterwards subsequently since thereafter
more greater most majority | less fewer least minority
over above exceeding | under below
win won victory triumph victorious | lose lost defeat defeated loss
begin began begun start started launch launched commence onset opened beginning | end ended finish finished cease ceased terminate terminated stop stopped halt halted conclude conclusion ending
join joined enter entered entry accede arrive arrived arrival come came return returned | leave left quit exit exited withdraw withdrew withdrawn withdrawal depart departed departure gone abandon
support supported back backed endorse endorsed favour favor favoured approve approved welcome welcomed | oppose opposed reject rejected opposition against resist criticise criticize criticised condemn condemned
allow allowed permit permitted authorise authorize lift lifted legal legalise legitimate | ban banned forbid forbade prohibit prohibited illegal outlaw impose imposed unlawful illicit
likely probable probably likelihood | unlikely improbable doubtful
strengthen strengthened reinforce reinforced strong stronger boost consolidate | weaken weakened weak weaker undermine undermined erode eroded degrade degraded
improve improved better improvement ease eased | worsen worsened worse deteriorate deteriorated deterioration worsening aggravate
succeed succeeded success successful manage | fail failed failure unsuccessful
accept accepted agree agreed consent | refuse refused refusal reject rejected decline
confirm confirmed admit admitted acknowledge acknowledged | deny denied denial
arrest arrested detain detained imprison imprisoned capture captured jail | free freed release released
build built create created establish established construct found founded creation establishment | destroy destroyed dismantle dismantled demolish demolished break broke
buy bought purchase | sell sold
import imported | export exported
rich wealthy | poor scarce impoverished
large larger big bigger biggest huge great | small smaller smallest little tiny
long longer lengthy | short brief shorter shortly
often frequently always usually regularly | rarely seldom never occasionally
near nearby close | far distant remote
inside within | outside beyond
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
deploy deployed send sent dispatch | withdraw withdrew withdrawn recall
open opened reopen reopened reopening | close closed shut closing
hot warm | cold
popular liked | unpopular hated
peace truce ceasefire | war fighting offensive
resume resumed restart restarted continue continued remain remained stay stayed persist keep | stop stopped halt halted cease ceased suspend suspended pause paused end ended leave left withdraw withdrew
encourage encouraged | discourage discouraged deter
unite united merge merged | divide divided split
raise raised | cut lower lowered
give gave given grant granted supply | take took taken seize seized deny
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
_SHARED = 1  # content words that the two places must have in common before their opposite words count


@dataclass(frozen=True)
class _Stand:
    """A word on one side of an axis."""

    axis: int
    side: int  # 0 or 1
    word: str
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
    denied = denied_stems(text)
    for word in text.words:
        for axis, side in sides.get(stem(word.text), ()):
            about = text.clause_stems(word.start, word.end)
            found.append(_Stand(axis, side, word.text, about, word.sentence, word.start in denied))
    return tuple(found)


def disagreements(ours: Reading, cited: Reading) -> Iterator[str]:
    """Words of a sentence whose opposite, and not they themselves, the cited words say about the same."""
    near = set(closest(ours, cited, 0.25)[:2])
    theirs = [one for one in _stands(cited) if one.sentence in near]
    there = {stem(word.text) for word in cited.words}
    said: set[str] = set()
    mine = _stands(ours)
    for one in mine:
        if one.word in said or stem(one.word) in there and not _moved(one, mine, theirs):
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
        # The opposite word is ours too: each then stands where it stands in the source, unless moved.
        if any(stem(mine_too.word) == stem(other.word) for mine_too in mine) and not same:
            continue
        said.add(one.word)
        yield f"says “{one.word}” where the cited words say “{other.word}”"
    yield from _turned_about(ours, cited)


def _moved(one: _Stand, mine: tuple[_Stand, ...], theirs: list[_Stand]) -> bool:
    """Whether the cited words say both this and its opposite, and ours fits where they say the opposite."""
    same = [other for other in theirs if (other.axis, other.side) == (one.axis, one.side)]
    against = [other for other in theirs if other.axis == one.axis and other.side != one.side]
    if not same or not against or any((m.axis, m.side) == (one.axis, 1 - one.side) for m in mine):
        return False
    fits = max(len(other.about & one.about) for other in same)
    return fits == 0 and max(len(other.about & one.about) for other in against) >= 2


def _turned_about(ours: Reading, cited: Reading) -> Iterator[str]:
    """Points of the compass must be those of the cited words, where these give any."""
    theirs = points(cited)
    if not theirs:
        return
    opposite = {"north": "south", "south": "north", "east": "west", "west": "east"}
    for point in sorted(points(ours)):
        if point not in theirs and opposite[point] in theirs:
            yield f"says “{point}” where the cited words say “{opposite[point]}”"
        elif point not in theirs:
            yield f"“{point}” does not stand in the cited words"


def points(text: Reading) -> frozenset[str]:
    """north, south, east and west, as far as a text names them, alone or in a word ("southwestern")."""
    return frozenset(
        point
        for word in text.words
        for point in ("north", "south", "east", "west")
        if re.fullmatch(
            rf"(?:(?:north|south)(?:ern)?)?{point}(?:(?:east|west)(?:ern)?)?(?:ern(?:ers?)?|wards?|erly|most)?",
            word.text,
        )
    )
