"""Answers, sources and passages as markup: our own tags around escaped text, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from assistant.pages.shared.common import escape
from assistant.results.answer import Answer, Citation, Sentence, escape_markers
from assistant.results.wording import count_words, date_words, place_words, source_name
from ingest.text.date_patterns import YEAR
from vectorstore import Passage

_BEFORE, _AFTER = 250, 600  # characters of text shown around a passage: the quote stays in view on a phone
_ISO_DATE = re.compile(rf"\b{YEAR}-\d\d(?:-\d\d)?\b")


def marker(number: int, key: str | None, citations: Sequence[Citation]) -> str:
    """A citation's number; with a key it opens the source and tells on hovering what it is."""
    cited = next((one for one in citations if one.number == number), None)
    if key is None or cited is None:
        return f'<span class="bd-cite">{number}</span>'
    told = f"{source_name(cited.title, cited.source)}, {date_words(cited.published)}: “{cited.quote}”"
    return (
        f'<button type="button" class="bd-cite" data-cite="{escape(key)}/{number}" '
        f'aria-label="Open source {number}" title="{escape(told)}">{number}</button>'
    )


def sentence(one: Sentence, key: str | None, citations: Sequence[Citation]) -> str:
    text = escape(escape_markers(report_date_in_words(one.text)))
    if one.support == "note":
        text = f'<span class="bd-note">{text}</span>'
    elif one.support == "unsupported":
        why = "; ".join(one.reasons) or "its quotes do not carry it"
        text = f'<span class="bd-unsupported">{text}</span><span class="bd-reason">Not supported: {escape(why)}</span>'
    marks = "".join(marker(number, key, citations) for number in one.citations)
    cites = " ".join(map(str, one.citations))
    return f'<span class="bd-sentence" data-cites="{cites}">{text}{marks}</span>' if cites else text


def sentences(many: Iterable[Sentence], key: str | None, citations: Sequence[Citation]) -> str:
    return " ".join(sentence(one, key, citations) for one in many)


def answer(
    written: Sequence[Sentence], key: str | None, citations: Sequence[Citation], *, listed: bool = False
) -> str:
    if not listed:
        return f'<div class="bd-prose"><p>{sentences(written, key, citations)}</p></div>'
    parts = []
    for is_note, group in groupby(written, key=lambda one: one.support == "note"):
        each = [sentence(one, key, citations) for one in group]
        parts += (
            [f"<p>{one}</p>" for one in each] if is_note else [f"<ul><li>{'</li><li>'.join(each)}</li></ul>"]
        )
    return f'<div class="bd-prose">{"".join(parts)}</div>'


def sources(citations: Sequence[Citation], key: str) -> str:
    """The cited reports, each with its numbers."""
    documents: dict[str, list[Citation]] = {}
    for citation in citations:
        documents.setdefault(citation.document_id, []).append(citation)
    rows = []
    for cited in documents.values():
        first = cited[0]
        numbers = "".join(marker(one.number, key, cited) for one in cited)
        rows.append(
            f'<div class="bd-source"><div class="bd-numbers">{numbers}</div><div>'
            f'<button type="button" class="bd-title" data-cite="{escape(key)}/{first.number}">'
            f"{escape(source_name(first.title, first.source))}</button>"
            f'<div class="bd-small">{_facts(cited)}</div></div></div>'
        )
    return f'<div class="bd-sources">{"".join(rows)}</div>'


def _facts(cited: Sequence[Citation]) -> str:
    first = cited[0]
    pages = sorted({one.page for one in cited if one.page is not None})
    facts = [first.publisher or ", ".join(first.authors) or "publisher unknown", date_words(first.published)]
    if pages:
        facts.append(("page " if len(pages) == 1 else "pages ") + ", ".join(map(str, pages)))
    return escape(" · ".join(facts))


def standing(one: Answer) -> str:
    """One line on what the answer rests on."""
    facts = [sentence for sentence in one.sentences if sentence.support != "note"]
    if one.refused or not facts:
        return ""
    failed = sum(sentence.support == "unsupported" for sentence in facts)
    if failed:
        said = f"{failed} of {count_words(len(facts), 'sentence')} not supported by the cited words"
    elif all(sentence.support == "verbatim" for sentence in facts):
        said = "Verbatim from the sources"
    else:
        said = "Every sentence checked against the words it cites"
    return f"{said} · {one.seconds:.1f} s"


def passage(text: str, start: int, end: int) -> str:
    """text[start:end] marked, in its surroundings."""
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
    """A sentence with the date that was put beside a word like "currently" written out."""
    return re.sub(r"\[published [\d-]+\]", lambda found: dates_in_words(found[0]), text)


def dates_in_words(text: str) -> str:
    """Text of ours with its dates written out; titles of reports in it, “…”, stay as they are."""
    parts = re.split(r"(“[^”]*”)", text)
    return "".join(
        part if part.startswith("“") else _ISO_DATE.sub(lambda found: date_words(found[0]), part)
        for part in parts
    )


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Names and values, one a line; empty values are left out."""
    return (
        '<dl class="bd-facts">'
        + "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows if value)
        + "</dl>"
    )


def small(text: str) -> str:
    return f'<div class="bd-small">{escape(text)}</div>'


def endnote(citation: Citation, key: str) -> str:
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
    """What comes closest to a question that the sources do not answer."""
    rows = "".join(
        f'<div class="bd-source"><div class="bd-numbers">'
        f'<button type="button" class="bd-cite" data-cite="{escape(key)}/{number}" '
        f'aria-label="Open passage {number}">{number}</button></div>'
        f'<div><button type="button" class="bd-title" data-cite="{escape(key)}/{number}">'
        f"{escape(source_name(one.title, one.source))}</button>"
        f'<div class="bd-small">{escape(_credit(one))}</div>'
        f'<div class="bd-small">{escape(_beginning(one.text))}</div></div></div>'
        for number, one in enumerate(passages, 1)
    )
    return f'<div class="bd-label">Nearest passages</div><div class="bd-sources">{rows}</div>'


def _credit(one: Passage) -> str:
    facts = [one.publisher or "publisher unknown", date_words(one.published)]
    return " · ".join([*facts, *([f"page {one.page}"] if one.page is not None else [])])


def _beginning(text: str, most: int = 220) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
