"""Redaction of saved answers and briefings when a source that they rest on is erased."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any

REDACTED = "[erased with its source]"
_EVENT = ("place", "actor", "casualties")  # fields of a chronology row that repeat the source's words

RedactionCallback = Callable[[str], None]  # gets the text of each sentence that is redacted


def redact(saved: dict[str, Any], dead: Set[int], on_redact: RedactionCallback = lambda _: None) -> bool:
    """Redact in place everything in the JSON of an answer or a briefing that rests on a dead generation.

    `on_redact` is called with each sentence before it is redacted. Returns True if anything changed.
    """
    nearest = saved.pop("nearest", None)  # whole passages, shown once with a refusal: not worth keeping
    erased = {
        citation["number"] for citation in saved.get("citations", []) if citation.get("generation") in dead
    }
    if not erased:
        return bool(nearest)
    names = _names(saved["citations"], erased)
    for citation in saved["citations"]:
        if citation["number"] in erased:
            citation.update(
                quote=REDACTED, title=None, authors=[], publisher=None, source=REDACTED, heading=None
            )
    if "answer" in saved:
        _sentences(saved["sentences"], erased, on_redact)
        saved["understood"] = (
            None  # the follow-up question as understood may repeat words of an earlier answer
        )
        saved["answer"] = " ".join(
            row["text"] + "".join(f" [{n}]" for n in row["citations"]) for row in saved["sentences"]
        )
    else:
        _briefing(saved, erased, names, on_redact)
    return True


def _names(citations: list[dict[str, Any]], erased: Set[int]) -> list[str]:
    """Title, publisher, file, heading and authors of erased sources: a gap may name them without a citation."""
    rows = [citation for citation in citations if citation["number"] in erased]
    names = [row.get(field) for row in rows for field in ("title", "publisher", "source", "heading")]
    return [name for name in [*names, *(author for row in rows for author in row.get("authors", ()))] if name]


def _sentences(rows: list[dict[str, Any]], erased: Set[int], on_redact: RedactionCallback) -> bool:
    """Redact sentences that cite what is erased, and the uncited remarks beside them; True if there were any."""
    touched = [row for row in rows if not erased.isdisjoint(row["citations"])]
    for row in touched:
        on_redact(row["text"])
    if touched:
        for row in rows:
            if row in touched or not row["citations"]:
                row["text"] = REDACTED
                row.update({field: None for field in _EVENT if field in row})
    return bool(touched)


def _briefing(
    saved: dict[str, Any], erased: Set[int], names: list[str], on_redact: RedactionCallback
) -> None:
    """Redact a briefing; `names` are what its gaps may call an erased source, and headings are added to them."""
    for part in ("bottom_line", "key_judgements", "alternatives"):
        _sentences(saved.get(part, []), erased, on_redact)
    for paragraph in saved["paragraphs"]:
        if _sentences(paragraph["sentences"], erased, on_redact):
            names.append(paragraph["heading"])  # made of the sources' words
            paragraph["heading"] = REDACTED
    _sentences(saved["chronology"], erased, on_redact)
    for conflict in saved["conflicts"]:
        if _sentences(conflict["sides"], erased, on_redact):
            conflict["about"] = REDACTED
    saved["echoes"] = [echo for echo in saved.get("echoes", []) if erased.isdisjoint(echo["citations"])]
    for gap in saved["gaps"]:
        if any(name in gap["text"] for name in names):
            gap["text"] = REDACTED
    remaining = [citation for citation in saved["citations"] if citation["number"] not in erased]
    saved["source_summary"].update(
        publishers=list(
            dict.fromkeys(citation["publisher"] for citation in remaining if citation["publisher"])
        ),
        text="Sources that this briefing rested on have been erased.",
    )
