"""Collects the text around quotes, by which the checker resolves "they" and missing years."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from vectorstore import NotFound

DocumentText = Callable[[str, int | None], str]  # (document id, generation) -> extracted text
_AROUND = 1_000  # characters on either side of a quote: about the passage that the writer saw


def surroundings(citations: Sequence[Mapping[str, Any]], text_of: DocumentText) -> str:
    """Title and surrounding text of each citation (a row with document_id, start, end), joined by blank lines.

    Documents that were removed are skipped: verification reports them.
    """
    parts = []
    for citation in citations:
        try:
            text = text_of(citation["document_id"], citation.get("generation"))
        except NotFound:
            continue
        excerpt = text[max(0, citation["start"] - _AROUND) : citation["end"] + _AROUND]
        parts.append("\n\n".join([citation.get("title") or "", excerpt]))
    return "\n\n".join(parts)
