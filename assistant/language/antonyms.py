"""Words that mean opposite things, in one table, and the three readings of it that different checks need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from assistant.language.words import stem

# Word or stem -> (axis, side) pairs; axes count from 0, sides are 0 and 1.
AxisSides = dict[str, tuple[tuple[int, int], ...]]

OPPOSITE_POINTS = {"north": "south", "south": "north", "east": "west", "west": "east"}

# Each row is an axis: the words of one side, a bar, the words of the other; a semicolon ends the row. Words on one side
# say the same thing, and one of them in the source excuses the other: so a narrow row (rising | falling) adds to the
# wide one that holds its words. Words with several everyday meanings ("close", "over", "back", "last") are left out of
# an axis where they would contradict at random.
#
# Not every axis suits every check, so a row may begin with a mark:
#   (none)  support check and refusal of questions. A false hit marks one sentence as doubtful, no more.
#   ?       refusal only. A question about the northern bridge is not answered by a sentence about the southern one,
#           but two claims with these words do not contradict each other.
#   !       comparison of two reports only. Few, unambiguous words, matched as written instead of by stem: a false
#           contradiction discredits the whole briefing.
# and a "!" row may name a special kind:
#   trend:    statements about different periods do not contradict each other
#   contest:  one party wins because another loses, so only statements about the same actor contradict each other
_TABLE = """
rise rose risen increase increased grow grew grown growth climb surge soar jump higher upward upwards escalate
expand step stepped strengthen strengthened reinforce reinforced boost boosted greater larger bigger | fall fell
fallen decrease decreased decline declined drop dropped shrink shrank lower downward downwards reduce reduced
reduction dwindle plunge lessen fewer weaken weakened undermine undermined erode eroded smaller diminish
diminished ;
before earlier prior ahead beforehand preceding previously | after later following afterwards subsequently
thereafter ;
more greater most majority | less fewer few least minority ;
above exceeding | below ;
win won victory triumph victorious | lose lost defeat defeated loss ;
begin began begun start started launch launched commence onset opened beginning | end ended finish finished
cease ceased terminate terminated stop stopped halt halted conclude conclusion ending ;
join joined enter entered entry accede arrive arrived arrival | leave left quit exit exited withdraw withdrew
withdrawn withdrawal depart departed departure gone abandon ;
support supported back backed endorse endorsed favour favor favoured approve approved welcome welcomed | oppose
opposed reject rejected opposition against resist criticise criticize criticised condemn condemned ;
allow allowed permit permitted authorise authorize lift lifted legal legalise legitimate | ban banned forbid
forbade prohibit prohibited illegal outlaw impose imposed unlawful illicit ;
likely probable probably likelihood | unlikely improbable doubtful ;
strengthen strengthened reinforce reinforced strong stronger boost consolidate | weaken weakened weak weaker
undermine undermined erode eroded degrade degraded ;
improve improved better improvement ease eased | worsen worsened worse deteriorate deteriorated deterioration
worsening aggravate ;
succeed succeeded success successful manage | fail failed failure unsuccessful ;
accept accepted agree agreed consent | refuse refused refusal reject rejected decline ;
confirm confirmed admit admitted acknowledge acknowledged | deny denied denial ;
arrest arrested detain detained capture captured | free freed release released ;
build built create created establish established construct found founded creation establishment | destroy
destroyed dismantle dismantled demolish demolished break broke ;
buy bought purchase | sell sold ;
import imported | export exported ;
rich wealthy | poor scarce impoverished ;
large larger big bigger biggest huge great | small smaller smallest tiny ;
long longer lengthy | short brief shorter shortly ;
often frequently always usually regularly | rarely seldom never occasionally ;
near nearby close | far distant remote ;
inside | outside ;
public publicly openly | private privately secret secretly ;
attack attacked | defend defended ;
ally allies friend partner | enemy enemies foe rival ;
safe safely secure | dangerous unsafe insecure danger ;
rainy wet | dry ;
rural countryside village villages | urban city cities ;
same similar alike identical | different ;
possible able | impossible unable ;
appoint appointed hire | dismiss dismissed sack sacked fire ;
gain gained | lose lost ;
include included including | exclude excluded excluding except ;
maximum most | minimum least ;
kill killed dead die died deaths | wound wounded injure injured hurt survive survived rescue rescued ;
early earliest beginning start first | late latest end last final ;
advance advanced | retreat retreated ;
deploy deployed send sent dispatch field fielded | withdraw withdrew withdrawn recall ;
open opened reopen reopened reopening | close closed shut closing ;
hot warm | cold ;
popular liked | unpopular hated ;
peace truce ceasefire | war fighting offensive ;
stay stayed staying remain remained keep | leave left depart departed departure withdraw withdrew withdrawn
withdrawal exit quit gone disappear ;
resume resumed restart restarted again continue continued persist | stop stopped halt halted cease ceased
suspend suspended pause paused end ended leave left withdraw withdrew ;
welcome welcomed invite invited | expel expelled ;
encourage encouraged | discourage discouraged deter ;
unite united merge merged | divide divided split ;
raise raised | cut lower lowered ;
day daylight | night darkness dark ;
morning dawn | evening dusk ;
man men male boy boys | woman women female girl girls ;
husband son father brother uncle | wife daughter mother sister aunt ;
young new | old ;
civilian civilians | soldier soldiers military ;
many numerous | few ;
all every entire whole | none some part partly half ;
easy easily easier | hard difficult harder ;
hasten accelerate speed | slow delay delayed postpone ;
attacker attackers | victim victims ;
creditor lender | debtor borrower ;
majority | minority ;
ahead | behind ;
quickly fast swiftly rapidly | slowly ;
domestic internal internally | foreign external ;
national | international ;
industrial | artisanal ;
full fully complete completely | partial partially empty ;
rising growing | falling declining shrinking ;
protect protected | threaten threatened endanger ;
? highest | lowest ;
? largest | smallest ;
? most | fewest ;
? positive | negative ;
? upper | lower ;
? older | younger ;
? oldest | youngest ;
? oldest | newest ;
? agree | disagree ;
? high | low ;
? greater | lesser ;
? strength | weakness ;
? gain | loss ;
? profit | loss ;
? active | inactive ;
? formal | informal ;
? direct | indirect ;
? dependent | independent ;
? equal | unequal ;
? equality | inequality ;
? common | rare ;
? common | uncommon ;
? simple | complex ;
? shortest | longest ;
? fast | slow ;
? nearest | farthest ;
? closest | farthest ;
? wide | narrow ;
? warmer | colder ;
? summer | winter ;
? king | queen ;
? ancient | modern ;
? natural | artificial ;
? national | local ;
? front | back ;
? top | bottom ;
? best | worst ;
? good | bad ;
? true | false ;
? finite | infinite ;
? lend | borrow ;
? advantage | disadvantage ;
? cause | prevent ;
? expand | contract ;
? remember | forget ;
? love | hate ;
? appear | disappear ;
? together | separately ;
! trend: rise rose risen rising increase increased increasing grew grown growing climbed climb | fall fell
fallen falling decrease decreased decreasing declined decline dropped shrank shrunk ;
! killed dead died dies death slain | alive survived survives surviving unharmed unhurt ;
! left leave leaves leaving withdrew withdrawn departed quit exited | stayed stays remained remains remain
staying ;
! opened reopened open reopen | closed close shut ;
! signed sign accepted accept approved ratified agreed endorsed | refused refuses rejected rejects declined ;
! arrested detained held jailed hold imprisoned captive custody | freed released escaped ;
! missing | found ;
! retook retaken recaptured regained retake recapture liberated | held seized captured overran occupied lost
seize ;
! contest: won win wins | lost loses ;
! resumed resume restarted continued continues | suspended suspend halted stopped ended paused cancelled ;
! began begun started launched imposed introduced | ended end stopped lifted halted ;
! lifted lift ended abolished | imposed extended upheld renewed remains prolonged ;
! confirmed confirm confirms admitted acknowledged | denied denies deny ;
! acquitted acquit cleared | convicted convict sentenced ;
! trend: improved improving improves | worsened worsening deteriorated worsens ;
! succeeded successful | failed fails unsuccessful ;
! destroyed | intact undamaged unscathed ;
! present attended | absent boycotted ;
! guilty | innocent ;
! legal lawful | illegal unlawful ;
! public | secret
"""
# Compass points stand in rows for questions: "north | south", "northern | southern", "northeast | southwest".
_COMPASS_ROWS = [
    *(
        f"{point}{ending} | {OPPOSITE_POINTS[point]}{ending}"
        for point in ("north", "east")
        for ending in ("", "ern")
    ),
    *(f"north{point} | south{OPPOSITE_POINTS[point]}" for point in ("east", "west")),
]


@dataclass(frozen=True)
class ReportAxes:
    """The axes on which two reports can contradict each other, by word forms as written."""

    places: AxisSides
    trends: frozenset[int]  # axes on which statements about different periods are compatible
    contests: frozenset[int]  # axes on which one party's win is another's loss


@cache
def claim_sides() -> AxisSides:
    """The axes of the support check, by stem.

    >>> claim_sides()["husband"], claim_sides()[stem("wife")]
    (((54, 0),), ((54, 1),))
    """
    return _places([row for mark, row in _rows() if not mark], stem)


@cache
def question_sides() -> AxisSides:
    """The axes for comparing a question with a sentence, by stem: those of `claim_sides` and the "?" rows.

    >>> "highest" in question_sides(), "highest" in claim_sides()
    (True, False)
    """
    return _places([row for mark, row in _rows() if mark in ("", "?")], stem)


@cache
def report_axes() -> ReportAxes:
    """The axes for comparing two reports, by word as written: "retook" is opposed to "held", but "take" is not.

    >>> "retook" in report_axes().places, "take" in report_axes().places
    (True, False)
    """
    rows = [row for mark, row in _rows() if mark == "!"]
    kinds = [row.partition(":")[0].strip() if ":" in row else "" for row in rows]
    places = _places([row.rpartition(":")[2] for row in rows], str)
    return ReportAxes(
        places,
        frozenset(axis for axis, kind in enumerate(kinds) if kind == "trend"),
        frozenset(axis for axis, kind in enumerate(kinds) if kind == "contest"),
    )


def _rows() -> Iterator[tuple[str, str]]:
    """Yield (mark, rest of the row), the mark being "", "?" or "!"."""
    yield from (("?", row) for row in _COMPASS_ROWS)
    for line in _TABLE.split(";"):
        row = line.strip()
        if row:
            yield (row[0], row[1:]) if row[0] in "?!" else ("", row)


def _places(rows: list[str], form: Callable[[str], str]) -> AxisSides:
    """Index the rows by `form(word)`."""
    table: dict[str, set[tuple[int, int]]] = {}
    for axis, row in enumerate(rows):
        for side, words in enumerate(row.split("|")):
            for word in words.split():
                table.setdefault(form(word), set()).add((axis, side))
    return {word: tuple(sorted(places)) for word, places in table.items()}
