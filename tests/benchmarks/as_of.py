"""Whether an as-of date ever lets through what was published later.

    python tests/benchmarks/as_of.py [--dates 50] [--seed 7]

Forty made-up reports on one matter go into an index: dated to the day, the month or the year, or not at all. Each has
a publisher, a title and a word of its own; every fourth is a copy of an earlier one under another masthead, and all
speak of dates to come ("until March 2024"). For each as-of date (a day, a month or a year, drawn at random, some of
them on the very day of a report) a briefing is made and a question is asked. Leaks are counted: citations of reports
that are later or undated by the rules of partial dates (a report of 2021 counts as of its last day; an as-of date of
2021 means its last day), and any publisher, title or word of such a report anywhere in the JSON: sentences, chronology,
sides of conflicts, carriers of echoes, gaps, summary. Counted, too: answers and briefings that cite nothing although
a report was there to cite, since silence leaks nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import Assistant
from vectorstore import Filters, last_day

_TOPIC = "attacks on the post at Tamsal and people displaced from Tamsal"
_QUESTION = "How many soldiers were killed at Tamsal?"
_SYLLABLES = "bra cor dun fel gim hol jar kes lum mor nev pos rin sul tav vox wen yar zil qua".split()


@dataclass(frozen=True)
class Report:
    publisher: str
    title: str
    word: str  # stands in each of its sentences, and in no other report but its copies
    published: str | None
    text: str
    copy_of: int | None = None

    def is_admitted(self, as_of: str) -> bool:
        return self.published is not None and last_day(self.published) <= last_day(as_of)


def reports(chance: random.Random) -> list[Report]:
    made: list[Report] = []
    for number in range(40):
        name = f"{_SYLLABLES[number % 20]}{_SYLLABLES[(number * 7 + number // 20) % 20]}".title()
        date = f"{chance.randint(2018, 2023)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        published = [date, date, date, date[:7], date[:7], date[:4], None][number % 7]
        copied = chance.randrange(number) if number % 4 == 3 else None
        word = made[copied].word if copied is not None else f"{name}el"
        text = made[copied].text if copied is not None else _text(word, date, chance)
        made.append(Report(f"{name} Wire", f"{name} on the post", word, published, text, copied))
    return made


def _text(word: str, date: str, chance: random.Random) -> str:
    year, later = int(date[:4]), f"March {int(date[:4]) + chance.randint(1, 3)}"
    return (
        f"On {chance.randint(1, 28)} May {year} fighters attacked the post at Tamsal from {word}. "
        f"{chance.randint(12, 40)} soldiers were killed at Tamsal by the men of {word}, the army said. "
        f"At the end of {year} the relief office counted {chance.randint(2, 9)},{chance.randint(100, 999)} people "
        f"displaced from Tamsal to {word}. The mandate of the mission at {word} near Tamsal runs until {later}. "
        f"According to the ministry, the army {chance.choice(('left', 'retook'))} the post at Tamsal by way of {word} "
        f"in {later}.\n"
    )


def leaks(made: Mapping[str, Any], held: list[Report], as_of: str) -> list[str]:
    """What of reports that the date excludes stands in a briefing or an answer."""
    dates = {one.publisher: one for one in held}
    found = [
        f"citation of {one['publisher']} ({one['published']})"
        for one in made["citations"]
        if not dates[one["publisher"]].is_admitted(as_of)
    ]
    admitted = {
        word for one in held if one.is_admitted(as_of) for word in (one.word, one.publisher, one.title)
    }
    text = json.dumps(made, ensure_ascii=False)
    for one in held:
        if not one.is_admitted(as_of):
            own = {one.word, one.publisher, one.title} - admitted
            found += [f"“{word}” of {one.publisher} ({one.published})" for word in own if word in text]
    return found


def asked_for(chance: random.Random, held: list[Report], count: int) -> list[str]:
    dates = []
    for number in range(count):
        date = f"{chance.randint(2018, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        if number % 5 == 0:
            date = chance.choice([one.published for one in held if one.published])
        dates.append([date, date[:7], date, date[:4], date][number % 5])
    return dates


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--dates", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    held = reports(chance)
    leaked, silent, made = 0, 0, 0
    with tempfile.TemporaryDirectory() as folder, Assistant.open(Path(folder) / "desk") as desk:
        for number, one in enumerate(held):
            path = Path(folder) / f"{number}.txt"
            # A copy is not byte for byte the same, or it would count as a duplicate and not be added.
            head = f"{one.title}\n\n" if one.copy_of is not None else ""
            path.write_text(head + one.text, "utf-8")
            corrections: dict[str, Any] = {"publisher": one.publisher, "title": one.title}
            desk.add([str(path)], corrections=corrections | {"published": one.published})
        for date in asked_for(chance, held, chosen.dates):
            briefing = desk.brief(_TOPIC, filters=Filters(as_of=date), length="long").to_json()
            answer = desk.ask(_QUESTION, filters=Filters(as_of=date)).to_json()
            for kind, each in (("briefing", briefing), ("answer", answer)):
                made += 1
                found = leaks(each, held, date)
                leaked += len(found)
                silent += not each["citations"] and any(one.is_admitted(date) for one in held)
                for leak in found:
                    print(f"  as of {date}, {kind}: {leak}")
    print(f"{made} briefings and answers as of {chosen.dates} dates: {leaked} leaks; {silent} that cite nothing "
          "although a report was there")  # fmt: skip


if __name__ == "__main__":
    main()
