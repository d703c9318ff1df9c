"""Admiralty grades (A1 to F6): a letter for the publisher, a number for the report, both set by the analyst.

Ungraded is F6. A 1 ("confirmed") also needs an independent report in the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.results.answer import Citation
from vectorstore import Filters
from vectorstore.records import DocumentRecord

if TYPE_CHECKING:
    from assistant.workspace import Workspace

CONFIRMED, PROBABLY_TRUE, UNGRADED = 1, 2, 6
# Least cosine for a passage of another publisher to be about the same thing.
# threshold | data                                          | metric | value
# .55       | one story told twice in other words           | cosine | .6 to .9
# .55       | other matters of the same country             | cosine | mostly below .5
_SAME_MATTER = 0.55
_PASSAGES = 30  # passages searched for a confirmation
_OPENING = 1_500  # characters of the report that are searched for


def grade_of(record: DocumentRecord, confirmed: Callable[[DocumentRecord], bool]) -> str:
    """The grade of a report, e.g. "B2"; "F6" if ungraded.

    A 1 counts as 2 unless `confirmed(record)`: the report that confirmed it may be gone.
    """
    number = record.credibility or UNGRADED
    if number == CONFIRMED and not confirmed(record):
        number = PROBABLY_TRUE
    return f"{record.grade or 'F'}{number}"


def with_grades(
    citations: Sequence[Citation],
    records: Iterable[DocumentRecord],
    confirmed: Callable[[DocumentRecord], bool],
) -> tuple[Citation, ...]:
    """The citations with the current grades of their reports; `confirmed` as in `grade_of`."""
    cited = {citation.document_id for citation in citations}
    grades = {
        record.document_id: grade_of(record, confirmed) for record in records if record.document_id in cited
    }
    return tuple(
        replace(citation, grade=grades.get(citation.document_id, citation.grade)) for citation in citations
    )


def confirmed_by_another(
    workspace: Workspace,
    record: DocumentRecord,
    *,
    documents: Sequence[DocumentRecord],
    filters: Filters | None = None,
) -> bool:
    """Whether one of `documents`, by another publisher and no near-duplicate, is about the same thing.

    `filters` narrow the search. A passage counts from a cosine of .55.
    """
    text = workspace.text(record.document_id)[:_OPENING]
    by_id = {document.document_id: document for document in documents}
    for passage in workspace.search(f"{record.title or ''} {text}", k=_PASSAGES, filters=filters):
        match = by_id.get(passage.document_id)
        if match is None or passage.similarity < _SAME_MATTER:
            continue
        apart = match.family is None or match.family != record.family
        if apart and (match.publisher or match.document_id) != (record.publisher or record.document_id):
            return True
    return False
