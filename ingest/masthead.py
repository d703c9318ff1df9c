"""What stands above a report's text: a site's name with its menu, and the strap line of publisher, author, date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.dates import parse_date
from ingest.document import Metadata
from ingest.names import organisation, people

_HEAD = 8  # blocks from the top
_PARAGRAPH = 200  # characters: a block of this length is the text
_BETWEEN = re.compile(r"\s+[|·•]\s+|\s*\n\s*")
_FEWEST_IN_A_MENU = 3
_LONGEST_IN_A_MENU = 25  # characters


def strap_line(blocks: Sequence[str], known: Sequence[str] = ()) -> Metadata:
    """Publisher, authors and date of a line such as "Some Institute | A. Writer | Mopti, 9 March 2021".

    `known` names authors that the file states elsewhere: they tell a writer from a publisher. A line is only taken for one if exactly one of its parts is a date, or ends in one after a place.
    """
    for block in _above_the_text(blocks):
        parts = _BETWEEN.split(block)
        dates = [date for date in map(_date_of, parts) if date]
        if len(parts) < 2 or len(dates) != 1:
            continue
        others = [part for part in parts if _date_of(part) is None]
        publisher = _publisher(others, known)
        authors = tuple(name for part in others if part != publisher for name in people(part))
        fields = {"published": dates[0], "authors": authors, "publisher": publisher}
        found = {name: "line under the title" for name, value in fields.items() if value}
        return Metadata(authors=authors, publisher=publisher, published=dates[0], found=found)
    return Metadata()


def _publisher(parts: Sequence[str], known: Sequence[str]) -> str | None:
    """The part that names a publisher: not the writers, and surely so only beside or instead of them."""
    free = [part for part in parts if not set(people(part)) & set(known)]
    sure = [part for part in free if len(free) < len(parts) or len(parts) > 1 or not people(part)]
    return organisation(sure[0]) if sure else None


def site_header(lines: Sequence[str]) -> tuple[int, str | None]:
    """How many lines of a pasted page are the site's name and menu, and that name; (0, None) without a menu."""
    for index, line in enumerate(lines[:3]):
        parts = _BETWEEN.split(line)
        if len(parts) >= _FEWEST_IN_A_MENU and all(
            len(part) <= _LONGEST_IN_A_MENU and not any(map(str.isdigit, part)) for part in parts
        ):
            return index + 1, organisation(lines[0]) if index == 1 else None
    return 0, None


def _above_the_text(lines: Sequence[str]) -> Sequence[str]:
    head = lines[:_HEAD]
    end = next((index for index, line in enumerate(head) if len(line) >= _PARAGRAPH), len(head))
    return head[:end]


def _date_of(part: str) -> str | None:
    """The date that a part is, alone or after a place: "Mopti, 9 March 2021"."""
    if (date := parse_date(part)) is not None:
        return date
    place, comma, rest = part.partition(", ")
    return parse_date(rest) if comma and place[:1].isupper() and len(place) < 40 else None
