"""Does a bad file stop anything but itself? Hundreds of hostile files and random damage, through the way of adding.

    python tests/benchmarks/hostile_files.py [--mutations N] [--families WORD,...] [--keep FOLDER] [FOLDER]

Makes hostile files one at a time, then N (2000) mutations (flips, cuts, splices, repeats, also within the members of
packages) of the good files in the folder, or of its own, and adds each to an index in a temporary data folder,
together with a good file that nobody has added before. Everything is the product's own but the vectors, which are
counted words. Prints what became of them, the slowest and the hungriest, and a line a fault: a file read for longer
than 60 seconds, a reading process that held more than 1 GB, more than 60 seconds of work outside it, an exception, a
failure inside the index, a good file that did not go in, anything written outside the data folder, a connection made,
or a file read that none should reach.
Exit 1 with a fault; --keep saves the files that were slow, stopped the reader or are at fault.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import socket
import sys
import tempfile
import threading
import time
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hostile_office
import hostile_packages
import hostile_pdfs
import hostile_texts
import numpy as np
from good_files import FIRST, TITLE, good_files, unzipped, zipped
from hostile_packages import Outside

from ingest import Document, IngestError
from ingest.sandbox import client
from vectorstore import EmbeddingModel, Store
from vectorstore.adding.add import add

SECONDS = 60 + 1.5  # the limit, and what ending a process takes on a busy machine
MEMORY = 1 << 30  # bytes
REST = 60.0  # seconds for all that the product does in its own process: cutting, counting, storing
FAMILIES = ("disguises", "texts", "pages", "pdfs", "office", "packages")
SECRET = "only-the-owner-may-read-this"


@dataclass(frozen=True)
class Outcome:
    """What became of one file, and of what is in it."""

    name: str
    codes: tuple[
        str, ...
    ]  # of the file or of each of its members: "added", another status, or the code of an error
    seconds: float  # of the longest reading
    memory: int  # bytes the reading process held at most
    faults: tuple[str, ...] = ()


def hostile(outside: Outside, families: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the hostile files of some FAMILIES, made one at a time."""
    for family, made in {
        "disguises": hostile_texts.disguises,
        "texts": hostile_texts.files,
        "pages": hostile_texts.pages,
        "pdfs": hostile_pdfs.files,
        "office": hostile_office.files,
        "packages": lambda: hostile_packages.files(outside),
    }.items():
        if family in families:
            yield from made()


def mutations(good: dict[str, bytes], number: int, seed: int = 7) -> Iterator[tuple[str, bytes]]:
    """So many damaged copies of good files, the same ones for the same seed."""
    chance = random.Random(seed)
    names = sorted(good)
    for place in range(number):
        name = names[place % len(names)]
        data = good[name]
        if data.startswith(b"PK") and chance.random() < 0.6:
            members = unzipped(data)
            victim = chance.choice(sorted(members))
            members[victim] = _damaged(members[victim], chance)
            data = zipped(members)
        else:
            data = _damaged(data, chance)
        yield f"mutation {place} of {name}", data


def _damaged(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        place, other = sorted(chance.randrange(len(changed) + 1) for _ in range(2))
        match chance.randrange(5):
            case 0:
                for _ in range(chance.choice((1, 10, 100))):
                    if changed:
                        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
            case 1:
                del changed[place : min(other, place + 2000)]
            case 2:
                changed[place:place] = changed[other : other + chance.choice((4, 100, 5000))]
            case 3:
                piece = bytes(changed[place : min(other, place + 50)]) or b"\0"
                changed[place:place] = piece * chance.choice((2, 50, 2000))
            case 4:
                changed[place : place + 8] = chance.choice((b"\0", b"\xff", b"9", b"<", b"\x80")) * 8
    return bytes(changed)


class Watch:
    """Adds files to an index in `folder`, and measures and checks what they do. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        self.outside = (
            folder / "outside"
        )  # where nothing may be written: home, temporary files, working folder
        self._data = folder / "data"
        self._files = folder / "files"
        self._files.mkdir()
        for name in ("working", "home", "temporary"):
            (self.outside / name).mkdir(parents=True)
        self._number = 0
        self._written: list[str] = []
        self._watching = True

    def __enter__(self) -> Watch:
        self._kept = os.environ.copy(), os.getcwd(), client._READER, tempfile.tempdir
        os.environ |= {"HOME": str(self.outside / "home"), "TMPDIR": str(self.outside / "temporary")}
        os.chdir(self.outside / "working")
        tempfile.tempdir = None
        self._reader = client._READER = MeasuredReader()
        self._store = Store(self._data, CountedWords())
        self._add([])
        self._before = _snapshot(self.outside)
        sys.addaudithook(self._note_writing)
        return self

    def __exit__(self, *error: object) -> None:
        self._watching = False
        self._store.close()
        self._reader.close()
        environment, folder, client._READER, tempfile.tempdir = self._kept
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)

    def add(self, name: str, data: bytes) -> Outcome:
        """What becomes of a file, added together with a good one."""
        self._number += 1
        place = f"{self._number}{Path(name).suffix}"
        bad, good = self._files / place, self._files / f"good {self._number}.txt"
        bad.write_bytes(data)
        good.write_text(f"{TITLE} {self._number}\n\n{FIRST}\n")
        self._reader.readings.clear()
        self._written.clear()
        faults, codes = [], ["exception"]
        began = time.monotonic()
        try:
            *became, after = self._add([bad, good])
            codes = [code for code, _ in became]
            faults += [f"inside the index: {message}" for code, message in became if code == "internal"]
            if after[0] != "added":
                faults.append(f"a good file afterwards: {after}")
        except Exception as error:  # noqa: BLE001 - what is looked for
            faults.append(f"an exception: {error!r:.200}")
        seconds = time.monotonic() - began
        bad.unlink()
        good.unlink()
        readings = self._reader.readings
        if (rest := seconds - sum(one.seconds for one in readings)) > REST:
            faults.append(f"{rest:.0f} s outside the reading process")
        faults += [fault for one in readings for fault in one.faults]
        faults += self._outside_of_data()
        slowest = max((one.seconds for one in readings), default=0.0)
        return Outcome(
            name, tuple(codes), slowest, max((one.memory for one in readings), default=0), tuple(faults)
        )

    def _add(self, paths: Sequence[Path]) -> list[tuple[str, str]]:
        """Code and message of each."""
        report = add(self._store, [str(path) for path in paths])
        return [one.error or (one.status, "") for one in report.documents]

    def _outside_of_data(self) -> Iterator[str]:
        yield from (f"written outside: {path}" for path in sorted(set(self._written))[:3])
        if (now := _snapshot(self.outside)) != self._before:
            yield f"changed outside: {sorted(now ^ self._before)[:3]}"
            self._before = now

    def _note_writing(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An audit hook of this process; the reading process has one that refuses."""
        if not self._watching or event not in _CHANGES:
            return
        if event == "open" and not arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return
        for path in arguments[:2] if event in ("os.rename", "os.link", "os.symlink") else arguments[:1]:
            if isinstance(path, (str, bytes, os.PathLike)):
                place = os.path.realpath(os.fsdecode(path))
                if not place.startswith(("/dev/", "/proc/")) and not place.startswith(
                    (str(self._data), str(self._files))
                ):
                    self._written.append(f"{event} {place}")


_CHANGES = frozenset(
    "open os.rename os.link os.symlink os.mkdir os.remove os.rmdir os.truncate os.chmod os.chown".split()
)


@dataclass
class Reading:
    """One file in the reading process."""

    seconds: float = 0.0
    memory: int = 0
    faults: list[str] = field(default_factory=list)


class MeasuredReader(client.IsolatedReader):
    """Notes how long each file took, how much memory, and what is wrong with the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.readings: list[Reading] = []

    def read(self, data: bytes, name: str, address: str | None = None) -> Document:
        reading = Reading()
        self.readings.append(reading)
        meter = _Meter(self)
        began = time.monotonic()
        try:
            document = super().read(data, name, address)
        except IngestError as error:
            if not error.message.endswith("."):
                reading.faults.append(f"message without a full stop: {error.message[-60:]!r}")
            raise
        finally:
            reading.seconds, reading.memory = time.monotonic() - began, meter.stop()
            if reading.seconds > SECONDS:
                reading.faults.append(f"{reading.seconds:.0f} s to read")
            if reading.memory > MEMORY:
                reading.faults.append(f"{reading.memory >> 20} MB to read")
        if SECRET in document.text or any(SECRET.encode() in one.data for one in document.attachments):
            reading.faults.append("a file of this machine in its text")
        if any(re.search(r"[\\\0\n]|^/|(?:^|/)\.\.(?:/|$)", one.name) for one in document.attachments):
            reading.faults.append("a path for an attachment's name")
        return document


class CountedWords(EmbeddingModel):
    """The product's model with vectors that take no time: the words of a text, hashed and counted."""

    def embed(self, texts: Sequence[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
        vectors = np.full((len(texts), self.identity.dimension), 1e-3, dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in text.split():
                row[zlib.crc32(word.encode()) % len(row)] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class _Meter:
    """The most memory that the reading process holds, from now on, read from Linux's /proc."""

    def __init__(self, reader: client.IsolatedReader) -> None:
        self._reader = reader
        self._most = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._reset()
        self._thread.start()

    def stop(self) -> int:
        """Bytes; 0 where there is no /proc."""
        self._done.set()
        self._thread.join()
        self._look()
        return self._most

    def _watch(self) -> None:
        while not self._done.wait(0.02):
            self._look()

    def _reset(self) -> None:
        try:
            # "5" takes back the high-water mark.
            Path(f"/proc/{self._reader.process_id}/clear_refs").write_text("5")
        except OSError:
            return

    def _look(self) -> None:
        try:
            status = Path(f"/proc/{self._reader.process_id}/status").read_text()
        except OSError:
            return
        if found := re.search(r"VmHWM:\s+(\d+) kB", status):
            self._most = max(self._most, int(found[1]) * 1024)


def _snapshot(folder: Path) -> frozenset[tuple[str, int]]:
    """Names and, of files, times; folders change when a reading process starts, which unpacks a model."""
    return frozenset(
        (str(path.relative_to(folder)), 0 if path.is_dir() else path.stat().st_mtime_ns)
        for path in folder.rglob("*")
    )


class Unreachable:
    """What no file may reach: a file with a secret, and a server on loopback. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        secret = folder / "secret.txt"
        secret.write_text(SECRET)
        self._server = socket.create_server(("127.0.0.1", 0))
        self.outside = Outside(str(secret), f"http://127.0.0.1:{self._server.getsockname()[1]}")

    def __enter__(self) -> Unreachable:
        return self

    def __exit__(self, *error: object) -> None:
        self._server.close()

    def reached(self) -> bool:
        """Whether a connection to the server was made."""
        self._server.settimeout(0.1)
        try:
            self._server.accept()
        except TimeoutError:
            return False
        return True


def run(files: Iterable[tuple[str, bytes]], watch: Watch, keep: Path | None = None) -> list[Outcome]:
    """What became of the files, one after the other."""
    outcomes = []
    for number, (name, data) in enumerate(files, start=1):
        one = watch.add(name, data)
        outcomes.append(one)
        for fault in one.faults:
            print(f"FAULT {name[:120]!r}: {fault}", flush=True)
        if keep and (one.faults or one.seconds > 20 or "timeout" in one.codes):
            keep.mkdir(parents=True, exist_ok=True)
            (keep / re.sub(r"[^\w. -]", "_", name)).write_bytes(data)
        if number % 50 == 0:
            print(f"… {number} files: {_codes(outcomes)}", file=sys.stderr, flush=True)
    return outcomes


def _codes(outcomes: list[Outcome]) -> str:
    codes = Counter(code for one in outcomes for code in one.codes)
    slowest = max(one.seconds for one in outcomes)
    return (
        ", ".join(f"{code} {number}" for code, number in codes.most_common())
        + f"; {slowest:.1f} s and {max(one.memory for one in outcomes) >> 20} MB at most"
    )


def report(title: str, outcomes: list[Outcome]) -> None:
    """Prints the counts and the extremes."""
    if not outcomes:
        return
    live = sum("added" in one.codes for one in outcomes)
    print(f"\n{title}: {len(outcomes)} files, of {live} something is live. With the files in them:")
    print(f"  {_codes(outcomes)}")
    for what, key in (("slowest", lambda one: one.seconds), ("most memory", lambda one: one.memory)):
        print(f"  {what}:")
        for one in sorted(outcomes, key=key, reverse=True)[:10]:
            first = "".join(one.codes[:1])
            print(f"    {one.seconds:6.1f} s {one.memory >> 20:5} MB  {first:12} {one.name[:90]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("good", nargs="?", type=Path)
    parser.add_argument("--mutations", type=int, default=2000)
    parser.add_argument("--families", default=",".join(FAMILIES), help="of hostile files; all if not given")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    keep = options.keep and options.keep.resolve()
    good = (
        {path.name: path.read_bytes() for path in sorted(options.good.rglob("*")) if path.is_file()}
        if options.good
        else good_files()
    )
    with (
        tempfile.TemporaryDirectory() as place,
        Unreachable(Path(place)) as unreachable,
        Watch(Path(place)) as watch,
    ):
        first = run(hostile(unreachable.outside, options.families.split(",")), watch, keep)
        report("Hostile", first)
        second = run(mutations(good, options.mutations), watch, keep)
        report("Mutations", second)
        faults = sum(len(one.faults) for one in first + second)
        if unreachable.reached():
            print("FAULT: a connection was made")
            faults += 1
    print(f"\n{faults} faults")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
