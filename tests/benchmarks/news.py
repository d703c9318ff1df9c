"""Made-up reports of a news article's length, no two alike, for scripts that measure speed."""

from __future__ import annotations

import random
from pathlib import Path

_WHO = (
    "villagers fishermen officials traders teachers soldiers farmers drivers nurses miners pilgrims".split()
)
_DID = (
    "crossed guarded repaired counted left reached blocked opened measured described visited rebuilt".split()
)
_WHAT = (
    "market bridge clinic well road school harbour mill archive reservoir station warehouse orchard".split()
)
_WHERE = "Aldera Benkolo Cassimar Dorvane Eskoby Fellahar Garminda Hostrava Illumbe Jarvenna Kesterol Lomidan".split()
_WHY = (
    "after the rains had ended", "because the old one had been damaged", "although the council had warned against it",
    "while negotiations went on in the capital", "before the dry season began", "as prices rose for a third month",
    "when the convoy did not arrive", "so that the harvest could be brought in", "despite repeated promises",
)  # fmt: skip


def sentence(chance: random.Random) -> str:
    who, did, what, where = (chance.choice(words) for words in (_WHO, _DID, _WHAT, _WHERE))
    tail = chance.choice(_WHY)
    if chance.random() < 0.3:
        when = f"{chance.choice(('March', 'June', 'October'))} {chance.randint(2012, 2023)}"
        return f"In {when}, {chance.randint(3, 900)} {who} {did} the {what} near {where} {tail}."
    committee = chance.choice(_WHAT)
    return f"The {who} of {where} {did} the {what} {tail}, said a member of the {committee} committee."


def article(number: int, words: int = 600) -> str:
    """Title and paragraphs; the same for the same number."""
    chance = random.Random(number)
    paragraphs: list[str] = []
    while sum(len(one.split()) for one in paragraphs) < words:
        paragraphs.append(" ".join(sentence(chance) for _ in range(chance.randint(2, 5))))
    title = f"{chance.choice(_WHERE)} and the {chance.choice(_WHAT)}: report {number}"
    return title + "\n\n" + "\n\n".join(paragraphs) + "\n"


def write(folder: Path, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"article-{number:04}.txt").write_text(article(number), "utf8")


def questions(count: int) -> list[str]:
    chance = random.Random(99)
    return [
        f"Who {chance.choice(_DID)} the {chance.choice(_WHAT)} near {chance.choice(_WHERE)} {chance.choice(_WHY)}?"
        for _ in range(count)
    ]
