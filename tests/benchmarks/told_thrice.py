"""Whether a story that three outlets tell from one origin counts as one source, and three independent ones as three.

    python tests/benchmarks/told_thrice.py [tests/questions/planted/thrice_developed.txt ...]

A file holds ten stories told by three outlets each from one origin (a wire's words under other headlines and
datelines; lightly edited; rewritten, with the origin named in one way or another) and five on which three outlets
report for themselves. All go into one index, and a briefing is made on each story.

Counted: stories of one origin for which the briefing counts its cited reports on it as one source, of ten, and those
of which it names the origin or the carriers; and stories told independently of which it counts as many sources as it
cites reports, of five. `thrice_held_out.txt` was written before origins.py was touched; at its first measurement
afterwards nine of its ten were counted once.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant
from assistant.sourcing.origins import independent_sources

_PLANTED = Path(__file__).parents[1] / "questions" / "planted"


@dataclass(frozen=True)
class Story:
    name: str
    kind: str  # once or apart
    topic: str
    reports: tuple[tuple[str, str, str, str], ...]  # publisher, date, title, text


def stories(path: Path) -> Iterator[Story]:
    for block in path.read_text("utf-8").split("## ")[1:]:
        head, *lines = block.strip().split("\n")
        name, kind, topic = (part.strip() for part in head.split("|"))
        heads = [line.removeprefix("@ ").split(" | ") for line in lines[::2]]
        told = tuple((*one, text) for one, text in zip(heads, lines[1::2], strict=True))
        yield Story(name, kind, topic, told)  # type: ignore[arg-type]


def measure(path: Path) -> None:
    told = list(stories(path))
    once, named, apart = 0, 0, 0
    with tempfile.TemporaryDirectory() as data, Assistant.open(Path(data) / "desk") as desk:
        owner: dict[str, str] = {}
        for story in told:
            for place, (publisher, date, title, text) in enumerate(story.reports):
                one = Path(data) / f"{story.name}-{place}.txt"
                one.write_text(f"{title}\n\n{text}\n", "utf-8")
                added = desk.add([str(one)], corrections={"publisher": publisher, "published": date})
                record = added.documents[0].record
                assert record is not None, added.documents[0].error
                owner[record.document_id] = story.name
        for story in told:
            made = desk.brief(story.topic, length="long")
            cited = [one for one in made.citations if owner[one.document_id] == story.name]
            sources, documents = (
                independent_sources(cited, made.echoes),
                len({one.document_id for one in cited}),
            )
            mine = {one.number for one in cited}
            echoed = any(mine & set(one.citations) for one in made.echoes)
            if story.kind == "once":
                once += sources == 1
                named += echoed
            else:
                apart += sources == documents
            if (sources == 1 and echoed) if story.kind == "apart" else (sources != 1 or not echoed):
                found = [(one.origin, one.carriers) for one in made.echoes if mine & set(one.citations)]
                print(f"  {story.name}: {documents} reports cited, {sources} sources, {found}")
    of_one = sum(one.kind == "once" for one in told)
    print(f"{path.name}: told from one origin, counted once: {once} of {of_one}, the echo named: {named}; "
          f"told independently, counted apart: {apart} of {len(told) - of_one}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[_PLANTED / "thrice_developed.txt"])
    for path in parser.parse_args().files:
        measure(path)


if __name__ == "__main__":
    main()
