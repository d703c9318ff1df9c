"""The texts written for training: numbered sentences, questions with their answers, pairs of claims.

One line each: `# title | kind | date`; `N sentence`; `Q kind | question | N: exact words | …`, or `-` for no
answer; `P kind | N,N | faithful claim | false claim`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


class MalformedText(ValueError):
    """A line that is none of the four, or names a sentence or words that are not there."""


@dataclass(frozen=True)
class WrittenQuestion:
    kind: str
    question: str
    answers: tuple[
        tuple[int, str], ...
    ]  # (sentence, 1-based; its answering words), the best first; () for none


@dataclass(frozen=True)
class WrittenPair:
    kind: str
    cited: tuple[int, ...]  # sentences, 1-based
    faithful: str
    false: str


@dataclass
class OwnText:
    name: str  # of its file and its place in it, "1_1-0"
    title: str
    kind: str
    date: str
    sentences: list[str] = field(default_factory=list)
    questions: list[WrittenQuestion] = field(default_factory=list)
    pairs: list[WrittenPair] = field(default_factory=list)


def read_own_texts(folder: Path = FOLDER) -> list[OwnText]:
    """All texts of a folder, in the order of their files. Raises MalformedText."""
    return [text for path in sorted(folder.glob("*.txt")) for text in _read(path)]


def _read(path: Path) -> Iterator[OwnText]:
    text: OwnText | None = None
    count = 0
    for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
        parts = [part.strip() for part in line.split("|")]
        try:
            if line.startswith("# "):
                if text is not None:
                    yield text
                title, kind, date = parts
                text = OwnText(f"{path.stem}-{count}", title[2:], kind, date)
                count += 1
            elif text is not None and line.strip():
                _add(text, line, parts)
        except (ValueError, IndexError) as error:
            raise MalformedText(f"{path.name}, line {number}: {error}: {line[:80]}") from error
    if text is not None:
        yield text


def _add(text: OwnText, line: str, parts: list[str]) -> None:
    if line.startswith("Q "):
        answers = () if parts[2] == "-" else tuple(_answer(text, part) for part in parts[2:])
        text.questions.append(WrittenQuestion(parts[0][2:], parts[1], answers))
    elif line.startswith("P "):
        kind, cited, faithful, false = parts
        numbers = tuple(int(one) for one in cited.split(","))
        if not all(0 < one <= len(text.sentences) for one in numbers):
            raise ValueError(f"no such sentence in {cited}")
        text.pairs.append(WrittenPair(kind[2:], numbers, faithful, false))
    else:
        number, sentence = line.split(" ", 1)
        if int(number) != len(text.sentences) + 1:
            raise ValueError("sentences out of order")
        text.sentences.append(sentence.strip())


def _answer(text: OwnText, part: str) -> tuple[int, str]:
    found = re.fullmatch(r"(\d+): ?(.+)", part)
    if not found:
        raise ValueError(f"no answer: {part}")
    number, words = int(found[1]), found[2].strip()
    if words not in text.sentences[number - 1]:
        raise ValueError(f"{words!r} is not in sentence {number}")
    return number, words
