"""Sentences as exact spans: the unit that is cited.

Rules rather than a model: the result must be the same on every machine, and 100 kB must take well under 0.2 s.
Written for English and French reports; other scripts end at their own full stops.
"""

from __future__ import annotations

import re

from ingest.text.date_patterns import SHORT_MONTHS
from ingest.text.hard_wraps import logical_lines

_SPACE = r"[^\S\n]"
# Possessive, and from the first of several marks only: a line of 100,000 dots would take minutes otherwise.
# A possible end: marks, closing quotes and brackets, note references, then white space. Full-width stops need none.
_CANDIDATE = re.compile(
    rf"""(?P<marks>(?<![.!?…؟۔।])[.!?…؟۔।]++|{_SPACE}[!?])
    (?:{_SPACE}?»|["'”’)\]*_])*+
    (?:\[\d{{1,3}}\]|(?<=[^\W\d][.!?”])\d{{1,3}}(?=\s+["“‘«A-ZÀ-Þ]))*
    (?=\s)
    |[。！？]+[」』”’）]*""",
    re.VERBOSE,
)
_NEXT = re.compile(r"\s+([\"'“‘«(\[¿¡*_–—-]*\s?)(\S\S*)")
_WORD_BEFORE = re.compile(r"[^\s(\[\"'“‘«/]+$")
_LOOK_BACK = 40  # characters; no abbreviation is longer
# Never the end of a sentence: something always follows.
_OPEN = frozenset(
    "dr mr mrs ms messrs prof gen col lt sgt capt cpt maj adm brig cmdr rev sen rep gov hon amb pres supt insp "
    "st mt ft e.g i.e eg ie cf vs viz approx ca resp mme mlle mm m pr mgr p.ex par.ex av c.-à-d env".split()
)
# The end only where no number follows: "No. 5", "Fig. 2", "Jan. 3".
_BEFORE_NUMBER = frozenset(
    "no nos nr n° fig figs vol vols p pp art arts sec sect ch chap para paras ed tab app eq "
    "janv févr avr juil déc".split()
) | frozenset(SHORT_MONTHS)
# May end a sentence or stand within one: only a word that usually begins a sentence decides.
_EITHER = frozenset("etc inc ltd co corp jr sr bros dept univ assn est a.m p.m ph.d al ave blvd".split())
_STARTERS = frozenset(
    "the a an in on at it its he she they we i you this these that those there but and however although while when "
    "if as for after before since during despite according his her their our some many most all both such also "
    "moreover furthermore meanwhile yet so what why how who where although because with by from under to two three "
    "le la les l'on un une des il elle ils elles on nous ce cette ces cela en dans mais selon après avant depuis "
    "pour lors malgré cependant toutefois or ainsi aussi si".split()
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]$")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})*|[a-zA-Z]|[ivxIVX]{1,5})$")


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) of the sentences of `text`, in code points, trimmed and in order.

    Together they cover everything but white space. Blank lines always end a sentence, and so does a single line
    end unless the line was wrapped there.
    """
    spans: list[tuple[int, int]] = []
    for start, end in logical_lines(text):
        spans.extend(_split_line(text, start, end))
    return spans


def _split_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    begin = start
    for match in _CANDIDATE.finditer(text, start, end):
        if match.end() < end and _ends_sentence(text, begin, match, end):
            spans.append((begin, match.end()))
            begin = match.end()
            while begin < end and text[begin].isspace():
                begin += 1
    if begin < end:
        spans.append((begin, end))
    return spans


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    marks = match["marks"]
    if marks is None:
        return True  # a full-width stop
    following = _NEXT.match(text, match.end(), end)
    if following is None:
        return True
    opening, word = following[1], following[2]
    if not _may_begin(word, opening):
        return False
    if marks != ".":
        return bool(text[begin : match.start()].strip(" \t\"'“‘«(["))  # marks alone are no sentence
    return _stop_ends(text, begin, match, word)


def _may_begin(word: str, opening: str) -> bool:
    first = word[0]
    if first.islower():
        # "al-Qaida" and "d'Ivoire" begin sentences too when someone did not capitalise them.
        return bool(re.match(r"(?:al|el|d|l)[-'’][A-ZÀ-Þ]", word))
    return first.isalnum() or bool(opening.strip()) or first in "“‘«\"'([•●▪$€£#@&…"


def _stop_ends(text: str, begin: int, match: re.Match[str], word: str) -> bool:
    """Whether a single full stop ends a sentence, given the word before and the one after it."""
    before = _WORD_BEFORE.search(text, max(begin, match.start() - _LOOK_BACK), match.start())
    if before is None:
        return True
    last = before[0]
    low = last.lower()
    closed = match.end() > match.end("marks")  # a quote or bracket closes after the stop
    if before.start() == begin and _ENUMERATOR.fullmatch(last):
        return False  # "1. Findings"
    if low in _OPEN:
        return closed
    if low in _BEFORE_NUMBER and not closed:
        roman = last[0].isupper() and re.fullmatch(r"[IVXLC]+[.,;)]?", word) is not None
        return not (word[0].isdigit() or roman)
    if low in _EITHER or (_INITIALS.fullmatch(last) and (len(last) > 1 or last.isupper())):
        return _is_starter(word)
    return True


def _is_starter(word: str) -> bool:
    return word.strip("\"'“‘«([,.;:").lower() in _STARTERS or word[0] in '“‘«"•'
