"""Saved answers and briefings without what rested on a source that is being erased."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any

REDACTED = "[erased with its source]"
_EVENT = ("place", "actor", "casualties")  # an event's row says them in the source's words

RedactionCallback = Callable[[str], None]


def redact(saved: dict[str, Any], dead: Set[int], tell: RedactionCallback = lambda _: None) -> bool:
    """Redact, in the JSON of an answer or a briefing, everything that rests on a dead generation.

    `tell` is called with each sentence that goes. Says whether anything did.
    """
    nearest = saved.pop("nearest", None)  # whole passages, shown once with a refusal: not worth keeping
    gone = {one["number"] for one in saved.get("citations", []) if one.get("generation") in dead}
    if not gone:
        return bool(nearest)
    named = _names(saved["citations"], gone)
    for one in saved["citations"]:
        if one["number"] in gone:
            one.update(quote=REDACTED, title=None, authors=[], publisher=None, source=REDACTED, heading=None)
    if "answer" in saved:
        _sentences(saved["sentences"], gone, tell)
        saved["understood"] = None  # a follow-up may be understood in the words of an answer before it
        saved["answer"] = " ".join(
            row["text"] + "".join(f" [{n}]" for n in row["citations"]) for row in saved["sentences"]
        )
    else:
        _briefing(saved, gone, named, tell)
    return True


def _names(citations: list[dict[str, Any]], gone: Set[int]) -> list[str]:
    """What the desk may call a source that is gone, where it speaks of it without citing it."""
    rows = [one for one in citations if one["number"] in gone]
    named = [one.get(name) for one in rows for name in ("title", "publisher", "source", "heading")]
    return [name for name in [*named, *(author for one in rows for author in one.get("authors", ()))] if name]


def _sentences(rows: list[dict[str, Any]], gone: Set[int], tell: RedactionCallback) -> bool:
    """Redact sentences that cite what is gone, and the desk's own remarks beside them; says whether there were any."""
    touched = [row for row in rows if not gone.isdisjoint(row["citations"])]
    for row in touched:
        tell(row["text"])
    if touched:
        for row in rows:
            if row in touched or not row["citations"]:
                row["text"] = REDACTED
                row.update({name: None for name in _EVENT if name in row})
    return bool(touched)


def _briefing(saved: dict[str, Any], gone: Set[int], named: list[str], tell: RedactionCallback) -> None:
    for name in ("bottom_line", "key_judgements", "alternatives"):
        _sentences(saved.get(name, []), gone, tell)
    for paragraph in saved["paragraphs"]:
        if _sentences(paragraph["sentences"], gone, tell):
            named.append(paragraph["heading"])  # made of the sources' words
            paragraph["heading"] = REDACTED
    _sentences(saved["chronology"], gone, tell)
    for conflict in saved["conflicts"]:
        if _sentences(conflict["sides"], gone, tell):
            conflict["about"] = REDACTED
    saved["echoes"] = [one for one in saved.get("echoes", []) if gone.isdisjoint(one["citations"])]
    for gap in saved["gaps"]:
        if any(name in gap["text"] for name in named):
            gap["text"] = REDACTED
    left = [one for one in saved["citations"] if one["number"] not in gone]
    saved["source_summary"].update(
        publishers=list(dict.fromkeys(one["publisher"] for one in left if one["publisher"])),
        text="Sources that this briefing rested on have been erased.",
    )
