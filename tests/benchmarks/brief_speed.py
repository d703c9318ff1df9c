"""How long a standard briefing takes on an index of made-up reports, in a warm process.

    python tests/benchmarks/brief_speed.py [--reports 1700 | --data-dir FOLDER] [--topics 40]

Makes the reports (tests/benchmarks/news.py; 1,700 are about 10,000 passages) in a temporary folder, or opens an index
that holds them. Each topic is new: nothing of it has been embedded before. Five briefings on other topics come first
and are not counted. Prints the 50th and 95th percentile and the longest, in seconds.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

import news

from assistant import Assistant

_WARM_UP = 5


def topics(count: int) -> list[str]:
    chance = random.Random(5)
    made = []
    for _ in range(count):
        told = news.sentence(chance).rstrip(".").split(", said")[0]
        made.append(" ".join(told.split()[:9]))
    return made


def measure(desk: Assistant, count: int) -> None:
    passages = sum(one.passages for one in desk.documents())
    taken = []
    for topic in topics(count + _WARM_UP):
        began = time.perf_counter()
        desk.brief(topic)
        taken.append(time.perf_counter() - began)
    taken = sorted(taken[_WARM_UP:])
    middle, late = taken[len(taken) // 2], taken[min(len(taken) - 1, int(0.95 * len(taken)))]
    print(
        f"{passages:,} passages, {count} topics: p50 {middle:.2f} s, p95 {late:.2f} s, longest {taken[-1]:.2f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--reports", type=int, default=1700)
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--topics", type=int, default=40)
    chosen = parser.parse_args()
    if chosen.data_dir:
        with Assistant.open(chosen.data_dir) as desk:
            measure(desk, chosen.topics)
        return
    with tempfile.TemporaryDirectory() as folder, Assistant.open(Path(folder) / "desk") as desk:
        news.write(Path(folder) / "reports", chosen.reports)
        desk.add([str(Path(folder) / "reports")])
        measure(desk, chosen.topics)


if __name__ == "__main__":
    main()
