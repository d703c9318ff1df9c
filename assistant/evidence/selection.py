"""What goes to a writer, of what was found: no report's words twice, several reports, and no thought cut in two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from assistant.language.words import leans_back, numbers
from vectorstore import Passage
from vectorstore.ledger.near_duplicates import shingles

_SAME = 0.7  # runs of five words shared, of those of the shorter passage
_MOST_OF_ONE = 0.8  # of the places, where another report has something to say …
_WORTH_HEARING = 0.5  # … that scores at least this part of the best

PrecedingPassage = Callable[[Passage], Passage | None]


def select_passages(found: Sequence[Passage], most: int, preceding: PrecedingPassage) -> tuple[Passage, ...]:
    """Of passages, best first, about `most` to write from.

    The best come first; one that goes on with a thought follows the passage before it, which comes in addition.
    """
    return _with_beginnings(_of_several(without_echoes(found), most), preceding)


def without_echoes(passages: Sequence[Passage]) -> list[Passage]:
    """Those that do not repeat a better one of another document.

    One whose figures differ is no echo but a correction, and stays.
    """
    kept: list[tuple[Passage, frozenset[int]]] = []
    for one in passages:
        words = shingles(one.text)
        echo = any(
            one.document_id != other.document_id
            and len(words & said) > _SAME * min(len(words), len(said))
            and numbers(one.text) <= numbers(other.text)
            for other, said in kept
        )
        if not echo:
            kept.append((one, words))
    return [one for one, _ in kept]


def _of_several(passages: Sequence[Passage], most: int) -> list[Passage]:
    """The first `most`; of them the last few of a report that fills nearly all give way to other reports."""
    chosen = list(passages[:most])
    if len(chosen) < most:
        return chosen
    report, count = Counter(one.document_id for one in chosen).most_common(1)[0]
    waiting = [
        one
        for one in passages[most:]
        if one.document_id != report and one.score >= _WORTH_HEARING * passages[0].score
    ]
    too_many = min(count - int(_MOST_OF_ONE * most), len(waiting))
    for _ in range(too_many):
        last = max(place for place, one in enumerate(chosen) if one.document_id == report)
        del chosen[last]
    return chosen + waiting[: max(0, too_many)]


def _with_beginnings(passages: Sequence[Passage], preceding: PrecedingPassage) -> tuple[Passage, ...]:
    """ "These were …" at the beginning of a passage is nothing without the passage before it."""
    there = {one.passage_id for one in passages}
    whole: list[Passage] = []
    for one in passages:
        if leans_back(one.text):
            before = preceding(one)
            if before is not None and before.passage_id not in there:
                there.add(before.passage_id)
                whole.append(before)
        whole.append(one)
    return tuple(whole)
