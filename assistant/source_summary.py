"""What a briefing rests on, counted from its citations and sentences alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.answer import Citation, Sentence
from assistant.briefing import SourceSummary


def summarise(citations: Sequence[Citation], sentences: Sequence[Sentence]) -> SourceSummary:
    """Documents, publishers, dates and the largest share of cited sentences that rests on one document."""
    documents = {one.document_id: one for one in citations}
    dates = sorted(one.published for one in documents.values() if one.published)
    publishers = tuple(dict.fromkeys(one.publisher for one in documents.values() if one.publisher))
    undated = sum(one.published is None for one in documents.values())
    of_number = {one.number: one.document_id for one in citations}
    resting = Counter(
        which for one in sentences for which in {of_number[n] for n in one.citations if n in of_number}
    )
    cited = sum(bool(one.citations) for one in sentences)
    largest, count = max(resting.items(), key=lambda item: item[1], default=(None, 0))
    share = round(count / cited, 3) if cited else 0.0
    title = (documents[largest].title or documents[largest].source) if largest else None
    text = _in_words(len(documents), len(publishers), dates, undated, share, title)
    return SourceSummary(
        documents=len(documents),
        publishers=publishers,
        oldest=dates[0] if dates else None,
        newest=dates[-1] if dates else None,
        undated=undated,
        largest_share=share,
        text=text,
    )


def _in_words(
    documents: int, publishers: int, dates: Sequence[str], undated: int, share: float, title: str | None
) -> str:
    if not documents:
        return "No source was used."
    parts = [f"{_count(documents, 'document')} from {_count(publishers, 'named publisher')}"]
    if dates:
        parts.append(
            f"published {dates[0]}" if len(set(dates)) == 1 else f"published {dates[0]} to {dates[-1]}"
        )
    if undated:
        parts.append(f"{undated} of them undated" if documents > 1 else "undated")
    text = ", ".join(parts) + "."
    if title and documents > 1:
        text += f" {share:.0%} of the cited sentences rest on “{title}”."
    return text if documents > 1 else text + " Everything rests on one document."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
