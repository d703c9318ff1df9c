"""Reports replaced, and the one who replaces killed, while others read: does an answer ever mix two versions?

    python tests/benchmarks/replacing_while_reading.py [--replacements 100] [--kills 20] [--readers 4]

Every report says its version in each of its passages. Two of the readers are processes that ask the ledger; the
others are threads of a process that owns Chroma and follows. Each asks the same question again and again, and looks
at the passages found and at the quotes answered with. Prints the figures; exit 1 for a mixed answer, a report that
went missing, or a replacement that was reported and is not there.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from hashed_model import HashedModel

from assistant import Assistant, Settings
from vectorstore.upkeep.chroma_keeper import ChromaKeeper

REPORTS = 5
_QUESTION = "Which edition of the valley survey counted herons, otters and cranes in the valley?"


@dataclass
class Result:
    replacements: int = 0
    kills: int = 0
    answers: int = 0
    faults: list[str] = field(default_factory=list)


def content(report: int, version: int) -> str:
    """Eight passages, each of which says of what report and version it is."""
    chance = random.Random(f"{report} {version}")
    return "\n\n".join(
        f"The valley survey of station s{report} in edition e{version} counted {chance.randrange(900)} herons, otters "
        f"and cranes in part {part} of the valley. "
        + f"Edition e{version} of station s{report} was seen. "
        * 12
        for part in range(8)
    )


def replace(data: Path, reports: Path, version: int) -> None:
    """The process that is killed: replaces one report after the other, each with a version higher than any before."""
    with _open(data) as desk:
        print("ready", flush=True)
        while True:
            version += 1
            path = reports / f"s{version % REPORTS}.txt"
            path.write_text(content(version % REPORTS, version), "utf8")
            became = desk.add([str(path)]).documents[0]
            assert became.error is None, became.error
            print(f"done {version}", flush=True)


def read(desk: Assistant, stop: threading.Event, tell: list[str]) -> None:
    """Ask until stopped; `tell` gets a line for each answer: "ok", or what is wrong."""
    while not stop.is_set():
        try:
            texts = [one.text for one in desk.search(_QUESTION, 40)]
            tell.append(
                _mixed(texts) or ("ok" if len(_versions(texts)) == REPORTS else "a report is missing")
            )
            answer = desk.ask(_QUESTION)
            cited = [f"{one.quote} s{one.source[1:-4]}" for one in answer.citations]
            tell.append(_mixed(cited) or "ok")
        except Exception as error:  # any error is one that a person would have seen
            tell.append(f"{type(error).__name__}: {error}")


def _versions(texts: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for text in texts:
        for station in set(re.findall(r"\bs\d+\b", text)):
            found.setdefault(station, set()).update(re.findall(r"\be\d+\b", text))
    return found


def _mixed(texts: Iterable[str]) -> str | None:
    mixed = {station: versions for station, versions in _versions(texts).items() if len(versions) > 1}
    return f"mixed: {mixed}" if mixed else None


def _open(data: Path) -> Assistant:
    return Assistant(Settings(data_dir=data), HashedModel())


def reader(data: Path) -> None:
    """A reading process: prints a line for each answer until its standard input ends."""
    stop, told = threading.Event(), list[str]()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    with _open(data) as desk:
        read(desk, stop, told)
    print("\n".join(told))


def run(replacements: int, kills: int, readers: int, folder: Path) -> Result:
    chance, result = random.Random(3), Result()
    data, reports = folder / "data", folder / "reports"
    reports.mkdir(parents=True)
    for number in range(REPORTS):
        (reports / f"s{number}.txt").write_text(content(number, number), "utf8")
    with _open(data) as desk:
        desk.add([str(reports)])
        keeper = ChromaKeeper(desk.store, "the app")
        keeper.start()
        stop, told = threading.Event(), list[str]()
        threads = [
            threading.Thread(target=read, args=(desk, stop, told)) for _ in range(readers - readers // 2)
        ]
        processes = [_started("--reader", str(data)) for _ in range(readers // 2)]
        for thread in threads:
            thread.start()
        version, last = REPORTS, dict[int, int]()
        each = max(1, replacements // max(1, kills))
        while result.replacements < replacements or result.kills < kills:
            done = _replaced(data, reports, version, each, chance, kill=result.kills < kills)
            result.kills += result.kills < kills
            result.replacements += len(done)
            last.update({one % REPORTS: one for one in done})
            version += each + 10
        stop.set()
        for thread in threads:
            thread.join()
        for process in processes:
            out, _ = process.communicate()
            told += out.split("\n")[:-1]
        keeper.stop()
        for record in desk.documents():
            number = int(record.source[1:-4])
            if int(next(iter(_versions([desk.text(record.document_id)])[f"s{number}"]))[1:]) < last.get(
                number, 0
            ):
                result.faults.append(f"a replacement of {record.source} that was reported is not there")
    result.answers = len(told)
    result.faults += [line for line in told if line != "ok"]
    return result


def _replaced(
    data: Path, reports: Path, version: int, count: int, chance: random.Random, kill: bool
) -> list[int]:
    """Versions that a process reported as done before it was killed, in the middle of one or after `count`."""
    process = _started("--replacer", str(data), str(reports), str(version))
    assert process.stdout is not None
    done: list[int] = []
    for line in process.stdout:
        if line.startswith("done"):
            done.append(int(line.split()[1]))
        if len(done) >= count:
            break
    if kill:
        time.sleep(chance.uniform(0, 0.3))
    process.kill()
    done += [
        int(line.split()[1]) for line in process.stdout if line.startswith("done") and line.endswith("\n")
    ]
    process.wait()
    return done


def _started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, __file__, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def main() -> int:
    if len(sys.argv) > 1 and sys.argv[1] == "--replacer":
        replace(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
    if len(sys.argv) > 1 and sys.argv[1] == "--reader":
        reader(Path(sys.argv[2]))
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--replacements", type=int, default=100)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--readers", type=int, default=4)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        result = run(given.replacements, given.kills, given.readers, Path(temporary))
    print(
        f"{result.replacements} replacements, {result.kills} kills, {result.answers} answers, "
        f"{len(result.faults)} faults"
    )
    for fault in result.faults[:10]:
        print(f"   {fault}")
    return int(bool(result.faults))


if __name__ == "__main__":
    sys.exit(main())
