"""Words that say opposite things, by axis: the table behind opposites.

One axis up to each semicolon, one side on each side of its bar. Words that say the same about a thing stand on one
side. Words with several everyday senses ("close", "over", "back", "last") are left out where they would contradict at
random.
"""

from __future__ import annotations

from functools import cache

from assistant.language.words import stem

_AXES = """
rise rose risen increase increased grow grew grown growth climb surge soar jump higher upward upwards
escalate expand step stepped strengthen strengthened reinforce reinforced boost boosted greater larger
bigger | fall fell fallen decrease decreased decline declined drop dropped shrink shrank lower downward
downwards reduce reduced reduction dwindle plunge lessen fewer weaken weakened undermine undermined erode
eroded smaller diminish diminished ;
before earlier prior ahead beforehand preceding previously | after later following afterwards subsequently
thereafter ;
more greater most majority | less fewer few least minority ;
above exceeding | below ;
win won victory triumph victorious | lose lost defeat defeated loss ;
begin began begun start started launch launched commence onset opened beginning | end ended finish finished
cease ceased terminate terminated stop stopped halt halted conclude conclusion ending ;
join joined enter entered entry accede arrive arrived arrival | leave left quit exit exited withdraw
withdrew withdrawn withdrawal depart departed departure gone abandon ;
support supported back backed endorse endorsed favour favor favoured approve approved welcome welcomed |
oppose opposed reject rejected opposition against resist criticise criticize criticised condemn condemned ;
allow allowed permit permitted authorise authorize lift lifted legal legalise legitimate | ban banned forbid
forbade prohibit prohibited illegal outlaw impose imposed unlawful illicit ;
likely probable probably likelihood | unlikely improbable doubtful ;
strengthen strengthened reinforce reinforced strong stronger boost consolidate | weaken weakened weak weaker
undermine undermined erode eroded degrade degraded ;
improve improved better improvement ease eased | worsen worsened worse deteriorate deteriorated
deterioration worsening aggravate ;
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
attacker attackers | victim victims defender ;
creditor lender | debtor borrower ;
import | export ;
majority | minority ;
ahead | behind ;
quickly fast swiftly rapidly | slowly ;
domestic internal internally | foreign external ;
national | international ;
industrial | artisanal ;
full fully complete completely | partial partially empty ;
rising growing | falling declining shrinking ;
protect protected | threaten threatened endanger ;
"""


@cache
def sides() -> dict[str, tuple[tuple[int, int], ...]]:
    """For each stem the axes that it is on, counted from 0 as they stand here, with its side (0 or 1)."""
    table: dict[str, set[tuple[int, int]]] = {}
    for axis, line in enumerate(line for line in _AXES.split(";") if line.strip()):
        for side, words in enumerate(line.split("|")):
            for word in words.split():
                table.setdefault(stem(word), set()).add((axis, side))
    return {word: tuple(sorted(places)) for word, places in table.items()}
