"""The app's first answer: from a started server to a page, and from the page to the answer.

    python tests/benchmarks/first_answer.py [--times 5]

Each time the app is started anew over the sample reports, a tab opens its first page, and asks at once. The tab speaks
Streamlit's websocket protocol: what a browser takes to draw is not in it. Prints seconds; the page of a fresh server
waits for the imports, which the first answer then finds done.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from browser_tab import BrowserTab

sys.path.append(str(Path(__file__).parents[1] / "app"))

from served import serving  # noqa: E402

from assistant import Assistant  # noqa: E402

_QUESTION = "Who pays for the ferry?"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    pages, answers = [], []
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "data"
        with Assistant.open(data) as desk:
            desk.add_samples()
        for _ in range(given.times):
            with serving(data) as (url, _):
                began = time.perf_counter()
                with BrowserTab(url, lambda _: None, 60) as tab:
                    pages.append(time.perf_counter() - began)
                    began = time.perf_counter()
                    tab.ask(_QUESTION)
                    answers.append(time.perf_counter() - began)
                    assert not tab.errors, tab.errors
    print(f"page {median(pages):.2f} s (at most {max(pages):.2f}), ", end="")
    print(f"first answer {median(answers):.2f} s (at most {max(answers):.2f}), {given.times} times")


if __name__ == "__main__":
    main()
