"""How much of what reports tell of stands in the chronology, and how much of the chronology is right.

    python tests/benchmarks/chronology_marks.py FOLDER [--marks tests/questions/seed_events.jsonl] [--topic "Mali" ...]

FOLDER holds the five seed reports. Their events were marked by hand, by reading the reports, before any chronology of
them was made: what a chronology must show ("required"), and what it may show (monthly counts, trends, a treaty named
in passing), which counts neither as a miss nor as an error. Computed over the chronology of the whole index
(`Assistant.chronology`), or, with --topic, over that of a long briefing on each topic:

precision: of the rows, those whose date, words and source are those of a mark that no row before them took, so that
an event told in two rows is one error; recall: of the required marks, those that a row shows. A row's date may be
less precise than the mark's, never more, and never other. Of the rows that are right, in how many place, actor and
casualties are those marked, where one is marked.

Per half: three reports served to develop (ISS, Sahel Dispatch, Grey Dynamics), two were held out (CEP, ACCORD). What is
marked in both halves counts in the half of the row's first source, and as a miss in that of the mark's first.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.results.answer import Citation
from assistant.results.briefing import Event
from vectorstore.terms import fold

_HELD_OUT = ("002_", "003_")
_MARKS = Path(__file__).parents[1] / "questions" / "seed_events.jsonl"


@dataclass(frozen=True)
class Row:
    event: Event
    sources: tuple[str, ...]

    @property
    def held_out(self) -> bool:
        return self.sources[0].startswith(_HELD_OUT)


def matches(mark: Mapping[str, Any], row: Row) -> bool:
    date, said = row.event.date, fold(row.event.text)
    return (
        mark["date"].startswith(date)
        and bool(set(mark["sources"]) & set(row.sources))
        and all(any(fold(one) in said for one in words.split("|")) for words in mark["words"])
    )


def of(events: Sequence[Event], citations: Sequence[Citation]) -> list[Row]:
    sources = {one.number: one.source for one in citations}
    return [Row(event, tuple(sources[number] for number in event.citations)) for event in events]


def report(name: str, rows: Sequence[Row], marks: Sequence[Mapping[str, Any]], held_out: bool | None) -> None:
    taken = _assigned(rows, marks)
    mine = [place for place, row in enumerate(rows) if held_out is None or row.held_out == held_out]
    shown = {one["id"] for one in taken.values()}
    due = [
        one
        for one in marks
        if one["required"] and (held_out is None or one["sources"][0].startswith(_HELD_OUT) == held_out)
    ]
    missed = [one for one in due if one["id"] not in shown]
    wrong = [rows[place] for place in mine if place not in taken]
    right = len(mine) - len(wrong)
    print(f"\n{name}: precision {right}/{len(mine)} = {right / max(1, len(mine)):.2f}, recall "
          f"{len(due) - len(missed)}/{len(due)} = {1 - len(missed) / max(1, len(due)):.2f}")  # fmt: skip
    for field in ("place", "actor", "casualties"):
        told = [(rows[place].event, taken[place]) for place in mine if place in taken and taken[place][field]]
        good = [event for event, mark in told if _holds(getattr(event, field), mark[field])]
        print(f"  {field}: {len(good)} of {len(told)} as marked")
        for event, mark in told:
            if not _holds(getattr(event, field), mark[field]):
                print(f"    {mark['id']}: {getattr(event, field)!r}, marked {mark[field]!r}")
    for one in missed:
        print(f"  missed: {one['date']} {one['id']}")
    for row in wrong:
        print(f"  wrong: {row.event.date} {row.event.text[:150]}")


def _assigned(rows: Sequence[Row], marks: Sequence[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    """As many rows as can be, each with a mark of its own; required marks, and those of the same date, first."""
    fitting = [
        sorted(
            (place for place, mark in enumerate(marks) if matches(mark, row)),
            key=lambda place: (marks[place]["date"] != row.event.date, not marks[place]["required"]),
        )
        for row in rows
    ]
    held: dict[int, int] = {}  # mark: row

    def place(row: int, seen: set[int]) -> bool:
        for mark in fitting[row]:
            if mark not in seen:
                seen.add(mark)
                if mark not in held or place(held[mark], seen):
                    held[mark] = row
                    return True
        return False

    for row in range(len(rows)):
        place(row, set())
    return {row: marks[mark] for mark, row in held.items()}


def _holds(given: str | None, marked: str) -> bool:
    return given is not None and any(fold(one) in fold(given) for one in marked.split("|"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--marks", type=Path, default=_MARKS)
    parser.add_argument("--topic", action="append", default=[])
    parser.add_argument("--held-out", action="store_true", help="show the reports held out, too")
    chosen = parser.parse_args()
    marks = [json.loads(line) for line in chosen.marks.read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as data, Assistant.open(data) as desk:
        desk.add([str(chosen.folder)])
        runs = [("all events", desk.chronology())]
        runs += [(f"briefing on {topic!r}", desk.brief(topic, length="long")) for topic in chosen.topic]
        for name, made in runs:
            events = made.events if name == "all events" else made.chronology
            rows = of(events, made.citations)
            report(f"{name}, developed on", rows, marks, False)
            if chosen.held_out:
                report(f"{name}, held out", rows, marks, True)
                report(f"{name}, both", rows, marks, None)


if __name__ == "__main__":
    main()
