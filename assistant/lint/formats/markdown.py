"""Turns Markdown into blocks, each with its line in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.lint.draft.blocks import DraftBlock

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def markdown_blocks(source: str) -> Iterator[DraftBlock]:
    """The headings, paragraphs, list items and table rows of a text; each line of front matter is a head paragraph."""
    front = _FRONT.match(source)
    if front:
        for place, line in enumerate(front[1].split("\n"), start=2):
            yield DraftBlock(line, place, role="head")
        source = "\n" * front[0].count("\n") + source[front.end() :]
    # Without "reference": `[1]: Publisher, …` is a note here, not the address of a link.
    tokens = MarkdownIt("commonmark").enable("table").disable("reference").parse(source)
    yield from _blocks(tokens)


def _blocks(tokens: list[Token]) -> Iterator[DraftBlock]:
    level, number, cells, header, line = 0, "", list[str](), False, 0
    inside = "paragraph"
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        match token.type:
            case "heading_open":
                level = int(token.tag[1])
            case "heading_close":
                level = 0
            case "list_item_open":
                inside, number = "item", token.info
            case "list_item_close":
                inside, number = "paragraph", ""
            case "thead_open":
                header = True
            case "thead_close":
                header = False
            case "tr_open":
                cells = []
                inside = "row"
            case "tr_close":
                inside = "paragraph"
                if not header:
                    yield DraftBlock(" | ".join(cells), line, "row", cells=tuple(cells))
            case "hr":
                yield DraftBlock("", line, "rule")
            case "html_block":
                yield DraftBlock(re.sub(r"<!--.*?-->|<[^<>]+>", " ", token.content, flags=re.DOTALL), line)
            case "inline":
                text, lead = _inline(token)
                if level:
                    yield DraftBlock(text, line, "heading", level)
                elif inside == "row":
                    cells.append(text)
                elif inside == "item":
                    yield DraftBlock(text, line, "item", lead=lead, number=number)
                else:
                    yield DraftBlock(text, line, lead=lead)


def _inline(token: Token) -> tuple[str, str]:
    """The words of an inline token, and the bold or italic ones at its start."""
    text, lead, opened = "", "", False
    for child in token.children or ():
        match child.type:
            case "text" | "code_inline":
                text += child.content
            case "softbreak" | "hardbreak":
                text += "\n"
            case "strong_open" | "em_open" if not opened:
                opened = not text.strip()
            case "strong_close" | "em_close" if opened:
                lead, opened = text, False
            case "html_inline" if child.content.lower().startswith(("<sup", "</sup")):
                text += "]" if child.content.startswith("</") else "["
    return text, lead.strip()
