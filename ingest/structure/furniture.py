"""Finds the furniture of a report, what surrounds its text: captions, navigation, pull quotes, calls to subscribe.

The rules are cautious: a caption left in costs little, while a body sentence taken for furniture cannot be found any
more. So most rules are for short blocks only. Rules that look at one block alone are in `furniture_rules`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ingest.metadata.dates import publication_date_in_line
from ingest.metadata.titles import same_title
from ingest.structure.furniture_rules import is_furniture_line
from ingest.text.cleaning import comparable_words

# The heading of the links that end a page: "Related content"
_TRAILER_HEADING = re.compile(
    r"(?:related|recommended|popular|latest|similar|more)\s+(?:\w+ )?"
    r"(?:contents?|articles?|posts?|stories|publications|reports)\s*:?$",
    re.IGNORECASE,
)
_SOCIAL = re.compile(r"(?<![\w@/.])(?:#[^\W\d]\w{2,}|@\w{3,})")
# Tags after a sentence, as a tweet ends and no sentence of a report does
_TAGS_AFTER = re.compile(r"[.!?…”\"’)]\s*(?:[#@]\w{2,}\s*)+$")
_SHORT = 200  # characters; no pull quote, caption or tweet is longer
_NEARBY = 40  # blocks before and after a pull quote that are searched for its sentence
_FEWEST_WORDS = 6  # of a pull quote; a shorter line is a heading, even if the body repeats it
# Share of the stems of a reworded pull quote that one body sentence must have. In the reports that were looked at,
# headings of ten words or more shared at most two thirds of theirs with any sentence.
_SHARED_STEMS = 0.75
_FEWEST_WORDS_REWORDED = 10  # words of a reworded pull quote


def find_furniture(lines: Sequence[str], title: str | None, headings: Collection[int] = ()) -> set[int]:
    """Indices of the blocks of a report that are furniture; `lines` are its blocks, one line of text each.

    `headings` are the indices of headings that the format marks: they are no pull quotes, even if the text repeats
    them.
    """
    furniture = {index for index, line in enumerate(lines) if is_furniture_line(line)}
    furniture |= _repeated_titles(lines, title)
    furniture |= _doubled_lines(lines)
    furniture |= _pull_quotes(lines, furniture | set(headings))
    furniture |= _captions_beside(lines, furniture)
    furniture |= {
        index
        for index, line in enumerate(lines)
        if publication_date_in_line(line, in_head=_near_top(lines, index))
    }
    return furniture | _trailer(lines)


def _near_top(lines: Sequence[str], index: int) -> bool:
    """Whether a block is among the first twelve, with short blocks only above it."""
    return index < 12 and all(len(line) < _SHORT for line in lines[:index])


def _repeated_titles(lines: Sequence[str], title: str | None) -> set[int]:
    """Every line but the first that is the title."""
    if title is None:
        return set()
    title_lines = [index for index, line in enumerate(lines) if len(line) <= 300 and same_title(line, title)]
    return set(title_lines[1:])


def _doubled_lines(lines: Sequence[str]) -> set[int]:
    """Short lines that stand twice in a row: a picture's text and its caption in a pasted page."""
    furniture = set()
    for index in range(1, len(lines)):
        line = lines[index]
        if line == lines[index - 1] and len(line) <= _SHORT and not line.endswith((".", "!", "?", ":")):
            furniture |= {index - 1, index}
    return furniture - {0}  # a first line that is repeated is the title


def _pull_quotes(lines: Sequence[str], excluded: set[int]) -> set[int]:
    """Short lines that repeat a sentence of the body word for word, reworded without a full stop, or as a tweet.

    `excluded` are indices that are left out: furniture found before, and headings.
    """
    body = [
        (index, line) for index, line in enumerate(lines) if len(line) > _SHORT / 2 and index not in excluded
    ]
    paragraph_words = {index: comparable_words(line) for index, line in body}
    furniture = set()
    for index, line in enumerate(lines):
        if index in excluded or len(line) > 2 * _SHORT or len(line.split()) < _FEWEST_WORDS:
            continue
        tags = _SOCIAL.findall(line)
        words = comparable_words(_SOCIAL.sub(lambda match: match[0].lstrip("#@"), line))
        nearby = range(index - _NEARBY, index + _NEARBY + 1)
        longer = [
            place
            for place in nearby
            if place != index and len(paragraph_words.get(place, "")) > len(words) * 1.2
        ]
        open_ended = bool(tags) or not line.endswith((".", "!", "?", ":", ";"))
        if (
            _is_quotation(line, words, [paragraph_words[place] for place in longer])
            or _TAGS_AFTER.search(line)
            or (open_ended and _is_rewording(line, [lines[place] for place in longer]))
        ):
            furniture.add(index)
    return furniture


def _is_quotation(line: str, words: str, body: list[str]) -> bool:
    """Whether a short line, of these bare words, stands word for word in a paragraph of `body`."""
    return len(line) <= _SHORT and any(words in text for text in body)


def _is_rewording(line: str, paragraphs: list[str]) -> bool:
    """Whether three quarters of the stems of a line of ten words or more are in one sentence of the paragraphs."""
    stems = _stems(line)
    if (
        len(line.split()) < _FEWEST_WORDS_REWORDED
        or len(stems) < _FEWEST_WORDS_REWORDED / 2
        or _is_title_case(line)
    ):
        return False
    for paragraph in paragraphs:
        for sentence in re.split(r"(?<=[.!?])\s+", paragraph):
            if len(stems & _stems(sentence)) >= _SHARED_STEMS * len(stems):
                return True
    return False


def _is_title_case(line: str) -> bool:
    """Whether most words of four letters and more are capitalised, as in headings and never in quotations.

    `_is_title_case("Grain Moves to Large Harbours") is True`
    """
    words = re.findall(r"[^\W\d_]{4,}", line)
    return sum(1 for word in words if word[0].isupper()) > len(words) * 0.7


def _captions_beside(lines: Sequence[str], furniture: set[int]) -> set[int]:
    """Short lines directly before furniture such as "(click on the map …)": the captions to which it belongs."""
    return {
        index - 1
        for index in furniture
        if index > 1
        and lines[index].startswith("(")
        and len(lines[index - 1]) <= 120
        and not lines[index - 1].endswith((".", "!", "?"))
    }


def _trailer(lines: Sequence[str]) -> set[int]:
    """The closing "Related content" and the lines below it, if all of these are short; else nothing."""
    for index in range(len(lines) - 1, max(-1, len(lines) - 30), -1):
        if len(lines[index]) > _SHORT or (lines[index].endswith(".") and len(lines[index]) > 100):
            return set()
        if _TRAILER_HEADING.match(lines[index]):
            return set(range(index, len(lines)))
    return set()


def _stems(text: str) -> set[str]:
    """Words of four letters and more, cut to six: `_stems("the extremists") == {"extrem"}`, as for "extremist"."""
    return {word[:6] for word in re.findall(r"\w{4,}", text.casefold())}
