"""Who wrote a report, as its own lines say it, and which lines say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.metadata.dates import parse_date
from ingest.metadata.names import ROLE, organisation, people, person, same_person, unique_names

_BY = re.compile(
    r"(?:(?:written|authored|reported|words|text|story|article|report|analysis)\s+)?(?:by|par|von|por)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:article|written|report|text|analysis|story|post(?:ed)?)?\s*(?:by|par)\s*:?|(?:about\s+the\s+)?(?:authors?|contributors?|writers?)\s*:?|"
    r"(?:à\s+propos\s+(?:de\s+l[’']auteure?|des\s+auteure?s)|auteure?s?)\s*:?|about\s+the\s+author\(s\)\s*:?",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"(?:authors?|author\(s\)|auteure?s?|written\s+by|byline)\s*:\s*(?=\S)", re.IGNORECASE)
_IS = re.compile(
    r"(?P<name>[^.;:!?,]{3,60}?),?\s+(?:is|was|are|works|serves|has\s+(?:been|worked)|est|holds|writes|leads|heads|covers)\s+(?P<rest>.{3,160})",
    re.DOTALL,
)
_BIOGRAPHY_ROLE = re.compile(
    r"\b(?:researcher|analyst|fellow|professor|lecturer|scholar|scientist|consultant|editor|correspondent|student|candidate|"
    r"reporter|journalist|writer|author|expert|specialist|economist|intern|historian|columnist|freelance|coordinator|advis[eo]r|"
    r"director|officer|associate|teaches|research|chercheu(?:r|se)|analyste|professeure?|journaliste|doctorante?|consultante?)s?\b",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s+(?:in|for|at|with|à|pour)\s+[A-ZÀ-Þ].*$|\s*(?:[|•·–—]|\s-\s).*$")
_HEAD = 12  # blocks from the top in which a byline is looked for
_END = 14  # blocks from the end in which signatures and biographies are looked for


@dataclass(frozen=True)
class BylineLines:
    """Authors, how they were found, and the indices of the lines that are no part of the body."""

    authors: tuple[str, ...] = ()
    how: str = ""
    lines: frozenset[int] = frozenset()


def find_byline(lines: Sequence[str]) -> BylineLines:
    """The byline of a report given as its blocks in order (each one line of text).

    The surest rule that finds someone names the authors; lines that any rule recognises are marked.
    """
    found = [
        rule(lines) for rule in (_by_line, _labelled_list, _signature, _named_biography, _closing_biography)
    ]
    first = next((byline for byline in found if byline.authors), BylineLines())
    if not first.authors:
        return first
    marked = set().union(*(byline.lines for byline in found))
    known = [
        index for index, line in enumerate(lines) if any(_is_name_line(line, name) for name in first.authors)
    ]
    return BylineLines(first.authors, first.how, frozenset(marked | set(known)))


def names_in(text: str) -> tuple[str, ...]:
    """Names in "A and B", "A, Senior Researcher and B, Officer, Organisation" or "A in Bamako"; empty if unsure."""
    text = text.strip(" .")
    for candidate in (text, _TAIL.sub("", text)):
        if names := people(candidate):
            return names
    return _names_with_roles(_TAIL.sub("", text))


def _by_line(lines: Sequence[str]) -> BylineLines:
    for index, line in enumerate(lines):
        if len(line) > 200 or _HEAD <= index < len(lines) - _END:
            continue
        match = _BY.match(line) or _LABELLED.match(line)
        if match is None:
            continue
        if names := names_in(_before_date(line[match.end() :])):
            return BylineLines(names, "byline in the text", frozenset({index}))
    return BylineLines()


def _labelled_list(lines: Sequence[str]) -> BylineLines:
    """ "Article by:" or "About the authors" and the names, roles and biographies under it."""
    for index, line in enumerate(lines):
        if not _LABEL.fullmatch(line.strip()):
            continue
        names: list[str] = []
        taken = {index}
        for below in range(index + 1, len(lines)):
            text = lines[below]
            if name := person(text):
                names.append(name)
            elif several := people(text):
                names.extend(several)
            elif biographies := _biography_names(text):
                names.extend(biographies)
            elif not (names and _is_role_line(text)):
                break
            taken.add(below)
        if names:
            return BylineLines(unique_names(names), "list of authors in the text", frozenset(taken))
    return BylineLines()


def _signature(lines: Sequence[str]) -> BylineLines:
    """ "A, Senior Researcher and B, Research Officer, Organisation" on a line of its own near the end or the top;
    or a name with a role on the next line under the title."""
    for index in _edges(lines):
        line = lines[index]
        if (
            len(line) <= 250
            and not line.endswith((".", "!", "?", ":"))
            and (names := _names_with_roles(line))
        ):
            return BylineLines(names, "signature line in the text", frozenset({index}))
    for index in range(1, min(_HEAD, len(lines) - 1)):
        if (name := person(lines[index])) and _is_role_line(lines[index + 1]) and len(lines[index + 1]) < 100:
            return BylineLines((name,), "name and role under the title", frozenset({index, index + 1}))
    return BylineLines()


def _named_biography(lines: Sequence[str]) -> BylineLines:
    """A bare name on its own line, followed by "That Name is an analyst at ..."."""
    names: list[str] = []
    taken: set[int] = set()
    for index in range(len(lines) - 1):
        name = person(lines[index])
        if name is None:
            continue
        below = index + 1
        while below < len(lines) - 1 and person(lines[below]) == name:
            below += 1
        if any(same_person(name, other) for other in _biography_names(lines[below])):
            names.append(name)
            taken |= set(range(index, below + 1))
    return BylineLines(unique_names(names), "name line and biography in the text", frozenset(taken))


def _closing_biography(lines: Sequence[str]) -> BylineLines:
    names: list[str] = []
    taken: set[int] = set()
    for index in range(max(2, len(lines) - _END), len(lines)):
        if found := _biography_names(lines[index]):
            names.extend(found)
            taken.add(index)
    return BylineLines(unique_names(names), "biography at the end of the text", frozenset(taken))


def _biography_names(text: str) -> tuple[str, ...]:
    """Names in "A is a fellow at X. B is a lecturer at Y."; empty unless the block opens with such a sentence."""
    if len(text) > 900:
        return ()
    names: list[str] = []
    for number, sentence in enumerate(re.split(r"(?<=[^\W\d_]{2}[.])\s+(?=[A-ZÀ-Þ])", text)):
        match = _IS.match(sentence)
        found = people(match["name"]) if match else ()
        if (
            match
            and found
            and _BIOGRAPHY_ROLE.search(match["rest"])
            and not re.search(r"\b(?:said|told)\b", sentence)
        ):
            names.extend(found)
        elif number == 0:
            return ()
    return unique_names(names)


def _names_with_roles(line: str) -> tuple[str, ...]:
    """Names where each part between commas is a name, a role or, at the end, an organisation; names come with roles."""
    parts = [
        part for part in re.split(r"\s*[,;]\s*(?:(?:and|et)\s+)?|\s+(?:and|et)\s+(?=[A-ZÀ-Þ])", line) if part
    ]
    if len(parts) < 2 or person(parts[0]) is None or not ROLE.search(parts[1]):
        return ()
    names: list[str] = []
    for place, part in enumerate(parts):
        followed_by_role = place + 1 < len(parts) and ROLE.search(parts[place + 1]) is not None
        name = person(part)
        if name and not ROLE.search(part) and followed_by_role:
            names.append(name)
        elif not (ROLE.search(part) and len(part) < 90) and organisation(part) is None:
            return ()
    return unique_names(names)


def _is_role_line(text: str) -> bool:
    return len(text) < 140 and not text.endswith((".", "!", "?")) and ROLE.search(text) is not None


def _is_name_line(line: str, author: str) -> bool:
    name = person(line)
    return name is not None and same_person(name, author)


def _edges(lines: Sequence[str]) -> list[int]:
    return [index for index in range(1, len(lines)) if index < _HEAD or index >= len(lines) - _END]


def _before_date(text: str) -> str:
    """`text` without a date set off at its end: "A and B, 3 June 2022"."""
    for match in re.finditer(r"\s*[,|•·–—-]\s*|\s+(?:on\s+)?(?=\d)", text):
        if parse_date(text[match.end() :]) is not None:
            return text[: match.start()]
    return text
