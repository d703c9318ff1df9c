"""The noun phrases of a sentence, recognised by function words and word endings, without a parser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.language.countries import is_adjective
from ingest.text.date_patterns import MONTHS
from vectorstore.terms import NUMBER_WORDS, STOP_WORDS, fold

_MOST_WORDS = 4  # in a phrase
_SHORTEST = 6  # letters of a phrase that is a single word
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")
_DETERMINERS = frozenset(
    "the a an its their his her this that these those our no any each every some all both".split()
)
# The word after one of these is a verb or participle and belongs to no phrase.
_BEFORE_VERBS = frozenset(
    "to will would could can may might must should shall has have had not been is are was were be do does did".split()
)
# Words that end a phrase, besides the stop words of search.
_PARTING = frozenset(
    """
    within between before after unless without against among across along around behind below beyond despite during
    except inside near onto outside over through toward towards under until upon via while whether although because
    though since per must shall also only even just still already yet again often never ever
    own out up down off away back together whoever whatever
    """.split()
) | frozenset(
    # Verbs that cannot be recognised by an ending.
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
# Words that cannot begin or end a phrase.
_WEAK = frozenset(
    """
    such other another many much more most less least few several first second third last next new same said says
    say year years month months week weeks day days time times today later then earlier soon meanwhile
    way ways thing things part lot
    """.split()
) | {*MONTHS, *NUMBER_WORDS[1:11]}
_PREPOSITIONS = frozenset(
    "of in on for with from by at against between among into over under through across during within without about "
    "as than".split()
)


_PLURAL = re.compile(r"[a-z](?<![sui])s$")
_NOUN = re.compile(r"(?:ion|ment|ity|ness|[ae]nce|ism|ship|age|er|or|ist|ture|ics|ing|sis|sm|cy|(?<!s)s)$")


def noun_phrases(sentence: str) -> Iterator[str]:
    """Yield the noun phrases of a sentence: word runs after a determiner or preposition, and names of several words.

    >>> list(noun_phrases("Control of the mining sector gives the junta a source of foreign income."))
    ['mining sector', 'foreign income']
    """
    run: list[str] = []
    before = "."  # the token before the run: a folded word, "," or "." for any other mark
    for token in [*_TOKEN.findall(sentence), "."]:
        word = fold(token)
        if token[0].isalnum() and word not in STOP_WORDS | _DETERMINERS | _PARTING:
            run.append(token)
            continue
        if word in _DETERMINERS or (word == "as" and len(run) > 1):
            del run[-1:]  # a verb: "demonstrate the", "live as"
        if before in _BEFORE_VERBS:
            del run[:1]
        phrase = _trimmed(run)
        if phrase and _is_noun_phrase(phrase, before, word):
            yield " ".join(phrase)
        run, before = [], word if token[0].isalnum() else "," if token == "," else "."


def _trimmed(run: Sequence[str]) -> list[str]:
    """A run without words that cannot begin or end a noun phrase.

    Empty if what is left is longer than _MOST_WORDS, a single name or short word, or has a weak word inside.
    """
    words = list(run)
    while words and (fold(words[0]) in _WEAK or words[0].endswith("ly") or words[0].isdigit()):
        words.pop(0)
    while words and (fold(words[-1]) in _WEAK or re.search(r"(?:ed|ly)$|\d", words[-1])):
        words.pop()
    too_little = len(words) == 1 and (words[0][0].isupper() or len(words[0]) < _SHORTEST)
    has_weak_word = any(word[0].isdigit() or fold(word) in _WEAK for word in words)
    return [] if too_little or has_weak_word or len(words) > _MOST_WORDS else words


def _is_noun_phrase(run: Sequence[str], before: str, after: str) -> bool:
    """True if a trimmed run is a noun phrase; `before` and `after` are the tokens around it.

    >>> _is_noun_phrase(["cotton", "exports"], "of", "."), _is_noun_phrase(["cotton", "exports"], "who", ".")
    (True, False)
    """
    if all(word[0].isupper() for word in run):
        return len(run) > 1
    # A plural can only be the last word, and cannot follow a name: "gendarmes arrest", "Mali continues" hold a verb.
    opens_sentence = before == "."
    if any(_PLURAL.search(word) and (word[0].islower() or opens_sentence) for word in run[:-1]):
        return False
    follows_name = (
        len(run) > 1 and run[-2][0].isupper() and run[-1][0].islower() and not is_adjective(run[-2])
    )
    if follows_name and (_PLURAL.search(run[-1]) or not _NOUN.search(run[-1])):
        return False
    if len(run) == 1 and not _NOUN.search(run[0]):
        return False
    is_subject = opens_sentence and len(run) > 1 and after in _BEFORE_VERBS and run[-1].endswith("s")
    return is_subject or before in _DETERMINERS | _PREPOSITIONS
