"""Where sentences begin and end."""

from __future__ import annotations

import re

# Words whose full stop ends nothing, unless a new line follows.
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sr",
        "jr",
        "st",
        "gen",
        "col",
        "maj",
        "capt",
        "lt",
        "sgt",
        "adm",
        "gov",
        "sen",
        "rep",
        "hon",
        "rev",
        "fr",
        "no",
        "nos",
        "vol",
        "pp",
        "p",
        "ed",
        "eds",
        "al",
        "fig",
        "figs",
        "approx",
        "ca",
        "cf",
        "vs",
        "etc",
        "eg",
        "ie",
        "viz",
        "inc",
        "ltd",
        "co",
        "corp",
        "dept",
        "est",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "art",
        "arts",
        "sec",
        "ch",
        "para",
        "paras",
        "op",
        "cit",
        "ibid",
        "av",
        "bd",
        "mme",
        "mlle",
        "mm",
        "env",
        "min",
        "max",
    ]
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|\n[ \t]*\n|\n(?=[ \t]*(?:[-*•–·▪]|\d{1,3}[.)])\s)")
_LETTER_ABBREVIATION = re.compile(r"(?:\b[^\W\d_]\.)+$")
_WRAPPED = 40  # a line at least this long, with no end of sentence, is taken to go on in the next one


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a text, trimmed, in order; together they hold all that is not space.

    Blank lines, list items and, where lines are not wrapped, line ends always end a sentence.
    """
    cuts = []
    for match in _END.finditer(text):
        if match[0][0] == "\n" or _ends(text, match):
            cuts.append(match.end())
    cuts.extend(match.end() for match in re.finditer(r"\n", text) if not _goes_on(text, match.start()))
    spans, start = [], 0
    for cut in sorted({*cuts, len(text)}):
        begin, end = start, cut
        while begin < end and text[begin].isspace():
            begin += 1
        while end > begin and text[end - 1].isspace():
            end -= 1
        if end > begin:
            spans.append((begin, end))
        start = cut
    return spans


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether this full stop, question mark or exclamation mark ends a sentence."""
    after = text[match.end() : match.end() + 40]
    following = after.lstrip()
    if not following or "\n\n" in after[: len(after) - len(following)]:
        return True
    first = following.lstrip("\"'“‘«([")[:1]
    if first.islower():
        return False
    if match[0][0] != ".":
        return True
    before = text[max(0, match.start() - 20) : match.start() + 1]
    word = re.search(r"[^\W_]+(?=\.$)", before)
    if word is not None and word[0].casefold() in _ABBREVIATIONS:
        return word[0].casefold() in ("etc", "inc", "ltd", "co", "corp") and not first.isdigit()
    if _LETTER_ABBREVIATION.search(before):
        letters = _LETTER_ABBREVIATION.search(before)
        # "J. Smith" goes on; "in the U.S. The" may end: a common opening word decides.
        single = letters is not None and len(letters[0]) == 2
        opening = re.match(r"(?:The|This|It|In|On|At|But|And|However|They|He|She|We|A|An)\b", following)
        return bool(opening) and not single
    return True


def _goes_on(text: str, at: int) -> bool:
    """Whether the sentence goes on over the line end at `at`: a long line with no end, a small letter next."""
    begin = text.rfind("\n", 0, at) + 1
    line, rest = text[begin:at].rstrip(), text[at + 1 : at + 200].lstrip(" \t")
    if not line or not rest or rest[0] == "\n":
        return False
    if rest[0].islower() or line[-1] in ",;-–—(":
        return True
    return len(line) >= _WRAPPED and line[-1] not in '.!?…:"”’»' and len(line) <= 110
