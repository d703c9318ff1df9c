"""Do answers and search stay as they were, byte for byte, over a change that should change nothing?

    python tests/benchmarks/same_answers.py keep FILE --reports FOLDER [--models FOLDER]
    python tests/benchmarks/same_answers.py compare FILE FILE

`keep` adds the reports of FOLDER to an index of its own, asks the questions of tests/questions (the first 100) of
it, searches for each, writes two briefings, and keeps what comes back, less what differs from run to run (seconds,
ids, times of adding). `compare` says which lines differ and exits with 1 if any does. --models names a `models`
folder with the embedding model compiled, which saves half a minute.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

QUESTIONS = Path(__file__).parent.parent / "questions"
VARYING = {"seconds", "document_id", "passage_id", "added", "saved", "created", "generation", "briefing_id"}


def steady(value: Any) -> Any:
    """The value without the fields that differ from run to run."""
    if isinstance(value, dict):
        return {key: steady(inner) for key, inner in value.items() if key not in VARYING}
    return [steady(inner) for inner in value] if isinstance(value, list) else value


def line(kind: str, id: str, value: Any) -> str:
    return json.dumps({"kind": kind, "id": id, "value": steady(value)}, ensure_ascii=False, sort_keys=True)


def questions() -> list[dict[str, Any]]:
    files = ("seeds", "seeds_multi", "samples")
    rows = [
        json.loads(row)
        for name in files
        for row in (QUESTIONS / f"{name}.jsonl").read_text("utf8").splitlines()
    ]
    return rows[:100]


def keep(file: Path, reports: Path, models: Path | None) -> None:
    from assistant import Assistant

    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        if models is not None:
            shutil.copytree(models, data / "models")
        desk = Assistant.open(data)
        desk.add([str(reports)])
        with file.open("w", encoding="utf8") as out:
            for row in questions():
                found = desk.search(row["question"], k=10)
                print(line("search", row["id"], [passage.to_json() for passage in found]), file=out)
                answer = desk.ask(row["question"], history=row.get("history", []))
                print(line("answer", row["id"], answer.to_json()), file=out)
            for topic in ("Gold mining and armed groups in Kayes", "The French withdrawal from Mali"):
                print(line("briefing", topic, desk.brief(topic, as_of="2023-12").to_json()), file=out)
        desk.close()


def compare(before: Path, after: Path) -> int:
    first, second = (path.read_text("utf8").splitlines() for path in (before, after))
    differ = [json.loads(one)["id"] for one, other in zip(first, second, strict=True) if one != other]
    print(f"{len(first)} results, {len(differ)} differ" + (f": {', '.join(differ[:20])}" if differ else ""))
    return bool(differ)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=("keep", "compare"))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--reports", type=Path)
    parser.add_argument("--models", type=Path)
    given = parser.parse_args()
    if given.what == "compare":
        return compare(*given.files)
    keep(given.files[0], given.reports, given.models)
    return 0


if __name__ == "__main__":
    sys.exit(main())
