"""Chroma's files damaged: found and mended without hands, and every question answered meanwhile.

    python tests/benchmarks/damage.py [--times 5] [--passages 1500] [--kinds truncated …]

Six kinds of damage, each several times: to an index that was closed, to one whose process was killed, and to one that
is open in a running app. A question is asked all the time. Afterwards every passage is looked up by its own vector in
Chroma alone. Prints a line for each kind; exit 1 where damage stays or a question fails.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hashed_model import HashedModel

from ingest import Block, Document, Metadata
from vectorstore import Store
from vectorstore.chroma import drift
from vectorstore.embedding.passages import IncomingDocument
from vectorstore.upkeep.chroma_keeper import ChromaKeeper

STATES = ("closed", "killed", "running")
_IN_A_REPORT = 100  # passages


# -- the damage: each takes the index's files, largest first, an older copy of its folder, and a source of chance


def truncated(files: list[Path], old: Path, chance: random.Random) -> None:
    file = chance.choice(files[:3])
    os.truncate(file, file.stat().st_size // 2)


def overwritten(files: list[Path], old: Path, chance: random.Random) -> None:
    """As a failing disk does it: neither size nor time of the file tells."""
    file = chance.choice(files[:3])
    times = file.stat()
    with file.open("r+b") as opened:
        for _ in range(20):
            opened.seek(chance.randrange(times.st_size))
            opened.write(chance.randbytes(256)[: max(1, times.st_size - opened.tell())])
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def without_database(files: list[Path], old: Path, chance: random.Random) -> None:
    next(one for one in files if one.name == "chroma.sqlite3").unlink()


def without_segment(files: list[Path], old: Path, chance: random.Random) -> None:
    for one in files:
        if not one.name.startswith("chroma.sqlite3"):
            one.unlink()


def emptied(files: list[Path], old: Path, chance: random.Random) -> None:
    for one in files:
        one.unlink()


def set_back(files: list[Path], old: Path, chance: random.Random) -> None:
    """An older copy, whole and cleanly closed in its time."""
    folder = next(one for one in files if one.name == "chroma.sqlite3").parent
    shutil.rmtree(folder)
    shutil.copytree(old, folder)


KINDS = (truncated, overwritten, without_database, without_segment, emptied, set_back)
Damage = Callable[[list[Path], Path, random.Random], None]


@dataclass
class Result:
    times: int = 0
    mended: int = 0
    recall: list[float] = field(default_factory=list)  # of all passages, by their own vectors, after
    questions: int = 0
    failed: list[str] = field(default_factory=list)


class Questions:
    """Asks one question after the other until it is stopped, and keeps what went wrong."""

    def __init__(self, store: Store, last: int) -> None:
        self.asked, self.failed = 0, []
        self._store, self._last, self._stop = store, last, threading.Event()
        self._thread = threading.Thread(target=self._ask, daemon=True)

    def __enter__(self) -> Questions:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _ask(self) -> None:
        chance = random.Random(1)
        while not self._stop.is_set():
            wanted = chance.randrange(self._last)
            try:
                found = self._store.search(f"word{wanted} word{wanted}x", 5).passages
                if not any(f"word{wanted} " in one.text for one in found):
                    self.failed.append(f"word{wanted} was not found")
            except Exception as error:  # any error is one that a person would have seen
                self.failed.append(f"{type(error).__name__}: {error}")
            self.asked += 1
            time.sleep(0.005)


def fill(store: Store, first: int, last: int) -> None:
    for begin in range(first, last, _IN_A_REPORT):
        lines = [_line(number) for number in range(begin, begin + _IN_A_REPORT)]
        text, blocks, at = "\n".join(lines), [], 0
        for line in lines:
            blocks.append(Block(at, at + len(line), page=len(blocks) + 1))
            at += len(line) + 1
        document = Document(text, tuple(blocks), "txt", Metadata(title=None))
        original = store.originals.store(text.encode())
        store.put(IncomingDocument(f"test:{begin}", f"report {begin}", document, original))


def _line(number: int) -> str:
    """A passage of its own words, as far from others as real ones are."""
    chance = random.Random(number)
    words = " ".join(f"term{chance.randrange(3_000)}" for _ in range(30))
    return f"word{number} stands beside word{number}x. {words}."


def run(
    kind: Damage,
    times: int,
    passages: int,
    template: Path,
    old: Path,
    folder: Path,
    states: Sequence[str] = STATES,
) -> Result:
    """Damage a copy of the index in `template` again and again. `old` holds an older copy of Chroma's folder."""
    result = Result()
    for number in range(times):
        chance, state = random.Random(f"{kind.__name__} {number}"), states[number % len(states)]
        data = folder / f"{kind.__name__}-{number}"
        shutil.copytree(template, data)
        store = Store(data, HashedModel())
        if state != "closed":
            store.own("the app")
        if state == "killed":
            store.dense._drop()
            store.dense.lock.release()
        with Questions(store, passages) as questions:
            kind(_files(store.dense._folder()), old, chance)
            time.sleep(0.2)
            if state == "running":
                store.dense.close()
            keeper = ChromaKeeper(store, "the app")
            keeper.start()
            _wait_until(lambda keeper=keeper: keeper.settled)
            result.recall.append(_recall(store))
            mended = store.dense.ready and not store.dense.compare().any
            keeper.stop()
        result.times += 1
        result.mended += mended
        result.questions += questions.asked
        result.failed += questions.failed
        store.close()
        shutil.rmtree(data)
    return result


def make(passages: int, folder: Path) -> tuple[Path, Path]:
    """An index, closed, and an older copy of its Chroma folder."""
    store = Store(folder / "template", HashedModel())
    fill(store, 0, passages // 2)
    store.own("the app")
    chroma = store.dense._folder()
    store.close()
    shutil.copytree(chroma, folder / "old")
    store = Store(folder / "template", HashedModel())
    fill(store, passages // 2, passages)
    store.own("the app")
    store.close()
    return folder / "template", folder / "old"


def _files(folder: Path) -> list[Path]:
    found = [one for one in folder.rglob("*") if one.is_file() and one.name != "closed.json"]
    return sorted(found, key=lambda one: -one.stat().st_size)


def _wait_until(condition: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)


def _recall(store: Store) -> float:
    chroma = store.dense._chroma
    rows = [row["row"] for row in store.ledger.connection.execute("SELECT row FROM passages")]
    if chroma is None:
        return 0.0
    return drift.self_recall(store.ledger, chroma, store.model.identity.key, rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--passages", type=int, default=1500)
    names = [kind.__name__ for kind in KINDS]
    parser.add_argument("--kinds", nargs="+", choices=names, default=names)
    given = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as temporary:
        template, old = make(given.passages, Path(temporary))
        for kind in (kind for kind in KINDS if kind.__name__ in given.kinds):
            result = run(kind, given.times, given.passages, template, old, Path(temporary))
            print(
                f"{kind.__name__:18} {result.mended} of {result.times} mended, self-recall at least "
                f"{min(result.recall):.3f}, {result.questions} questions meanwhile, {len(result.failed)} failed",
                flush=True,
            )
            for what in result.failed[:3]:
                print(f"   {what}")
            bad += result.times - result.mended + len(result.failed) + (min(result.recall) < 0.99)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
