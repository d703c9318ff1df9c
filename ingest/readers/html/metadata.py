"""What a web page says about itself: schema.org, OpenGraph, citation and Dublin Core tags, bylines marked as such."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.document import IngestError, Metadata
from ingest.metadata.names import person, unique_names
from ingest.readers.html.dates import page_date
from ingest.readers.html.titles import listed_words, page_names, schema_name
from ingest.sources.urls import normalise
from ingest.text.cleaning import one_line

_ARTICLE = re.compile(
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
    """The page's metadata; `found` names the tag each value came from. Modification dates are never used."""
    tags = _meta_tags(tree)
    graph = list(_schema_org(tree))
    language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()[:2]
    named = page_names(tree, tags, graph)
    authors, authors_how = _authors(tree, tags, graph, named.publisher)
    published, published_how = page_date(tree, tags, graph, named.title, language)
    address, address_how = _address(tree, tags)
    found = {
        "title": named.title_how,
        "authors": authors_how,
        "publisher": named.publisher_how,
        "published": published_how,
        "language": "html lang" if language else "",
        "address": address_how,
    }
    return Metadata(
        named.title,
        authors,
        named.publisher,
        published,
        language or None,
        {key: how for key, how in found.items() if how},
        address=address,
    )


def _address(tree: Any, tags: Mapping[str, list[str]]) -> tuple[str | None, str]:
    links = [(one, "canonical link") for one in tree.xpath("//link[@rel='canonical']/@href")]
    for value, how in [*links, *((one, "og:url tag") for one in tags.get("og:url", []))]:
        try:
            return normalise(value), how
        except IngestError:  # relative, or no address at all
            continue
    return None, ""


def _meta_tags(tree: Any) -> dict[str, list[str]]:
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
    """Articles among the page's JSON-LD objects; what does not parse is left out."""
    for element in tree.xpath("//script[@type='application/ld+json']"):
        try:
            yield from _articles(json.loads(element.text or ""), depth=0)
        except ValueError:
            continue


def _articles(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value:
            yield from _articles(item, depth + 1)
    elif isinstance(value, Mapping):
        if _ARTICLE.search(" ".join(map(str, listed_words(value.get("@type"))))):
            yield value
        yield from _articles(value.get("@graph"), depth + 1)


def _authors(
    tree: Any, tags: Mapping[str, list[str]], graph: list[Mapping[str, Any]], publisher: str | None
) -> tuple[tuple[str, ...], str]:
    for node in graph:
        persons = [
            value
            for value in listed_words(node.get("author"))
            if not (isinstance(value, Mapping) and value.get("@type") == "Organization")
        ]
        if names := _people([schema_name(value) for value in persons], publisher):
            return names, "schema.org author"
    for tag in _AUTHOR_TAGS:
        if names := _people(tags.get(tag, []), publisher):
            return names, f"{tag} tag"
    marked = tree.xpath(
        "//*[@rel='author' or @itemprop='author' or contains(concat(' ', normalize-space(@class), ' '), ' byline ')]"
    )
    texts = [one_line("".join(element.itertext())) for element in marked[:6]]
    if names := _people([text for text in texts if len(text) < 120], publisher):
        return names, "marked byline"
    return (), ""


def _people(values: list[str], publisher: str | None) -> tuple[str, ...]:
    names = []
    for value in values:
        surname_first = re.fullmatch(r"([^\W\d_][\w’'-]+), ([^\W\d_][\w’'. -]+)", value)
        if surname_first and person(value) is None and person(f"{surname_first[2]} {surname_first[1]}"):
            names.append(str(person(f"{surname_first[2]} {surname_first[1]}")))
            continue
        bare = re.sub(r"^(?:by|par|written by)\s*:?\s+", "", value, flags=re.IGNORECASE)
        for part in re.split(r"\s*[,;&|]\s*(?:and\s+)?|\s+(?:and|et)\s+", bare):
            name = person(part)
            if name is not None and name != publisher:
                names.append(name)
    return unique_names(names)
