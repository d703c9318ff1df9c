"""Sentences changed by rule so that they say another thing: what a support check must catch.

Every rule gives the changed sentence, or None where it finds nothing that it can change for certain.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable


def _listed(text: str) -> list[str]:
    return [" ".join(one.split()) for one in text.split(",")]


MONTHS = "January February March April May June July August September October November December".split()
_WORDS = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty thirty forty
    fifty
""".split()
# Towns and regions, states, people and bodies of the reports' own world: a swap between neighbours is the hard case.
_TOWNS = """
    Kayes Gao Kidal Timbuktu Mopti Ségou Sikasso Koulikoro Ménaka Sévaré Bamako Mondoro Boulikessi Tessit Moura
    Niono Ansongo Labbezanga Bandiagara Koro Douentza Bougouni Kati Nioro Diéma Sadiola Farabougou Tabankort
    Indelimane Bapho Kidira Bankass Ogossagou Nouakchott Pau Gossi Tessalit
""".split()
_STATES = _listed("""
    Mali, Niger, Burkina Faso, Senegal, Mauritania, Guinea, Chad, France, Russia, Germany, Nigeria, Ghana, Togo,
    Benin, Morocco
""")
_PEOPLE = _listed("""
    Goïta, Keïta, Ndaw, Ouane, Diop, Maïga, Koufa, Ag Ghaly, Macron, Lavrov, Prigozhin, Cissé, Parly, Droukdel,
    Bazoum, Camara
""")
_BODIES = _listed("""
    JNIM, ISGS, Katiba Macina, Barkhane, MINUSMA, ECOWAS, Wagner, Takuba, CMA, M5-RFP, AQIM, Human Rights Watch,
    World Bank, African Union, Security Council, Constitutional Court
""")
# A word and what turns it about; both ways where the second is one word.
_TURNS = [
    (one, other)
    for one, _, other in (
        pair.partition("/")
        for pair in _listed("""
    rose/fell, rises/falls, risen/fallen, increased/decreased, increase/decrease, increasing/decreasing,
    growing/shrinking, grew/shrank, more/fewer, before/after, earlier/later, northern/southern, north/south,
    northeast/southeast, northwest/southwest, northeastern/southwestern, eastern/western, east/west,
    began/ended, begun/ended, started/stopped, start/end, joined/left, support/oppose, supported/opposed,
    backed/opposed, likely/unlikely, weakened/strengthened, weaken/strengthen, strengthen/weaken,
    stronger/weaker, improved/worsened, worse/better, above/below, won/lost, accepted/rejected, allow/forbid,
    allowed/forbade, closed/opened, lifted/imposed, suspended/resumed, resumed/suspended, inside/outside,
    arrested/released, released/arrested, succeeded/failed, failed/succeeded, often/seldom, frequently/rarely,
    rarely/often, seldom/often, near/far from, expelled/welcomed, up from/down from, up/down, arrived/departed,
    lost/gained, raised/lowered, built/destroyed, dismantled/created, early/late, long/short, small/large,
    large/small, huge/small, withdraw/deploy, withdrew/deployed, leave/stay, at least/at most, legal/illegal,
    same/opposite, greater/smaller, deteriorated/improved, spread/shrank, public/secret, poor/rich, rich/poor,
    killed/wounded
""")
    )
]
_AUXILIARY = re.compile(
    r"\b(was|were|is|are|has|have|had|will|would|can|could|should|must)\b"
    r"(?! (?:not|no|never|hardly|unlikely|to\b|an?\b \w+ (?:of|to))|n't)"
)
_MONTH = "|".join(MONTHS)
_DATED = re.compile(
    rf"\b\d{{1,2}}(?: (?:to|and|–) \d{{1,2}})? (?:{_MONTH})|(?:{_MONTH}) \d{{1,2}}\b"
    r"|\b(?:19|20)\d\d\b|\d+(?:st|nd|rd|th)\b"
)


def _digits(text: str, chance: random.Random, span: str) -> str | None:
    dated = [match.span() for match in _DATED.finditer(text)]
    found = [
        m
        for m in re.finditer(
            rf"(?<![\w.,-])(\d[\d,]*\.\d+|\d[\d,]*\d|\d)(?![\w-]|,\d)|\b(?:{'|'.join(_WORDS)})\b", text, re.I
        )
        if not any(a < m.end() and m.start() < b for a, b in dated)
    ]
    if not found:
        return None
    match = chance.choice(found)
    old = match[0]
    if old.lower() in _WORDS:
        held = {word for word in _WORDS if re.search(rf"\b{word}\b", span + text, re.I)}
        new = chance.choice([word for word in _WORDS if word not in held])
        new = new.capitalize() if old[0].isupper() else new
    else:
        value = float(old.replace(",", ""))
        for _ in range(20):
            other = (
                value * chance.choice([0.4, 0.5, 0.7, 0.8, 1.2, 1.3, 1.5, 2, 3])
                if value >= 10
                else value + chance.choice([2, 3, 4, 5])
            )
            other = round(other, 1) if "." in old else round(other)
            new = f"{other:,}" if "," in old else f"{other}"
            if other != value and new not in span and new not in text:
                break
        else:
            return None
    return text[: match.start()] + new + text[match.end() :]


def _date(text: str, chance: random.Random, span: str) -> str | None:
    found = list(re.finditer(rf"\b(?:{'|'.join(MONTHS)})\b|\b(?:19|20)\d\d\b|\b\d{{1,2}}(?= (?:{'|'.join(MONTHS)}))|"
                             rf"(?<=(?:June|July|Octo| May) )\b\d{{1,2}}\b", text))  # fmt: skip
    found = [
        m for m in found if not (m[0] == "May" and re.match(r" [a-z]", text[m.end() :]) and m.start() == 0)
    ]
    if not found:
        return None
    match = chance.choice(found)
    if match[0] in MONTHS:
        choices = [month for month in MONTHS if month not in span and month not in text]
    elif len(match[0]) == 4:
        choices = [str(int(match[0]) + step) for step in (-4, -3, -2, 2, 3, 4)]
        choices = [year for year in choices if year not in span and year not in text]
    else:
        choices = [str(day) for day in range(1, 29) if not re.search(rf"\b{day}\b", span + text)]
    return text[: match.start()] + chance.choice(choices) + text[match.end() :]


def _one_of(*lists: list[str]) -> Callable[[str, random.Random, str], str | None]:
    def change(text: str, chance: random.Random, span: str) -> str | None:
        found = [
            (match, group)
            for group in lists
            for word in group
            for match in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
        ]
        if not found:
            return None
        match, group = chance.choice(found)
        choices = [other for other in group if other not in span and other not in text]
        return text[: match.start()] + chance.choice(choices) + text[match.end() :] if choices else None

    return change


def _negation(text: str, chance: random.Random, span: str) -> str | None:
    for denial in (" not", " no longer", " never"):
        if re.search(rf"\w{denial}\b(?! (?:only|just|even|less|more|fewer|to))", text):
            return re.sub(rf"(\w){denial}\b", r"\1", text, count=1)
    found = [
        m
        for m in _AUXILIARY.finditer(text)
        if not re.search(r"\b(?:if|whether|unless|no|nor|neither|nobody|none)\b", text)
    ]
    if not found:
        return None
    match = found[0]
    return text[: match.end()] + " not" + text[match.end() :]


def _direction(text: str, chance: random.Random, span: str) -> str | None:
    pairs = [*_TURNS, *((b, a) for a, b in _TURNS if " " not in b)]
    found = [
        (m, other)
        for word, other in pairs
        for m in re.finditer(rf"(?<![\w-]){word}(?![\w-])(?! than \d)", text)
    ]
    # "More and more", "West Africa", "over the years", "the most important": not a direction that can be turned.
    found = [
        (m, other)
        for m, other in found
        if not re.match(r" and more|ly\b", text[m.end() :])
        and not (m[0] == "more" and not re.search(r" than\b", text[m.end() : m.end() + 30]))
        and m[0]
        not in (
            "long",
            "support",
            "same",
            "start",
            "end",
            "left",
            "late",
            "early",
            "up",
            "lost",
            "spread",
            "public",
            "closed",
        )
        and not re.search(r"(?:more|no|even) $", text[: m.start()])
        and not (m[0] == "above" and text[m.end() :].startswith(" all"))
    ]
    if not found:
        return None
    match, other = chance.choice(found)
    return text[: match.start()] + other + text[match.end() :]


KINDS: dict[str, Callable[[str, random.Random, str], str | None]] = {
    "number": _digits,
    "date": _date,
    "name": _one_of(_PEOPLE, _BODIES),
    "place": _one_of(_TOWNS, _STATES),
    "negation": _negation,
    "direction": _direction,
}


def changed(text: str, kind: str, span: str) -> str | None:
    """A sentence that its span no longer supports; the same for the same text. None where `kind` does not apply."""
    return KINDS[kind](text, random.Random(f"{kind} {text}"), span)
