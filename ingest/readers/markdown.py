"""Markdown: parsed as CommonMark with tables, its front matter read as metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.document import Metadata
from ingest.metadata.dates import machine_date
from ingest.metadata.names import person, unique_names
from ingest.readers.common.draft import Draft, DraftPart, compose
from ingest.readers.common.list_items import BULLET
from ingest.readers.common.table_rows import rows_as_parts
from ingest.text.cleaning import clean, one_line
from ingest.text.decoding import decode

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"[A-Za-z][\w -]*")


def read_markdown(data: bytes) -> Draft:
    """Read Markdown. Links keep their words; pictures and their captions are dropped.

    The front matter is strong metadata; the first heading of level 1, if the text opens with it, is a weak title.
    """
    source = clean(decode(data))
    front = _FRONT_MATTER.match(source)
    fields = _front_matter(front[1]) if front else {}
    body = source[front.end() :] if front else source
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    text, pieces = compose(_parts(tokens))
    title = (
        next((text[p.start : p.end] for p in pieces if p.kind == "heading"), None)
        if _opens_with_title(tokens)
        else None
    )
    strong = _from_front_matter(fields)
    weak = Metadata(title=title, found={"title": "first heading"} if title else {})
    return Draft(text, pieces, strong=strong, weak=weak)


def _front_matter(block: str) -> dict[str, list[str]]:
    """Front matter as lower-case key -> values; reads only the YAML that front matter uses.

    `_front_matter("Title: Grain\\ntags: [a, 'b']") == {"title": ["Grain"], "tags": ["a", "b"]}`
    """
    fields: dict[str, list[str]] = {}
    key = ""
    for line in block.split("\n"):
        item = re.match(r"\s*-\s+(.*)$", line)
        name, colon, value = line.partition(":")
        if item and key:
            fields[key].append(_unquoted(item[1]))
        elif colon and _KEY.fullmatch(name):
            key, value = name.strip().lower(), value.strip()
            bracketed = re.fullmatch(r"\[(.*)\]", value)
            values = bracketed[1].split(",") if bracketed else [value]
            fields[key] = [_unquoted(entry) for entry in values if entry.strip()]
    return fields


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _from_front_matter(fields: dict[str, list[str]]) -> Metadata:
    def first_value(*keys: str) -> str | None:
        return next(
            (one_line(fields[key][0]) for key in keys if fields.get(key) and one_line(fields[key][0])), None
        )

    names = [
        name for key in ("author", "authors", "by") for value in fields.get(key, []) for name in _names(value)
    ]
    stated_date = first_value("published", "date", "publication_date", "pubdate")
    metadata = {
        "title": first_value("title"),
        "publisher": first_value("publisher", "organization", "organisation", "source_name", "site"),
        "published": machine_date(stated_date) if stated_date else None,
        "language": (first_value("lang", "language") or "").lower()[:2] or None,
    }
    origins = {name: "front matter" for name, value in metadata.items() if value}
    if names:
        origins["authors"] = "front matter"
    tags = [
        one_line(tag)
        for key in ("tags", "keywords")
        for value in fields.get(key, [])
        for tag in value.split(",")
        if one_line(tag)
    ]
    if tags:
        origins["tags"] = "front matter"
    return Metadata(
        metadata["title"],
        unique_names(names),
        metadata["publisher"],
        metadata["published"],
        metadata["language"],
        origins,
        tuple(dict.fromkeys(tags)),
    )


def _names(value: str) -> list[str]:
    """The authors in a front matter value; a single word counts as a name here, as the field says that it is one.

    `_names("Mara Lindqvist, Okoro and https://x.org") == ["Mara Lindqvist", "Okoro"]`
    """
    parts = [part.strip() for part in re.split(r"[,;&]|\sand\s", value) if part.strip()]
    return [person(part) or one_line(part) for part in parts if not part.startswith(("http", "@", "{"))]


def _opens_with_title(tokens: list[Token]) -> bool:
    """Whether the first block is a heading of level 1; a later one may be a chapter's."""
    return bool(tokens) and tokens[0].type == "heading_open" and tokens[0].tag == "h1"


def _parts(tokens: list[Token]) -> Iterator[DraftPart]:
    """The parts of the parsed text, in order; an item's bullet or number goes to its first paragraph."""
    rows: list[list[str]] = []
    heading = 0  # level of the open heading, 0 outside of one
    lists: list[Token] = []  # open lists, innermost last
    marker = ""
    for token in tokens:
        if token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type == "heading_close":
            heading = 0
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            marker = f"{token.info}. " if token.info else f"{BULLET} "
        elif token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            yield from rows_as_parts(rows, header=True)
            rows = []
        elif token.type == "inline":
            text = _inline_text(token)
            if rows:
                rows[-1].append(text)
            elif heading:
                yield DraftPart(one_line(text), "heading", heading)
            elif lists:
                yield DraftPart(marker + text, "list")
                marker = ""
            else:
                yield DraftPart(text)
        elif token.type in ("fence", "code_block"):
            yield DraftPart(token.content)
        elif token.type == "html_block":
            yield DraftPart(_without_tags(token.content))


def _without_tags(markup: str) -> str:
    """The text of raw HTML; after a comment that is never closed, the rest of the text is kept.

    `_without_tags("<b>Grain</b><!-- draft -->").strip() == "Grain"`
    """
    closed, end, rest = markup.rpartition("-->")
    uncommented = re.sub(r"<!--.*?-->", " ", closed + end, flags=re.DOTALL) + rest
    return re.sub(r"<!--|<[^<>]+>", " ", uncommented)


def _inline_text(token: Token) -> str:
    """The text of a paragraph or cell without its marks."""
    words = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append(" " if child.type == "softbreak" else "\n")
    return "".join(words).strip()
