"""Many people ask at once in one running app: is every answer right and their own, and does memory stay flat?

    python tests/benchmarks/sessions.py [--sessions 20] [--questions 200]

Starts the app over the sample reports and opens the sessions, each a tab of its own that speaks Streamlit's websocket
protocol. Each asks conversations of ten questions, follow-ups among them; half of the questions hold a code name of
the session. All that stands on the page after each answer must be, to the letter, what the desk answers to that
conversation alone, and no other session's code name may reach the tab, except in the sidebar, which lists everybody's
conversations. Prints the memory of the app (with its processes) after each fifth; exit 1 for any error, or where
memory grows by more than 20 % after the first fifth.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from browser_tab import BrowserTab

sys.path.append(str(Path(__file__).parents[1] / "app"))

from served import serving  # noqa: E402

from assistant import Assistant, Settings  # noqa: E402
from assistant.pages.shared import markup  # noqa: E402
from assistant.pages.shared.common import escape  # noqa: E402

IN_A_CONVERSATION = 10  # questions
_PATIENCE = 300.0  # seconds for an answer, while all the others ask too
_MOST_ERRORS = 20  # of a session, before it gives up
_MOST_GROWTH = 1.2
_QUESTIONS = Path(__file__).parents[1] / "questions" / "samples.jsonl"
_CODE = re.compile(rb"Larkspur\d\d")


@dataclass
class Result:
    answers: int = 0
    refused: int = 0
    errors: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)  # seconds, one an answer
    seconds: float = 0.0
    memory: list[int] = field(default_factory=list)  # bytes: with all sessions open, then after each fifth

    @property
    def growth(self) -> float:
        """Memory at the end, as a multiple of that after the first fifth."""
        return self.memory[-1] / self.memory[1]


def code(session: int) -> str:
    return f"Larkspur{session:02d}"


def conversation(session: int) -> list[str]:
    """What a session asks, again and again: its own choice of questions, half of them with its code name."""
    rows = [json.loads(line) for line in _QUESTIONS.read_text("utf8").splitlines()]
    alone = [row["question"] for row in rows if not row["history"]]
    asked = []
    for place in range(IN_A_CONVERSATION):
        question = alone[(session * 3 + place) % len(alone)]
        if place % 4 == 0:
            question = f"{question} Asked for {code(session)}."
        elif place % 4 == 1:
            question = f"And for {code(session)}?"  # leans on the one before
        asked.append(question)
    return asked


class Expected:
    """What stands on the page after each question of a conversation, worked out by a desk that nobody else uses."""

    def __init__(self, desk: Assistant, questions: Sequence[str]) -> None:
        self.questions = list(questions)
        self.refused: list[bool] = []
        self._markup: list[str] = []
        history: list[dict[str, str]] = []
        for number, question in enumerate(questions):
            answer = desk.ask(question, history)
            history += [{"role": "user", "content": question}, {"role": "assistant", "content": answer.text}]
            self.refused.append(answer.refused)
            asked = f'<div class="bd-question" data-question="{2 * number}">{escape(question)}</div>'
            said = markup.answer(answer.sentences, f"answer{2 * number + 1}", answer.citations)
            self._markup += [f'<div class="bd">{asked}</div>', f'<div class="bd">{said}</div>']

    def fault(self, number: int, shown: Sequence[str]) -> str | None:
        """What is wrong with a page after the question of that number."""
        stands = [one for one in shown if 'class="bd-question"' in one or 'class="bd-prose"' in one]
        wanted = self._markup[: 2 * number + 2]
        if stands == wanted:
            return None
        if len(stands) != len(wanted):
            return f"{len(stands)} questions and answers stand where {len(wanted)} were expected"
        place = next(at for at, (one, other) in enumerate(zip(stands, wanted, strict=True)) if one != other)
        return f"turn {place} is {stands[place][-200:]!r}, not {wanted[place][-200:]!r}"


class Session(threading.Thread):
    """One person, who asks one question after the other."""

    def __init__(self, number: int, url: str, expected: Expected, questions: int, result: Result) -> None:
        super().__init__(daemon=True)
        self.opened = threading.Event()
        self.begin = threading.Event()
        self._number, self._url, self._expected = number, url, expected
        self._left, self._result = questions, result
        self._errors: list[str] = []

    def run(self) -> None:
        while self._left > 0 and len(self._errors) < _MOST_ERRORS:
            try:
                with BrowserTab(self._url, self._look_for_others, _PATIENCE) as tab:
                    self.opened.set()
                    self.begin.wait()
                    self._converse(tab)
            except Exception as error:  # whatever ends a session is one that a person would have seen
                self._fail(f"{type(error).__name__}: {error}")
        self.opened.set()

    def _converse(self, tab: BrowserTab) -> None:
        first = True
        while self._left > 0:
            if not first:
                tab.press("new-conversation")
            first = False
            for number, question in enumerate(self._expected.questions[: self._left]):
                began = time.monotonic()
                tab.ask(question)
                self._result.waits.append(time.monotonic() - began)
                self._left -= 1
                self._result.answers += 1
                self._result.refused += self._expected.refused[number]
                for error in tab.errors:
                    self._fail(f"shown: {error}")
                tab.errors.clear()
                fault = self._expected.fault(number, tab.markup())
                if fault is not None:
                    self._fail(fault)

    def _look_for_others(self, data: bytes) -> None:
        others = set(_CODE.findall(data)) - {code(self._number).encode()}
        if others:
            self._fail(f"saw {b' '.join(sorted(others)).decode()}")

    def _fail(self, what: str) -> None:
        self._errors.append(what)
        self._result.errors.append(f"{code(self._number)}, {self._left} questions left: {what}")


def run(sessions: int, questions: int, folder: Path, tell: Callable[[str], None] = print) -> Result:
    result, all_of_them = Result(), sessions * questions
    with Assistant(Settings(data_dir=folder / "alone")) as desk:
        desk.add_samples()
        expected = [Expected(desk, conversation(number)) for number in range(sessions)]
    with serving(folder / "data") as (url, app):
        people = [Session(number, url, expected[number], questions, result) for number in range(sessions)]
        for one in people:
            one.start()
            one.opened.wait(_PATIENCE)
        result.memory.append(memory(app.pid))
        tell(f"{sessions} sessions open: {_megabytes(result.memory[0])}")
        began = time.monotonic()
        for one in people:
            one.begin.set()
        for fifth in range(1, 6):
            while result.answers < all_of_them * fifth // 5 and any(one.is_alive() for one in people):
                time.sleep(0.2)
            result.seconds = time.monotonic() - began
            result.memory.append(memory(app.pid))
            tell(
                f"{result.answers:6} answers, {len(result.errors)} errors, "
                f"{result.answers / result.seconds:.2f} a second: {_megabytes(result.memory[-1])}"
            )
        for one in people:
            one.join()
        if app.poll() is not None:
            result.errors.append(f"the app ended with {app.returncode}")
        result.errors += _tracebacks((folder / "data.log").read_text("utf8", "replace"))
    if result.answers != all_of_them:
        result.errors.append(f"{result.answers} answers were had of {all_of_them}")
    return result


def memory(process: int) -> int:
    """Resident bytes of a process and of all that it started."""
    parents: dict[int, int] = {}
    sizes: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            found = dict(re.findall(r"^(Pid|PPid|VmRSS):\s+(\d+)", status.read_text(), re.M))
        except OSError:
            continue  # it has ended meanwhile
        parents[int(found["Pid"])] = int(found["PPid"])
        sizes[int(found["Pid"])] = int(found.get("VmRSS", 0)) * 1024
    family = {process}
    while grown := {child for child, parent in parents.items() if parent in family} - family:
        family |= grown
    return sum(sizes.get(one, 0) for one in family)


def _tracebacks(log: str) -> list[str]:
    """The last line of each traceback in the app's log."""
    return [f"in the log: {one}" for one in re.findall(r"^Traceback .*\n(?:[ \t]+.*\n)*(.*)", log, re.M)]


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f} MB"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--questions", type=int, default=200, help="of each session")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        result = run(given.sessions, given.questions, Path(temporary), lambda line: print(line, flush=True))
    waits = sorted(result.waits) or [0.0]
    print(
        f"{result.answers} answers ({result.refused} refusals) in {result.seconds:.0f} s, {len(result.errors)} errors; "
        f"waits {statistics.median(waits):.1f} s in the middle, {waits[len(waits) * 95 // 100]:.1f} s at 95 %, "
        f"{waits[-1]:.1f} s at most; memory {result.growth:.2f} times that after the first fifth"
    )
    for error in result.errors[:10]:
        print(f"   {error}")
    return int(bool(result.errors) or result.growth > _MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
