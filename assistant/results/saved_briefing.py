"""Reads a briefing back from JSON, checking its shape, dates, grades and citation numbers first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from itertools import chain

from pydantic import TypeAdapter, ValidationError

from assistant.results.briefing import Briefing
from assistant.results.handling import handling_marking
from vectorstore.records import parse_date

_GRADE = re.compile(r"[A-F][1-6]")


class NotABriefing(ValueError):
    """The text is not the JSON of a briefing, or a value in it is wrong; the message says where."""


def read_briefing(text: str) -> Briefing:
    """The briefing in a JSON text as `brief --json` writes it.

    Raises NotABriefing if it is no JSON, not a briefing, or has a dangling citation, a bad date, grade or marking.
    """
    try:
        row = json.loads(text)
    except ValueError as error:
        raise NotABriefing(f"it is not JSON ({error})") from error
    if not isinstance(row, dict):
        raise NotABriefing("it is not one JSON object")
    try:
        briefing = _shape().validate_json(json.dumps(asdict(Briefing.from_json(row))), strict=True)
    except KeyError as error:
        raise NotABriefing(f"it lacks {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise NotABriefing(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except (TypeError, AttributeError) as error:
        raise NotABriefing(str(error)) from error
    fault = next(_faults(briefing), None)
    if fault is not None:
        raise NotABriefing(fault)
    return briefing


@cache
def _shape() -> TypeAdapter[Briefing]:
    return TypeAdapter(Briefing)


def _faults(briefing: Briefing) -> Iterator[str]:
    """Yield what is wrong with a briefing of the right shape, in words."""
    numbers = [citation.number for citation in briefing.citations]
    if len(set(numbers)) < len(numbers):
        yield "two citations have one number"
    for number in sorted(set(_cited_numbers(briefing)) - set(numbers)):
        yield f"it cites [{number}], which its list of citations does not hold"
    summary = briefing.source_summary
    dates = [
        briefing.as_of,
        summary.oldest,
        summary.newest,
        *(citation.published for citation in briefing.citations),
        *(event.date for event in briefing.chronology),
        *(side.date for conflict in briefing.conflicts for side in conflict.sides),
    ]
    for date in dates:
        if date is not None and not _is_date(date):
            yield f"{date!r} is not a date like 2023, 2023-06 or 2023-06-30"
    for citation in briefing.citations:
        if not _GRADE.fullmatch(citation.grade):
            yield f"{citation.grade!r} is not a grade like B2"
    try:
        handling_marking(briefing.handling)
    except ValueError as error:
        yield str(error)


def _is_date(text: str) -> bool:
    """Whether a text is a date as the index keeps it: "2023-06" is one, "2023-02-31" and " 2023" are none."""
    try:
        return parse_date(text) == text
    except ValueError:
        return False


def _cited_numbers(briefing: Briefing) -> Iterator[int]:
    """Yield every citation number used in any part of a briefing, with repetitions."""
    sentences = [
        *briefing.bottom_line,
        *briefing.key_judgements,
        *briefing.alternatives,
        *(sentence for paragraph in briefing.paragraphs for sentence in paragraph.sentences),
    ]
    sides = [side for conflict in briefing.conflicts for side in conflict.sides]
    yield from chain.from_iterable(sentence.citations for sentence in sentences)
    yield from chain.from_iterable(event.citations for event in briefing.chronology)
    yield from chain.from_iterable(side.citations for side in sides)
    yield from chain.from_iterable(echo.citations for echo in briefing.echoes)
