"""What a briefing rests on, counted from its citations and sentences alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.results.answer import Citation, Sentence
from assistant.results.briefing import NO_SOURCES, Echo, SourceSummary
from assistant.results.wording import count_words, source_name
from assistant.sourcing.origins import independent_sources
from vectorstore import last_day

_MOSTLY = 0.5  # share of the sentences from which one report carries most of it
_OLD = 1  # years between the newest report and the as-of date


def summarise_sources(
    citations: Sequence[Citation],
    sentences: Sequence[Sentence],
    echoes: Sequence[Echo] = (),
    as_of: str | None = None,
) -> SourceSummary:
    """Reports, publishers, dates and the largest share of cited sentences that rests on one report."""
    documents = {one.document_id: one for one in citations}
    if not documents:
        return NO_SOURCES
    dates = sorted(one.published for one in documents.values() if one.published)
    of_number = {one.number: one.document_id for one in citations}
    resting = Counter(
        which for one in sentences for which in {of_number[n] for n in one.citations if n in of_number}
    )
    cited = sum(bool(one.citations) for one in sentences)
    largest, count = max(resting.items(), key=lambda item: item[1], default=(None, 0))
    summary = SourceSummary(
        documents=len(documents),
        publishers=tuple(dict.fromkeys(one.publisher for one in documents.values() if one.publisher)),
        oldest=dates[0] if dates else None,
        newest=dates[-1] if dates else None,
        undated=sum(one.published is None for one in documents.values()),
        largest_share=round(count / cited, 3) if cited else 0.0,
        text="",
        sources=independent_sources(citations, echoes),
    )
    title = source_name(documents[largest].title, documents[largest].source) if largest else None
    told = [
        _extent(summary, dates),
        *_share(summary, title),
        *_judged(summary, list(documents.values()), as_of),
    ]
    return SourceSummary(**{**vars(summary), "text": " ".join(told)})


def _extent(one: SourceSummary, dates: Sequence[str]) -> str:
    parts = [
        f"{count_words(one.documents, 'report')} from {count_words(len(one.publishers), 'named publisher')}"
    ]
    if one.documents > 1:
        parts.append(
            f"{one.sources} of them independent of each other" if one.sources > 1 else "all of one source"
        )
    if dates:
        parts.append(
            f"published {dates[0]}" if len(set(dates)) == 1 else f"published {dates[0]} to {dates[-1]}"
        )
    if one.undated:
        parts.append(f"{one.undated} of them undated" if one.documents > 1 else "undated")
    return ", ".join(parts) + "."


def _share(one: SourceSummary, title: str | None) -> Iterator[str]:
    if one.documents == 1:
        yield "Everything rests on one report."
    elif title:
        yield f"{one.largest_share:.0%} of the cited sentences rest on “{title}”."


def _judged(one: SourceSummary, cited: Sequence[Citation], as_of: str | None) -> Iterator[str]:
    """Strengths and weaknesses, as far as they can be counted."""
    strong, weak = [], []
    if one.sources > 2:
        strong.append("several independent sources")
    if not one.undated:
        strong.append("every report is dated")
    reliable = sum(each.grade[0] in "AB" for each in cited)
    if reliable:
        strong.append(f"{reliable} of {one.documents} from publishers graded A or B")
    if one.sources == 1:
        weak.append("a single source")
    if one.undated:
        weak.append(
            "undated reports, whose place in time is not known" if one.undated > 1 else "an undated report"
        )
    if one.documents > 1 and one.largest_share > _MOSTLY:
        weak.append("most of it rests on one report")
    if as_of and one.newest and int(last_day(as_of)[:4]) - int(last_day(one.newest)[:4]) > _OLD:
        weak.append(f"nothing newer than {one.newest}")
    ungraded = sum(each.grade == "F6" for each in cited)
    if ungraded:
        weak.append(
            "no report is graded" if ungraded == len(cited) else f"{ungraded} of {len(cited)} not graded"
        )
    if strong:
        yield f"Strengths: {', '.join(strong)}."
    if weak:
        yield f"Weaknesses: {', '.join(weak)}."
