"""Answers, sources and passages as HTML: our own tags around escaped text, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from assistant.pages.shared.common import escape
from assistant.results.answer import Answer, Citation, Sentence, escape_markers
from assistant.results.wording import count_words, date_words, place_words, source_name
from ingest.text.date_patterns import YEAR
from vectorstore import Passage

_BEFORE, _AFTER = 250, 600  # characters shown before and after a quote: on a phone the quote stays in view
_BEGINNING = 220  # most characters of a passage that is only pointed at
_ISO_DATE = re.compile(rf"\b{YEAR}-\d\d(?:-\d\d)?\b")


def marker(number: int, key: str | None, citations: Sequence[Citation]) -> str:
    """A citation's number. With a key it is a button that opens the source, with the quote as its tooltip.

    The button is data-cite="KEY/NUMBER" (see components.listen and common.citation_at). Without a key, or if no
    citation has the number, it is plain text.
    """
    cited = next((citation for citation in citations if citation.number == number), None)
    if key is None or cited is None:
        return f'<span class="bd-cite">{number}</span>'
    tooltip = f"{source_name(cited.title, cited.source)}, {date_words(cited.published)}: “{cited.quote}”"
    return (
        f'<button type="button" class="bd-cite" data-cite="{escape(key)}/{number}" '
        f'aria-label="Open source {number}" title="{escape(tooltip)}">{number}</button>'
    )


def sentence(sentence: Sentence, key: str | None, citations: Sequence[Citation]) -> str:
    """A sentence with its markers; a note is set apart, an unsupported sentence underlined and followed by why."""
    text = escape(escape_markers(report_date_in_words(sentence.text)))
    if sentence.support == "note":
        text = f'<span class="bd-note">{text}</span>'
    elif sentence.support == "unsupported":
        why = "; ".join(sentence.reasons) or "its quotes do not carry it"
        text = f'<span class="bd-unsupported">{text}</span><span class="bd-reason">Not supported: {escape(why)}</span>'
    marks = "".join(marker(number, key, citations) for number in sentence.citations)
    cites = " ".join(map(str, sentence.citations))
    return f'<span class="bd-sentence" data-cites="{cites}">{text}{marks}</span>' if cites else text


def sentences(items: Iterable[Sentence], key: str | None, citations: Sequence[Citation]) -> str:
    """Sentences with their markers, in a row."""
    return " ".join(sentence(item, key, citations) for item in items)


def answer(
    written: Sequence[Sentence], key: str | None, citations: Sequence[Citation], *, listed: bool = False
) -> str:
    """The sentences of an answer as one paragraph; if `listed`, as a list, its notes as paragraphs."""
    if not listed:
        return f'<div class="bd-prose"><p>{sentences(written, key, citations)}</p></div>'
    parts = []
    for is_note, group in groupby(written, key=lambda item: item.support == "note"):
        items = [sentence(item, key, citations) for item in group]
        parts += (
            [f"<p>{item}</p>" for item in items]
            if is_note
            else [f"<ul><li>{'</li><li>'.join(items)}</li></ul>"]
        )
    return f'<div class="bd-prose">{"".join(parts)}</div>'


def sources(citations: Sequence[Citation], key: str) -> str:
    """The cited reports in order of first citation, each with its numbers, title and facts."""
    documents: dict[str, list[Citation]] = {}
    for citation in citations:
        documents.setdefault(citation.document_id, []).append(citation)
    rows = []
    for cited in documents.values():
        first = cited[0]
        numbers = "".join(marker(citation.number, key, cited) for citation in cited)
        rows.append(
            f'<div class="bd-source"><div class="bd-numbers">{numbers}</div><div>'
            f'<button type="button" class="bd-title" data-cite="{escape(key)}/{first.number}">'
            f"{escape(source_name(first.title, first.source))}</button>"
            f'<div class="bd-small">{_facts(cited)}</div></div></div>'
        )
    return f'<div class="bd-sources">{"".join(rows)}</div>'


def _facts(cited: Sequence[Citation]) -> str:
    """Publisher (or authors), date and pages of one report, escaped."""
    first = cited[0]
    pages = sorted({citation.page for citation in cited if citation.page is not None})
    facts = [first.publisher or ", ".join(first.authors) or "publisher unknown", date_words(first.published)]
    if pages:
        facts.append(("page " if len(pages) == 1 else "pages ") + ", ".join(map(str, pages)))
    return escape(" · ".join(facts))


def support_line(answer: Answer) -> str:
    """One line on how well the answer is supported, and how long it took; "" for a refusal."""
    facts = [sentence for sentence in answer.sentences if sentence.support != "note"]
    if answer.refused or not facts:
        return ""
    failed = sum(sentence.support == "unsupported" for sentence in facts)
    if failed:
        verdict = f"{failed} of {count_words(len(facts), 'sentence')} not supported by the cited words"
    elif all(sentence.support == "verbatim" for sentence in facts):
        verdict = "Verbatim from the sources"
    else:
        verdict = "Every sentence checked against the words it cites"
    return f"{verdict} · {answer.seconds:.1f} s"


def passage(text: str, start: int, end: int) -> str:
    """text[start:end] marked, with up to 250 characters before and 600 after it, cut between words."""
    left, right = max(0, start - _BEFORE), min(len(text), end + _AFTER)
    while left > 0 and not text[left - 1].isspace() and left < start:
        left += 1
    while right < len(text) and not text[right].isspace() and right > end:
        right -= 1
    before = ("… " if left > 0 else "") + text[left:start].lstrip()
    after = text[end:right].rstrip() + (" …" if right < len(text) else "")
    return (
        f'<div class="bd-passage"><span class="bd-around">{escape(before)}</span>'
        f'<mark>{escape(text[start:end])}</mark><span class="bd-around">{escape(after)}</span></div>'
    )


def report_date_in_words(text: str) -> str:
    """A sentence with the report date that the desk put beside a word like "currently" written out.

    >>> report_date_in_words("It is currently [published 2022-05-16] shut.")
    'It is currently [published 16 May 2022] shut.'
    """
    return re.sub(r"\[published [\d-]+\]", lambda match: dates_in_words(match[0]), text)


def dates_in_words(text: str) -> str:
    """The desk's own text with its dates written out; titles of reports, in “…”, stay as they are.

    >>> dates_in_words("“Floods 2022-05” is of 2022-05-16.")
    '“Floods 2022-05” is of 16 May 2022.'
    """
    parts = re.split(r"(“[^”]*”)", text)
    return "".join(
        part if part.startswith("“") else _ISO_DATE.sub(lambda match: date_words(match[0]), part)
        for part in parts
    )


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Pairs of name and value, one per line; pairs without a value are left out."""
    return (
        '<dl class="bd-facts">'
        + "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows if value)
        + "</dl>"
    )


def small(text: str) -> str:
    """A line in small print."""
    return f'<div class="bd-small">{escape(text)}</div>'


def endnote(citation: Citation, key: str) -> str:
    """A citation with its number, credit, grade and quote."""
    credit = [
        citation.publisher or "publisher unknown",
        ", ".join(citation.authors),
        source_name(citation.title, citation.source),
        date_words(citation.published),
        place_words(citation),
        f"grade {citation.grade}",
    ]
    return (
        f'<div class="bd-endnote"><div>{marker(citation.number, key, [citation])}</div>'
        f"<div>{escape(' · '.join(part for part in credit if part))}<br><q>{escape(citation.quote)}</q></div></div>"
    )


def nearest(passages: Sequence[Passage], key: str) -> str:
    """The passages nearest to a question that the sources do not answer, numbered from 1, with buttons to open them."""
    rows = "".join(
        f'<div class="bd-source"><div class="bd-numbers">'
        f'<button type="button" class="bd-cite" data-cite="{escape(key)}/{number}" '
        f'aria-label="Open passage {number}">{number}</button></div>'
        f'<div><button type="button" class="bd-title" data-cite="{escape(key)}/{number}">'
        f"{escape(source_name(passage.title, passage.source))}</button>"
        f'<div class="bd-small">{escape(_credit(passage))}</div>'
        f'<div class="bd-small">{escape(_beginning(passage.text))}</div></div></div>'
        for number, passage in enumerate(passages, 1)
    )
    return f'<div class="bd-label">Nearest passages</div><div class="bd-sources">{rows}</div>'


def _credit(passage: Passage) -> str:
    """Publisher, date and page of a passage."""
    facts = [passage.publisher or "publisher unknown", date_words(passage.published)]
    return " · ".join([*facts, *([f"page {passage.page}"] if passage.page is not None else [])])


def _beginning(text: str) -> str:
    """The first words of a text on one line, at most 220 characters and an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= _BEGINNING else line[:_BEGINNING].rsplit(" ", 1)[0] + " …"
