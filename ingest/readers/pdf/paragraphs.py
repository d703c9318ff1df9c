"""Paragraphs and headings from the lines of a PDF, hyphenated words and sentences across pages put together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.readers.common.draft import DraftPart
from ingest.readers.pdf.lines import HYPHEN, Line
from ingest.readers.pdf.tables import find_tables, table_parts
from ingest.text.hard_wraps import ITEM_START
from ingest.text.sentences import sentences

_LARGER = 1.12  # type this many times the body's size is a heading
_LONGEST_HEADING = 200  # characters
_GAP = 1.45  # line distances, as a multiple of the usual one, that part paragraphs
_SHORT_LINE = 0.85  # a line that ends before this share of the column's width may end a paragraph
_RAGGED = 0.2  # share of the column's width that a wrapped line may leave empty besides its next word
_AT_AN_EDGE = 4  # lines that end together make the edge of a column, if they are
_PART_AT_AN_EDGE = 4  # no fewer than one in so many of its lines
_INDENT = 0.8  # of the type's height: a first line set in by more begins a paragraph
_CAPTION = re.compile(r"(?:figure|fig\.|table|source|photo|image|note|chart|map)\b", re.IGNORECASE)
_KEEPS_HYPHEN = frozenset(
    [
        "self",
        "non",
        "ex",
        "al",
        "el",
        "anti",
        "pro",
        "cross",
        "well",
        "long",
        "short",
        "mid",
        "high",
        "low",
        "so-called",
        "vice",
        "semi",
        "multi",
        "co",
    ]
)


def to_parts(pages: Sequence[list[Line]]) -> list[DraftPart]:
    """Headings, paragraphs and list items of a whole PDF; a part's page is the one on which it begins."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    body = _body_type(lines)
    levels = _levels(lines, body[0])
    words = Counter(re.findall(r"[\w’'-]+", " ".join(line.text for line in lines).casefold()))
    parts: list[DraftPart] = []
    for page in pages:
        read = 0
        for table in find_tables(page):
            parts += _text_parts(page, page[read : table.start], words, body, levels)
            parts += table_parts(table, page[0].page)
            read = table.end
        parts += _text_parts(page, page[read:], words, body, levels)
    return _whole_sentences(parts, words)


def _text_parts(
    page: list[Line],
    lines: list[Line],
    words: Counter[str],
    body: tuple[float, str],
    levels: dict[float, int],
) -> Iterator[DraftPart]:
    """Headings, paragraphs and list items of the lines of a page between its tables."""
    for group in _groups(page, lines, body[0]):
        text = _join([line.text for line in group], words)
        if level := _heading_level(group, text, body, levels):
            yield DraftPart(text, "heading", level, group[0].page)
        else:
            yield DraftPart(text, "list" if ITEM_START.match(text) else "paragraph", page=group[0].page)


def _body_type(lines: Iterable[Line]) -> tuple[float, str]:
    """Size and font in which most of the text is set."""
    sizes: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
        fonts[line.font] += len(line.text)
    return sizes.most_common(1)[0][0], fonts.most_common(1)[0][0]


def _levels(lines: Iterable[Line], body_size: float) -> dict[float, int]:
    """Level by size of type, 1 the largest; the smallest kinds of large type share the lowest level."""
    sizes = sorted({line.size for line in lines if line.size >= body_size * _LARGER}, reverse=True)
    return {size: min(place, 5) for place, size in enumerate(sizes, start=1)}


def _groups(page: list[Line], lines: list[Line], body_size: float) -> list[list[Line]]:
    """Those lines of a page that belong together: one paragraph, heading or list item each."""
    if not lines:
        return []
    gaps = [
        above.bottom - below.bottom
        for above, below in pairwise(page)
        if 0 < above.bottom - below.bottom < 4 * body_size
    ]
    usual = median(gaps) if gaps else body_size * 1.2
    groups = [[lines[0]]]
    for above, below in pairwise(lines):
        # The lines of a large heading stand farther apart than those of the text.
        widest = max(usual * _GAP, 1.3 * above.size if above.size >= body_size * _LARGER else 0)
        if _parted(above, below, groups[-1], widest, page):
            groups.append([below])
        else:
            groups[-1].append(below)
    return groups


def _parted(above: Line, below: Line, group: list[Line], widest: float, page: list[Line]) -> bool:
    if above.text.endswith(HYPHEN):
        return False
    same_line = abs(above.bottom - below.bottom) < 0.4 * above.size
    if abs(above.size - below.size) > 0.08 * max(above.size, below.size) or above.bold != below.bold:
        return not same_line
    if ITEM_START.match(below.text) or _title_set_apart(above, below):
        return True
    drop = above.bottom - below.bottom
    finished = above.text.endswith((".", "!", "?", ":", "”", ".)", "»"))
    if drop < -0.4 * above.size:  # further up: the next column
        return finished or below.text[:1].isupper()
    if drop > widest:
        return True
    if same_line:
        return False
    if not below.text[:1].islower() and _ended_early(above, below, finished, page):
        return True
    return (
        below.left - above.left > _INDENT * above.size
        and finished
        and below.left - group[0].left < 5 * above.size
    )


def _ended_early(above: Line, below: Line, finished: bool, page: list[Line]) -> bool:
    """Whether the upper line ends where the lower one's first word would still have fitted: it was ended on purpose.

    Where it ends a sentence, clearly short is enough; where it does not, it must be short by that word and more.
    """
    column = [line for line in page if abs(line.left - above.left) < 3 * above.size]
    edge, left = _right_edge(column, above.size), min(line.left for line in column)
    if finished:
        return above.right - left < _SHORT_LINE * (edge - left)
    letter = (above.right - above.left) / max(len(above.text), 1)
    word = below.text.partition(" ")[0]
    return above.right + (len(word) + 1) * letter < edge - _RAGGED * (edge - left)


def _right_edge(column: list[Line], within: float) -> float:
    """Where the lines of a column end: as far right as several do, so that one across the page does not count."""
    ends = sorted((line.right for line in column), reverse=True)
    several = max(_AT_AN_EDGE, len(ends) // _PART_AT_AN_EDGE)
    together = zip(ends, ends[several - 1 :], strict=False)
    return next((first for first, last in together if first - last < within), ends[0])


def _title_set_apart(above: Line, below: Line) -> bool:
    """Whether a short line in a face of its own stands over a line in another: a heading over its text."""
    differ = above.font and below.font and above.font != below.font
    return (
        bool(differ)
        and above.right - above.left < 0.8 * (below.right - below.left)
        and above.bottom - below.bottom > 0.5 * above.size
    )


def _heading_level(group: list[Line], text: str, body: tuple[float, str], levels: dict[float, int]) -> int:
    """The level of a heading, 0 for none: by larger type, else a short line in bold or another face, no full stop."""
    body_size, body_font = body
    if len(text) > _LONGEST_HEADING or not any(map(str.isalpha, text)) or len(group) > 4:
        return 0
    if all(line.size >= body_size * _LARGER for line in group):
        return levels.get(group[0].size, 5)
    bold = all(line.bold for line in group)
    other_face = len(group) == 1 and group[0].font not in ("", body_font) and _CAPTION.match(text) is None
    short = len(group) <= 2 and len(text) <= 120 and not text.endswith((".", ",", ";", ":"))
    if short and (bold or (other_face and len(text) <= 80)) and (text[0].isupper() or text[0].isdigit()):
        return 6
    return 0


def _join(texts: Sequence[str], words: Counter[str]) -> str:
    """Lines as one running text, words broken at a line's end made whole."""
    joined = texts[0]
    for following in texts[1:]:
        if joined.endswith((HYPHEN, "-", "\u2010")) and len(joined) > 1 and joined[-2].isalnum():
            joined = _mend(joined[:-1], following, words)
        else:
            joined = f"{joined} {following}"
    return joined.replace(HYPHEN, "-")


def _mend(before: str, after: str, words: Counter[str]) -> str:
    """A hyphen at a line's end is dropped, unless the word is spelt with it elsewhere or could not do without."""
    first = re.search(r"[\w’']+$", before)
    second = re.match(r"[\w’']+", after)
    if first is None or second is None or not after[0].islower() or not before[-1].isalpha():
        return f"{before}-{after}"
    one, other = first[0].casefold(), second[0].casefold()
    compound = one in _KEEPS_HYPHEN or words[f"{one}-{other}"] > words[one + other]
    return f"{before}-{after}" if compound else before + after


def _whole_sentences(parts: list[DraftPart], words: Counter[str]) -> list[DraftPart]:
    """A sentence that runs on over a page's end goes whole to the page on which it begins, so it can be cited."""
    mended = list(parts)
    for index in range(len(mended) - 1):
        following = next((place for place in range(index + 1, len(mended)) if mended[place].text), None)
        if following is None:
            break
        part, after = mended[index], mended[following]
        runs_on = (
            part.kind in ("paragraph", "list")
            and after.kind == "paragraph"
            and part.page != after.page
            and re.search(r"[.!?:;”\"»)]\s*$", part.text) is None
            and after.text[0].islower()
        )
        if not runs_on:
            continue
        _, end = sentences(after.text)[0]
        mended[index] = replace(part, text=_join([part.text, after.text[:end]], words))
        mended[following] = replace(after, text=after.text[end:].strip())
    return [part for part in mended if part.text]
