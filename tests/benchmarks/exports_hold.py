"""Does every export hold every citation? Write briefings, make every format of each, read the files back, and count.

    python tests/benchmarks/exports_hold.py [FOLDER_OF_REPORTS] [--topic TOPIC ...] [--show]

The samples (or FOLDER_OF_REPORTS) are added to a fresh index and each topic is written at every length, and as one
paragraph; beside them stands a made-up briefing of 60 citations with quotes of 900 characters, Arabic, Hebrew and
accented names. A citation is lost in a format where its note does not give its number, quote, publisher, authors,
title, date, page, heading and grade, or where a marker is missing. Also says whether `verify` accepts the JSON.
Prints a line a format; exit 1 if anything is lost. --show tells what.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from exports_read import WRITTEN, lost
from made_briefing import MADE

from assistant import Assistant, Briefing, Settings
from assistant.export import render
from assistant.results.saved_briefing import read_briefing

TOPICS = (
    "displacement in Mali",
    "gold mining and armed groups",
    "the end of the UN mission",
    "attacks on the army",
)
_HANDLING = "OFFICIAL – LIMITED DISTRIBUTION"


def written(desk: Assistant, topics: list[str]) -> list[Briefing]:
    made = [
        desk.brief(topic, length=length, handling=_HANDLING)
        for topic in topics
        for length in ("short", "standard", "long")
    ]
    return [*made, *(desk.paragraph(topic, handling=_HANDLING) for topic in topics)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("reports", nargs="?")
    parser.add_argument("--topic", action="append")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        Assistant.open(settings=Settings(data_dir=Path(folder))) as desk,
    ):
        if options.reports:
            desk.add([options.reports])
        else:
            desk.add_samples()
        briefings = written(desk, options.topic or list(TOPICS))
        refused = sum(not desk.verify(json.loads(render(one, "json")))["ok"] for one in briefings)
    briefings.append(MADE)
    citations = sum(len(one.citations) for one in briefings)
    failed = refused
    print(f"{len(briefings)} briefings, {citations} citations; verify refuses {refused} of their JSON")
    for format in (*WRITTEN, "csv"):
        missing = [(one.topic, what) for one in briefings for what in lost(one, format)]
        failed += len(missing)
        print(f"{format:>5}: {len(missing)} lost")
        for topic, what in missing if options.show else ():
            print(f"       {topic}: {what}")
    again = sum(read_briefing(render(one, "json").decode()).to_json() != one.to_json() for one in briefings)
    print(f" json: {again} not read back as they were")
    return bool(failed or again)


if __name__ == "__main__":
    sys.exit(main())
