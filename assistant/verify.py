"""Checking a saved answer or briefing against the index: byte by byte for quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from assistant.dates import without_report_date
from vectorstore import NotFound

TextOf = Callable[[str, int | None], str]  # document id, generation -> extracted text
Problem = dict[str, str]  # where, message

_LISTS = ("sentences", "bottom_line", "chronology")


def verify(saved: Mapping[str, Any], text_of: TextOf) -> dict[str, Any]:
    """Check the JSON of an Answer or a Briefing: {"ok", "problems": [{"where", "message"}]}.

    Every quote must be the document's text at its offsets, every number must resolve and be used, and
    a verbatim sentence must stand in what it cites.
    """
    try:
        problems = list(_problems(saved, text_of))
    except (KeyError, TypeError, AttributeError) as error:
        message = (
            f"this is not the JSON of an answer or a briefing ({error!r}): give the output of `brief --json`"
        )
        problems = [_problem("file", message)]
    return {"ok": not problems, "problems": problems}


def _problems(saved: Mapping[str, Any], text_of: TextOf) -> Iterator[Problem]:
    if "citations" not in saved or not ("sentences" in saved or "paragraphs" in saved):
        raise KeyError("citations")
    quotes = {one["number"]: one["quote"] for one in saved["citations"]}
    for citation in saved["citations"]:
        yield from _citation(citation, text_of)
    if sorted(quotes) != list(range(1, len(saved["citations"]) + 1)):
        yield _problem("citations", f"the numbers {sorted(quotes)} do not count from 1 without a gap")
    used: set[int] = set()
    for where, row in _rows(saved):
        used |= set(row["citations"])
        missing = [number for number in row["citations"] if number not in quotes]
        if missing:
            yield _problem(where, f"cites {missing}, which the list of citations does not hold")
        elif row.get("support") == "verbatim" and not _stands(
            row["text"], [quotes[n] for n in row["citations"]]
        ):
            yield _problem(
                where, f"is called verbatim but does not stand in its quotes: “{row['text'][:80]}”"
            )
    for number in sorted(set(quotes) - used):
        yield _problem(f"citation {number}", "is cited by no sentence")
    for number in sorted({int(n) for n in re.findall(r"\[(\d+)\]", saved.get("answer", ""))} - set(quotes)):
        yield _problem("answer", f"the marker [{number}] leads nowhere")


def _citation(citation: Mapping[str, Any], text_of: TextOf) -> Iterator[Problem]:
    where = f"citation {citation['number']}"
    try:
        text = text_of(citation["document_id"], citation.get("generation"))
    except NotFound as error:
        yield _problem(where, error.message)
        return
    found = text[citation["start"] : citation["end"]]
    if found != citation["quote"]:
        yield _problem(
            where, f"the quote “{citation['quote'][:80]}” is not what the document holds: “{found[:80]}”"
        )


def _rows(saved: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name in _LISTS:
        for number, row in enumerate(saved.get(name, ()), start=1):
            yield f"{name.replace('_', ' ')} {number}", row
    for place, paragraph in enumerate(saved.get("paragraphs", ()), start=1):
        for number, row in enumerate(paragraph["sentences"], start=1):
            yield f"paragraph {place}, sentence {number}", row
    for place, conflict in enumerate(saved.get("conflicts", ()), start=1):
        for side in conflict["sides"]:
            yield f"disagreement {place}", side


def _stands(text: str, quotes: list[str]) -> bool:
    """Whether a sentence stands in its quotes, white space and the desk's bracketed date aside."""
    held = [" ".join(quote.split()) for quote in quotes]
    said = " ".join(text.split())
    plain = without_report_date(said)
    return any(said in quote or plain in quote for quote in held)


def _problem(where: str, message: str) -> Problem:
    return {"where": where, "message": message}
