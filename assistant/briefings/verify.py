"""Checks a saved answer or briefing against the index: quotes character by character, support sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.briefings.judgements import judgement_faults
from assistant.events.casualties import PAST_FATES
from assistant.grounding import Checker
from assistant.grounding.surroundings import DocumentText, surroundings
from assistant.language.date_resolution import DateContext, event_dates
from assistant.results.annotations import foreign_attribution, without_annotations
from assistant.results.answer import escape_markers
from assistant.results.briefing import Briefing
from assistant.sourcing.sourcing import with_counts
from vectorstore import NotFound
from vectorstore.terms import fold

VerifyProblem = dict[str, str]  # {"where", "message"}

_LISTS = (
    "sentences",
    "bottom_line",
    "key_judgements",
    "alternatives",
    "chronology",
)  # JSON keys of rows with citations
_JUDGED = ("key judgements", "alternatives")  # sections in which a model's own judgements stand
_ELLIPSIS = "…"  # the mark with which the chronology cuts long sentences


def verify(saved: Mapping[str, Any], text_of: DocumentText, checker: Checker | None = None) -> dict[str, Any]:
    """Check the JSON of an Answer or a Briefing; returns {"ok", "problems": [{"where", "message"}]}.

    Every quote must be the document's text at its offsets; every citation number must resolve and be used; a verbatim
    sentence must stand in its quotes; `checker` (by default the rules without a model) must still find a supported
    sentence supported; and an answer's text must hold its sentences. `text_of` gives the text of a document by id and
    generation, and raises NotFound. Raises ModelUnavailable if the checking model cannot be loaded.
    """
    try:
        problems = list(_problems(saved, text_of, checker or Checker()))
    except (KeyError, TypeError, AttributeError) as error:
        message = (
            f"this is not the JSON of an answer or a briefing ({error!r}): give the output of `brief --json`"
        )
        problems = [_problem("file", message)]
    return {"ok": not problems, "problems": problems}


def _problems(saved: Mapping[str, Any], text_of: DocumentText, checker: Checker) -> Iterator[VerifyProblem]:
    """Yield every problem. Raises KeyError, TypeError or AttributeError if the JSON has another shape."""
    if "citations" not in saved or not ("sentences" in saved or "paragraphs" in saved):
        raise KeyError("citations")
    quotes = {citation["number"]: citation["quote"] for citation in saved["citations"]}
    for citation in saved["citations"]:
        yield from _citation(citation, text_of)
    if sorted(quotes) != list(range(1, len(saved["citations"]) + 1)):
        yield _problem("citations", f"the numbers {sorted(quotes)} do not count from 1 without a gap")
    cited = {citation["number"]: citation for citation in saved["citations"]}
    used: set[int] = set()
    for where, row in _rows(saved):
        used |= set(row["citations"])
        missing = [number for number in row["citations"] if number not in quotes]
        if missing:
            yield _problem(where, f"cites {missing}, which the list of citations does not hold")
        else:
            yield from _support(where, row, [cited[number] for number in row["citations"]], text_of, checker)
    for number in sorted(set(quotes) - used):
        yield _problem(f"citation {number}", "is cited by no sentence")
    if "answer" in saved:
        yield from _answer(saved, set(quotes))
    if "source_summary" in saved:
        yield from _counts(saved)


def _counts(saved: Mapping[str, Any]) -> Iterator[VerifyProblem]:
    """Problems of a briefing's source summary and confidence levels, which are recounted from its citations."""
    briefing = Briefing.from_json(saved)
    recounted = with_counts(briefing)
    if recounted.source_summary != briefing.source_summary:
        yield _problem(
            "source summary", f"is not what the citations give, which is: {recounted.source_summary.text}"
        )
    pairs = zip(briefing.paragraphs, recounted.paragraphs, strict=True)
    for place, (paragraph, by_count) in enumerate(pairs, start=1):
        if paragraph.confidence is not None and paragraph.confidence != by_count.confidence:
            expected = by_count.confidence.text if by_count.confidence else "none, for it cites nothing"
            yield _problem(
                f"paragraph {place}", f"its confidence is not what the citations give, which is: {expected}"
            )


def _support(
    where: str,
    row: Mapping[str, Any],
    cited: list[Mapping[str, Any]],
    text_of: DocumentText,
    checker: Checker,
) -> Iterator[VerifyProblem]:
    """Problems of one row: whether `cited`, the citations it names, support it as its `support` says."""
    support, shown = row.get("support"), f"“{row['text'][:80]}”"
    quotes = [citation["quote"] for citation in cited]
    if support in ("verbatim", "supported") and not cited:
        yield _problem(where, f"is called {support} but cites nothing: {shown}")
    elif support == "verbatim" and not _stands(row["text"], quotes):
        yield _problem(where, f"is called verbatim but does not stand in its quotes: {shown}")
    elif (foreign := _of_another(row["text"], cited)) is not None:
        yield _problem(where, f"says “{foreign}”, which is not what it cites: {shown}")
    elif where.startswith("chronology"):
        yield from _event(where, row, cited, text_of)
    elif support == "note" and where.startswith(_JUDGED):
        yield from _judgement(where, row, quotes, surroundings(cited, text_of), checker)
    elif support == "supported":
        verdict = checker(without_annotations(row["text"]), quotes, surroundings(cited, text_of))
        if verdict.support == "unsupported":
            yield _problem(where, f"is called supported, but {'; '.join(verdict.reasons)}: {shown}")


def _event(
    where: str, row: Mapping[str, Any], cited: list[Mapping[str, Any]], text_of: DocumentText
) -> Iterator[VerifyProblem]:
    """Problems of a row of the chronology: text, date, place, actor and casualties must all come from its sources."""
    quotes = [citation["quote"] for citation in cited]
    pieces = [piece.strip() for piece in row["text"].split(_ELLIPSIS) if piece.strip()]
    if cited and not any(all(_stands(piece, [quote]) for piece in pieces) for quote in quotes):
        yield _problem(where, f"does not stand in its quotes: “{row['text'][:80]}”")
    if cited and not any(row["date"] in _dates(citation, text_of) for citation in cited):
        yield _problem(where, f"its sources do not date it {row['date']}: “{row['text'][:80]}”")
    near = fold(" ".join([surroundings(cited, text_of), *quotes]))
    for name in ("place", "actor", "casualties"):
        strange = [word for word in re.findall(r"\w+", fold(row.get(name) or "")) if word not in near]
        if strange and not set(strange) <= PAST_FATES:
            yield _problem(where, f"its {name}, “{row[name]}”, does not stand in its sources")


def _dates(citation: Mapping[str, Any], text_of: DocumentText) -> set[str | None]:
    """The ISO dates in a quote, with missing years completed from its report; empty if the report is gone."""
    try:
        text = text_of(citation["document_id"], citation.get("generation"))
    except NotFound:
        return set()
    context = DateContext(text[: citation["start"]], text, citation.get("published"))
    return {date.date for date in event_dates(" ".join(citation["quote"].split()), context)}


def _judgement(
    where: str, row: Mapping[str, Any], quotes: list[str], around: str, checker: Checker
) -> Iterator[VerifyProblem]:
    """Problems of a model's own judgement, which must rest on what it cites; see judgements.py."""
    wrong = judgement_faults(row["text"], quotes, around, checker) if quotes else ["cites nothing"]
    if wrong:
        yield _problem(where, f"is no judgement on cited facts: {'; '.join(wrong)}: “{row['text'][:80]}”")


def _of_another(text: str, cited: list[Mapping[str, Any]]) -> str | None:
    """The date and publisher added to a sentence, if they are not those of any report it cites; else None."""
    if any(" ".join(text.split()) in " ".join(citation["quote"].split()) for citation in cited):
        return None  # the source's own words
    return foreign_attribution(
        text, [(citation.get("published"), citation.get("publisher")) for citation in cited]
    )


def _answer(saved: Mapping[str, Any], numbers: set[int]) -> Iterator[VerifyProblem]:
    """Problems of an answer's text, which must hold every sentence and the markers of exactly these `numbers`."""
    text, sentences = saved["answer"], saved.get("sentences", ())
    markers = {int(number) for number in re.findall(r"\[(\d+)\]", text)}
    for number in sorted(markers - numbers):
        yield _problem("answer", f"the marker [{number}] leads nowhere")
    for number in sorted(numbers - markers):
        yield _problem("answer", f"citation {number} has no marker in the text")
    plain = " ".join(text.split())
    for place, row in enumerate(sentences, start=1):
        if " ".join(escape_markers(row["text"]).split()) not in plain:
            yield _problem("answer", f"does not hold sentence {place}: “{row['text'][:80]}”")
    if saved.get("refused") and numbers:
        yield _problem("citations", "a refused answer cites nothing, and this one does")
    if saved.get("refused") and any(row.get("support") != "note" for row in sentences):
        yield _problem("sentences", "those of a refused answer are notes")
    if saved.get("refused") is False and not numbers:
        yield _problem(
            "refused", "an answer that cites nothing is a refusal, and this one is not marked as one"
        )


def _citation(citation: Mapping[str, Any], text_of: DocumentText) -> Iterator[VerifyProblem]:
    """Problems of a citation, whose quote must be the document's text at its offsets."""
    where = f"citation {citation['number']}"
    try:
        text = text_of(citation["document_id"], citation.get("generation"))
    except NotFound as error:
        yield _problem(where, error.message)
        return
    quote = text[citation["start"] : citation["end"]]
    if quote != citation["quote"]:
        yield _problem(
            where, f"the quote “{citation['quote'][:80]}” is not what the document holds: “{quote[:80]}”"
        )


def _rows(saved: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (place in words, row) for everything that cites: sentences, events, sides of a disagreement."""
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
    """True if a sentence stands in one of its quotes; spacing and a date the desk added in brackets do not matter.

    `_stands("The port\\tis closed.", ["The port is closed. Rain fell."])` is True.
    """
    plain_quotes = [" ".join(quote.split()) for quote in quotes]
    shown = " ".join(text.split())
    plain = without_annotations(shown)
    return any(shown in quote or plain in quote for quote in plain_quotes)


def _problem(where: str, message: str) -> VerifyProblem:
    return {"where": where, "message": message}
