"""Processes killed while they write: what was reported as done is there, whole and once, and the index opens again.

    python tests/benchmarks/kills.py [--adding 200] [--replacing 50] [--removing 50] [--rebuilding 50] [--upstream 200]

Each round starts a process that works on an index and says what it begins and what is done, kills it (SIGKILL; every
other time with the processes it started) at a random moment, opens the index again and looks at every report. The
last kind does the same to Chroma alone, with the plain calls of its documentation, to count what would be lost
without a ledger. Prints a table; exit 1 for any fault.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from hashed_model import HashedModel

from assistant import Assistant, Settings

KINDS = ("adding", "replacing", "removing", "rebuilding")
REPORTS = 30  # in an index before its reports are replaced, removed or rebuilt
_LONGEST = 3.0  # seconds that a process works before it is killed, at most


@dataclass
class Result:
    """What came of the kills of one kind."""

    kills: int = 0
    done: int = 0  # acknowledged before the kills
    reopened: int = 0
    faults: Counter[str] = field(default_factory=Counter)


# -- the process that is killed


def work(kind: str, data: Path, reports: Path, number: int) -> None:
    """Work until killed; `number` tells the rounds of one index apart."""
    with _open(data) as desk:
        desk.store.own("briefing app")
        known = {one.source: one.document_id for one in desk.documents()}
        print("ready", flush=True)
        for step in range(10_000):
            name = f"r{number}x{step}.txt" if kind == "adding" else f"report-{step % REPORTS}.txt"
            version = 1 if kind == "adding" else number * 10_000 + step + 2  # 0: none, 1: as filled
            if kind == "rebuilding":
                print(f"begin rebuild {step}", flush=True)
                desk.rebuild()
                print(f"done rebuild {step}", flush=True)
                continue
            if kind == "removing" and name not in known:
                time.sleep(0.05)
                continue
            print(f"begin {name} {0 if kind == 'removing' else version}", flush=True)
            if kind == "removing":
                desk.remove([known.pop(name)])
                print(f"done {name} 0", flush=True)
                continue
            (reports / name).write_text(content(name, version), "utf8")
            report = desk.add([str(reports / name)])
            assert report.documents[0].error is None, report.documents[0].error
            print(f"done {name} {version}", flush=True)


def content(name: str, version: int) -> str:
    """A report of about eight passages whose every line names it and its version."""
    chance = random.Random(f"{name} {version}")
    words = "harbour cattle market ferry school bridge rain grain mayor teacher salt convoy well road".split()
    lines = [
        f"In {name} of edition {version} part {part} tells of {' and '.join(chance.sample(words, 5))}. "
        + " ".join(f"The {chance.choice(words)} of {name} was seen." for _ in range(12))
        for part in range(8)
    ]
    return "\n\n".join(lines) + "\n"


# -- the one that kills it and looks


def run(kind: str, kills: int, folder: Path, seed: int = 7) -> Result:
    """`kills` rounds on indexes under `folder`; a new index every ten rounds."""
    chance, result = random.Random(f"{kind} {seed}"), Result()
    data = reports = Path()
    state: dict[str, set[int]] = {}
    for number in range(kills):
        if number % 10 == 0:
            data, reports = folder / f"{kind}-{number}", folder / f"{kind}-{number}-reports"
            reports.mkdir(parents=True)
            state = _filled(data, reports) if kind != "adding" else {}
        elif kind == "removing":
            state = _filled(data, reports)
        said = _killed(["--worker", kind, str(data), str(reports), str(number)], chance)
        result.kills += 1
        for line in said:
            event, name, version = line.split()
            result.done += event == "done"
            if name == "rebuild":
                continue
            # Until it is done, a change may or may not be there.
            state[name] = {int(version)} if event == "done" else state.get(name, {0}) | {int(version)}
        try:
            found = look(data, state)
        except Exception as error:  # whatever keeps an index from opening is what is counted here
            result.faults[f"did not open: {type(error).__name__}: {error}"] += 1
            continue
        result.reopened += 1
        result.faults.update(found)
        if number % 10 == 9:
            shutil.rmtree(data)
            shutil.rmtree(reports)
    return result


def look(data: Path, state: dict[str, set[int]]) -> list[str]:
    """What is wrong with an index, whose reports have one of the versions given (0: none)."""
    faults = []
    with _open(data) as desk:
        desk.store.own("briefing app")
        live = Counter(one.source for one in desk.documents())
        faults += ["doubled" for count in live.values() if count > 1]
        faults += ["unknown" for name in live if name not in state]
        by_name = {one.source: one for one in desk.documents()}
        for name, versions in state.items():
            record = by_name.get(name)
            if record is None:
                faults += [] if 0 in versions else ["lost"]
            elif desk.text(record.document_id) not in [content(name, one) for one in versions if one]:
                faults.append("half or another version")
        faults += [
            f"doctor: {one['name']}"
            for one in desk.doctor()["checks"]
            if not one["ok"] and one["name"] != "disk"
        ]
        if not desk.store.dense.ready:
            faults.append("Chroma is not open")
        elif desk.store.dense.compare().any:
            faults.append("Chroma differs")
        for name in list(by_name)[:5]:
            if name not in {one.source for one in desk.search(f"what does {name} tell of", 5)}:
                faults.append("not found")
    return faults


def _filled(data: Path, reports: Path) -> dict[str, set[int]]:
    for number in range(REPORTS):
        (reports / f"report-{number}.txt").write_text(content(f"report-{number}.txt", 1), "utf8")
    with _open(data) as desk:
        report = desk.add([str(reports)])
        assert all(one.error is None for one in report.documents)
    return {f"report-{number}.txt": {1} for number in range(REPORTS)}


def _open(data: Path) -> Assistant:
    return Assistant(Settings(data_dir=data), HashedModel())


def _killed(arguments: list[str], chance: random.Random) -> list[str]:
    """Start a worker, kill it at a random moment after it is ready; returns the lines that it had written whole."""
    process = subprocess.Popen(
        [sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == "ready":
            break
    timer = threading.Timer(chance.uniform(0, _LONGEST), _kill, (process, chance.random() < 0.5))
    timer.start()
    said = [line.strip() for line in process.stdout if line.endswith("\n")]
    process.wait()
    timer.join()
    return said


def _kill(process: subprocess.Popen[str], with_children: bool) -> None:
    if with_children:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


# -- Chroma alone


def work_upstream(data: Path, number: int) -> None:
    """The plain way: a persistent client, and documents added to a collection."""
    collection = _upstream(data)
    model = HashedModel()
    print("ready", flush=True)
    for step in range(10_000):
        ids = [f"{number}-{step}-{part}" for part in range(8)]
        texts = [f"report {number} {step} part {part}" for part in range(8)]
        collection.add(ids=ids, documents=texts, embeddings=list(model.embed(texts)))
        print(f"done {number}-{step} 1", flush=True)


def look_upstream(data: Path) -> None:
    """Prints the ids of reports that are whole and find themselves."""
    collection = _upstream(data)
    model = HashedModel()
    held = collection.get(include=["documents"])
    texts = dict(zip(held["ids"], held["documents"], strict=True))
    parts = Counter(one.rsplit("-", 1)[0] for one in texts)
    for name, count in parts.items():
        ids = [f"{name}-{part}" for part in range(8) if f"{name}-{part}" in texts]
        near = collection.query(query_embeddings=list(model.embed([texts[one] for one in ids])), n_results=5)[
            "ids"
        ]
        if count == 8 and all(one in found for one, found in zip(ids, near, strict=True)):
            print(name)


def run_upstream(kills: int, folder: Path, seed: int = 7) -> Result:
    chance, result = random.Random(f"upstream {seed}"), Result()
    data, done = folder / "upstream", set[str]()
    for number in range(kills):
        said = _killed(["--upstream-worker", str(data), str(number)], chance)
        result.kills += 1
        done |= {line.split()[1] for line in said}
        look = subprocess.run(
            [sys.executable, __file__, "--upstream-look", str(data)],
            capture_output=True,
            text=True,
            timeout=120,
        )
        if look.returncode == 0:
            result.reopened += 1
            result.faults["acknowledged and lost"] += len(done - set(look.stdout.split()))
        else:
            result.faults["never opened again"] += 1
            result.faults["acknowledged and lost"] += len(done)
        result.done += len(said)
        if look.returncode or number % 10 == 9 or done - set(look.stdout.split()):
            shutil.rmtree(data, ignore_errors=True)
            done = set()
    return result


def _upstream(data: Path):  # noqa: ANN202 - a chromadb Collection
    import chromadb

    return chromadb.PersistentClient(path=str(data)).get_or_create_collection(
        "reports", embedding_function=None
    )


def main() -> int:
    if len(sys.argv) > 1 and sys.argv[1] == "--worker":
        work(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]), int(sys.argv[5]))
    if len(sys.argv) > 1 and sys.argv[1] == "--upstream-worker":
        work_upstream(Path(sys.argv[2]), int(sys.argv[3]))
    if len(sys.argv) > 1 and sys.argv[1] == "--upstream-look":
        look_upstream(Path(sys.argv[2]))
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for kind, count in (*zip(KINDS, (200, 50, 50, 50), strict=True), ("upstream", 200)):
        parser.add_argument(f"--{kind}", type=int, default=count)
    counts = vars(parser.parse_args())
    faulty = 0
    with tempfile.TemporaryDirectory() as temporary:
        for kind in (*KINDS, "upstream"):
            if not counts[kind]:
                continue
            began = time.monotonic()
            folder = Path(temporary) / kind
            folder.mkdir()
            result = (
                run_upstream(counts[kind], folder) if kind == "upstream" else run(kind, counts[kind], folder)
            )
            faults = {what: count for what, count in result.faults.items() if count}
            name = "Chroma alone" if kind == "upstream" else kind
            print(
                f"{name:14} {result.kills} kills, {result.done} acknowledged, {result.reopened} reopened, "
                f"faults: {faults or 'none'}, {time.monotonic() - began:.0f} s",
                flush=True,
            )
            faulty += 0 if kind == "upstream" else sum(faults.values())
    return int(faulty > 0)


if __name__ == "__main__":
    sys.exit(main())
