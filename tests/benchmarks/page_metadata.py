"""Are title, publisher and publication date of saved web pages what the pages state?

    python tests/benchmarks/page_metadata.py TRUTH.json FOLDER [FOLDER ...] [--list]

The folders hold the pages, as files or in archives that end in .tar.gz. TRUTH.json is made by reading the pages; it
maps a page's file name to what the page itself states, each field a list of the forms that count, null where the
page states none:

    {"page.html": {"address": "https://example.org/a", "title": ["Cranes at work"],
                   "publisher": ["Coast News", "Coast News Ltd"], "published": ["2022-05-04"]},
     "other.html": {"address": "https://example.org/b", "title": ["Contact"], "publisher": [null],
                    "published": [null]}}

`published` is the date of publication, YYYY, YYYY-MM or YYYY-MM-DD as far as the page says it, never that of a change
or an event. Titles and publishers are compared by their letters and digits, upper and lower case being the same.

A field is right if it has one of the forms, or none where the page states none; imprecise if it is a date that ends
earlier than the one stated; missing if the page states it and we say nothing; wrong if we say anything else. Prints
one line a field; --list adds a line for each field that is not right, with the tag or line that it was taken from.
"""

from __future__ import annotations

import argparse
import json
import re
import tarfile
from collections import Counter
from pathlib import Path
from typing import Any

from ingest import IngestError, Metadata, read

_FIELDS = ("title", "publisher", "published")
_VERDICTS = ("right", "imprecise", "missing", "wrong")


def verdict(field: str, given: str | None, stated: list[str | None]) -> str:
    """One of `right`, `imprecise`, `missing` and `wrong`."""
    if _comparable(field, given) in [_comparable(field, form) for form in stated]:
        return "right"
    if given is None:
        return "missing"
    if field == "published" and any(form is not None and form.startswith(f"{given}-") for form in stated):
        return "imprecise"
    return "wrong"


def _comparable(field: str, value: str | None) -> str | None:
    if value is None or field == "published":
        return value
    return " ".join(re.findall(r"\w+", value.casefold())) or value


def metadata_of(data: bytes, name: str, address: str | None) -> Metadata:
    """What our reader says of a page; nothing where it cannot be read."""
    try:
        return read(data, name, address).metadata
    except IngestError:
        return Metadata()


def pages(folders: list[Path], truth: dict[str, dict[str, Any]]) -> dict[str, bytes]:
    """The saved pages that `truth` speaks of, by file name."""
    found = {}
    for path in (path for folder in folders for path in sorted(folder.iterdir())):
        if path.name in truth:
            found[path.name] = path.read_bytes()
        elif path.name.endswith(".tar.gz"):
            with tarfile.open(path) as archive:
                for member in archive:
                    name = Path(member.name).name
                    file = archive.extractfile(member) if name in truth else None
                    if file is not None:
                        found[name] = file.read()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("truth", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--list", action="store_true", dest="listed")
    options = parser.parse_args()
    truth = json.loads(options.truth.read_text("utf8"))
    saved = pages(options.folders, truth)
    counts: dict[str, Counter[str]] = {field: Counter() for field in _FIELDS}
    for name, data in sorted(saved.items()):
        stated = truth[name]
        metadata = metadata_of(data, name, stated.get("address"))
        for field in _FIELDS:
            given = getattr(metadata, field)
            result = verdict(field, given, stated[field])
            counts[field][result] += 1
            counts[field]["stated"] += stated[field] != [None]
            if options.listed and result != "right":
                print(
                    f"{result:10}{field:10}{name[:44]:45}{given!r} [{metadata.found.get(field)}] for {stated[field]}"
                )
    print(f"{len(saved)} of {len(truth)} pages")
    print(f"{'':10}" + "".join(f"{column:>12}" for column in ("stated", *_VERDICTS)) + f"{'wrong':>12}")
    for field, count in counts.items():
        row = "".join(f"{count[column]:12}" for column in ("stated", *_VERDICTS))
        print(f"{field:10}{row}{100 * count['wrong'] / max(1, len(saved)):10.1f} %")


if __name__ == "__main__":
    main()
