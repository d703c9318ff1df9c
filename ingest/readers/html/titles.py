"""Finds the title of a web page and the site that published it, in the names that the page gives itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.text.cleaning import one_line

_TITLE_TAGS = ("citation_title", "og:title", "dc.title", "dcterms.title", "twitter:title", "parsely-title")
_PUBLISHER_TAGS = (
    "citation_publisher",
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "application-name",
)
_SEPARATOR = re.compile(r"\s+[|•·»›:–—-]\s+|\s+\|")
# A link to a site's front page: "/", "https://coast.example", "index.html"
_FRONT_PAGE_LINK = re.compile(r".*://[^/]+/?|/|\./?|(?:\./|/)?(?:index|home)\.\w+")
# Names of sections, which stand beside titles as names of sites do
_SECTION = re.compile(
    r"(?:news|blog|home(?:page)?|startseite|articles?|videos?|opinions?|politics|sports?)", re.IGNORECASE
)
_LONGEST_NAME = 60  # characters of a site's name
_LONG_NAME = 20  # letters; a "site name" that contains a title of this length is no site's name


@dataclass(frozen=True)
class PageNames:
    """What a page calls itself."""

    title: str | None
    title_how: str  # the tag or place of the title, for people; "" without a title
    publisher: str | None
    publisher_how: str  # as title_how


def page_names(tree: Any, tags: Mapping[str, list[str]], graph: list[Mapping[str, Any]]) -> PageNames:
    """The title and the publisher of a page.

    `tags` are the contents of `meta` tags by name, in lower case; `graph` are the schema.org articles of the page.
    """
    headings, site = _headings(tree)
    titles = [text for element in tree.iter("title") if (text := one_line("".join(element.itertext())))]
    tagged = [(tags[tag][0], f"{tag} tag") for tag in _TITLE_TAGS if tag in tags]
    title, title_how = _title(headings, titles, tagged, graph)
    own_names = [*headings, *(text for text, _ in tagged)]
    publisher, publisher_how = _publisher(tags, graph, [*own_names, *titles])
    if publisher is None and titles:
        publisher, publisher_how = _beside_title(titles[0], own_names), "name beside the title"
    if publisher is None:
        publisher, publisher_how = site, "name that leads to the front page"
    if title is not None:
        title = _without_site(title, [name for name in (publisher, site) if name], headings)
    return PageNames(title, title_how, publisher, publisher_how if publisher else "")


def schema_name(value: Any) -> str:
    """The name in a schema.org value, "" without one: `schema_name({"name": "Coast News"}) == "Coast News"`."""
    name = value.get("name") if isinstance(value, Mapping) else value
    return one_line(name) if isinstance(name, str) else ""


def as_list(value: Any) -> list[Any]:
    """A value of JSON-LD as a list; a list of one may be written without brackets: `as_list("a") == ["a"]`."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _headings(tree: Any) -> tuple[list[str], str | None]:
    """The main headings, and the site's name if one of them is a link to the front page."""
    headings, site = [], None
    for element in tree.iter("h1"):
        text = one_line("".join(element.itertext()))
        links = [*element.iterancestors("a"), *element.iterdescendants("a")]
        if text and any(_FRONT_PAGE_LINK.fullmatch(link.get("href") or "-") for link in links):
            site = site or text
        elif text:
            headings.append(text)
    return headings, site if site and len(site) <= _LONGEST_NAME else None


def _title(
    headings: list[str], titles: list[str], tagged: list[tuple[str, str]], graph: list[Mapping[str, Any]]
) -> tuple[str | None, str]:
    """(title, how it was found): schema.org, then tags, then the only heading, then the `title` element."""
    known_texts = headings + titles + [text for text, _ in tagged]
    for node in graph:
        # Some sites use the headline for a description, so another place has to confirm it.
        headline = schema_name(node.get("headline"))
        if headline and any(
            headline.casefold() in text.casefold() or text.casefold() in headline.casefold()
            for text in known_texts
        ):
            return headline, "schema.org headline"
    candidates = [*tagged]
    if len(headings) == 1:
        candidates.append((headings[0], "only main heading"))
    candidates += [(text, "title tag") for text in titles]
    return candidates[0] if candidates else (None, "")


def _publisher(
    tags: Mapping[str, list[str]], graph: list[Mapping[str, Any]], own_names: list[str]
) -> tuple[str | None, str]:
    """(publisher, how it was found) by schema.org, tags; `own_names` are the page's titles, which sites put there."""
    for node in graph:
        for value in as_list(node.get("publisher")):
            if (name := schema_name(value)) and not name.startswith("http"):
                return name, "schema.org publisher"
    long_names = [letters for text in own_names if len(letters := _letters(text)) >= _LONG_NAME]
    for tag in _PUBLISHER_TAGS:
        for value in tags.get(tag, ()):
            titled = any(letters in _letters(value) for letters in long_names)
            if not value.startswith("http") and "@" not in value and not titled:
                return value, f"{tag} tag"
    return None, ""


def _beside_title(title: str, own_names: list[str]) -> str | None:
    """The site's name in "Title – Site" or "Site | Title", if one of the page's own titles is the title alone.

    `_beside_title("Cranes at work – Coast News", ["Cranes at work"]) == "Coast News"`
    """
    parts = _SEPARATOR.split(title)
    known_letters = set(map(_letters, own_names)) - {""}
    for name, rest in ((parts[-1], parts[:-1]), (parts[0], parts[1:])):
        is_plausible = (
            len(name) <= _LONGEST_NAME
            and any(map(str.isalpha, name))
            and not name.startswith(("http", "www."))
        )
        if (
            rest
            and is_plausible
            and not _SECTION.fullmatch(name)
            and _letters("".join(rest)) in known_letters
        ):
            return name
    return None


def _without_site(title: str, names: list[str], headings: list[str]) -> str:
    """The title without the site's name before or after it, recognised by a heading or one of `names`.

    `_without_site("Cranes at work – Coast News", ["Coast News"], []) == "Cranes at work"`
    """
    if title in headings:
        return title
    letters = _letters(title)
    for heading in headings:
        if 3 * len(_letters(heading)) > len(letters) and _stands_alone(heading, title):
            return heading
    cuts = list(_SEPARATOR.finditer(title))
    for cut in cuts:
        if any(
            _same_name(part, name) for name in names for part in [_SEPARATOR.split(title[cut.end() :])[0]]
        ):
            return title[: cut.start()].strip()
    if cuts and any(_same_name(title[: cuts[0].start()], name) for name in names):
        return title[cuts[0].end() :].strip()
    return title if "|" not in title else title[: title.rindex("|")].rstrip(" |")


def _stands_alone(heading: str, title: str) -> bool:
    """Whether a title is a heading with a site's name set off from it or in brackets; quotation marks do not count.

    `_stands_alone("Cranes", "“Cranes” (Coast News)") is True`
    """
    cuts = list(re.finditer(rf"{_SEPARATOR.pattern}|\s\(", title))
    sides = [title[: cut.start()] for cut in cuts] + [title[cut.end() :] for cut in cuts]
    return _letters(heading) in map(_letters, sides)


def _same_name(part: str, name: str) -> bool:
    """Whether one name contains the other and is at most twice as long.

    `_same_name("Coast News", "The Coast News") is True`
    """
    shorter, longer = sorted((_letters(part), _letters(name)), key=len)
    return bool(shorter) and shorter in longer and 2 * len(shorter) >= len(longer)


def _letters(text: str) -> str:
    """Letters and digits in lower case, for comparisons: `_letters("“Cranes”!") == "cranes"`."""
    return "".join(filter(str.isalnum, text.casefold()))
