"""Finds when a web page was published: by its tags, by marked times, by the date beside its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from ingest.metadata.dates import (
    is_not_publication,
    machine_date,
    names_a_change,
    parse_written_date,
    publication_date_in_line,
)
from ingest.metadata.titles import same_title
from ingest.text.cleaning import one_line

_PUBLICATION_TAGS = (
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
_AMBIGUOUS_TAGS = ("dcterms.date", "dc.date", "date")  # on some sites the date of the last change
_PUBLICATION = re.compile(r"publish|pubdate|entry-date|posted", re.IGNORECASE)
# "Date: 4 May", which far from the heading may be the date of an event
_ANY_DATE = re.compile(r"dat(?:e|um)\b\W*\d", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"\d:\d\d")  # written by a program, which may put the month first in any language
# A label on its own: "Last changed on:"
_LABEL = re.compile(r"[^\W\d][^\d]{2,40}:?")
_INVISIBLE_TAGS = frozenset(
    ("script", "style", "noscript", "template", "svg", "select", "option", "textarea")
)
_HEADINGS = ("h1", "h2", "h3")
_BESIDE = 1500  # characters of text between the heading and a marked time that belongs to it
_CHUNKS_BELOW = 12  # chunks of text below the heading that may be a date alone
_CHUNKS_ABOVE = 2  # the same above the heading
_PARAGRAPH = 200  # characters; a chunk of this length belongs to the text and ends the page's head


def page_date(
    tree: Any, tags: Mapping[str, list[str]], graph: list[Mapping[str, Any]], title: str | None, language: str
) -> tuple[str | None, str]:
    """(date of publication, how it was found), (None, "") without one; never the date of a change.

    `tags` and `graph` are as in `page_names`, `language` is ISO 639-1 or "": in English, month and day may be swapped.
    """
    day_first = language not in ("", "en")
    for node in graph:
        value = node.get("datePublished")
        if isinstance(value, str) and (date := machine_date(value)):
            return date, "schema.org datePublished"
    for tag in _PUBLICATION_TAGS:
        if date := _tag_date(tags, tag, day_first):
            return date, f"{tag} tag"
    visible = _visible_text(tree, title)
    change_dates = {date for label, date in _labelled_dates(visible, day_first) if names_a_change(label)}
    for tag in _AMBIGUOUS_TAGS:
        if (date := _tag_date(tags, tag, day_first)) and date not in change_dates:
            return date, f"{tag} tag"
    if date := _date_of_marked_times(visible):
        return date, "marked time"
    if date := _beside_heading(visible, day_first):
        return date, "date beside the heading"
    labelled = {
        date
        for text in (
            *visible.chunks,
            *(f"{label} {date}" for label, date in _labelled_dates(visible, day_first)),
        )
        if not _ANY_DATE.match(text)
        and (date := publication_date_in_line(text, in_head=False, day_first=day_first))
    }
    return (labelled.pop(), "labelled date on the page") if len(labelled) == 1 else (None, "")


@dataclass
class _VisibleText:
    """The visible text of a page in chunks, with its heading and the times marked as times of publication."""

    chunks: list[str] = field(default_factory=list)  # in order, each on one line
    heading: tuple[int, int] | None = None  # index of the heading's first chunk, and of the first after it
    offset: int = 0  # of the heading's end, in characters of visible text
    times: list[tuple[str, int]] = field(default_factory=list)  # (date, offset in characters)


def _tag_date(tags: Mapping[str, list[str]], tag: str, day_first: bool) -> str | None:
    """The first date in the contents of a `meta` tag."""
    for value in tags.get(tag, ()):
        with_hyphens = value.replace("/", "-")
        if date := machine_date(with_hyphens) or parse_written_date(
            value, day_first=day_first and not _TIME_OF_DAY.search(value)
        ):
            return date
    return None


def _visible_text(tree: Any, title: str | None) -> _VisibleText:
    """The visible text of a page; its heading is the first that says the same as its title."""
    visible = _VisibleText()
    length = 0
    heading_start = None
    hidden = 0
    body = tree.find(".//body")
    for event, element in etree.iterwalk(tree if body is None else body, ("start", "end")):
        is_element = isinstance(element.tag, str)
        hidden += (1 if event == "start" else -1) if is_element and element.tag in _INVISIBLE_TAGS else 0
        if event == "start" and is_element:
            if element.tag == "time" and (date := _marked_date(element)):
                visible.times.append((date, length))
            if visible.heading is None and heading_start is None and _is_heading(element, title):
                heading_start = (element, len(visible.chunks))
        text = one_line(
            (element.text if event == "start" and is_element else element.tail if event == "end" else "")
            or ""
        )
        if event == "end" and heading_start is not None and element is heading_start[0]:
            visible.heading, visible.offset = (heading_start[1], len(visible.chunks)), length
        if text and not hidden:
            visible.chunks.append(text)
            length += len(text) + 1
    return visible


def _is_heading(element: Any, title: str | None) -> bool:
    return (
        element.tag in _HEADINGS
        and title is not None
        and same_title(one_line("".join(element.itertext())), title)
    )


def _marked_date(element: Any) -> str | None:
    """The date of a `time` element that is marked as time of publication, None for others."""
    pubdate = "" if element.get("pubdate") is None else "pubdate"
    attributes = f"{element.get('itemprop') or ''} {element.get('class') or ''} {pubdate}"
    if not _PUBLICATION.search(attributes) or names_a_change(attributes):
        return None
    return machine_date(one_line(element.get("datetime") or "".join(element.itertext())))


def _date_of_marked_times(visible: _VisibleText) -> str | None:
    """The one date of the marked times. If there are several dates, only times near the heading count, as the others
    belong to other articles."""
    dates = {date for date, _ in visible.times}
    if len(dates) > 1:
        near = visible.heading is not None
        dates = {date for date, offset in visible.times if near and abs(offset - visible.offset) < _BESIDE}
    return dates.pop() if len(dates) == 1 else None


def _beside_heading(visible: _VisibleText, day_first: bool) -> str | None:
    """The one date that stands alone between the heading and the text; without any there, directly above."""
    if visible.heading is None:
        return None
    first, after = visible.heading
    below = []
    for index in range(after, min(after + _CHUNKS_BELOW, len(visible.chunks))):
        if len(visible.chunks[index]) >= _PARAGRAPH:
            break
        below.append(index)
    for chunk_indices in (below, list(range(max(0, first - _CHUNKS_ABOVE), first))):
        dates = {date for index in chunk_indices if (date := _date_alone(visible.chunks, index, day_first))}
        if dates:
            return dates.pop() if len(dates) == 1 else None
    return None


def _date_alone(chunks: list[str], index: int, day_first: bool) -> str | None:
    """The full date that a chunk states, if neither it nor the chunk before names a period, change or event."""
    before = chunks[index - 1] if index and len(chunks[index - 1]) < _PARAGRAPH / 2 else ""
    if any(map(is_not_publication, (before, chunks[index]))):
        return None
    date = publication_date_in_line(chunks[index], in_head=True, day_first=day_first)
    return date if date and len(date) == len("YYYY-MM-DD") else None


def _labelled_dates(visible: _VisibleText, day_first: bool) -> Iterator[tuple[str, str]]:
    """(label, date) for each date that has a label in the chunk before it: ("Last changed on:", "2021-10-15")."""
    for label, value in zip(visible.chunks, visible.chunks[1:], strict=False):
        if _LABEL.fullmatch(label) and (date := parse_written_date(value, day_first=day_first)):
            yield label, date
