"""The noun phrases of a sentence, as far as function words and endings tell them; no parser stands behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.language.countries import is_adjective
from ingest.text.date_patterns import MONTHS
from vectorstore.terms import STOP_WORDS, fold

_MOST_WORDS = 4  # of a phrase
_SHORTEST = 6  # letters of a single word
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")
_DETERMINERS = frozenset(
    "the a an its their his her this that these those our no any each every some all both".split()
)
# After these comes a verb or a participle, not a phrase of its own.
_BEFORE_VERBS = frozenset(
    "to will would could can may might must should shall has have had not been is are was were be do does did".split()
)
# What parts phrases, beside the stop words of search.
_PARTING = frozenset(
    """
    within between before after unless without against among across along around behind below beyond despite during
    except inside near onto outside over through toward towards under until upon via while whether although because
    though since per must shall also only even just still already yet again often never ever
    own out up down off away back together whoever whatever
    """.split()
) | frozenset(
    # Verbs that no ending gives away.
    """
    put puts set sets take takes took taken get gets got give gives gave given make makes made come comes came
    go goes went gone say says said see sees saw seen know knows knew known find finds found leave leaves left
    lose loses lost hold holds held lead leads led meet meets met pay pays paid send sends sent run runs ran
    keep keeps kept begin begins began begun become becomes became bring brings brought buy bought sell sold
    tell tells told think thought feel feels felt stand stands stood rise rises rose risen fall falls fell
    fallen grow grows grew grown seek seeks sought show shows shown remain remains let lets want wants need
    needs live lives use uses depend depends
    """.split()
)
# What neither begins nor ends a phrase.
_WEAK = frozenset(
    """
    such other another many much more most less least few several first second third last next new same one two
    three four five six seven eight nine ten said says say year years month months week weeks day days time times
    today later then earlier soon meanwhile way ways thing things part lot
    """.split()
) | frozenset(MONTHS)
_PREPOSITIONS = frozenset(
    "of in on for with from by at against between among into over under through across during within without about "
    "as than".split()
)


def noun_phrases(sentence: str) -> Iterator[str]:
    """Runs of words that stand as a noun phrase does: after "the" or "of", or a name of several words."""
    run: list[str] = []
    before = "."
    for token in [*_TOKEN.findall(sentence), "."]:
        word = fold(token)
        if token[0].isalnum() and word not in STOP_WORDS | _DETERMINERS | _PARTING:
            run.append(token)
            continue
        if word in _DETERMINERS or (word == "as" and len(run) > 1):
            del run[-1:]  # "demonstrate the", "live as"
        if before in _BEFORE_VERBS:
            del run[:1]
        kept = _trimmed(run)
        if kept and _is_noun_phrase(kept, before, word):
            yield " ".join(kept)
        run, before = [], word if token[0].isalnum() else "," if token == "," else "."


_PLURAL = re.compile(r"[a-z](?<![sui])s$")
_NOUN = re.compile(r"(?:ion|ment|ity|ness|[ae]nce|ism|ship|age|er|or|ist|ture|ics|ing|sis|sm|cy|(?<!s)s)$")


def _is_noun_phrase(run: Sequence[str], before: str, after: str) -> bool:
    if all(one[0].isupper() for one in run):
        return len(run) > 1
    # A plural only ends a phrase, and follows no name: "gendarmes arrest", "Mali continues" hold a verb.
    begins = before == "."
    if any(_PLURAL.search(one) and (one[0].islower() or begins) for one in run[:-1]):
        return False
    named = len(run) > 1 and run[-2][0].isupper() and run[-1][0].islower() and not is_adjective(run[-2])
    if named and (_PLURAL.search(run[-1]) or not _NOUN.search(run[-1])):
        return False
    if len(run) == 1 and not _NOUN.search(run[0]):
        return False
    opens = begins and len(run) > 1 and after in _BEFORE_VERBS and run[-1].endswith("s")
    return opens or before in _DETERMINERS | _PREPOSITIONS


def _trimmed(run: Sequence[str]) -> list[str]:
    """A run without what cannot begin or end a noun phrase; nothing where it is too long, or a lone name."""
    kept = list(run)
    while kept and (fold(kept[0]) in _WEAK or kept[0].endswith("ly") or kept[0].isdigit()):
        kept.pop(0)
    while kept and (fold(kept[-1]) in _WEAK or re.search(r"(?:ed|ly)$|\d", kept[-1])):
        kept.pop()
    lone = len(kept) == 1 and (kept[0][0].isupper() or len(kept[0]) < _SHORTEST)
    broken = any(one[0].isdigit() or fold(one) in _WEAK for one in kept)
    return [] if lone or broken or len(kept) > _MOST_WORDS else kept
