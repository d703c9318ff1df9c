"""Reads CSV and TSV: the delimiter is the one that gives the most even rows, and each row becomes a line."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator

from ingest.readers.common.cells import cell_text
from ingest.readers.common.draft import Draft, DraftPart, compose
from ingest.readers.sheets.rows import (
    MOST_CELLS,
    SheetRow,
    rows_as_lines,
    title_line,
    title_metadata,
    too_many_cells,
)
from ingest.text.cleaning import clean
from ingest.text.decoding import decode

_DELIMITERS = ",;\t|"
_NO_DELIMITER = "\x1f"  # occurs in no cleaned text
_SAMPLE = 100_000  # characters from which the delimiter is told
_LONGEST_FIELD = 10_000_000  # characters
_DECLARED = re.compile(r"sep=(.)\n", re.IGNORECASE)  # a first line that Excel understands and does not show
_EVEN = 0.5  # share of the rows, 0 to 1: a delimiter makes more than this equally long


def read_csv(data: bytes) -> Draft:
    """Read delimited text: numbered rows under their column names, or the plain lines of a single column.

    Raises IngestError `too_large` or `unreadable`.
    """
    text = clean(decode(data))
    declared = _DECLARED.match(text)
    delimiter = declared[1] if declared else _delimiter(text[:_SAMPLE])
    text = text[declared.end() :] if declared else text
    if delimiter is None:
        located, pieces = compose(DraftPart(" ".join(row)) for row in _records(text, _NO_DELIMITER))
        return Draft(located, pieces)
    parts = rows_as_lines(_rows(text, delimiter))
    located, pieces = compose(parts)
    return Draft(located, pieces, strong=title_metadata(title_line(parts)))


def _delimiter(sample: str) -> str | None:
    """The delimiter that makes the most rows equally long, then the longest; None for a single column.

    `_delimiter("port;tonnes\\nLindow;1,200\\n") == ";"`, `_delimiter("Lindow\\nOstra\\n") is None`
    """
    best, best_score = None, (_EVEN, 0)
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in _records(sample, delimiter) if any(row)]
        counts = Counter(width for width in widths if width > 1)
        if not counts:
            continue
        width, times = counts.most_common(1)[0]
        if (score := (times / len(widths), width)) > best_score:
            best, best_score = delimiter, score
    return best or _unspaced(sample)


def _unspaced(sample: str) -> str | None:
    """The delimiter of uneven rows: it is in most lines, and mostly without the space that follows it in prose.

    `_unspaced("a,b\\nc,d,e") == ","`, `_unspaced("Ships, and more") is None`
    """
    lines = [line for line in sample.split("\n") if line.strip()]
    for delimiter in _DELIMITERS:
        delimited = [line for line in lines if delimiter in line]
        spaced = sum(line.count(delimiter + " ") for line in delimited)
        if len(delimited) > len(lines) / 2 and spaced < sum(line.count(delimiter) for line in delimited) / 2:
            return delimiter
    return None


def _rows(text: str, delimiter: str) -> list[SheetRow]:
    """The rows that hold something, numbered from 1 as a spreadsheet would. Raises IngestError `too_large`."""
    rows = []
    filled = 0
    for number, fields in enumerate(_records(text, delimiter), start=1):
        cells = {column: cell for column, field in enumerate(fields, start=1) if (cell := cell_text(field))}
        filled += len(cells)
        if filled > MOST_CELLS:
            raise too_many_cells()
        if cells:
            rows.append(SheetRow(number, cells, width=len(fields)))
    return rows


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """The fields of each record; where a quotation mark is never closed, marks are taken as ordinary characters."""
    csv.field_size_limit(_LONGEST_FIELD)
    quote = None if _is_unclosed(text, delimiter) else '"'
    yield from csv.reader(
        _lines(text),
        delimiter=delimiter,
        quotechar=quote,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        skipinitialspace=True,
    )


def _is_unclosed(text: str, delimiter: str) -> bool:
    """Whether a quoted field never ends: `_is_unclosed('a,"b', ",") is True`."""
    try:
        for _ in csv.reader(_lines(text), delimiter=delimiter, strict=True, skipinitialspace=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends, one at a time to save memory: a text may have 100 million characters."""
    return (match[0] for match in re.finditer(r"[^\n]*\n|[^\n]+", text))
