"""Does the extractive writer answer, cite and refuse as it should? Five sets of questions, each asked of a whole index.

    python tests/benchmarks/answers.py DATA [--seeds FOLDER] [--sets squad clapnq mtrag seeds multi]
                                       [--half dev|held|both] [--limit 500] [--skip N] [--keep FOLDER]

DATA holds squad2_half.json, clapnq/ and mtrag_un/; FOLDER the five reports that the questions of
tests/questions are about. Each set is split into a dev half, on which thresholds may be set, and a held-out
half, by a stable hash (of the article for SQuAD, of the conversation for MTRAG). At most --limit questions of
each kind and half are asked, the same ones every time, after the first --skip. --keep keeps the indexes for
the next run. Prints figures; takes about 20 minutes.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant, Settings
from assistant.answering.pipeline import Answering, QuestionState
from assistant.evaluation.evaluate import EvalRow, contains_key, read_questions

QUESTIONS = Path(__file__).parent.parent / "questions"
CURVE = (0.15, 0.2, 0.25, 0.27, 0.3, 0.35, 0.4, 0.5)  # least likelihoods to try


@dataclass(frozen=True)
class Case:
    id: str
    half: str  # dev or held
    question: str
    label: str  # answerable, unanswerable, partial or underspecified
    history: list[dict[str, str]] = field(default_factory=list)
    keys: tuple[str, ...] = ()  # one of them must stand in the answer
    gold: tuple[str, ...] = ()  # sentences that answer
    row: EvalRow | None = None


@dataclass(frozen=True)
class Outcome:
    case: Case
    answer: Answer
    asked: QuestionState


def half_of(text: str) -> str:
    return "dev" if stable(text) % 2 else "held"


def stable(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)


# -- the sets: reports and questions


def squad(data: Path) -> tuple[dict[str, str], list[Case]]:
    reports, cases = {}, []
    for article in json.loads((data / "squad2_half.json").read_text("utf8"))["data"]:
        title = article["title"].replace("/", "_")
        reports[title] = "\n\n".join(one["context"] for one in article["paragraphs"])
        for qa in (qa for paragraph in article["paragraphs"] for qa in paragraph["qas"]):
            label = "unanswerable" if qa["is_impossible"] else "answerable"
            keys = tuple(one["text"] for one in qa["answers"])
            cases.append(Case(qa["id"], half_of(article["title"]), qa["question"], label, keys=keys))
    return reports, cases


def clapnq(data: Path) -> tuple[dict[str, str], list[Case]]:
    reports, cases = {}, []
    for label in ("answerable", "unanswerable"):
        for row in _lines(data / "clapnq" / f"{label}.jsonl"):
            for number, passage in enumerate(row["passages"]):
                reports[f"{row['id'].lstrip('-')}_{number}"] = f"{passage['title']}\n\n{passage['text']}"
            gold = tuple(one for output in row["output"] for one in output.get("selected_sentences", ()))
            cases.append(Case(row["id"], half_of(row["id"]), row["input"], label, gold=gold))
    return reports, cases


def mtrag(data: Path) -> tuple[dict[str, str], list[Case]]:
    reports, cases = {}, []
    for row in _lines(data / "mtrag_un" / "tasks.jsonl"):
        reports |= {one["document_id"].replace("/", "_"): one["text"] for one in row["contexts"]}
        turns = [
            {"role": "user" if one["speaker"] == "user" else "assistant", "content": one["text"]}
            for one in row["input"]
        ]
        case = Case(
            row["task_id"],
            half_of(row["conversation_id"]),
            turns[-1]["content"],
            row["answerability"][0].lower(),
            turns[:-1],
        )
        cases.append(case)
    return reports, cases


def of_file(name: str) -> list[Case]:
    return [
        Case(
            row.id,
            half_of(row.id),
            row.question,
            "unanswerable" if row.answerable is False else "answerable",
            row.history,
            row=row,
        )
        for row in read_questions(QUESTIONS / name)[0]
    ]


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in file.read_text("utf8").splitlines() if line.strip())


# -- asking


def ask_all(desk: Assistant, cases: Sequence[Case]) -> list[Outcome]:
    steps, found = Answering(desk.workspace, "extractive"), []
    for case in cases:
        asked = steps.weigh(
            steps.retrieve(steps.condense({"question": case.question, "history": case.history}))
        )
        *_, answer = steps.write(asked)
        assert isinstance(answer, Answer)
        found.append(Outcome(case, answer, asked))
    return found


def chosen(cases: Sequence[Case], half: str, skip: int, limit: int) -> list[Case]:
    """At most `limit` of each label after the first `skip`, the same ones every time."""
    taken: Counter[str] = Counter()
    found = []
    for case in sorted((one for one in cases if one.half == half), key=lambda one: stable(one.id)):
        taken[case.label] += 1
        if skip < taken[case.label] <= skip + limit:
            found.append(case)
    return found


# -- figures


def refusals(outcomes: Sequence[Outcome]) -> None:
    for label in dict.fromkeys(one.case.label for one in outcomes):
        those = [one for one in outcomes if one.case.label == label]
        print(f"    {label}: {len(those)} asked, refused {share(one.answer.refused for one in those)}")


def curve(outcomes: Sequence[Outcome]) -> None:
    """Refusals of the unanswerable against false ones, as if the least likelihood were another."""
    print("    least likelihood: false refusals / unanswerable refused")
    for least in CURVE:
        shares = []
        for label in ("answerable", "unanswerable"):
            those = [one for one in outcomes if one.case.label == label]
            shares.append(share(_refused(one, least) for one in those))
        print(f"      {least:.2f}: {' / '.join(shares)}")


def _refused(one: Outcome, least: float) -> bool:
    verdicts = [part.verdict for part in one.asked.parts]
    return all(one.answerability < least if one.comparable else one.refused for one in verdicts)


def said(answer: Answer, most: int | None = None) -> list[str]:
    """What the first sentences of an answer cite: the sources' own words."""
    quotes = {one.number: one.quote for one in answer.citations}
    sentences = [one for one in answer.sentences if one.support != "note"][:most]
    return [" ".join(quotes[number].split()) for one in sentences for number in one.citations]


def held(outcomes: Sequence[Outcome], holds: Callable[[Case, str], bool]) -> None:
    those = [one for one in outcomes if one.case.label == "answerable"]
    for most in (1, 3, 5, None):
        figure = share(holds(one.case, " ".join(said(one.answer, most))) for one in those)
        print(f"    fact within {most or 'all'} shown sentences: {figure}")
    shown = [len(said(one.answer)) for one in those if not one.answer.refused]
    print(f"    sentences shown: {sum(shown) / max(1, len(shown)):.2f}")


def gold_sentences(outcomes: Sequence[Outcome]) -> None:
    precision, recall = [], []
    for one in outcomes:
        if one.case.gold:
            cited, gold = said(one.answer), [" ".join(each.split()) for each in one.case.gold]
            precision += [any(_same(quote, each) for each in gold) for quote in cited]
            recall.append(any(_same(quote, each) for quote in cited for each in gold))
    print(f"    citation precision {share(precision)}, a gold sentence cited {share(recall)}")


def _same(quote: str, gold: str) -> bool:
    return quote[:60] in gold or gold[:60] in quote


def table(outcomes: Sequence[Outcome]) -> None:
    """What each kind of turn came to: answered, answered with doubt or in part, asked back, refused."""
    from assistant.evidence.refusal import UNSURE

    counts: dict[str, Counter[str]] = {}
    for one in outcomes:
        notes = [sentence.text for sentence in one.answer.sentences if sentence.support == "note"]
        if any(note.startswith("The question does not say") for note in notes):
            result = "asked back"
        elif one.answer.refused:
            result = "refused"
        else:
            result = "with doubt" if UNSURE in notes else "answered"
        counts.setdefault(one.case.label, Counter())[result] += 1
    columns = ("answered", "with doubt", "refused", "asked back")
    print("    " + " " * 16 + "".join(f"{name:>12}" for name in columns))
    for label, row in sorted(counts.items()):
        print(f"    {label:16}" + "".join(f"{row[name]:12}" for name in columns))


def share(values: Any) -> str:
    found = [bool(one) for one in values]
    return f"{sum(found) / len(found):.3f} ({sum(found)} of {len(found)})" if found else "none"


def _has_key(case: Case, text: str) -> bool:
    return any(" ".join(key.split()).casefold() in text.casefold() for key in case.keys)


def _has_row_key(case: Case, text: str) -> bool:
    assert case.row is not None
    return contains_key(case.row, text)


def figures(name: str, outcomes: Sequence[Outcome]) -> None:
    refusals(outcomes)
    if name == "squad":
        held(outcomes, _has_key)
    elif name in ("seeds", "multi"):
        held(outcomes, _has_row_key)
    elif name == "clapnq":
        gold_sentences(outcomes)
    elif name == "mtrag":
        table(outcomes)
    if name in ("squad", "clapnq"):
        curve(outcomes)


def index(folder: Path, name: str, reports: dict[str, str] | Path) -> Assistant:
    """The index of a set, made where it is not there yet."""
    data = folder / name / "data"
    fresh = not data.exists()
    desk = Assistant.open(settings=Settings(data_dir=data))
    if fresh:
        if isinstance(reports, Path):
            desk.add([str(reports)])
        else:
            files = folder / name / "reports"
            files.mkdir(parents=True)
            for title, text in reports.items():
                (files / f"{title}.txt").write_text(text, "utf8")
            desk.add([str(files)])
    return desk


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--seeds", type=Path)
    parser.add_argument("--sets", nargs="+", default=["seeds", "multi", "clapnq", "mtrag", "squad"])
    parser.add_argument("--half", choices=["dev", "held", "both"], default="both")
    parser.add_argument("--limit", type=int, default=500)
    parser.add_argument("--skip", type=int, default=0, help="questions of each kind that others have seen")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for name in options.sets:
            reports: dict[str, str] | Path = options.seeds or options.data.parent / "seeds"
            if name in ("seeds", "multi"):
                cases = of_file("seeds.jsonl" if name == "seeds" else "seeds_multi.jsonl")
            else:
                reports, cases = {"squad": squad, "clapnq": clapnq, "mtrag": mtrag}[name](options.data)
            with index(folder, "seeds" if name == "multi" else name, reports) as desk:
                for half in ["dev", "held"] if options.half == "both" else [options.half]:
                    outcomes = ask_all(desk, chosen(cases, half, options.skip, options.limit))
                    seconds = sorted(one.answer.seconds for one in outcomes)
                    middle, late = seconds[len(seconds) // 2], seconds[int(0.95 * len(seconds))]
                    print(f"{name}, {half}: {len(outcomes)} questions, {middle:.3f} s p50, {late:.3f} s p95")
                    figures(name, outcomes)


if __name__ == "__main__":
    main()
