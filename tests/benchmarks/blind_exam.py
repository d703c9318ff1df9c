"""Questions and claims written by somebody who had read the reports and not the program.

    python tests/benchmarks/blind_exam.py SEEDS [--half open|closed] [--models FOLDER] [--only claims|questions|answers]

SEEDS is the folder of the five reports; the eight samples are added beside them. The files are tests/questions/blind:
half of each was opened while the program was worked on, the other half is opened once, when a piece of work ends.
Gold sentences are kept as hashes of their letters, so that no sentence of a report stands in the files.

Prints, for claims: caught (of false ones), refused (of faithful ones), balanced accuracy, and the catch by kind. For
questions: the share whose first sentence, and one of the first three, cites a gold sentence (all of them for several),
refused without and with an answer in the reports, doubt over right answers, citation precision, words an answer, and
how often the gold sentence lies in the first five passages.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant
from ingest import sentences
from vectorstore import Passage

BLIND = Path(__file__).parent.parent / "questions" / "blind"
SAMPLES = Path(__file__).parents[2] / "assistant" / "samples"
DOUBT = "in so many words"  # stands in the note over an answer that the desk is not sure of


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def hashed(text: str) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of a sentence's letters and digits."""
    return hashlib.sha256(letters(text).encode()).hexdigest()[:12]


class Sentences:
    """The sentences of every report, by their hashes."""

    def __init__(self, desk: Assistant) -> None:
        self.of: dict[tuple[str, str], str] = {}
        for record in desk.documents():
            text = desk.text(record.document_id)
            for start, end in sentences(text):
                self.of[record.source, hashed(text[start:end])] = text[start:end]

    def gold(self, row: dict[str, Any]) -> list[list[tuple[str, str]]]:
        """For each gold entry its (source, letters of a sentence); an entry that is in no report is left out."""
        entries = (
            [
                (entry["source"], letters(self.of[key]))
                for digest in entry["sentences"]
                if (key := (entry["source"], digest)) in self.of
            ]
            for entry in row["gold"]
        )
        return [entry for entry in entries if entry]


def rows(name: str, half: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (BLIND / f"{name}.{half}.jsonl").read_text("utf8").splitlines()]


def judge_claims(desk: Assistant, known: Sentences, half: str) -> None:
    caught, refused, kinds = [], [], Counter[str]()
    totals = Counter[str]()
    for row in rows("claims", half):
        spans = [
            known.of[row["source"], digest]
            for digest in row["evidence"]
            if (row["source"], digest) in known.of
        ]
        if not spans:
            continue
        unsupported = desk.workspace.checker(row["claim"], [" ".join(spans)]).support == "unsupported"
        if row["label"] == "supported":
            refused.append(unsupported)
        else:
            caught.append(unsupported)
            totals[row["kind"]] += 1
            kinds[row["kind"]] += unsupported
    catch, alarm = share(caught), share(refused)
    print(
        f"claims: {len(caught)} false, caught {catch:.2f}; {len(refused)} faithful, refused {alarm:.2f}; "
        f"balanced {(catch + 1 - alarm) / 2:.2f}"
    )
    print("   " + ", ".join(f"{kind} {kinds[kind]}/{totals[kind]}" for kind in sorted(totals)))


def answer_questions(desk: Assistant, known: Sentences, name: str, half: str) -> None:
    first, three, several, precise, words, in_five = [], [], [], [], [], []
    refused_without, refused_with, doubted = [], [], []
    for row in rows(name, half):
        answer = desk.ask(row["question"])
        if not row["answerable"]:
            refused_without.append(answer.refused)
            continue
        refused_with.append(answer.refused)
        gold = known.gold(row)
        needs_all = bool(row.get("several")) and not row.get("any")
        cited = list(cited_letters(answer))
        in_five.append(holds(desk.search(row["question"], 5), gold, needs_all))
        if needs_all:
            several.append(all(any(meets(quotes, entry) for quotes in cited[:3]) for entry in gold))
        else:
            first.append(any(meets(quotes, entry) for quotes in cited[:1] for entry in gold))
            three.append(any(meets(quotes, entry) for quotes in cited[:3] for entry in gold))
        if not answer.refused:
            precise += [any(meets([quote], entry) for entry in gold) for quotes in cited for quote in quotes]
            words.append(len(answer.text.split()))
            right = any(meets(quotes, entry) for quotes in cited[:1] for entry in gold)
            if right:
                doubted.append(any(DOUBT in sentence.text for sentence in answer.sentences))
    print(
        f"{name}: one sentence ({len(first)}): first {share(first):.2f}, in three {share(three):.2f}; "
        f"several ({len(several)}): all in three {share(several):.2f}; in five passages {share(in_five):.2f}"
    )
    print(
        f"   refused: without an answer {share(refused_without):.2f} of {len(refused_without)}, "
        f"with one {share(refused_with):.2f} of {len(refused_with)}; doubt over right ones {share(doubted):.2f}; "
        f"citation precision {share(precise):.2f}; words {sum(words) / max(1, len(words)):.0f}"
    )


def cited_letters(answer: Answer) -> Iterator[list[tuple[str, str]]]:
    """For each sentence that states something, its citations as (source, letters of the quote)."""
    quotes = {citation.number: (citation.source, letters(citation.quote)) for citation in answer.citations}
    for sentence in answer.sentences:
        if sentence.support != "note":
            yield [quotes[number] for number in sentence.citations]


def meets(quotes: list[tuple[str, str]], entry: list[tuple[str, str]]) -> bool:
    """Whether one of the quotes holds, or lies in, one of the gold sentences."""
    return any(
        source == where and (gold in quote or quote in gold)
        for source, quote in quotes
        for where, gold in entry
    )


def holds(passages: list[Passage], gold: list[list[tuple[str, str]]], needs_all: bool) -> bool:
    texts = [(passage.source, letters(passage.text)) for passage in passages]
    there = [
        any(source == where and text in words for source, words in texts for where, text in entry)
        for entry in gold
    ]
    return all(there) if needs_all else any(there)


def share(values: list[bool]) -> float:
    return sum(values) / len(values) if values else float("nan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("seeds", type=Path)
    parser.add_argument("--half", choices=("open", "closed"), default="open")
    parser.add_argument("--models", type=Path, help="a `models` folder with the embedding model compiled")
    parser.add_argument("--only", choices=("claims", "questions", "answers"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        if given.models is not None:
            shutil.copytree(given.models, data / "models")
        with Assistant.open(data) as desk:
            desk.add([str(given.seeds), str(SAMPLES)])
            known = Sentences(desk)
            if given.only in (None, "claims"):
                judge_claims(desk, known, given.half)
            for name in ("questions", "answers"):
                if given.only in (None, name):
                    answer_questions(desk, known, name, given.half)


if __name__ == "__main__":
    main()
