"""What surrounds a report's text and is no part of it: captions, navigation, calls to subscribe, pull quotes.

Conservative on purpose: a caption left in costs little, a body sentence taken out can no longer be found.
Most rules therefore hold for short blocks only; those that look at one block alone are in furniture_rules.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ingest.metadata.dates import stated_date
from ingest.metadata.titles import same_title
from ingest.structure.furniture_rules import is_furniture_line
from ingest.text.cleaning import bare_words

_TRAILER = re.compile(
    r"(?:related|recommended|popular|latest|similar|more)\s+(?:\w+ )?"
    r"(?:contents?|articles?|posts?|stories|publications|reports)\s*:?$",
    re.IGNORECASE,
)
_SOCIAL = re.compile(r"(?<![\w@/.])(?:#[^\W\d]\w{2,}|@\w{3,})")
_TAGS_AFTER = re.compile(r"[.!?…”\"’)]\s*(?:[#@]\w{2,}\s*)+$")  # as a tweet ends, and no sentence
_SHORT = 200  # characters: the longest pull quote, caption or tweet
_NEAR = 40  # blocks before and after a pull quote in which the body says the same
_FEWEST_WORDS = 6  # a shorter line is a heading, even where the body repeats it
# Share of a line's longer words that one body sentence must hold for a reworded pull quote. Headings of ten words
# or more shared at most two thirds of theirs with any one sentence in the reports looked at.
_REWORDED = 0.75
_FEWEST_REWORDED = 10


def find_furniture(lines: Sequence[str], title: str | None, headings: Collection[int] = ()) -> set[int]:
    """Indices of the blocks of a report that are furniture, given as one line of text each.

    `headings` are those that the format marks as such: never pull quotes, though the text may repeat them.
    """
    found = {index for index, line in enumerate(lines) if is_furniture_line(line)}
    found |= _repeated_titles(lines, title)
    found |= _doubled(lines)
    found |= _pull_quotes(lines, found | set(headings))
    found |= _captions_beside(lines, found)
    found |= {index for index, line in enumerate(lines) if stated_date(line, in_head=_near_top(lines, index))}
    return found | _trailer(lines)


def _near_top(lines: Sequence[str], index: int) -> bool:
    return index < 12 and all(len(line) < _SHORT for line in lines[:index])


def _repeated_titles(lines: Sequence[str], title: str | None) -> set[int]:
    if title is None:
        return set()
    same = [index for index, line in enumerate(lines) if len(line) <= 300 and same_title(line, title)]
    return set(same[1:])


def _doubled(lines: Sequence[str]) -> set[int]:
    """A short line twice in a row is a picture's text and its caption, as pasted pages have them."""
    found = set()
    for index in range(1, len(lines)):
        line = lines[index]
        if line == lines[index - 1] and len(line) <= _SHORT and not line.endswith((".", "!", "?", ":")):
            found |= {index - 1, index}
    return found - {0}  # the first line, repeated, is the title


def _pull_quotes(lines: Sequence[str], known: set[int]) -> set[int]:
    """Short lines that repeat a sentence of the body, word for word, reworded without a full stop, or as a tweet."""
    body = [
        (index, line) for index, line in enumerate(lines) if len(line) > _SHORT / 2 and index not in known
    ]
    plain = {index: bare_words(line) for index, line in body}
    found = set()
    for index, line in enumerate(lines):
        if index in known or len(line) > 2 * _SHORT or len(line.split()) < _FEWEST_WORDS:
            continue
        tags = _SOCIAL.findall(line)
        words = bare_words(_SOCIAL.sub(lambda match: match[0].lstrip("#@"), line))
        near = range(index - _NEAR, index + _NEAR + 1)
        others = [other for other in near if other != index and len(plain.get(other, "")) > len(words) * 1.2]
        open_ended = bool(tags) or not line.endswith((".", "!", "?", ":", ";"))
        if (
            _quotes(line, words, [plain[other] for other in others])
            or _TAGS_AFTER.search(line)
            or (open_ended and _reworded(line, [lines[other] for other in others]))
        ):
            found.add(index)
    return found


def _quotes(line: str, words: str, body: list[str]) -> bool:
    return len(line) <= _SHORT and any(words in text for text in body)


def _reworded(line: str, paragraphs: list[str]) -> bool:
    stems = _stems(line)
    if len(line.split()) < _FEWEST_REWORDED or len(stems) < _FEWEST_REWORDED / 2 or _is_title_case(line):
        return False
    for paragraph in paragraphs:
        for sentence in re.split(r"(?<=[.!?])\s+", paragraph):
            if len(stems & _stems(sentence)) >= _REWORDED * len(stems):
                return True
    return False


def _is_title_case(line: str) -> bool:
    """Whether most longer words are capitalised: a heading's look, never a quotation's."""
    words = re.findall(r"[^\W\d_]{4,}", line)
    return sum(1 for word in words if word[0].isupper()) > len(words) * 0.7


def _captions_beside(lines: Sequence[str], found: set[int]) -> set[int]:
    """A short line directly before "(click on the map ...)" is the caption it belongs to."""
    return {
        index - 1
        for index in found
        if index > 1
        and lines[index].startswith("(")
        and len(lines[index - 1]) <= 120
        and not lines[index - 1].endswith((".", "!", "?"))
    }


def _trailer(lines: Sequence[str]) -> set[int]:
    """Everything after a closing "Related content", as long as it is only short lines."""
    for index in range(len(lines) - 1, max(-1, len(lines) - 30), -1):
        if len(lines[index]) > _SHORT or (lines[index].endswith(".") and len(lines[index]) > 100):
            return set()
        if _TRAILER.match(lines[index]):
            return set(range(index, len(lines)))
    return set()


def _stems(text: str) -> set[str]:
    """Words of four letters and more, cut to six, so that "extremist" meets "extremists"."""
    return {word[:6] for word in re.findall(r"\w{4,}", text.casefold())}
