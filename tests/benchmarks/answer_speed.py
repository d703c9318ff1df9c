"""How long an answer takes in a process that is warm: the default writer over many passages.

    python tests/benchmarks/answer_speed.py [--reports 1600] [--questions 150] [--keep FOLDER]

Made-up reports of an article's length (six passages each) are added, as people would; then questions are asked that
were never asked before, mostly of passages that no earlier one brought up. Prints the passages and the median and 95th
percentile of the seconds for search and for the whole answer, and for the same questions asked a second time.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import quantiles

import news

from assistant import Assistant


def timed(questions: Sequence[str], ask: Callable[[str], object]) -> str:
    """Median and 95th percentile in milliseconds."""
    taken = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        taken.append(1000 * (time.perf_counter() - began))
    cuts = quantiles(taken, n=20, method="inclusive")
    return f"p50 {cuts[9]:6.1f} ms, p95 {cuts[18]:6.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reports", type=int, default=1600)
    parser.add_argument("--questions", type=int, default=150)
    parser.add_argument("--keep", type=Path, help="a data folder to fill once and use again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        reports, data = Path(place) / "reports", given.keep or Path(place) / "data"
        with Assistant.open(data) as desk:
            if not desk.documents():
                news.write(reports, given.reports)
                desk.add([str(reports)])
            print(f"{sum(one.passages for one in desk.documents()):,} passages", flush=True)
            first, *rest = news.questions(given.questions + 1)
            desk.ask(first)
            print(f"search             {timed(rest, desk.search)}", flush=True)
            print(f"answer             {timed(rest, desk.ask)}", flush=True)
            print(f"answer, once more  {timed(rest, desk.ask)}", flush=True)


if __name__ == "__main__":
    main()
