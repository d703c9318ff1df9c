"""Builds paragraphs and headings from the lines of a PDF; joins hyphenated words, and sentences across pages."""

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

_HEADING_SIZE = 1.12  # times the body's size, from which type is a heading's
_LONGEST_HEADING = 200  # characters
_PARAGRAPH_GAP = 1.45  # times the usual distance of lines, from which lines are in different paragraphs
_SHORT_LINE = 0.85  # of the column's width: a line that ends before it may end a paragraph
_RAGGED = 0.2  # of the column's width: so much a wrapped line may leave empty besides the next word's width
# The right edge of a column is where at least this many lines, and this fraction (1/4) of its lines, end together.
_FEWEST_AT_EDGE = 4
_FRACTION_AT_EDGE = 4
_INDENT = 0.8  # of the type's height: a line indented by more begins a paragraph
_CAPTION = re.compile(r"(?:figure|fig\.|table|source|photo|image|note|chart|map)\b", re.IGNORECASE)
# First parts of compounds that keep their hyphen when it falls at a line's end.
_KEEPS_HYPHEN = frozenset(
    "self non ex al el anti pro cross well long short mid high low so-called vice semi multi co".split()
)


def page_parts(pages: Sequence[list[Line]]) -> list[DraftPart]:
    """The headings, paragraphs, list items and table rows of a PDF, given the lines of each page.

    A part's page is the one on which it begins.
    """
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    body = _body_type(lines)
    levels = _levels(lines, body[0])
    word_counts = Counter(re.findall(r"[\w’'-]+", " ".join(line.text for line in lines).casefold()))
    parts: list[DraftPart] = []
    for page in pages:
        start = 0  # of the lines not used yet
        for table in find_tables(page):
            parts += _text_parts(page, page[start : table.start], word_counts, body, levels)
            parts += table_parts(table, page[0].page)
            start = table.end
        parts += _text_parts(page, page[start:], word_counts, body, levels)
    return _whole_sentences(parts, word_counts)


def _text_parts(
    page: list[Line],
    lines: list[Line],
    word_counts: Counter[str],
    body: tuple[float, str],
    levels: dict[float, int],
) -> Iterator[DraftPart]:
    """The headings, paragraphs and list items in `lines`, which are lines of `page` between its tables.

    `word_counts` says how often a word occurs in the file, `body` is size and font of its text, `levels` maps sizes of
    larger type to levels of headings.
    """
    for group in _groups(page, lines, body[0]):
        text = _join([line.text for line in group], word_counts)
        if level := _heading_level(group, text, body, levels):
            yield DraftPart(text, "heading", level, group[0].page)
        else:
            yield DraftPart(text, "list" if ITEM_START.match(text) else "paragraph", page=group[0].page)


def _body_type(lines: Iterable[Line]) -> tuple[float, str]:
    """The size and the font in which most of the text is set."""
    sizes: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
        fonts[line.font] += len(line.text)
    return sizes.most_common(1)[0][0], fonts.most_common(1)[0][0]


def _levels(lines: Iterable[Line], body_size: float) -> dict[float, int]:
    """Size of large type -> level of heading: 1 for the largest, 5 for the fifth and all smaller."""
    sizes = sorted({line.size for line in lines if line.size >= body_size * _HEADING_SIZE}, reverse=True)
    return {size: min(place, 5) for place, size in enumerate(sizes, start=1)}


def _groups(page: list[Line], lines: list[Line], body_size: float) -> list[list[Line]]:
    """The lines grouped into paragraphs, headings and list items; `page` tells how far apart lines usually are."""
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
        # The lines of a large heading are farther apart than those of the text.
        widest = max(
            usual * _PARAGRAPH_GAP, 1.3 * above.size if above.size >= body_size * _HEADING_SIZE else 0
        )
        if _begins_group(above, below, groups[-1], widest, page):
            groups.append([below])
        else:
            groups[-1].append(below)
    return groups


def _begins_group(above: Line, below: Line, group: list[Line], widest: float, page: list[Line]) -> bool:
    """Whether a line begins a new group, by type, distance, indent and the end of the line above.

    `group` is the one that `above` is in, `widest` the distance of lines within a paragraph, in points.
    """
    if above.text.endswith(HYPHEN):
        return False
    same_line = abs(above.bottom - below.bottom) < 0.4 * above.size
    if abs(above.size - below.size) > 0.08 * max(above.size, below.size) or above.bold != below.bold:
        return not same_line
    if ITEM_START.match(below.text) or _title_set_apart(above, below):
        return True
    drop = above.bottom - below.bottom
    ends_sentence = above.text.endswith((".", "!", "?", ":", "”", ".)", "»"))
    if drop < -0.4 * above.size:  # further up: the next column
        return ends_sentence or below.text[:1].isupper()
    if drop > widest:
        return True
    if same_line:
        return False
    if not below.text[:1].islower() and _ended_early(above, below, ends_sentence, page):
        return True
    return (
        below.left - above.left > _INDENT * above.size
        and ends_sentence
        and below.left - group[0].left < 5 * above.size
    )


def _ended_early(above: Line, below: Line, ends_sentence: bool, page: list[Line]) -> bool:
    """Whether a line was ended on purpose: the next line's first word would still have fitted on it.

    At the end of a sentence it is enough that the line is clearly short; elsewhere it must leave that word and more.
    """
    column = [line for line in page if abs(line.left - above.left) < 3 * above.size]
    edge, left = _right_edge(column, above.size), min(line.left for line in column)
    if ends_sentence:
        return above.right - left < _SHORT_LINE * (edge - left)
    letter_width = (above.right - above.left) / max(len(above.text), 1)
    word = below.text.partition(" ")[0]
    return above.right + (len(word) + 1) * letter_width < edge - _RAGGED * (edge - left)


def _right_edge(column: list[Line], within: float) -> float:
    """Where a column ends, in points: as far right as several of its lines end within `within` points.

    A single line that runs across the page does not count.
    """
    ends = sorted((line.right for line in column), reverse=True)
    fewest = max(_FEWEST_AT_EDGE, len(ends) // _FRACTION_AT_EDGE)
    runs = zip(ends, ends[fewest - 1 :], strict=False)
    return next((first for first, last in runs if first - last < within), ends[0])


def _title_set_apart(above: Line, below: Line) -> bool:
    """Whether a short line stands over one in another font: a heading over its text."""
    fonts_differ = above.font and below.font and above.font != below.font
    return (
        bool(fonts_differ)
        and above.right - above.left < 0.8 * (below.right - below.left)
        and above.bottom - below.bottom > 0.5 * above.size
    )


def _heading_level(group: list[Line], text: str, body: tuple[float, str], levels: dict[float, int]) -> int:
    """The level of a heading: 1 to 5 by larger type, 6 for a short line in bold or another font; 0 for text."""
    body_size, body_font = body
    if len(text) > _LONGEST_HEADING or not any(map(str.isalpha, text)) or len(group) > 4:
        return 0
    if all(line.size >= body_size * _HEADING_SIZE for line in group):
        return levels.get(group[0].size, 5)
    is_bold = all(line.bold for line in group)
    other_font = len(group) == 1 and group[0].font not in ("", body_font) and _CAPTION.match(text) is None
    is_short = len(group) <= 2 and len(text) <= 120 and not text.endswith((".", ",", ";", ":"))
    if (
        is_short
        and (is_bold or (other_font and len(text) <= 80))
        and (text[0].isupper() or text[0].isdigit())
    ):
        return 6
    return 0


def _join(texts: Sequence[str], word_counts: Counter[str]) -> str:
    """Lines as one text, with words broken at a line's end made whole.

    `_join(["the har-", "bour"], Counter()) == "the harbour"`
    """
    joined = texts[0]
    for following in texts[1:]:
        if joined.endswith((HYPHEN, "-", "\u2010")) and len(joined) > 1 and joined[-2].isalnum():
            joined = _mend(joined[:-1], following, word_counts)
        else:
            joined = f"{joined} {following}"
    return joined.replace(HYPHEN, "-")


def _mend(before: str, after: str, word_counts: Counter[str]) -> str:
    """Joins two lines without the hyphen between them, unless the word needs it or is spelt with it elsewhere.

    `_mend("har", "bour", Counter()) == "harbour"`, `_mend("self", "made", Counter()) == "self-made"`
    """
    first = re.search(r"[\w’']+$", before)
    second = re.match(r"[\w’']+", after)
    if first is None or second is None or not after[0].islower() or not before[-1].isalpha():
        return f"{before}-{after}"
    head, tail = first[0].casefold(), second[0].casefold()
    is_compound = head in _KEEPS_HYPHEN or word_counts[f"{head}-{tail}"] > word_counts[head + tail]
    return f"{before}-{after}" if is_compound else before + after


def _whole_sentences(parts: list[DraftPart], word_counts: Counter[str]) -> list[DraftPart]:
    """The parts, with a sentence that runs over a page's end put whole on its first page, so that it can be cited."""
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
        mended[index] = replace(part, text=_join([part.text, after.text[:end]], word_counts))
        mended[following] = replace(after, text=after.text[end:].strip())
    return [part for part in mended if part.text]
