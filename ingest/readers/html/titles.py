"""The title of a web page and the site that published it, told apart in what the page calls itself."""

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
_FRONT_PAGE = re.compile(r".*://[^/]+/?|/|\./?|(?:\./|/)?(?:index|home)\.\w+")
_SECTION = re.compile(
    r"(?:news|blog|home(?:page)?|startseite|articles?|videos?|opinions?|politics|sports?)", re.IGNORECASE
)
_LONGEST_NAME = 60  # characters
_LONG = 20  # letters from which a name that holds the page's title is no site's name


@dataclass(frozen=True)
class PageNames:
    """What a page calls itself; `how` names the tag or place, "" where there is none."""

    title: str | None
    title_how: str
    publisher: str | None
    publisher_how: str


def page_names(tree: Any, tags: Mapping[str, list[str]], graph: list[Mapping[str, Any]]) -> PageNames:
    """Title and publisher from a page's main headings, title, `meta` tags (by name) and schema.org articles."""
    headings, site = _headings(tree)
    titles = [text for element in tree.iter("title") if (text := one_line("".join(element.itertext())))]
    tagged = [(tags[tag][0], f"{tag} tag") for tag in _TITLE_TAGS if tag in tags]
    title, title_how = _title(headings, titles, tagged, graph)
    own = [*headings, *(text for text, _ in tagged)]
    publisher, publisher_how = _publisher(tags, graph, [*own, *titles])
    if publisher is None and titles:
        publisher, publisher_how = _beside_title(titles[0], own), "name beside the title"
    if publisher is None:
        publisher, publisher_how = site, "name that leads to the front page"
    if title is not None:
        title = _without_site(title, [name for name in (publisher, site) if name], headings)
    return PageNames(title, title_how, publisher, publisher_how if publisher else "")


def _headings(tree: Any) -> tuple[list[str], str | None]:
    """Main headings, and the site's name where one of them is only that: a link to the front page."""
    headings, site = [], None
    for element in tree.iter("h1"):
        text = one_line("".join(element.itertext()))
        links = [*element.iterancestors("a"), *element.iterdescendants("a")]
        if text and any(_FRONT_PAGE.fullmatch(link.get("href") or "-") for link in links):
            site = site or text
        elif text:
            headings.append(text)
    return headings, site if site and len(site) <= _LONGEST_NAME else None


def _title(
    headings: list[str], titles: list[str], tagged: list[tuple[str, str]], graph: list[Mapping[str, Any]]
) -> tuple[str | None, str]:
    shown = headings + titles + [text for text, _ in tagged]
    for node in graph:
        # Some sites put a description where the headline belongs: another place must say the same.
        headline = schema_name(node.get("headline"))
        if headline and any(
            headline.casefold() in text.casefold() or text.casefold() in headline.casefold() for text in shown
        ):
            return headline, "schema.org headline"
    named = [*tagged]
    if len(headings) == 1:
        named.append((headings[0], "only main heading"))
    named += [(text, "title tag") for text in titles]
    return named[0] if named else (None, "")


def _publisher(
    tags: Mapping[str, list[str]], graph: list[Mapping[str, Any]], own: list[str]
) -> tuple[str | None, str]:
    for node in graph:
        for value in listed_words(node.get("publisher")):
            if (name := schema_name(value)) and not name.startswith("http"):
                return name, "schema.org publisher"
    long = [letters for text in own if len(letters := _letters(text)) >= _LONG]
    for tag in _PUBLISHER_TAGS:
        for value in tags.get(tag, ()):
            titled = any(letters in _letters(value) for letters in long)
            if not value.startswith("http") and "@" not in value and not titled:
                return value, f"{tag} tag"
    return None, ""


def _beside_title(title: str, own: list[str]) -> str | None:
    """The site's name in "Title – Site" or "Site | Title", where another place gives the title alone."""
    parts = _SEPARATOR.split(title)
    known = set(map(_letters, own)) - {""}
    for name, rest in ((parts[-1], parts[:-1]), (parts[0], parts[1:])):
        sure = (
            len(name) <= _LONGEST_NAME
            and any(map(str.isalpha, name))
            and not name.startswith(("http", "www."))
        )
        if rest and sure and not _SECTION.fullmatch(name) and _letters("".join(rest)) in known:
            return name
    return None


def _without_site(title: str, names: list[str], headings: list[str]) -> str:
    """The title without the site's name at its end or beginning, where page or publisher shows what that is."""
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
    """Whether a title is a heading and a site's name set off from it or in brackets, in whichever quotes."""
    cuts = list(re.finditer(rf"{_SEPARATOR.pattern}|\s\(", title))
    sides = [title[: cut.start()] for cut in cuts] + [title[cut.end() :] for cut in cuts]
    return _letters(heading) in map(_letters, sides)


def _same_name(part: str, name: str) -> bool:
    one, other = sorted((_letters(part), _letters(name)), key=len)
    return bool(one) and one in other and 2 * len(one) >= len(other)


def schema_name(value: Any) -> str:
    """The name that a schema.org value is or has, "" where it has none."""
    name = value.get("name") if isinstance(value, Mapping) else value
    return one_line(name) if isinstance(name, str) else ""


def listed_words(value: Any) -> list[Any]:
    """A value of structured data as a list, as one that may stand alone or be left out."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
