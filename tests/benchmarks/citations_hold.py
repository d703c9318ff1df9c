"""Do citations hold? Ask many questions and check every quote, marker and citation against the index.

    python tests/benchmarks/citations_hold.py FOLDER_OF_REPORTS QUESTIONS.jsonl [--squad FILE.json] [--limit N]

FOLDER_OF_REPORTS is added to a fresh index and asked every question of QUESTIONS.jsonl (lines with
"question"); with --squad, the articles of a SQuAD 2.0 file are added too and N of its questions asked.
Prints a line a fault and the counts; exit 1 if anything does not hold.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from pathlib import Path

from assistant import Answer, Assistant, Settings


def faults(answer: Answer, desk: Assistant) -> list[str]:
    """What does not hold in an answer, in words."""
    row = answer.to_json()
    found = []
    for citation in row["citations"]:
        text = desk.text(citation["document_id"])
        if text[citation["start"] : citation["end"]] != citation["quote"]:
            found.append(f"quote {citation['number']} is not the text")
        if len(citation["quote"]) > 900:
            found.append(f"quote {citation['number']} has {len(citation['quote'])} characters")
    numbers = {citation["number"] for citation in row["citations"]}
    used = {number for sentence in row["sentences"] for number in sentence["citations"]}
    markers = {int(number) for number in re.findall(r"\[(\d+)\]", row["answer"])}
    if not numbers == used == markers:
        found.append(f"citations {sorted(numbers)}, used {sorted(used)}, markers {sorted(markers)}")
    if bool(numbers) == row["refused"]:
        found.append(f"refused is {row['refused']} with {len(numbers)} citations")
    found += [
        f"{sentence['support']} sentence without a citation"
        for sentence in row["sentences"]
        if not sentence["citations"] and sentence["support"] not in ("note", "unsupported")
    ]
    found += [f"verify: {one['where']}: {one['message']}" for one in desk.verify(row)["problems"]]
    return found


def squad(file: Path, folder: Path, limit: int) -> list[str]:
    """Write a SQuAD file's articles as reports; returns `limit` of its questions."""
    questions = []
    data = json.loads(file.read_text("utf8"))
    for article in data["data"] if isinstance(data, dict) else data:
        text = "\n\n".join(paragraph["context"] for paragraph in article["paragraphs"])
        (folder / f"{article['title'].replace('/', '_')}.txt").write_text(text, "utf8")
        questions += [qa["question"] for paragraph in article["paragraphs"] for qa in paragraph["qas"]]
    return random.Random(7).sample(questions, min(limit, len(questions)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("reports")
    parser.add_argument("questions", type=Path)
    parser.add_argument("--squad", type=Path)
    parser.add_argument("--limit", type=int, default=100)
    options = parser.parse_args()
    asked = [
        json.loads(line)["question"]
        for line in options.questions.read_text("utf8").splitlines()
        if line.strip()
    ]
    with tempfile.TemporaryDirectory() as folder:
        more = Path(folder) / "squad"
        more.mkdir()
        if options.squad:
            asked += squad(options.squad, more, options.limit)
        with Assistant.open(settings=Settings(data_dir=Path(folder) / "data")) as desk:
            desk.add([options.reports, str(more)])
            answers = [desk.ask(question) for question in asked]
            wrong = [(answer.question, fault) for answer in answers for fault in faults(answer, desk)]
            for question, fault in wrong:
                print(f"FAULT {question[:70]!r}: {fault}")
            print(
                f"{len(answers)} questions, {sum(one.refused for one in answers)} refused, "
                f"{sum(len(one.citations) for one in answers)} citations, {len(wrong)} faults"
            )
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
