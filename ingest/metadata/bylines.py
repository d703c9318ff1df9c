"""Finds who wrote a report, by its own lines, and which lines say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.metadata.dates import parse_written_date
from ingest.metadata.names import ROLE, organisation, people, person, same_person, unique_names

# "By Mara Lindqvist"
_BY = re.compile(
    r"(?:(?:written|authored|reported|words|text|story|article|report|analysis)\s+)?(?:by|par|von|por)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
# A line of its own above names: "Article by:", "About the authors"
_LABEL = re.compile(
    r"(?:article|written|report|text|analysis|story|post(?:ed)?)?\s*(?:by|par)\s*:?|(?:about\s+the\s+)?(?:authors?|contributors?|writers?)\s*:?|"
    r"(?:à\s+propos\s+(?:de\s+l[’']auteure?|des\s+auteure?s)|auteure?s?)\s*:?|about\s+the\s+author\(s\)\s*:?",
    re.IGNORECASE,
)
# "Author: Mara Lindqvist"
_LABELLED = re.compile(r"(?:authors?|author\(s\)|auteure?s?|written\s+by|byline)\s*:\s*(?=\S)", re.IGNORECASE)
# "Mara Lindqvist is a fellow at the Harbour Institute"
_IS_SENTENCE = re.compile(
    r"(?P<name>[^.;:!?,]{3,60}?),?\s+(?:is|was|are|works|serves|has\s+(?:been|worked)|est|holds|writes|leads|heads|covers)\s+(?P<rest>.{3,160})",
    re.DOTALL,
)
_BIOGRAPHY_ROLE = re.compile(
    r"\b(?:researcher|analyst|fellow|professor|lecturer|scholar|scientist|consultant|editor|correspondent|student|candidate|"
    r"reporter|journalist|writer|author|expert|specialist|economist|intern|historian|columnist|freelance|coordinator|advis[eo]r|"
    r"director|officer|associate|teaches|research|chercheu(?:r|se)|analyste|professeure?|journaliste|doctorante?|consultante?)s?\b",
    re.IGNORECASE,
)
# What may follow names on their line: "in Bamako", "| 4 May 2021"
_AFTER_NAMES = re.compile(r"\s+(?:in|for|at|with|à|pour)\s+[A-ZÀ-Þ].*$|\s*(?:[|•·–—]|\s-\s).*$")
_HEAD_BLOCKS = 12  # blocks at the top that are searched for a byline
_TAIL_BLOCKS = 14  # blocks at the end that are searched for signatures and biographies


@dataclass(frozen=True)
class BylineLines:
    """The authors of a report and the lines that name them."""

    authors: tuple[str, ...] = ()
    how: str = ""  # where the authors were found, for people
    lines: frozenset[int] = frozenset()  # indices of lines that name authors and are no part of the body


def find_byline(lines: Sequence[str]) -> BylineLines:
    """The byline of a report, whose blocks are given in order, each as one line of text.

    The authors are those of the first rule that finds any; `lines` holds the lines that any rule recognises.
    """
    bylines = [
        rule(lines)
        for rule in (_author_line, _labelled_list, _signature, _named_biography, _closing_biography)
    ]
    byline = next((candidate for candidate in bylines if candidate.authors), BylineLines())
    if not byline.authors:
        return byline
    recognised = set().union(*(candidate.lines for candidate in bylines))
    name_lines = [
        index for index, line in enumerate(lines) if any(_is_name_line(line, name) for name in byline.authors)
    ]
    return BylineLines(byline.authors, byline.how, frozenset(recognised | set(name_lines)))


def names_in(text: str) -> tuple[str, ...]:
    """The names in a byline without "By": "A and B", "A, Researcher and B, Officer, Harbour Institute", "A in Gao".

    `names_in("Mara Lindqvist in Ostra") == ("Mara Lindqvist",)`; empty if anything else is in the text.
    """
    text = text.strip(" .")
    for candidate in (text, _AFTER_NAMES.sub("", text)):
        if names := people(candidate):
            return names
    return _names_with_roles(_AFTER_NAMES.sub("", text))


def _author_line(lines: Sequence[str]) -> BylineLines:
    """ "By A and B" or "Author: A" near the top or the end."""
    for index, line in enumerate(lines):
        if len(line) > 200 or _HEAD_BLOCKS <= index < len(lines) - _TAIL_BLOCKS:
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
        line_indices = {index}
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
            line_indices.add(below)
        if names:
            return BylineLines(unique_names(names), "list of authors in the text", frozenset(line_indices))
    return BylineLines()


def _signature(lines: Sequence[str]) -> BylineLines:
    """ "A, Senior Researcher and B, Research Officer, Harbour Institute" on a line near the end or the top, or a name
    under the title with a role on the line below it."""
    for index in _head_and_tail(lines):
        line = lines[index]
        if (
            len(line) <= 250
            and not line.endswith((".", "!", "?", ":"))
            and (names := _names_with_roles(line))
        ):
            return BylineLines(names, "signature line in the text", frozenset({index}))
    for index in range(1, min(_HEAD_BLOCKS, len(lines) - 1)):
        if (name := person(lines[index])) and _is_role_line(lines[index + 1]) and len(lines[index + 1]) < 100:
            return BylineLines((name,), "name and role under the title", frozenset({index, index + 1}))
    return BylineLines()


def _named_biography(lines: Sequence[str]) -> BylineLines:
    """A name on a line of its own, followed by a line such as "That Name is an analyst at …"."""
    names: list[str] = []
    line_indices: set[int] = set()
    for index in range(len(lines) - 1):
        name = person(lines[index])
        if name is None:
            continue
        below = index + 1
        while below < len(lines) - 1 and person(lines[below]) == name:
            below += 1
        if any(same_person(name, subject) for subject in _biography_names(lines[below])):
            names.append(name)
            line_indices |= set(range(index, below + 1))
    return BylineLines(unique_names(names), "name line and biography in the text", frozenset(line_indices))


def _closing_biography(lines: Sequence[str]) -> BylineLines:
    """Biographies near the end without a line of names above them."""
    names: list[str] = []
    line_indices: set[int] = set()
    for index in range(max(2, len(lines) - _TAIL_BLOCKS), len(lines)):
        if subjects := _biography_names(lines[index]):
            names.extend(subjects)
            line_indices.add(index)
    return BylineLines(unique_names(names), "biography at the end of the text", frozenset(line_indices))


def _biography_names(text: str) -> tuple[str, ...]:
    """The names in a block of biographies, which begins with a sentence such as "Mara Lindqvist is a fellow at …".

    `_biography_names("Mara Lindqvist is a fellow at Lindow.") == ("Mara Lindqvist",)`; empty for any other block.
    """
    if len(text) > 900:
        return ()
    names: list[str] = []
    for number, sentence in enumerate(re.split(r"(?<=[^\W\d_]{2}[.])\s+(?=[A-ZÀ-Þ])", text)):
        match = _IS_SENTENCE.match(sentence)
        subjects = people(match["name"]) if match else ()
        if (
            match
            and subjects
            and _BIOGRAPHY_ROLE.search(match["rest"])
            and not re.search(r"\b(?:said|told)\b", sentence)
        ):
            names.extend(subjects)
        elif number == 0:
            return ()
    return unique_names(names)


def _names_with_roles(line: str) -> tuple[str, ...]:
    """The names in a line of names, each with its role, and organisations; empty if any part is something else.

    `_names_with_roles("Mara Lindqvist, Senior Analyst, Harbour Watch") == ("Mara Lindqvist",)`
    """
    parts = [
        part for part in re.split(r"\s*[,;]\s*(?:(?:and|et)\s+)?|\s+(?:and|et)\s+(?=[A-ZÀ-Þ])", line) if part
    ]
    if len(parts) < 2 or person(parts[0]) is None or not ROLE.search(parts[1]):
        return ()
    names: list[str] = []
    for index, part in enumerate(parts):
        followed_by_role = index + 1 < len(parts) and ROLE.search(parts[index + 1]) is not None
        name = person(part)
        if name and not ROLE.search(part) and followed_by_role:
            names.append(name)
        elif not (ROLE.search(part) and len(part) < 90) and organisation(part) is None:
            return ()
    return unique_names(names)


def _is_role_line(text: str) -> bool:
    """Whether a line states a role: `_is_role_line("Senior Researcher, Harbour Watch") is True`."""
    return len(text) < 140 and not text.endswith((".", "!", "?")) and ROLE.search(text) is not None


def _is_name_line(line: str, author: str) -> bool:
    """Whether a line is the author's name, in any spelling: `_is_name_line("Dr. Mara Lindqvist", "Mara Lindqvist")`."""
    name = person(line)
    return name is not None and same_person(name, author)


def _head_and_tail(lines: Sequence[str]) -> list[int]:
    """Indices of the blocks near the top, but for the first, and near the end."""
    return [
        index for index in range(1, len(lines)) if index < _HEAD_BLOCKS or index >= len(lines) - _TAIL_BLOCKS
    ]


def _before_date(text: str) -> str:
    """`text` up to a date set off at its end: `_before_date("A and B, 3 June 2022") == "A and B"`."""
    for match in re.finditer(r"\s*[,|•·–—-]\s*|\s+(?:on\s+)?(?=\d)", text):
        if parse_written_date(text[match.end() :]) is not None:
            return text[: match.start()]
    return text
