"""One table of countries: who is meant by a name, an adjective, a capital or a seat of government."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from assistant.events.places import are_apart, place_of
from assistant.grounding.name_forms import missing_words
from assistant.language.countries import (
    all_countries,
    countries,
    country,
    country_aliases,
    country_mentions,
    country_of_place,
    is_adjective,
    is_capital,
    is_country,
    unmatched,
)
from assistant.language.tokens import tokenize
from assistant.questions.question import parse

_TESTS = Path(__file__).parents[2]
# The 193 members of the United Nations by their ISO 3166-1 codes.
UN_MEMBERS = """
AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU
CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ
IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU
MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN
SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VC VE VN VU WS YE ZA ZM ZW
""".split()
OTHERS = "EH HK MO PS TW VA XK".split()
CITY_STATES = "DJ GI HK LU MC MO SG SM VA".split()  # the capital has the country's name, or there is none
# Territories of CLDR that reports hardly tell, or whose names mean something else; the rest are no territories.
LEFT_OUT = """
AC AQ AX BL BQ BV CC CP CQ CX DG EA EU EZ GG GS HM IC IM IO JE MF MS NF PM PN QO SH SJ SX TA TF TK UM UN WF XA XB ZZ
""".split()


def test_every_member_of_the_united_nations_has_a_name_a_capital_and_an_adjective() -> None:
    assert len(set(UN_MEMBERS)) == 193
    table = {one.code: one for one in all_countries()}
    assert set(UN_MEMBERS + OTHERS) <= set(table)
    assert not [code for code in UN_MEMBERS if not table[code].adjectives]
    bare = [code for code in UN_MEMBERS if not table[code].capitals + table[code].other_capitals]
    assert set(bare) <= set(CITY_STATES)


def test_the_names_are_those_of_the_installed_cldr() -> None:
    script = runpy.run_path(str(_TESTS / "make_countries.py"))
    table = script["TABLE"].read_text("utf8")
    assert script["with_cldr_names"](table) == table, "run tests/make_countries.py and look at what changes"
    assert script["missing_codes"](table) == LEFT_OUT


def test_only_these_names_are_shared_by_two_countries() -> None:
    names = [
        name for one in all_countries() for name in (*one.names, *one.capitals, *one.adjectives, *one.seats)
    ]
    shared = {name for name in names if "|" in (country(name) or "")}
    assert shared == {"Congo", "Congolese", "Dominican", "Korea", "Korean"}


def test_every_name_of_a_country_is_read_as_that_country() -> None:
    lost = [
        (one.code, name)
        for one in all_countries()
        for name in (*one.names, *one.capitals, *one.adjectives, *one.seats)
        if one.code not in "|".join(countries(f"It said that {name} agreed.")).split("|")
    ]
    assert not lost


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # Not in the table before.
        ("Croatian police met Zagreb's mayor", "HR"),
        ("a base in Djibouti", "DJ"),
        ("Guatemalan and Honduran migrants", "GT HN"),
        ("Jamaica and Luxembourg signed", "JM LU"),
        ("talks in Lomé", "TG"),
        # Names that hold one another.
        ("Niger", "NE"),
        ("Nigeriens and Nigerians", "NE NG"),
        ("the Nigerian army", "NG"),
        ("Guinea", "GN"),
        ("Guinea-Bissau", "GW"),
        ("the Bissau-Guinean president", "GW"),
        ("Equatorial Guinea", "GQ"),
        ("Papua New Guinea", "PG"),
        ("Dominica", "DM"),
        ("the Dominican Republic", "DO"),
        ("North Korean and South Korean envoys", "KP KR"),
        ("Sudan", "SD"),
        ("South Sudanese troops", "SS"),
        ("the American Samoan vote", "AS"),
        # Two Congos.
        ("the Democratic Republic of the Congo", "CD"),
        ("DR Congo", "CD"),
        ("the DRC's army", "CD"),
        ("Kinshasa", "CD"),
        ("Congo-Kinshasa", "CD"),
        ("the Republic of the Congo", "CG"),
        ("Congo-Brazzaville", "CG"),
        ("Brazzaville", "CG"),
        ("Congo", "CG|CD"),
        ("Congolese troops", "CG|CD"),
        ("Congolese troops left Brazzaville", "CG"),
        ("Kinshasa accused Brazzaville over Congolese refugees", "CD CG"),
        # Spellings, former names, other languages.
        ("Côte d’Ivoire", "CI"),
        ("Cote d'Ivoire", "CI"),
        ("the Ivorian army in the Ivory Coast", "CI"),
        ("Eswatini, once Swaziland", "SZ"),
        ("Czechia", "CZ"),
        ("the Czech Republic", "CZ"),
        ("Myanmar", "MM"),
        ("Burma", "MM"),
        ("Cabo Verde", "CV"),
        ("Türkiye", "TR"),
        ("Bosnia & Herzegovina", "BA"),
        ("Bosnia and Herzegovina", "BA"),
        ("St. Lucia", "LC"),
        ("N’Djamena", "TD"),
        ("Port-au-Prince", "HT"),
        ("MALI: ATTACK AT GAO", "ML"),
        ("South\nSudan", "SS"),
        ("l'armée a quitté le Tchad et la Mauritanie", "TD MR"),
        ("la République centrafricaine", "CF"),
        # Initials and seats of government.
        ("a U.S. drone, the U.K. and UN troops", "US GB UN"),
        ("The Kremlin and the Élysée", "RU FR"),
        ("Downing Street", "GB"),
    ],
)
def test_a_name_means_its_country_alone(text: str, codes: str) -> None:
    assert countries(text) == set(codes.split())


@pytest.mark.parametrize(
    "text",
    [
        "they sold turkey and chad to us by car",
        "Frances and Maurice met Dominique",
        "Grenade attacks",
        "South America",
        "New Jersey and New Mexico",
        "the Niger Delta",
        "the Gulf of Guinea",
        "Lake Victoria",
        "a Male nurse",
    ],
)
def test_what_only_looks_like_a_country_is_none(text: str) -> None:
    assert countries(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("South Sudan's army met Malians in N'Djamena", ["South Sudan", "Malians", "N'Djamena"]),
        ("US-led forces of the U.K.", ["US", "U.K"]),
        ("Niger. Nigeria.", ["Niger", "Nigeria"]),
        ("Congo. Brazzaville burned.", ["Congo", "Brazzaville"]),
    ],
)
def test_a_mention_is_what_the_text_writes(text: str, mentions: list[str]) -> None:
    assert country_mentions(text) == mentions


@pytest.mark.parametrize(
    ("some", "others", "left"),
    [
        ({"FR", "ML"}, {"ML"}, {"FR"}),
        ({"CG|CD"}, {"CD"}, set()),
        ({"CD"}, {"CG|CD"}, set()),
        ({"CD"}, {"CG"}, {"CD"}),
        ({"CG|CD"}, {"ML"}, {"CG|CD"}),
        ({"ML"}, set(), {"ML"}),
    ],
)
def test_a_shared_name_matches_either_country(some: set[str], others: set[str], left: set[str]) -> None:
    assert unmatched(some, others) == left


@pytest.mark.parametrize(
    ("claim", "cited", "held"),
    [
        ("Congo", "The DRC held a vote.", True),
        ("Kinshasa", "Congolese voters went to the polls.", True),
        ("Kinshasa", "The Republic of the Congo held a vote.", False),
        ("Swaziland", "Eswatini held a vote.", True),
        ("Zagreb", "Croatia held a vote.", True),
        ("Victoria", "The capital of the Seychelles held a vote.", True),
        ("Niger", "The Nigerian army killed nine.", False),
        ("Sudan", "South Sudan held a vote.", False),
        ("Guinea", "Equatorial Guinea held a vote.", False),
        ("Guinea", "They held a vote in Papua New Guinea.", False),
        ("Dominica", "The Dominican Republic held a vote.", False),
        ("Sudan", "South Sudan accused Sudan of it.", True),
        ("Mali", "Troops from Malian bases crossed into Niger.", True),
    ],
)
def test_a_claim_may_name_a_country_by_its_other_names_and_not_by_another_s(
    claim: str, cited: str, held: bool
) -> None:
    assert (not missing_words(claim, tokenize(cited))) is held


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("Croatia", "Serbia", True),
        ("Zagreb", "Croatia", False),
        ("Kinshasa", "Brazzaville", True),
        ("Congo", "Kinshasa", False),
        ("Burma", "Myanmar", False),
    ],
)
def test_places_in_two_countries_are_apart(one: str, other: str, apart: bool) -> None:
    assert are_apart(one, other) is apart


def test_an_event_has_the_country_as_its_place_where_no_town_is_named() -> None:
    assert place_of(["Croatia's parliament voted."]) == "Croatia"
    assert place_of(["A US drone killed five."]) is None


@pytest.mark.parametrize(
    ("question", "kin"),
    [
        ("What did Paris announce?", ("France", "French")),
        ("Where are French troops?", ("France",)),
        ("What did paris say of swaziland?", ("Eswatini", "France", "French")),
        ("What did Zagreb announce?", ("Croatia", "Croatian")),
        ("What did Kinshasa announce?", ("Congo", "Congolese")),
        ("What did Korean envoys say?", ("North Korea", "South Korea")),
        ("What happened in South Sudanese camps?", ()),  # nothing of Sudan
        ("Is the male victim in Mali?", ()),
        ("Who told us of the car in Mali?", ()),
    ],
)
def test_a_question_is_searched_under_the_other_names_of_its_countries(
    question: str, kin: tuple[str, ...]
) -> None:
    assert parse(question).country_aliases == kin
    assert country_aliases(question) == list(kin)


@pytest.mark.parametrize(
    ("name", "of_place", "own", "adjective", "capital"),
    [
        ("Niger", "NE", True, False, False),
        ("Niamey", "NE", False, False, True),
        ("Nigeriens", None, False, True, False),
        ("UK", None, True, False, False),
        ("Laos", "LA", True, False, False),
        ("Argentine", None, False, True, False),
        ("Kremlin", None, False, False, False),
        ("Victoria", None, False, False, True),
        ("Niger Delta", None, False, False, False),
        ("United Nations", None, False, False, False),
        ("Gao", None, False, False, False),
    ],
)
def test_a_name_is_told_from_an_adjective_and_a_capital(
    name: str, of_place: str | None, own: bool, adjective: bool, capital: bool
) -> None:
    assert (country_of_place(name), is_country(name), is_adjective(name), is_capital(name)) == (
        of_place,
        own,
        adjective,
        capital,
    )
