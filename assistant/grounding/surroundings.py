"""The text around quotes, for the checker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from vectorstore import NotFound

DocumentText = Callable[[str, int | None], str]  # document id, generation -> extracted text


_AROUND = 1_000  # characters on either side of a quote: about its passage, which the writer had before it


def surroundings(cited: Sequence[Mapping[str, Any]], text_of: DocumentText) -> str:
    """Titles and surroundings of the quotes; nothing for a document that is gone, which is told elsewhere."""
    found = []
    for one in cited:
        try:
            text = text_of(one["document_id"], one.get("generation"))
        except NotFound:
            continue
        near = text[max(0, one["start"] - _AROUND) : one["end"] + _AROUND]
        found.append("\n\n".join([one.get("title") or "", near]))
    return "\n\n".join(found)
