"""What stands above a report's text: a site's name with its menu, and the strap line of publisher, author, date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import Metadata
from ingest.metadata.dates import names_a_period, parse_date, without_date
from ingest.metadata.names import organisation, people

_HEAD = 8  # blocks from the top
_PARAGRAPH = 200  # characters: a block of this length is the text
_ORGANISATION = re.compile(
    r"\b(?:Institut\w*|Cent(?:re|er)|Group|Council|Universit\w+|College|Foundation|Association|Society|Network|News|Times|"
    r"Journal|Review|Magazine|Courier|Herald|Tribune|Observer|Monitor|Watch|Dispatch|Agency|Press|Radio|Studies|Notes|"
    r"Strategies|Strategic|Dynamics|Consulting|Fondation|Observatoire|Observatory|Bureau|Project|Forum|Initiative)\b"
)
_GENRE = re.compile(
    r"(?:(?:policy|research|working|situation|special|briefing|news|press|field|country|annual)\s+)?"
    r"(?:briefs?|reports?|papers?|analys[ie]s|opinion|comment(?:ary)?|insights?|features?|notes?|news|blog|article|issue|"
    r"release|statement|interview|essay|review)(?:\s+(?:no\.?\s*)?\d+)?",
    re.IGNORECASE,
)
_PLACE_AND_BY = 3  # words: "Gao" or "Addis Ababa", and "By"
_BETWEEN = re.compile(r"\s+[|·•]\s+|\s*\n\s*")
_FEWEST_IN_A_MENU = 3
_LONGEST_IN_A_MENU = 25  # characters


def strap_line(blocks: Sequence[str], known: Sequence[str] = ()) -> tuple[Metadata, frozenset[int]]:
    """Publisher, authors and date of a line such as "Some Institute | A. Writer | Mopti, 9 March 2021", and the
    indices of the blocks that state them: no headings, whatever their type.

    `known` names authors that the file states elsewhere: they tell a writer from a publisher. A line is only taken
    for one if exactly one of its parts is a date, or ends in one after a place, and no other speaks of a period.
    The publisher may stand on a line of its own directly above.
    """
    for index, block in enumerate(_above_the_text(blocks)):
        parts = _BETWEEN.split(block)
        dates = [date for date in map(_date_of, parts) if date]
        if len(parts) < 2 or len(dates) != 1 or names_a_period(block):
            continue
        lines = {index}
        others = [part for part in parts if _date_of(part) is None]
        publisher = _publisher(others, known)
        if publisher is None and index > 1 and _ORGANISATION.search(blocks[index - 1]):
            publisher = organisation(blocks[index - 1])
            lines |= {index - 1} if publisher else set()
        # Two capitalised words alone beside a date may as well be a country or a section of the site.
        named = [name for part in others if part != publisher for name in people(part)]
        authors = tuple(name for name in named if publisher or name in known)
        fields = {"published": dates[0], "authors": authors, "publisher": publisher}
        found = {name: "line under the title" for name, value in fields.items() if value}
        stated = Metadata(authors=authors, publisher=publisher, published=dates[0], found=found)
        return stated, frozenset(lines)
    return Metadata(), frozenset()


def _publisher(parts: Sequence[str], known: Sequence[str]) -> str | None:
    """The part that names a publisher: by a word that organisations have in their names, or beside its writer."""
    free = [part for part in parts if organisation(part) and not set(people(part)) & set(known)]
    sure = [part for part in free if _ORGANISATION.search(part)]
    others = [part for part in free if not people(part) and not _GENRE.fullmatch(part)]
    if not sure and len(parts) > len(others) == 1:
        sure = others
    return organisation(sure[0]) if len(sure) == 1 else None


def site_header(lines: Sequence[str]) -> tuple[int, str | None]:
    """How many lines of a pasted page are the site's name and menu, and that name; (0, None) without a menu."""
    for index, line in enumerate(lines[:3]):
        parts = _BETWEEN.split(line)
        if len(parts) >= _FEWEST_IN_A_MENU and all(
            len(part) <= _LONGEST_IN_A_MENU and not any(map(str.isdigit, part)) for part in parts
        ):
            return index + 1, organisation(lines[0]) if index == 1 else None
    return 0, None


def restated_title(lines: Sequence[str], metadata: Metadata) -> frozenset[int]:
    """Indices of lines above the text that say nothing but who published, who wrote, where and when."""
    names = [name for name in (metadata.publisher, *metadata.authors) if name]
    found = set()
    for index, line in enumerate(_above_the_text(lines)):
        rest, dated = without_date(line)
        for name in names:
            rest = rest.replace(name, "")
        if rest != line and (dated or any(name in line for name in metadata.authors)):
            found |= {index} if len(re.findall(r"\w+", rest)) <= _PLACE_AND_BY else set()
    return frozenset(found)


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
