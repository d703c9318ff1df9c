"""Reads what stands above a report's text: a site's name and menu, and the line of publisher, author and date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import Metadata
from ingest.metadata.dates import is_not_publication, parse_written_date, without_date
from ingest.metadata.names import organisation, people

_HEAD = 8  # blocks at the top that may be the masthead
_PARAGRAPH = 200  # characters; a block of this length belongs to the text
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
_PLACE_AND_BY = 3  # words, for "By" and a place: "Gao", "Addis Ababa"
_BETWEEN = re.compile(r"\s+[|·•]\s+|\s*\n\s*")
_FEWEST_IN_A_MENU = 3
_LONGEST_IN_A_MENU = 25  # characters


def strap_line(blocks: Sequence[str], known: Sequence[str] = ()) -> tuple[Metadata, frozenset[int]]:
    """The metadata in a strap line such as "Harbour Institute | Mara Lindqvist | Gao, 9 March 2021", and its blocks.

    Exactly one part of a strap line is a date, alone or after a place, and no part speaks of a period. The publisher
    may stand on the line above. `known` are authors that the file names elsewhere; they tell a writer from a
    publisher. The indices returned are those of the blocks read, empty if there is no strap line.
    """
    for index, block in enumerate(_above_the_text(blocks)):
        parts = _BETWEEN.split(block)
        dates = [date for date in map(_date_of, parts) if date]
        if len(parts) < 2 or len(dates) != 1 or is_not_publication(block):
            continue
        lines = {index}
        undated = [part for part in parts if _date_of(part) is None]
        publisher = _publisher(undated, known)
        if publisher is None and index > 1 and _ORGANISATION.search(blocks[index - 1]):
            publisher = organisation(blocks[index - 1])
            lines |= {index - 1} if publisher else set()
        # Without a publisher, two capitalised words beside a date may be a country or a section of the site.
        writers = [name for part in undated if part != publisher for name in people(part)]
        authors = tuple(name for name in writers if publisher or name in known)
        fields = {"published": dates[0], "authors": authors, "publisher": publisher}
        found = {name: "line under the title" for name, value in fields.items() if value}
        metadata = Metadata(authors=authors, publisher=publisher, published=dates[0], found=found)
        return metadata, frozenset(lines)
    return Metadata(), frozenset()


def _publisher(parts: Sequence[str], known: Sequence[str]) -> str | None:
    """The publisher among the parts of a strap line: the only part with a word such as "Institute", else the only part
    beside a writer's name that is neither a person nor a genre.

    `_publisher(["Harbour Institute", "Mara Lindqvist"], []) == "Harbour Institute"`
    """
    free = [part for part in parts if organisation(part) and not set(people(part)) & set(known)]
    certain = [part for part in free if _ORGANISATION.search(part)]
    possible = [part for part in free if not people(part) and not _GENRE.fullmatch(part)]
    if not certain and len(parts) > len(possible) == 1:
        certain = possible
    return organisation(certain[0]) if len(certain) == 1 else None


def site_header(lines: Sequence[str]) -> tuple[int, str | None]:
    """How many lines at the top of a pasted page are the site's name and menu, and that name; (0, None) without a menu.

    `site_header(["Coast News", "Home | About | Contact"]) == (2, "Coast News")`
    """
    for index, line in enumerate(lines[:3]):
        parts = _BETWEEN.split(line)
        if len(parts) >= _FEWEST_IN_A_MENU and all(
            len(part) <= _LONGEST_IN_A_MENU and not any(map(str.isdigit, part)) for part in parts
        ):
            return index + 1, organisation(lines[0]) if index == 1 else None
    return 0, None


def repeated_metadata_lines(lines: Sequence[str], metadata: Metadata) -> frozenset[int]:
    """Indices of lines above the text that only repeat publisher, authors, place and date."""
    names = [name for name in (metadata.publisher, *metadata.authors) if name]
    indices = set()
    for index, line in enumerate(_above_the_text(lines)):
        rest, dated = without_date(line)
        for name in names:
            rest = rest.replace(name, "")
        if rest != line and (dated or any(name in line for name in metadata.authors)):
            indices |= {index} if len(re.findall(r"\w+", rest)) <= _PLACE_AND_BY else set()
    return frozenset(indices)


def _above_the_text(lines: Sequence[str]) -> Sequence[str]:
    """The lines before the first that is long enough to be a paragraph, at most eight."""
    head = lines[:_HEAD]
    end = next((index for index, line in enumerate(head) if len(line) >= _PARAGRAPH), len(head))
    return head[:end]


def _date_of(part: str) -> str | None:
    """The date that a part consists of, alone or after a place: `_date_of("Gao, 9 March 2021") == "2021-03-09"`."""
    if (date := parse_written_date(part)) is not None:
        return date
    place, comma, rest = part.partition(", ")
    return parse_written_date(rest) if comma and place[:1].isupper() and len(place) < 40 else None
