"""Is the main text of web pages taken, and what surrounds it left out? Ours beside plain trafilatura.

    python tests/benchmarks/web_pages.py FOLDER [--every N] [--from K] [--misses]

FOLDER holds evaldata.json (address -> file, phrases that the text must hold, `with`, and must not, `without`)
and the pages in eval_html.tar.gz. A phrase counts if it stands in the extracted text as it is written. Prints,
for our reader and for trafilatura under several options, precision, recall, accuracy and F-score over all
phrases, and the seconds the extraction took. --every 2 takes every second page, --from says which is the first;
--misses lists the phrases in which our reader and trafilatura's best options differ.
"""

from __future__ import annotations

import argparse
import json
import tarfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from trafilatura import extract

from ingest import IngestError, read

_OURS = "ours"


def body_of(data: bytes) -> str:
    """Our text of a page without its furniture; empty where it cannot be read."""
    try:
        document = read(data, "page.html")
    except IngestError:
        return ""
    return "\n".join(
        document.text[block.start : block.end] for block in document.blocks if block.kind != "furniture"
    )


def plain(data: bytes, **options: Any) -> str:
    """Trafilatura's text of a page."""
    return extract(data, **options) or ""


_EXTRACTORS: dict[str, Callable[[bytes], str]] = {
    _OURS: body_of,
    "trafilatura, default": plain,
    "trafilatura, no comments": partial(plain, include_comments=False),
    "trafilatura, no comments, precision": partial(plain, include_comments=False, favor_precision=True),
    "trafilatura, no comments, recall": partial(plain, include_comments=False, favor_recall=True),
}


def judged(page: tuple[dict[str, Any], bytes]) -> dict[str, tuple[list[bool], list[bool], float]]:
    """For each extractor whether each phrase of `with` and of `without` stands in the text, and the seconds."""
    item, data = page
    found = {}
    for name, text_of in _EXTRACTORS.items():
        start = time.perf_counter()
        text = text_of(data)
        seconds = time.perf_counter() - start
        found[name] = (
            [phrase in text for phrase in item["with"]],
            [phrase in text for phrase in item["without"]],
            seconds,
        )
    return found


def pages(folder: Path, first: int, every: int) -> Iterator[tuple[dict[str, Any], bytes]]:
    """What is expected of a page, and the page; pages that the archive does not hold are left out."""
    items = json.loads((folder / "evaldata.json").read_text("utf8")).values()
    with tarfile.open(folder / "eval_html.tar.gz") as archive:
        members = {Path(member.name).name: member for member in archive if member.isfile()}
        saved = [item for item in items if item["file"] in members]
        for item in saved[first::every]:
            file = archive.extractfile(members[item["file"]])
            assert file is not None  # members are files
            yield item, file.read()


def scores(results: list[dict[str, tuple[list[bool], list[bool], float]]], name: str) -> dict[str, float]:
    """Precision, recall, accuracy, F-score and seconds of one extractor."""
    wanted = [held for result in results for held in result[name][0]]
    unwanted = [held for result in results for held in result[name][1]]
    right, wrong = sum(wanted), sum(unwanted)
    precision, recall = right / max(1, right + wrong), right / max(1, len(wanted))
    return {
        "precision": precision,
        "recall": recall,
        "accuracy": (right + len(unwanted) - wrong) / max(1, len(wanted) + len(unwanted)),
        "F-score": 2 * precision * recall / max(1e-9, precision + recall),
        "seconds": sum(result[name][2] for result in results),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    asked = list(pages(options.folder, options.first, options.every))
    results = [judged(page) for page in asked]
    table = {name: scores(results, name) for name in _EXTRACTORS}
    best = max((name for name in table if name != _OURS), key=lambda name: table[name]["F-score"])
    if options.misses:
        for (item, _), result in zip(asked, results, strict=True):
            for side, sign in ((0, "+"), (1, "-")):
                for phrase, ours, theirs in zip(
                    item["with" if sign == "+" else "without"],
                    result[_OURS][side],
                    result[best][side],
                    strict=True,
                ):
                    if ours != theirs:
                        better = "ours" if ours == (sign == "+") else "theirs"
                        print(f"{better:7}{sign} {item['file'][:50]:50} {phrase!r}")
    print(f"{len(results)} pages")
    for name, row in table.items():
        print(f"{name:38}" + "  ".join(f"{field} {value:.3f}" for field, value in row.items()))


if __name__ == "__main__":
    main()
