"""What a web page says about itself: schema.org, OpenGraph, citation and Dublin Core tags, bylines marked as such."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.cleaning import one_line
from ingest.dates import machine_date, parse_date
from ingest.document import Metadata
from ingest.names import person, unique_names

_ARTICLE = re.compile(
    r"Article|Report|BlogPosting|NewsArticle|WebPage|CreativeWork|Publication|Review|PressRelease|Book",
    re.IGNORECASE,
)
_TITLE_TAGS = ("citation_title", "og:title", "dc.title", "dcterms.title", "twitter:title", "parsely-title")
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
_PUBLISHER_TAGS = (
    "citation_publisher",
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
)
_DATE_TAGS = (
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
    "dcterms.date",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "og:published_time",
    "article.published",
    "date",
)
_PUBLICATION = re.compile(r"publish|pubdate|entry-date|posted", re.IGNORECASE)
_MODIFICATION = re.compile(r"updat|modif", re.IGNORECASE)
_SITE_SUFFIX = re.compile(r"\s+(?:[|•·»]|[–—-])\s+")


def page_metadata(tree: Any) -> Metadata:
    """The page's metadata; `found` names the tag each value came from. Modification dates are never used."""
    tags = _meta_tags(tree)
    graph = list(_schema_org(tree))
    found: dict[str, str] = {}
    publisher, found["publisher"] = _publisher(tags, graph)
    title, found["title"] = _title(tree, tags, graph, publisher)
    authors, found["authors"] = _authors(tree, tags, graph, publisher)
    published, found["published"] = _published(tree, tags, graph)
    language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()[:2]
    found["language"] = "html lang" if language else ""
    return Metadata(
        title,
        authors,
        publisher,
        published,
        language or None,
        {key: how for key, how in found.items() if how},
    )


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
        if _ARTICLE.search(" ".join(map(str, _listed(value.get("@type"))))):
            yield value
        yield from _articles(value.get("@graph"), depth + 1)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: Any) -> str:
    name = value.get("name") if isinstance(value, Mapping) else value
    return one_line(name) if isinstance(name, str) else ""


def _publisher(tags: Mapping[str, list[str]], graph: list[Mapping[str, Any]]) -> tuple[str | None, str]:
    for node in graph:
        for value in _listed(node.get("publisher")):
            if (name := _name(value)) and not name.startswith("http"):
                return name, "schema.org publisher"
    for tag in _PUBLISHER_TAGS:
        for value in tags.get(tag, ()):
            if not value.startswith("http") and "@" not in value:
                return value, f"{tag} tag"
    return None, ""


def _title(
    tree: Any, tags: Mapping[str, list[str]], graph: list[Mapping[str, Any]], publisher: str | None
) -> tuple[str | None, str]:
    headings = [text for element in tree.iter("h1") if (text := one_line("".join(element.itertext())))]
    titles = [text for element in tree.iter("title") if (text := one_line("".join(element.itertext())))]
    tagged = [(tags[tag][0], f"{tag} tag") for tag in _TITLE_TAGS if tag in tags]
    shown = headings + titles + [text for text, _ in tagged]
    for node in graph:
        # Some sites put a description where the headline belongs: another place must say the same.
        headline = _name(node.get("headline"))
        if headline and any(
            headline.casefold() in text.casefold() or text.casefold() in headline.casefold() for text in shown
        ):
            return _without_site(headline, publisher, headings), "schema.org headline"
    if len(headings) == 1:
        tagged.append((headings[0], "only main heading"))
    tagged += [(text, "title tag") for text in titles]
    return (_without_site(tagged[0][0], publisher, headings), tagged[0][1]) if tagged else (None, "")


def _without_site(title: str, publisher: str | None, headings: list[str]) -> str:
    """The title without the site's name at its end or beginning, where page or publisher shows what that is."""
    parts = _SITE_SUFFIX.split(title)
    if len(parts) < 2 or title in headings:
        return title
    for heading in headings:
        if heading in title and (heading == parts[0] or len(heading) > len(title) / 3):
            return heading
    if publisher and parts[-1].casefold() in publisher.casefold():
        return title[: title.rindex(parts[-1])].rstrip(" |•·»–—-")
    return title if "|" not in title else title[: title.rindex("|")].rstrip(" |")


def _authors(
    tree: Any, tags: Mapping[str, list[str]], graph: list[Mapping[str, Any]], publisher: str | None
) -> tuple[tuple[str, ...], str]:
    for node in graph:
        persons = [
            value
            for value in _listed(node.get("author"))
            if not (isinstance(value, Mapping) and value.get("@type") == "Organization")
        ]
        if names := _people([_name(value) for value in persons], publisher):
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


def _published(
    tree: Any, tags: Mapping[str, list[str]], graph: list[Mapping[str, Any]]
) -> tuple[str | None, str]:
    for node in graph:
        value = node.get("datePublished")
        if isinstance(value, str) and (date := machine_date(value)):
            return date, "schema.org datePublished"
    for tag in _DATE_TAGS:
        for value in tags.get(tag, ()):
            if (date := machine_date(value.replace("/", "-"))) or (date := parse_date(value)):
                return date, f"{tag} tag"
    for element in tree.iter("time"):
        pubdate = "" if element.get("pubdate") is None else "pubdate"
        marked = f"{element.get('itemprop') or ''} {element.get('class') or ''} {pubdate}"
        written = element.get("datetime") or "".join(element.itertext())
        of_publication = _PUBLICATION.search(marked) and not _MODIFICATION.search(marked)
        if of_publication and (date := machine_date(one_line(written))):
            return date, "marked time"
    return None, ""
