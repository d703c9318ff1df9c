"""Summarises the sources of a briefing: how many, by whom, how old, and how much rests on one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.results.answer import Citation, Sentence
from assistant.results.briefing import NO_SOURCES, Echo, SourceSummary
from assistant.results.wording import count_words, source_name
from assistant.sourcing.origins import independent_sources
from vectorstore import last_day

_MOSTLY = 0.5  # share of the cited sentences above which one report carries most of the briefing
_OLD = 1  # years from the newest report to the as-of date above which the sources are old


def summarise_sources(
    citations: Sequence[Citation],
    sentences: Sequence[Sentence],
    echoes: Sequence[Echo] = (),
    as_of: str | None = None,
) -> SourceSummary:
    """Count reports, publishers, dates, independent sources and the largest share of cited sentences on one report.

    `largest_share` is 0 to 1. `as_of` (YYYY, YYYY-MM or YYYY-MM-DD) dates the briefing. NO_SOURCES without citations.
    """
    documents = {citation.document_id: citation for citation in citations}
    if not documents:
        return NO_SOURCES
    dates = sorted(citation.published for citation in documents.values() if citation.published)
    of_number = {citation.number: citation.document_id for citation in citations}
    sentences_of = Counter(
        document
        for sentence in sentences
        for document in {of_number[number] for number in sentence.citations if number in of_number}
    )
    cited = sum(bool(sentence.citations) for sentence in sentences)
    largest, count = max(sentences_of.items(), key=lambda item: item[1], default=(None, 0))
    summary = SourceSummary(
        documents=len(documents),
        publishers=tuple(
            dict.fromkeys(citation.publisher for citation in documents.values() if citation.publisher)
        ),
        oldest=dates[0] if dates else None,
        newest=dates[-1] if dates else None,
        undated=sum(citation.published is None for citation in documents.values()),
        largest_share=round(count / cited, 3) if cited else 0.0,
        text="",
        sources=independent_sources(citations, echoes),
    )
    title = source_name(documents[largest].title, documents[largest].source) if largest else None
    text = [
        _extent(summary, dates),
        *_share(summary, title),
        *_judged(summary, list(documents.values()), as_of),
    ]
    return SourceSummary(**{**vars(summary), "text": " ".join(text)})


def _extent(summary: SourceSummary, dates: Sequence[str]) -> str:
    """How many reports by whom and when, e.g. "1 report from 1 named publisher, published 2021-05-04."."""
    parts = [
        f"{count_words(summary.documents, 'report')} from {count_words(len(summary.publishers), 'named publisher')}"
    ]
    if summary.documents > 1:
        parts.append(
            f"{summary.sources} of them independent of each other"
            if summary.sources > 1
            else "all of one source"
        )
    if dates:
        parts.append(
            f"published {dates[0]}" if len(set(dates)) == 1 else f"published {dates[0]} to {dates[-1]}"
        )
    if summary.undated:
        parts.append(f"{summary.undated} of them undated" if summary.documents > 1 else "undated")
    return ", ".join(parts) + "."


def _share(summary: SourceSummary, title: str | None) -> Iterator[str]:
    """One sentence on the report that most sentences cite; `title` is its name."""
    if summary.documents == 1:
        yield "Everything rests on one report."
    elif title:
        yield f"{summary.largest_share:.0%} of the cited sentences rest on “{title}”."


def _judged(summary: SourceSummary, cited: Sequence[Citation], as_of: str | None) -> Iterator[str]:
    """Strengths and weaknesses of the sources, one sentence each; `cited` has one citation for each report."""
    strong, weak = [], []
    if summary.sources > 2:
        strong.append("several independent sources")
    if not summary.undated:
        strong.append("every report is dated")
    reliable = sum(citation.grade[0] in "AB" for citation in cited)
    if reliable:
        strong.append(f"{reliable} of {summary.documents} from publishers graded A or B")
    if summary.sources == 1:
        weak.append("a single source")
    if summary.undated:
        weak.append(
            "undated reports, whose place in time is not known"
            if summary.undated > 1
            else "an undated report"
        )
    if summary.documents > 1 and summary.largest_share > _MOSTLY:
        weak.append("most of it rests on one report")
    if as_of and summary.newest and int(last_day(as_of)[:4]) - int(last_day(summary.newest)[:4]) > _OLD:
        weak.append(f"nothing newer than {summary.newest}")
    ungraded = sum(citation.grade == "F6" for citation in cited)
    if ungraded:
        weak.append(
            "no report is graded" if ungraded == len(cited) else f"{ungraded} of {len(cited)} not graded"
        )
    if strong:
        yield f"Strengths: {', '.join(strong)}."
    if weak:
        yield f"Weaknesses: {', '.join(weak)}."
