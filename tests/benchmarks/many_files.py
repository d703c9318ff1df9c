"""Many small files: does progress move, and is each file live exactly once after being killed again and again?

    python tests/benchmarks/many_files.py [--files 1000] [--kills 10]

Makes the files, adds them once while timing the gaps between two reports of progress, then adds them to a second
index with `briefing add`, killed (SIGKILL) at random moments and started again. Prints both figures; exit 1 where a
file is missing, doubled or half there.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assistant import Assistant, Settings

WORDS = (
    "harbour cattle market ferry school bridge rain grain mayor teacher salt convoy well road radio clinic wedding "
    "garden fisherman ministry letter flood drought court police miner truck library orchestra bakery"
).split()


def make(folder: Path, count: int) -> None:
    """Files of three to six sentences, no two alike."""
    chance = random.Random(5)
    for number in range(count):
        sentences = [
            f"The {chance.choice(WORDS)} of district {number} saw the {chance.choice(WORDS)} "
            f"{chance.randint(2, 900)} times before the {chance.choice(WORDS)} and the {chance.choice(WORDS)} came."
            for _ in range(chance.randint(3, 6))
        ]
        (folder / f"note-{number:05}.txt").write_text(f"Note {number}\n\n{' '.join(sentences)}\n", "utf8")


def longest_gap(folder: Path, data: Path) -> tuple[float, float, int]:
    """Seconds between two reports of progress at most, seconds in all, and how many documents are live."""
    moments = []
    with Assistant.open(settings=Settings(data_dir=data)) as desk:
        desk.store.model.embed(["ready"])  # loading the model is not adding
        moments.append(time.monotonic())
        desk.add([str(folder)], progress=lambda at: moments.append(time.monotonic()))
        live = len(desk.documents())
    gaps = [later - earlier for earlier, later in zip(moments, moments[1:], strict=False)]
    return max(gaps), moments[-1] - moments[0], live


def killed(folder: Path, data: Path, kills: int) -> int:
    """Add with a kill at a random moment, `kills` times, then to the end; returns how many kills hit their mark."""
    chance, hit = random.Random(11), 0
    command = [str(Path(sys.executable).with_name("briefing")), "--data-dir", str(data), "add", str(folder)]
    for _ in range(kills):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(chance.uniform(4, 20))
        except subprocess.TimeoutExpired:
            hit += 1
        process.kill()
        process.wait()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return hit


def faults(data: Path, folder: Path) -> list[str]:
    found = []
    with Assistant.open(settings=Settings(data_dir=data)) as desk:
        sources = [one.source for one in desk.documents()]
        found += [f"{path.name} is not live" for path in folder.iterdir() if path.name not in set(sources)]
        found += [f"{name} is live twice" for name in set(sources) if sources.count(name) > 1]
        for record in desk.documents():
            if desk.text(record.document_id).strip() != (folder / record.source).read_text("utf8").strip():
                found.append(f"{record.source} differs")
            if record.passages < 1:
                found.append(f"{record.source} has no passage")
        checks = [one for one in desk.doctor()["checks"] if not one["ok"]]
        found += [json.dumps(one) for one in checks]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "notes"
        folder.mkdir()
        make(folder, options.files)
        gap, seconds, live = longest_gap(folder, Path(temporary) / "once")
        print(f"{live} of {options.files} live in {seconds:.1f} s; longest time without progress {gap:.2f} s")
        hit = killed(folder, Path(temporary) / "killed", options.kills)
        wrong = faults(Path(temporary) / "killed", folder)
        print("\n".join(wrong[:20]))
        print(f"{hit} kills in the midst of adding; {len(wrong)} faults after")
    return bool(wrong) or live != options.files


if __name__ == "__main__":
    sys.exit(main())
