"""Do quotes from PDF files stand on the pages that we cite for them? PDFium's own search is asked.

    python tests/benchmarks/page_numbers.py FOLDER [FOLDER ...] [--quotes N] [--seed K]

Takes N sentences at random (100; of 25 characters and more) from the blocks of all the PDF files below the
folders, at most a tenth of them from one file. Files that cannot be read are left out, and so are pages that are
pictures, in whose recognised text PDFium cannot search. A quote holds

- `searched`: if PDFium's search finds it on the page cited, upper and lower case alike. White space and breaks of
  lines are one to that search;
- `letters`: else if it stands in PDFium's text of that page when both are taken as letters and digits alone: words
  mended at a line's end, spaces between letters and footnote marks do not count;
- `in cells`: else if it is a table's row, and each name of a column and each cell stands on that page so taken, those
  of several lines word by word; a row repeats the names, and is printed in columns;
- `runs on`: else if its beginning, ten letters or more, ends the page so taken, headers and footers apart, and the
  rest stands on the next page.

Prints the counts, and every quote that does not hold with its file and page; exit 1 if there is one.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from ingest import IngestError, read
from ingest.text.sentences import sentences

_SHORTEST = 25  # characters of a quote
_FEWEST_ON_PAGE = 10  # letters of a quote that runs on
_WAYS = ("searched", "letters", "in cells", "runs on", "not there")


@dataclass(frozen=True)
class Quote:
    """A sentence and the page cited for it."""

    file: Path
    page: int  # 1-based
    text: str
    in_table: bool


def quotes_of(file: Path) -> list[Quote]:
    """All quotes a PDF's printed pages can give; none where it cannot be read."""
    try:
        document = read(file.read_bytes(), file.name)
    except IngestError:
        return []
    with pdfium.PdfDocument(file) as pages:
        printed = {number for number, page in enumerate(pages, 1) if page.get_textpage().count_chars()}
    found = []
    for block in document.blocks:
        text = document.text[block.start : block.end]
        for start, end in sentences(text):
            if end - start >= _SHORTEST and block.page in printed:
                found.append(Quote(file, block.page, text[start:end], block.kind == "table"))
    return found


def drawn(files: list[Path], count: int, seed: int) -> list[Quote]:
    """`count` quotes at random, at most a tenth of them from one file."""
    chance = random.Random(seed)
    pool: list[Quote] = []
    for file in files:
        quotes = quotes_of(file)
        pool += chance.sample(quotes, min(len(quotes), max(1, count // 10)))
    return chance.sample(pool, min(count, len(pool)))


def way(document: pdfium.PdfDocument, quote: Quote) -> str:
    """How a quote holds: one of `_WAYS`."""
    page = document[quote.page - 1].get_textpage()
    if page.search(quote.text).get_next() is not None:
        return "searched"
    letters, here = _letters(quote.text), _letters(page.get_text_range())
    if letters in here:
        return "letters"
    if quote.in_table:
        cells = re.split(r" \| |; |: ", quote.text)
        words = [word for cell in cells if _letters(cell) not in here for word in cell.split()]
        return "in cells" if all(_letters(word) in here for word in words) else "not there"
    if quote.page < len(document):
        there = _letters(document[quote.page].get_textpage().get_text_range())
        for cut in range(len(letters) - 1, _FEWEST_ON_PAGE - 1, -1):
            if letters[:cut] in here:
                return "runs on" if letters[cut:] in there else "not there"
    return "not there"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _judged(quotes: list[Quote]) -> Iterator[tuple[Quote, str]]:
    for quote in quotes:
        with pdfium.PdfDocument(quote.file) as document:
            yield quote, way(document, quote)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--quotes", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    files = sorted(file for folder in options.folders for file in folder.rglob("*.pdf"))
    counts: Counter[str] = Counter()
    for quote, found in _judged(drawn(files, options.quotes, options.seed)):
        counts[found] += 1
        if found == "not there":
            print(f"{quote.file.name}, page {quote.page}: {quote.text!r}")
    print(f"{counts.total()} quotes: " + ", ".join(f"{counts[name]} {name}" for name in _WAYS))
    return bool(counts["not there"])


if __name__ == "__main__":
    sys.exit(main())
