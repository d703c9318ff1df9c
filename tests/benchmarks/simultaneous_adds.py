"""Reports added at the same moment through the app's queue and from the shell: each is done, or refused with a reason.

    python tests/benchmarks/simultaneous_adds.py [--adds 50]

Half of the reports are uploaded into the queue of a process that owns Chroma, as the app does it, from as many
threads; the other half is added by as many `briefing add` processes. Prints what became of them and how the index is
afterwards; exit 1 for damage, a report that is missing, or a refusal without a reason or after more than 2 s.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from hashed_model import BRIEFING, standing_in

from assistant import Assistant


@dataclass
class Result:
    done: int = 0
    refused: int = 0
    seconds: float = 0.0  # until the last was done
    faults: list[str] = field(default_factory=list)


def content(number: int) -> str:
    return (
        f"Notes of station {number}\n\nThe keeper of lighthouse{number} counted {number * 37} ships in the strait. "
        f"The lamp of lighthouse{number} was lit on {1 + number % 28} March.\n"
    )


def run(adds: int, folder: Path, patience: float = 2.0) -> Result:
    """`patience`: seconds within which a refusal must come."""
    with standing_in():
        return _run(adds, folder, patience)


def _run(adds: int, folder: Path, patience: float) -> Result:
    result, data, reports = Result(), folder / "data", folder / "reports"
    reports.mkdir(parents=True)
    shell = list(range(0, adds, 2))
    uploads = list(range(1, adds, 2))
    for number in shell:
        (reports / f"station-{number}.txt").write_text(content(number), "utf8")
    with Assistant.open(data, owner="the app") as desk:
        desk.add_upload("first.txt", b"The first report speaks of a harbour.")
        began = time.monotonic()
        threads = [
            threading.Thread(
                target=_by_shell, args=(data, reports / f"station-{number}.txt", patience, result)
            )
            for number in shell
        ] + [
            threading.Thread(
                target=desk.jobs.submit_upload, args=(f"station-{number}.txt", content(number).encode())
            )
            for number in uploads
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        while desk.jobs.active() and time.monotonic() < began + 600:
            time.sleep(0.1)
        result.seconds = time.monotonic() - began
        result.done += sum(job.status == "added" for job in desk.jobs.recent(adds))
        live = [one.source for one in desk.documents()]
        expected = {f"station-{number}.txt" for number in range(adds)} | {"first.txt"}
        if len(live) != len(expected) - result.refused or not set(live) <= expected:
            result.faults.append(f"{len(live)} reports are live, {len(expected)} were added")
        for number in range(adds):
            found = desk.search(f"lighthouse{number}", 3)
            if not any(f"lighthouse{number} " in one.text for one in found):
                result.faults.append(f"station {number} is not found")
    with Assistant.open(data) as desk:
        checks = desk.doctor()["checks"]
        result.faults += [one["message"] for one in checks if not one["ok"] and one["name"] != "disk"]
    return result


def _by_shell(data: Path, file: Path, patience: float, result: Result) -> None:
    began = time.monotonic()
    command = [*BRIEFING, "--data-dir", str(data), "add", str(file), "--json"]
    run = subprocess.run(command, capture_output=True, text=True)
    said = json.loads(run.stdout)
    if run.returncode == 0 and said["documents"][0]["status"] == "added":
        result.done += 1
    elif run.returncode == 3 and said["error"]["message"] and time.monotonic() - began <= patience:
        result.refused += 1
    else:
        result.faults.append(
            f"exit {run.returncode} after {time.monotonic() - began:.1f} s: {run.stdout[:300]}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--adds", type=int, default=50)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        result = run(given.adds, Path(temporary))
    print(
        f"{given.adds} at once: {result.done} done, {result.refused} refused with the reason, "
        f"{len(result.faults)} faults, {result.seconds:.1f} s"
    )
    for fault in result.faults[:10]:
        print(f"   {fault}")
    return int(bool(result.faults))


if __name__ == "__main__":
    sys.exit(main())
