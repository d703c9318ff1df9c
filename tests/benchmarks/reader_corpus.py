"""What becomes of every file of a folder when it is read, each as the product does it.

    python tests/benchmarks/reader_corpus.py [--text WORD] FOLDER...

Prints, for each kind, how many files were read, how many failed by code, and the slowest; then each failed file with
its message, to be judged by hand. --text prints the beginning of the text of files with the word in their name.
Exit 1 where a file stopped the reader, ran into the limit on time, or failed without a reason that names it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from ingest import IngestError, read_isolated

_BEGINNING = 600  # characters
_STOPPED = "made the reader stop"  # in the message for a file that ends the reading process


@dataclass(frozen=True)
class Outcome:
    """What became of one file."""

    path: Path
    code: str  # "read" or the code of the error
    said: str  # the message of the error, or what was read
    seconds: float


def put_through(path: Path) -> Outcome:
    """Reads one file."""
    began = time.monotonic()
    try:
        document = read_isolated(path.read_bytes(), path.name)
    except IngestError as error:
        return Outcome(path, error.code, error.message, time.monotonic() - began)
    said = f"{document.kind}, {len(document.text):,} characters, {len(document.attachments)} files within"
    return Outcome(path, "read", said, time.monotonic() - began)


def print_table(outcomes: list[Outcome]) -> None:
    """A line for each file ending."""
    endings: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        endings[one.path.suffix.lower() or "none"].append(one)
    print(f"{'ending':10} {'files':>5} {'read':>5} {'failed':>6}  slowest")
    for ending, group in sorted(endings.items()):
        slowest = max(group, key=lambda one: one.seconds)
        read = sum(one.code == "read" for one in group)
        failed = len(group) - read
        print(f"{ending:10} {len(group):5} {read:5} {failed:6}  {slowest.seconds:.1f} s {slowest.path.name}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--text", help="a word in the names of files whose text to print")
    options = parser.parse_args()
    paths = sorted(path for folder in options.folders for path in folder.rglob("*") if path.is_file())
    if options.text is not None:
        for path in paths:
            if options.text in path.name:
                print(f"== {path.name}\n{read_isolated(path.read_bytes(), path.name).text[:_BEGINNING]}\n")
        return 0
    outcomes = [put_through(path) for path in paths]
    print_table(outcomes)
    failed = [one for one in outcomes if one.code != "read"]
    print(f"\n{len(outcomes)} files, {len(outcomes) - len(failed)} read, {len(failed)} failed:")
    for one in sorted(failed, key=lambda one: (one.code, one.path.name)):
        print(f"  {one.code:12} {one.path.name}: {one.said}")
    faults = [
        one
        for one in failed
        if one.code == "timeout" or _STOPPED in one.said or one.path.name not in one.said
    ]
    print(f"\n{len(faults)} faults" + "".join(f"\n  FAULT {one.path.name}" for one in faults))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
