"""Groups of words that reports use interchangeably, so that a rewording is not taken for a new statement.

Exchanging two words of a group leaves the fact as it is; opposites are in `antonyms`.
"""

from __future__ import annotations

from functools import cache

from assistant.language.countries import all_countries, country
from assistant.language.words import stem
from vectorstore.terms import fold

# One group a line. Words are written out, and only their stems are compared.
_GROUPS = """
kill dead die death died slain fatality fatalities fatal lethal deadly perish deaths toll casualties casualty
wound wounded hurt injure injured injury
arrest detain detained detention apprehend custody captured
abduct kidnap seize seized abduction kidnapping hostage captive captured capture
attack raid assault strike ambush hit storm stormed offensive targeted struck blow
start begin began begun launch launched onset opened commence
end ended ending terminate terminated finish stop stopped cease ceased halt halted conclude expire lapse
leave left depart departed departure withdraw withdrew withdrawal exit quit pull pullout gone disengagement
stay remain remained stayed
country nation state national countries
soldier troop military army force troops armed soldiers servicemen battalion personnel garrison
fighter gunman militant insurgent rebel jihadist jihadi terrorist islamist extremist assailant attacker raider
police gendarme gendarmerie
government authority regime junta administration cabinet
leader head chief commander led lead president presidency
topple overthrow oust removed remove toppled overthrown coup putsch
expel expelled expulsion throw thrown ejected
agreement accord deal pact treaty agreements
negotiation talk dialogue negotiate talks negotiations
election vote poll ballot voting referendum elections
demand insist require call ask request asked urge
accuse blame accused blamed charge
show demonstrate indicate signal reveal suggest
increase rise rose risen grew grow growth climb higher surge growing
decrease fall fell fallen decline drop reduce reduced lower shrink down
weaken weakened undermine erode eroded degrade compromise
strengthen reinforce reinforced boost
help assistance aid relief support assist humanitarian
money fund funding finance funds dollars income revenue earnings earn
border frontier borders boundary
region area zone district province territory regions areas
village town settlement community communities locality
road route track roads highway
camp base post garrison outpost checkpoint bases
ship boat vessel ferry
plane aircraft helicopter airplane flight flights
motorcycle motorbike motorbikes motorcycles
car vehicle truck vehicles pickup
weapon arm gun weapons arms
bomb explosive explosion ied blast exploded detonate
mine mining miner artisanal mines dig digger
land soil ground
plan scheme planned intend intention scheduled expected supposed meant
likely probable probably expected likelihood
unlikely improbable
need require necessary requirement needs
show exhibit
big large huge great immense major deep
small little minor modest
quick fast swift rapid quickly soon swiftly
important central crucial key vital
poor bad scarce weak
use employ exploit utilise tap
obtain get gain win receive won acquire profit benefit
give grant allocate allot offer hand
forbid ban prohibit banned forbade
allow let permit allowed enable enables
destroy dismantle break broke demolish dismantled broken
build create establish found set founded establishment formed creation
join merge merger unite unify combine combined
choose elect select pick
say tell state declare announce
house home household homes
people person inhabitant resident civilian citizen population
displaced displacement idp
child kid minor
work operate operation operations active activity
cancel call off cancelled
delay postpone put off delayed
suspend suspended pause paused suspension freeze
resume restart resumed reopen
control hold rule dominate domination
spread expand extend extension widen reach
prevent impede stop stem contain curb avoid
answer reply respond response react
refuse reject refusal turn decline
threat danger risk menace
anger resentment resent resentful grievance frustration
price cost
tax levy taxes collect
sell buy trade commerce
school education
health medical clinic hospital
pay paid payment payments
number figure count tally total
month monthly
week weekly
day daily
year annual yearly
hour hours
night dark
dawn daybreak
capital metropolis
foreign international external
new recent latest
former previous earlier prior last
member belong component
group organisation organization movement body coalition alliance
work collaborate cooperate cooperation collaboration partner partnership
survey study research inquiry poll
report document article
film movie
music song
doctor physician
company firm business
worker employee staff
minister ministry
tie relation relations link ties relationship
fear worry anxiety afraid
victory triumph
promise pledge vow
neighbour neighbor neighbouring neighboring adjoin
centre center middle
criticise criticize critical denounce
complete full whole entire
free release released freed
oath sworn swore inaugurate
resign step quit resigned
near close nearby around vicinity
besiege encircle blockade siege surround encircles
"""


def canonical_stem(stem_of_word: str) -> str:
    """The stem that represents the group of a stem; the stem itself if it is in no group.

    >>> canonical_stem("ambush") == canonical_stem("raid"), canonical_stem("river")
    (True, 'river')
    """
    return _table().get(stem_of_word, stem_of_word)


@cache
def _table() -> dict[str, str]:
    """Stem -> stem of the first word of its group; adjectives of countries are grouped with their country."""
    table: dict[str, str] = {}
    for line in _GROUPS.strip().split("\n"):
        words = [stem(word) for word in line.split()]
        # A line whose first word is already in a group adds its words to that group. Any other word that occurs twice
        # stays in its first group, and the two groups remain separate.
        representative = table.get(words[0], words[0])
        for word in words:
            table.setdefault(word, representative)
    for state in all_countries():
        meant = country(state.name) if " " not in state.name else None
        for adjective in state.adjectives if meant else ():
            if " " not in adjective and country(adjective) == meant:  # "Dominican" is not Dominica's alone
                table.setdefault(stem(fold(adjective)), stem(fold(state.name)))
    return table
