"""Selects the passages that an answer is written from: no copies, more than one report, no cut-off references."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from assistant.language.words import needs_previous_sentence, numbers
from vectorstore import Passage
from vectorstore.ledger.near_duplicates import shingles

_ECHO_SHARE = 0.7  # share of the shorter passage's five-word runs above which two passages are copies
_LARGEST_SHARE = 0.8  # share of the places that one report may fill while another report waits …
_LEAST_RELATIVE_SCORE = 0.5  # … with a passage that scores at least this fraction of the best

PrecedingPassage = Callable[[Passage], Passage | None]  # the passage before one in its document


def select_passages(
    passages: Sequence[Passage], most: int, preceding: PrecedingPassage
) -> tuple[Passage, ...]:
    """About `most` of the passages, which are sorted best first.

    A passage that opens with a reference ("They irrigate …") follows the passage before it, which is added.
    """
    return _with_antecedents(_with_other_reports(without_copies(passages), most), preceding)


def without_copies(passages: Sequence[Passage]) -> list[Passage]:
    """The passages without those that repeat an earlier (better) one of another document.

    A copy with other figures is kept: it is a correction.
    """
    selected: list[tuple[Passage, frozenset[int]]] = []
    for passage in passages:
        words = shingles(passage.text)
        echo = any(
            passage.document_id != earlier.document_id
            and len(words & earlier_words) > _ECHO_SHARE * min(len(words), len(earlier_words))
            and numbers(passage.text) <= numbers(earlier.text)
            for earlier, earlier_words in selected
        )
        if not echo:
            selected.append((passage, words))
    return [passage for passage, _ in selected]


def _with_other_reports(passages: Sequence[Passage], most: int) -> list[Passage]:
    """The first `most` passages; if one report fills more than 80 %, its last ones give way to other reports.

    With `most` 10, ten passages of one report and two good ones of another: eight and two.
    """
    chosen = list(passages[:most])
    if len(chosen) < most:
        return chosen
    report, count = Counter(passage.document_id for passage in chosen).most_common(1)[0]
    waiting = [
        passage
        for passage in passages[most:]
        if passage.document_id != report and passage.score >= _LEAST_RELATIVE_SCORE * passages[0].score
    ]
    too_many = min(count - int(_LARGEST_SHARE * most), len(waiting))
    for _ in range(too_many):
        index = max(place for place, passage in enumerate(chosen) if passage.document_id == report)
        del chosen[index]
    return chosen + waiting[: max(0, too_many)]


def _with_antecedents(passages: Sequence[Passage], preceding: PrecedingPassage) -> tuple[Passage, ...]:
    """The passages, each that opens with a reference ("These were …") preceded by the passage before it."""
    passage_ids = {passage.passage_id for passage in passages}
    selected: list[Passage] = []
    for passage in passages:
        if needs_previous_sentence(passage.text):
            before = preceding(passage)
            if before is not None and before.passage_id not in passage_ids:
                passage_ids.add(before.passage_id)
                selected.append(before)
        selected.append(passage)
    return tuple(selected)
