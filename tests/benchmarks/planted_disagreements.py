"""How many planted disagreements a briefing finds, and what it says of them.

    python tests/benchmarks/planted_disagreements.py [tests/questions/planted/disagreements_developed.txt ...]

A file holds 30 stories, each told by two or three made-up reports: 20 that contradict each other (figures, who, when,
where, whether) and 10 in which time went on. All reports of a file go into one index, and a standard briefing is made
on each story. The planted sentences are marked in the file with a star; the sentences around them count other things,
at other places or other times.

Counted per file: conflicts shown as conflicts, of 20; updates shown as updates, of 10, and those shown as conflicts;
and what was not planted but shown, as a conflict or as an update. `disagreements_held_out.txt` was written before
anything was built; what it missed when it was first measured (17 of 20 found, none of 10 updates called a conflict)
was then mended, so that `disagreements_second_held_out.txt`, written after that, is the one to believe.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant
from assistant.results.briefing import Briefing, Conflict

_PLANTED = Path(__file__).parents[1] / "questions" / "planted"


@dataclass(frozen=True)
class Story:
    name: str
    kind: str  # conflict or update
    topic: str
    reports: tuple[tuple[str, str, str], ...]  # publisher, date, text with stars

    @property
    def planted(self) -> frozenset[str]:
        """The sentences that disagree."""
        return frozenset(
            stretch.split(". ")[0].rstrip(".")
            for _, _, text in self.reports
            for stretch in text.split("*")[1:]
        )


def stories(path: Path) -> Iterator[Story]:
    for block in path.read_text("utf-8").split("## ")[1:]:
        head, *lines = block.strip().split("\n")
        name, kind, topic = (part.strip() for part in head.split("|"))
        heads = [line.removeprefix("@ ").split(" | ") for line in lines[::2]]
        yield Story(
            name, kind, topic,
            tuple((publisher, date, text) for (publisher, date), text in zip(heads, lines[1::2], strict=True)),
        )  # fmt: skip


def add(desk: Assistant, told: list[Story], folder: Path) -> None:
    for story in told:
        for place, (publisher, date, text) in enumerate(story.reports):
            path = folder / f"{story.name}-{place}.txt"
            path.write_text(text.replace("*", "") + "\n", "utf-8")
            desk.add([str(path)], corrections={"publisher": publisher, "published": date})


def is_planted(one: Conflict, story: Story) -> bool:
    """Whether each side is a planted sentence of the story."""
    return all(any(words.startswith(side.text.rstrip(" ….")) or side.text.startswith(words)
                   for words in story.planted) for side in one.sides)  # fmt: skip


def measure(path: Path) -> None:
    told = list(stories(path))
    found, updates, wrong, sides = 0, 0, 0, 0
    unplanned: dict[str, set[tuple[str, ...]]] = {"conflict": set(), "update": set()}
    with tempfile.TemporaryDirectory() as data, Assistant.open(Path(data) / "desk") as desk:
        add(desk, told, Path(data))
        print(f"\n{path.name}: {len(desk.documents())} reports")
        for story in told:
            made: Briefing = desk.brief(story.topic)
            mine = [one for one in made.conflicts if is_planted(one, story)]
            kinds = {one.kind for one in mine}
            if story.kind == "conflict":
                found += "conflict" in kinds
                sides += any(len(one.sides) == len(story.planted) for one in mine)
            else:
                updates += kinds == {"update"}
                wrong += "conflict" in kinds
            if kinds != {story.kind}:
                print(f"  {story.name}: {', '.join(sorted(kinds)) or 'not found'}")
            for one in made.conflicts:
                if not any(is_planted(one, other) for other in told):
                    unplanned[one.kind].add(tuple(side.text for side in one.sides))
                    print(f"  not planted, under {story.name}: {one.kind}, {one.about}")
                    for side in one.sides:
                        print(f"      {side.text}")
    conflicts = sum(one.kind == "conflict" for one in told)
    print(f"conflicts found: {found} of {conflicts} (with all their sides {sides}); updates told: {updates} of "
          f"{len(told) - conflicts}, called conflicts: {wrong}; not planted: {len(unplanned['conflict'])} conflicts, "
          f"{len(unplanned['update'])} updates")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[_PLANTED / "disagreements_developed.txt"])
    for path in parser.parse_args().files:
        measure(path)


if __name__ == "__main__":
    main()
