"""When a web page was published: its own tags, times marked as such, the date beside its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from ingest.metadata.dates import machine_date, names_a_change, names_a_period, parse_date, stated_date
from ingest.metadata.titles import same_title
from ingest.text.cleaning import one_line

_TAGS = (
    "article:published_time",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "datepublished",
    "pubdate",
    "publication_date",
    "publish-date",
    "publishdate",
    "dc.date.issued",
    "dcterms.issued",
    "parsely-pub-date",
    "sailthru.date",
    "og:published_time",
    "og:article:published_time",
    "article.published",
)
_OPEN_TAGS = ("dcterms.date", "dc.date", "date")  # some sites put the last change there
_PUBLICATION = re.compile(r"publish|pubdate|entry-date|posted", re.IGNORECASE)
_ANY_DATE = re.compile(r"dat(?:e|um)\b\W*\d", re.IGNORECASE)  # far from the heading it may be an event's
_CLOCK = re.compile(r"\d:\d\d")  # a program wrote it, which may have the American order on any page
_LABEL = re.compile(r"[^\W\d][^\d]{2,40}:?")
_NOT_SHOWN = frozenset(("script", "style", "noscript", "template", "svg", "select", "option", "textarea"))
_HEADINGS = ("h1", "h2", "h3")
_BESIDE = 1500  # characters of text between a page's heading and a time that is its own
_CHUNKS_BELOW = 12  # pieces of text under the heading in which a date may stand alone
_CHUNKS_ABOVE = 2
_PARAGRAPH = 200  # characters: a piece of this length is the text, and ends the page's head


def page_date(
    tree: Any, tags: Mapping[str, list[str]], graph: list[Mapping[str, Any]], title: str | None, language: str
) -> tuple[str | None, str]:
    """The date of publication and how it was found, (None, "") without one; never that of a change."""
    day_first = language not in ("", "en")
    for node in graph:
        value = node.get("datePublished")
        if isinstance(value, str) and (date := machine_date(value)):
            return date, "schema.org datePublished"
    for tag in _TAGS:
        if date := _tagged(tags, tag, day_first):
            return date, f"{tag} tag"
    shown = _shown(tree, title)
    changed = {date for label, date in _labelled(shown, day_first) if names_a_change(label)}
    for tag in _OPEN_TAGS:
        if (date := _tagged(tags, tag, day_first)) and date not in changed:
            return date, f"{tag} tag"
    if date := _marked(shown):
        return date, "marked time"
    if date := _beside_heading(shown, day_first):
        return date, "date beside the heading"
    stated = {
        date
        for text in (*shown.chunks, *(f"{label} {date}" for label, date in _labelled(shown, day_first)))
        if not _ANY_DATE.match(text) and (date := stated_date(text, in_head=False, day_first=day_first))
    }
    return (stated.pop(), "labelled date on the page") if len(stated) == 1 else (None, "")


@dataclass
class _VisibleText:
    """A page's pieces of text in order, where its heading is, and the times marked as those of publication."""

    chunks: list[str] = field(default_factory=list)
    heading: tuple[int, int] | None = None  # first chunk of the heading, first behind it
    offset: int = 0  # of the heading's end, in characters
    times: list[tuple[str, int]] = field(default_factory=list)  # (date, offset)


def _tagged(tags: Mapping[str, list[str]], tag: str, day_first: bool) -> str | None:
    for value in tags.get(tag, ()):
        written = value.replace("/", "-")
        if date := machine_date(written) or parse_date(
            value, day_first=day_first and not _CLOCK.search(value)
        ):
            return date
    return None


def _shown(tree: Any, title: str | None) -> _VisibleText:
    shown = _VisibleText()
    length = 0
    begun = None
    hidden = 0
    body = tree.find(".//body")
    for event, element in etree.iterwalk(tree if body is None else body, ("start", "end")):
        named = isinstance(element.tag, str)
        hidden += (1 if event == "start" else -1) if named and element.tag in _NOT_SHOWN else 0
        if event == "start" and named:
            if element.tag == "time" and (date := _marked_date(element)):
                shown.times.append((date, length))
            if shown.heading is None and begun is None and _is_heading(element, title):
                begun = (element, len(shown.chunks))
        text = one_line(
            (element.text if event == "start" and named else element.tail if event == "end" else "") or ""
        )
        if event == "end" and begun is not None and element is begun[0]:
            shown.heading, shown.offset = (begun[1], len(shown.chunks)), length
        if text and not hidden:
            shown.chunks.append(text)
            length += len(text) + 1
    return shown


def _is_heading(element: Any, title: str | None) -> bool:
    return (
        element.tag in _HEADINGS
        and title is not None
        and same_title(one_line("".join(element.itertext())), title)
    )


def _marked_date(element: Any) -> str | None:
    pubdate = "" if element.get("pubdate") is None else "pubdate"
    marked = f"{element.get('itemprop') or ''} {element.get('class') or ''} {pubdate}"
    if not _PUBLICATION.search(marked) or names_a_change(marked):
        return None
    return machine_date(one_line(element.get("datetime") or "".join(element.itertext())))


def _marked(shown: _VisibleText) -> str | None:
    """The date of the marked times; where they differ, of those near the heading, others being of other articles."""
    dates = {date for date, _ in shown.times}
    if len(dates) > 1:
        near = shown.heading is not None
        dates = {date for date, offset in shown.times if near and abs(offset - shown.offset) < _BESIDE}
    return dates.pop() if len(dates) == 1 else None


def _beside_heading(shown: _VisibleText, day_first: bool) -> str | None:
    """The one date that stands alone under the heading before the text begins, else directly above it."""
    if shown.heading is None:
        return None
    first, behind = shown.heading
    below = []
    for index in range(behind, min(behind + _CHUNKS_BELOW, len(shown.chunks))):
        if len(shown.chunks[index]) >= _PARAGRAPH:
            break
        below.append(index)
    for places in (below, list(range(max(0, first - _CHUNKS_ABOVE), first))):
        dates = {date for index in places if (date := _alone(shown.chunks, index, day_first))}
        if dates:
            return dates.pop() if len(dates) == 1 else None
    return None


def _alone(chunks: list[str], index: int, day_first: bool) -> str | None:
    before = chunks[index - 1] if index and len(chunks[index - 1]) < _PARAGRAPH / 2 else ""
    if any(map(names_a_period, (before, chunks[index]))):
        return None
    date = stated_date(chunks[index], in_head=True, day_first=day_first)
    return date if date and len(date) == len("YYYY-MM-DD") else None


def _labelled(shown: _VisibleText, day_first: bool) -> Iterator[tuple[str, str]]:
    """Dates with the words directly before them, in a piece of their own: ("Last changed on:", "2021-10-15")."""
    for label, value in zip(shown.chunks, shown.chunks[1:], strict=False):
        if _LABEL.fullmatch(label) and (date := parse_date(value, day_first=day_first)):
            yield label, date
