"""A briefing read back from its JSON, of which nothing is believed before it is looked at."""

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

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_GRADE = re.compile(r"[A-F][1-6]")


class NotABriefing(ValueError):
    """The text is not the JSON of a briefing, or its citations do not resolve; says where."""


def read_briefing(text: str) -> Briefing:
    """The briefing of a JSON text as `brief --json` writes it. Raises NotABriefing."""
    try:
        row = json.loads(text)
    except ValueError as error:
        raise NotABriefing(f"it is not JSON ({error})") from error
    if not isinstance(row, dict):
        raise NotABriefing("it is not one JSON object")
    try:
        made = _shape().validate_json(json.dumps(asdict(Briefing.from_json(row))), strict=True)
    except KeyError as error:
        raise NotABriefing(f"it lacks {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise NotABriefing(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except (TypeError, AttributeError) as error:
        raise NotABriefing(str(error)) from error
    wrong = next(_faults(made), None)
    if wrong is not None:
        raise NotABriefing(wrong)
    return made


@cache
def _shape() -> TypeAdapter[Briefing]:
    return TypeAdapter(Briefing)


def _faults(one: Briefing) -> Iterator[str]:
    numbers = [citation.number for citation in one.citations]
    if len(set(numbers)) < len(numbers):
        yield "two citations have one number"
    for number in sorted(set(_used(one)) - set(numbers)):
        yield f"it cites [{number}], which its list of citations does not hold"
    summary = one.source_summary
    dates = [one.as_of, summary.oldest, summary.newest, *(each.published for each in one.citations)]
    dates += [each.date for each in one.chronology]
    dates += [side.date for each in one.conflicts for side in each.sides]
    for date in dates:
        if date is not None and not _DATE.fullmatch(date):
            yield f"{date!r} is not a date like 2023, 2023-06 or 2023-06-30"
    for citation in one.citations:
        if not _GRADE.fullmatch(citation.grade):
            yield f"{citation.grade!r} is not a grade like B2"
    try:
        handling_marking(one.handling)
    except ValueError as error:
        yield str(error)


def _used(one: Briefing) -> Iterator[int]:
    written = [*one.bottom_line, *one.key_judgements, *one.alternatives]
    written += [each for paragraph in one.paragraphs for each in paragraph.sentences]
    sides = [side for each in one.conflicts for side in each.sides]
    yield from chain.from_iterable(each.citations for each in written)
    yield from chain.from_iterable(each.citations for each in one.chronology)
    yield from chain.from_iterable(each.citations for each in sides)
    yield from chain.from_iterable(each.citations for each in one.echoes)
