"""Reads what a web page says about itself: schema.org, OpenGraph, citation and Dublin Core tags, marked bylines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.document import IngestError, Metadata
from ingest.metadata.names import person, unique_names
from ingest.readers.html.dates import page_date
from ingest.readers.html.titles import as_list, page_names, schema_name
from ingest.sources.urls import normalise_address
from ingest.text.cleaning import one_line

_ARTICLE_TYPE = re.compile(
    r"Article|Report|BlogPosting|NewsArticle|WebPage|CreativeWork|Publication|Review|PressRelease|Book",
    re.IGNORECASE,
)
_AUTHOR_TAGS = (
    "citation_author",
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
)


def page_metadata(tree: Any) -> Metadata:
    """The metadata of a page; `found` names the tag of each value. Dates of changes are never used."""
    tags = _meta_tags(tree)
    graph = list(_schema_org(tree))
    language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()[:2]
    names = page_names(tree, tags, graph)
    authors, authors_how = _authors(tree, tags, graph, names.publisher)
    published, published_how = page_date(tree, tags, graph, names.title, language)
    address, address_how = _stated_address(tree, tags)
    found = {
        "title": names.title_how,
        "authors": authors_how,
        "publisher": names.publisher_how,
        "published": published_how,
        "language": "html lang" if language else "",
        "address": address_how,
    }
    return Metadata(
        names.title,
        authors,
        names.publisher,
        published,
        language or None,
        {key: how for key, how in found.items() if how},
        address=address,
    )


def _stated_address(tree: Any, tags: Mapping[str, list[str]]) -> tuple[str | None, str]:
    """(address, how it was found) that the page states as its own; (None, "") without one."""
    links = [(href, "canonical link") for href in tree.xpath("//link[@rel='canonical']/@href")]
    for value, how in [*links, *((url, "og:url tag") for url in tags.get("og:url", []))]:
        try:
            return normalise_address(value), how
        except IngestError:  # relative, or no valid address
            continue
    return None, ""


def _meta_tags(tree: Any) -> dict[str, list[str]]:
    """Name in lower case -> contents of the `meta` tags with this property, name or itemprop."""
    tags: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = (
            (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        )
        value = one_line(element.get("content") or "")
        if name and value:
            tags.setdefault(name, []).append(value)
    return tags


def _schema_org(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The articles among the page's JSON-LD objects; invalid JSON is left out."""
    for element in tree.xpath("//script[@type='application/ld+json']"):
        try:
            yield from _articles(json.loads(element.text or ""), depth=0)
        except ValueError:
            continue


def _articles(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """The articles in a JSON-LD value, in lists and `@graph` at most four levels deep."""
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value:
            yield from _articles(item, depth + 1)
    elif isinstance(value, Mapping):
        if _ARTICLE_TYPE.search(" ".join(map(str, as_list(value.get("@type"))))):
            yield value
        yield from _articles(value.get("@graph"), depth + 1)


def _authors(
    tree: Any, tags: Mapping[str, list[str]], graph: list[Mapping[str, Any]], publisher: str | None
) -> tuple[tuple[str, ...], str]:
    """(authors, how they were found): schema.org, then tags, then marked bylines; ((), "") without any."""
    for node in graph:
        authors = [
            value
            for value in as_list(node.get("author"))
            if not (isinstance(value, Mapping) and value.get("@type") == "Organization")
        ]
        if names := _people([schema_name(value) for value in authors], publisher):
            return names, "schema.org author"
    for tag in _AUTHOR_TAGS:
        if names := _people(tags.get(tag, []), publisher):
            return names, f"{tag} tag"
    byline_elements = tree.xpath(
        "//*[@rel='author' or @itemprop='author' or contains(concat(' ', normalize-space(@class), ' '), ' byline ')]"
    )
    texts = [one_line("".join(element.itertext())) for element in byline_elements[:6]]
    if names := _people([text for text in texts if len(text) < 120], publisher):
        return names, "marked byline"
    return (), ""


def _people(values: list[str], publisher: str | None) -> tuple[str, ...]:
    """The people named in values: `_people(["Varga, Ines", "By T. Okoro"], None) == ("Ines Varga", "T. Okoro")`."""
    names = []
    for value in values:
        inverted = re.fullmatch(r"([^\W\d_][\w’'-]+), ([^\W\d_][\w’'. -]+)", value)
        if inverted and person(value) is None and person(f"{inverted[2]} {inverted[1]}"):
            names.append(str(person(f"{inverted[2]} {inverted[1]}")))
            continue
        bare = re.sub(r"^(?:by|par|written by)\s*:?\s+", "", value, flags=re.IGNORECASE)
        for part in re.split(r"\s*[,;&|]\s*(?:and\s+)?|\s+(?:and|et)\s+", bare):
            name = person(part)
            if name is not None and name != publisher:
                names.append(name)
    return unique_names(names)
