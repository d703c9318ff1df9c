"""Admiralty grades: the publisher's letter and the report's number, both set by the analyst, F6 until then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.results.answer import Citation
from vectorstore import Filters
from vectorstore.records import DocumentRecord

if TYPE_CHECKING:
    from assistant.workspace import Workspace

CONFIRMED, PROBABLY_TRUE, UNJUDGED = 1, 2, 6
# Cosine from which a passage of another publisher speaks of the same: passages of one story told twice in other words
# lie at .6 to .9, passages on other matters of the same country mostly below .5.
_SAME_MATTER = 0.55
_LOOKED_AT = 30


def grade_of(record: DocumentRecord, confirmed: Callable[[DocumentRecord], bool]) -> str:
    """ "B2"; "F6" for what nobody has graded. A 1 that no independent report bears out any more counts as 2."""
    number = record.credibility or UNJUDGED
    if number == CONFIRMED and not confirmed(record):
        number = PROBABLY_TRUE
    return f"{record.grade or 'F'}{number}"


def with_grades(
    citations: Sequence[Citation],
    records: Iterable[DocumentRecord],
    confirmed: Callable[[DocumentRecord], bool],
) -> tuple[Citation, ...]:
    """The citations with the grades of their reports as they stand now."""
    cited = {one.document_id for one in citations}
    grades = {one.document_id: grade_of(one, confirmed) for one in records if one.document_id in cited}
    return tuple(replace(one, grade=grades.get(one.document_id, one.grade)) for one in citations)


def confirmed_by_another(
    workspace: Workspace,
    record: DocumentRecord,
    *,
    documents: Sequence[DocumentRecord],
    filters: Filters | None = None,
) -> bool:
    """Whether one of `documents`, of another publisher and not in the same words, speaks of the same matter."""
    text = workspace.text(record.document_id)[:1_500]
    by_id = {one.document_id: one for one in documents}
    for passage in workspace.search(f"{record.title or ''} {text}", k=_LOOKED_AT, filters=filters):
        other = by_id.get(passage.document_id)
        if other is None or passage.similarity < _SAME_MATTER:
            continue
        apart = other.family is None or other.family != record.family
        if apart and (other.publisher or other.document_id) != (record.publisher or record.document_id):
            return True
    return False
