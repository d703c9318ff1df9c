"""How good is the support check? Claims with human labels, changed sentences, and faithful rewordings.

    python tests/benchmarks/support_checks.py [--seeds FOLDER] [--claims attributionbench_dev.jsonl] [--show]

1. Faithful rewordings of sentences of the sample reports and of the reports in --seeds (tests/questions/
   rewordings.jsonl: each points to the characters it rewords), and sentences changed by rule, 400 in all, made from
   the rewordings and from the sources' own sentences. A fifth of the sources' sentences, by hash, is kept aside:
   nothing was set on it, --show never prints it, and its figures are printed apart.
2. Claims of AttributionBench: macro-F1 on the half, by hash of the claim, that set no threshold.

With vectors unless --rules. Needs no network; prints what it skips and why.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from changed_sentences import KINDS, changed

import assistant
from assistant.grounding import SupportVerdict, check
from ingest import sentences
from ingest.reading import read
from vectorstore import EmbeddingModel

SAMPLES = Path(assistant.__file__).parent / "samples"
REWORDINGS = Path(__file__).parents[1] / "questions" / "rewordings.jsonl"
CHANGED = 400
_AROUND = 700  # characters on either side of a span: about the passage in which it stands


@dataclass(frozen=True)
class Case:
    text: str
    span: str
    around: str
    kind: str  # "faithful" or what was changed
    aside: bool


def digest(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


def _case(text: str, source: str, start: int, end: int, kind: str) -> Case:
    around = source[:120] + "\n\n" + source[max(0, start - _AROUND) : end + _AROUND]
    return Case(text, source[start:end], around, kind, digest(source[start:end]) % 5 == 0)


def _texts(folders: list[Path]) -> dict[str, str]:
    return {
        path.name: read(path.read_bytes(), path.name).text
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


def rewordings(texts: dict[str, str]) -> tuple[list[Case], int]:
    """The faithful rewordings whose sources are here, and how many are not; one that has moved is an error."""
    cases, absent = [], 0
    for line in REWORDINGS.read_text("utf8").splitlines():
        row = json.loads(line)
        text = texts.get(row["source"])
        if text is None:
            absent += 1
            continue
        span = text[row["start"] : row["end"]]
        if hashlib.sha256(" ".join(span.split()).encode()).hexdigest()[:8] != row["sha"]:
            raise SystemExit(
                f"{row['source']} has changed at {row['start']}: mend tests/questions/rewordings.jsonl"
            )
        cases.append(_case(row["text"], text, row["start"], row["end"], "faithful"))
    return cases, absent


def changes(faithful: list[Case], texts: dict[str, str], limit: int = CHANGED) -> list[Case]:
    """Changed sentences, as even among the kinds as the texts allow, each base sentence used for few of them."""
    bases = [(case.text, case.span, case) for case in faithful]
    for text in texts.values():
        for start, end in sentences(text):
            if 60 < end - start < 500 and text[start:end].rstrip().endswith((".", "’")):
                case = _case(" ".join(text[start:end].split()), text, start, end, "original")
                bases.append((case.text, case.span, case))
    pools: dict[str, list[Case]] = {kind: [] for kind in KINDS}
    for text, span, case in sorted(bases, key=lambda base: digest(base[0])):
        for kind in KINDS:
            other = changed(text, kind, span)
            if other is not None and other != text:
                pools[kind].append(Case(other, span, case.around, kind, case.aside))
    share = -(-limit // len(KINDS))
    picked = [case for kind in KINDS for case in pools[kind][:share]]
    return picked[:limit] if len(picked) > limit else picked


def rates(
    name: str, cases: list[Case], caught: Callable[[Case], SupportVerdict], wrong: str, show: bool
) -> None:
    """Print the share of cases with the wrong verdict: "supported" for changed ones, "unsupported" for faithful."""
    verdicts = [(case, caught(case)) for case in cases]
    for label, part in (("all", verdicts), ("aside", [one for one in verdicts if one[0].aside])):
        bad = sum((one.support == "unsupported") == (wrong == "unsupported") for _, one in part)
        print(f"{name}, {label}: {bad} of {len(part)} wrong ({bad / max(1, len(part)):.3f})")
    kinds = Counter(case.kind for case, _ in verdicts)
    if len(kinds) > 1:
        for kind, n in kinds.items():
            bad = sum(one.support != "unsupported" for case, one in verdicts if case.kind == kind)
            print(f"   {kind}: {n - bad} of {n} caught ({(n - bad) / n:.3f})")
    if show:
        for case, one in verdicts:
            if not case.aside and (one.support == "unsupported") == (wrong == "unsupported"):
                print(f"   [{case.kind}] {case.text}\n      < {' '.join(case.span.split())}")
                print(f"      {one.score} {one.reasons}")


def macro_f1(labels: list[bool], said: list[bool]) -> float:
    scores = []
    for one in (True, False):
        hits = sum(a == one and b == one for a, b in zip(labels, said, strict=True))
        wrong = sum((a == one) != (b == one) for a, b in zip(labels, said, strict=True))
        scores.append(2 * hits / max(1, 2 * hits + wrong))
    return sum(scores) / 2


def claims(path: Path, verdict: Callable[[str, list[str]], SupportVerdict]) -> Iterator[str]:
    """Lines that report macro-F1 on the claims' two halves, and on each source of the one that set no threshold."""
    rows = [json.loads(line) for line in path.read_text("utf8").splitlines()]
    said = [verdict(row["claim"], row["references"]).support != "unsupported" for row in rows]
    true = [row["attribution_label"] == "attributable" for row in rows]
    for name, half in (("that set the thresholds", 0), ("that set none", 1)):
        places = [place for place, row in enumerate(rows) if digest(row["claim"]) % 2 == half]
        figure = macro_f1([true[place] for place in places], [said[place] for place in places])
        yield f"claims, half {name}: macro-F1 {figure:.3f} over {len(places)}"
    for source in sorted({row["src_dataset"] for row in rows}):
        places = [
            p for p, row in enumerate(rows) if row["src_dataset"] == source and digest(row["claim"]) % 2 == 1
        ]
        figure = macro_f1([true[place] for place in places], [said[place] for place in places])
        yield f"   {source}: {figure:.3f} over {len(places)}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seeds", type=Path, help="folder of the five reports")
    parser.add_argument("--claims", type=Path, help="attributionbench_dev.jsonl")
    parser.add_argument("--rules", action="store_true", help="rules alone, no vectors")
    parser.add_argument("--models", type=Path, help="folder in which the compiled embedding model is kept")
    parser.add_argument(
        "--show", action="store_true", help="print what went wrong, what is kept aside left out"
    )
    args = parser.parse_args()
    embed = None if args.rules else EmbeddingModel(cache=args.models).embed
    folders = [SAMPLES, *([args.seeds] if args.seeds and args.seeds.is_dir() else [])]
    texts = _texts(folders)
    faithful, absent = rewordings(texts)
    if absent:
        print(f"{absent} rewordings skipped: their reports are not here (give their folder with --seeds)")

    def verdict(case: Case) -> SupportVerdict:
        return check(case.text, [case.span], around=case.around, embed=embed)

    began = time.monotonic()
    rates("faithful rewordings taken for unsupported", faithful, verdict, "unsupported", args.show)
    altered = changes(faithful, texts)
    rates("changed sentences not caught", altered, verdict, "supported", args.show)
    seconds = (time.monotonic() - began) / max(1, len(faithful) + len(altered))
    print(f"{1000 * seconds:.1f} ms a sentence")
    if args.claims is None or not args.claims.is_file():
        print("claims skipped: no file of AttributionBench given (--claims)")
        return 0
    for line in claims(args.claims, lambda claim, spans: check(claim, spans, embed=embed)):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
