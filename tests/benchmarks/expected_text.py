"""Is what a file says read, and nothing else? Our text of Word, PDF and HTML files beside the text expected of them.

    python tests/benchmarks/expected_text.py FOLDER [--format docx|html|pdf] [--words FILE]

FOLDER holds a folder a format with `sources` and, as Markdown, what is expected of each in `groundtruth`. Words
are compared as multisets, upper and lower case alike, after the Markdown's marks, table pipes, placeholders for
pictures and formulas and commands of formulas are taken away. Our table rows name their columns in each row; a
name counts once a table. Prints for each format the share of the expected words found in ours and of ours in the
expected, over all words and as the mean of the files, then its ten worst files. --words lists, for one file,
the words missing and the words too many.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from ingest import Document, IngestError, read

_FORMATS = ("docx", "html", "pdf")
_WORST = 10
_LINK = re.compile(
    r"!?\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\((?:[^()\n]|\([^()\n]*\))*\)"
)  # one link may hold brackets


@dataclass(frozen=True)
class Compared:
    """How the words of one file agree with what was expected of it."""

    name: str
    missing: Counter[str]
    extra: Counter[str]
    expected: int  # words
    ours: int
    error: str = ""

    @property
    def found(self) -> float:
        """Share of the expected words that are in ours; 1 where none are expected."""
        return 1 - self.missing.total() / self.expected if self.expected else 1.0

    @property
    def wanted(self) -> float:
        """Share of our words that are expected; 1 where we have none."""
        return 1 - self.extra.total() / self.ours if self.ours else 1.0


def expected_words(markdown: str) -> Counter[str]:
    """The words of a Markdown text without its marks."""
    text = re.sub(r"<!--.*?-->", " ", markdown, flags=re.DOTALL)
    text = _LINK.sub(r"\1", text)
    text = re.sub(r"\\[A-Za-z]+", " ", text)  # commands of formulas
    text = re.sub(r"^\s*\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?\s*)?$|^```\w*$", " ", text, flags=re.MULTILINE)
    return _words(unescape(text).replace("\\_", "_"))


def our_words(document: Document) -> Counter[str]:
    """The words of a document; the names of a table's columns once for all its rows."""
    counted: Counter[str] = Counter()
    named: set[tuple[int, str]] = set()
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if block.kind != "table":
            named = set()
            counted += _words(text)
            continue
        for place, cell in enumerate(text.split("; ")):
            name, colon, value = cell.partition(": ")
            if colon and (place, name) in named:
                cell = value
            named.add((place, name))
            counted += _words(cell)
    return counted


def compare(source: Path, markdown: Path) -> Compared:
    """One file beside its expected text."""
    expected = expected_words(markdown.read_text("utf8"))
    try:
        ours, error = our_words(read(source.read_bytes(), source.name)), ""
    except IngestError as problem:
        ours, error = Counter(), f"{problem.code}: {problem.message}"
    return Compared(source.name, expected - ours, ours - expected, expected.total(), ours.total(), error)


def pairs(folder: Path) -> list[tuple[Path, Path]]:
    """Sources and the Markdown files that say what is expected of them; sources without one are left out."""
    found = []
    for source in sorted((folder / "sources").iterdir()):
        names = (f"{source.name}.md", f"{source.stem}.md")
        markdown = next((path for name in names if (path := folder / "groundtruth" / name).is_file()), None)
        if markdown is not None:
            found.append((source, markdown))
    return found


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.casefold()))


def _report(format_: str, results: list[Compared]) -> None:
    expected, ours = sum(one.expected for one in results), sum(one.ours for one in results)
    missing, extra = sum(one.missing.total() for one in results), sum(one.extra.total() for one in results)
    print(
        f"{format_}: {len(results)} files; all words: {1 - missing / max(1, expected):.3f} of the expected found, "
        f"{1 - extra / max(1, ours):.3f} of ours expected; mean of the files: "
        f"{sum(one.found for one in results) / len(results):.3f} and "
        f"{sum(one.wanted for one in results) / len(results):.3f}"
    )
    for one in sorted(results, key=lambda one: one.found + one.wanted)[:_WORST]:
        print(
            f"    {one.found:.3f} {one.wanted:.3f}  {one.expected:6} expected {one.ours:6} ours  "
            f"{one.name}  {one.error}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--format", choices=_FORMATS)
    parser.add_argument("--words", metavar="FILE")
    options = parser.parse_args()
    for format_ in [options.format] if options.format else _FORMATS:
        files = pairs(options.folder / format_)
        if options.words:
            for one in (compare(*pair) for pair in files if pair[0].name == options.words):
                print(f"missing: {one.missing.most_common()}\ntoo many: {one.extra.most_common()}")
        else:
            _report(format_, [compare(*pair) for pair in files])


if __name__ == "__main__":
    main()
