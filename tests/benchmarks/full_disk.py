"""Adding to a disk that fills up: each addition ends in a clear error, and the index still answers.

    python tests/benchmarks/full_disk.py [--adds 20] [--folder FOLDER]

Needs a small file system: FOLDER on one, or root's right to mount one in memory (16 MB). Adds reports until one does
not fit, then so many more, half of them after another program has filled the last byte. After each, a question is
asked by a new process. Then makes room, for which half of the disk was set aside at first, and adds one more. Prints
the figures; exit 1 for an unclear error, a question that fails, or an index that is not sound once there is room.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hashed_model import BRIEFING

_SIZE = 16 * 2**20  # bytes of the disk


@dataclass
class Result:
    fitted: int = 0  # reports before the disk was full
    failed: int = 0  # additions that ended in a clear error
    answered: int = 0
    faults: list[str] = field(default_factory=list)


@contextmanager
def small_disk() -> Iterator[Path]:
    """A file system of 16 MB in memory. Raises CalledProcessError where it may not be mounted."""
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", place], check=True, capture_output=True
        )
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", "--lazy", place], check=True)


def run(adds: int, disk: Path, reports: Path) -> Result:
    result = Result()
    data, filler, aside = disk / "data", disk / "filler", disk / "aside"
    with aside.open("wb") as file:
        file.write(b"x" * (shutil.disk_usage(disk).free // 2))
    first = reports / "first.txt"
    first.write_text("The harbour master counted 214 ferries on the river in May 2021.\n", "utf8")
    _briefing(data, "add", str(first))
    number = 0
    while result.failed + len(result.faults) < adds:
        number += 1
        file = reports / f"report-{number}.txt"
        file.write_text(
            f"Report {number}\n\n" + f"The mill of village {number} ground {number} sacks. " * 9_000, "utf8"
        )
        full = result.failed >= adds // 2
        if full:
            _fill(filler)
        status, said = _briefing(data, "add", str(file))
        became = said["documents"][0] if "documents" in said else said
        if status == 0:
            result.fitted += 1
        elif status == 1 and "disk is full" in became["error"]["message"]:
            result.failed += 1
        else:
            result.faults.append(f"exit {status}: {became}"[:300])
        status, said = _briefing(data, "ask", "How many ferries did the harbour master count?")
        if status == 0 and "214 ferries" in said.get("answer", ""):
            result.answered += 1
        else:
            result.faults.append(f"a question failed: {said}"[:300])
        if result.fitted > 100:
            result.faults.append("the disk never filled up")
            break
    # What the other program took is not enough: what was being written when the disk was full holds room, too.
    filler.unlink(missing_ok=True)
    aside.unlink()
    result.faults += [f"with room again: {what}" for what in _unsound(data, reports)]
    return result


def _unsound(data: Path, reports: Path) -> list[str]:
    """What keeps one more report from being added, and what the doctor finds after it."""
    last = reports / "last.txt"
    last.write_text("The last report speaks of a lighthouse keeper.\n", "utf8")
    status, said = _briefing(data, "add", str(last))
    found = (
        [] if status == 0 and said["documents"][0]["status"] == "added" else [f"exit {status}: {said}"[:300]]
    )
    checks = _briefing(data, "doctor")[1]["checks"]
    return found + [one["message"] for one in checks if not one["ok"] and one["name"] != "disk"]


def _fill(filler: Path) -> None:
    """Write until not one more byte fits."""
    with filler.open("ab", buffering=0) as file:
        for size in (65_536, 4_096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue


def _briefing(data: Path, *arguments: str) -> tuple[int, dict]:
    run = subprocess.run(
        [*BRIEFING, "--data-dir", str(data), *arguments, "--json"], capture_output=True, text=True
    )
    try:
        return run.returncode, json.loads(run.stdout)
    except ValueError:
        return run.returncode, {"error": {"message": f"no JSON: {run.stdout[:200]} {run.stderr[:500]}"}}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--adds", type=int, default=20)
    parser.add_argument("--folder", type=Path, help="an empty folder on a small file system")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as reports:
        if given.folder:
            result = run(given.adds, given.folder, Path(reports))
        else:
            with small_disk() as disk:
                result = run(given.adds, disk, Path(reports))
    print(
        f"{result.fitted} reports fitted, then {result.failed} of {given.adds} additions ended in a clear error; "
        f"{result.answered} questions answered meanwhile and one more report added once there was room, "
        f"{len(result.faults)} faults"
    )
    for fault in result.faults[:10]:
        print(f"   {fault}")
    return int(bool(result.faults))


if __name__ == "__main__":
    sys.exit(main())
