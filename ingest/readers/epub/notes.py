"""Finds the footnotes and endnotes of an e-book, so that each can be read where the text refers to it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from ingest.text.cleaning import one_line

# Values of epub:type and role that mark references, notes and sections of notes.
_TYPE = "{http://www.idpf.org/2007/ops}type"
_REFERENCE_WORDS = frozenset(("noteref", "doc-noteref"))
_NOTE_WORDS = frozenset(("footnote", "endnote", "rearnote", "note", "doc-footnote", "doc-endnote"))
_NOTES_SECTION_WORDS = frozenset(("footnotes", "endnotes", "rearnotes", "notes", "doc-endnotes"))
_NOTE_CLASS = re.compile(r"(?:^|[\s_-])(?:foot|end|rear)note(?:$|\s)", re.IGNORECASE)
_MARK = re.compile(r"[\[(]?(?:\d{1,4}|[*†‡§¶]{1,4}|[a-z]|[ivxlc]{1,6})[\])]?[.:]?", re.IGNORECASE)
_BLOCKS = ("p", "div", "li", "aside", "dd", "dt", "td", "section", "blockquote")
_WRAPPERS = ("aside", "li", "dd")
_LONGEST_NOTE = 5000  # characters of a note; a longer element is a chapter
_ANCESTORS_NEAR = 3  # elements around a link among which the note's link back may lead


def semantic_types(element: Any) -> frozenset[str]:
    """The words of an element's epub:type and role, in lower case."""
    attributes = f"{element.get(_TYPE) or element.get('epub:type') or ''} {element.get('role') or ''}"
    return frozenset(attributes.lower().split())


def extract_notes(trees: Mapping[str, Any]) -> dict[Any, Any]:
    """Removes the notes of an e-book from its documents (path -> root); returns each link to a note with the note.

    A link leads to a note if it is marked as a reference, or if it looks like a note mark and its target is marked as a
    note or links back.
    """
    targets = _targets(trees)
    note_by_link: dict[Any, Any] = {}
    notes: dict[Any, str] = {}  # note -> path of its document, in order
    for path, tree in trees.items():
        for link in list(tree.iter("a")):
            target = targets.get(_leads_to(link, path))
            if target is None or any(ancestor in notes for ancestor in link.iterancestors()):
                continue
            note = _note(target, link)
            if note is not None and _is_reference(link, path, note, trees, targets):
                note_by_link[link] = note
                notes[note] = path
    containers = {note.getparent(): None for note in notes}
    for note in notes:
        _detach(note)
    for container in containers:
        _drop_if_left_empty(container)
    for link, note in note_by_link.items():
        _drop_links_back(link, note)
    return note_by_link


def _targets(trees: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
    """(path, id or anchor name) -> the element that links to it reach."""
    return {
        (path, name): element
        for path, tree in trees.items()
        for element in tree.iter()
        for name in (element.get("name") if element.tag == "a" else None, element.get("id"))
        if name
    }


def _leads_to(link: Any, path: str) -> tuple[str, str]:
    """The (path, id) that a link in the document at `path` leads to."""
    document, _, name = (link.get("href") or "").partition("#")
    if not document:
        return path, unquote(name)
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(document))), unquote(name)


def _note(target: Any, link: Any) -> Any | None:
    """The element that holds the whole note, of which `target` may be only the beginning; None if there is none."""
    around = [element for element in (target, *target.iterancestors()) if element.tag not in ("body", "html")]
    around = around[
        : next(
            (index for index, element in enumerate(around) if semantic_types(element) & _NOTES_SECTION_WORDS),
            len(around),
        )
    ]
    wrappers = (element for element in around if _is_marked(element) or element.tag in _WRAPPERS)
    note = next(wrappers, next((element for element in around if element.tag in _BLOCKS), None))
    if note is not None and note.tag == "dt":  # its text is the dd after it
        note = note.getnext()
    if note is None or note.tag not in _BLOCKS or note in link.iterancestors():
        return None
    return note if len("".join(note.itertext())) <= _LONGEST_NOTE else None


def _is_marked(element: Any) -> bool:
    """Whether type, role or class say that an element is a note."""
    return (
        bool(semantic_types(element) & _NOTE_WORDS)
        or _NOTE_CLASS.search(element.get("class") or "") is not None
    )


def _is_reference(
    link: Any, path: str, note: Any, trees: Mapping[str, Any], targets: Mapping[tuple[str, str], Any]
) -> bool:
    """Whether a link whose target lies in `note` refers to a note: see `extract_notes`."""
    if semantic_types(link) & _REFERENCE_WORDS:
        return True
    if not _MARK.fullmatch(one_line("".join(link.itertext()))) or _opens_its_block(link):
        return False
    if _is_marked(note) or note.tag == "aside":
        return True
    around = {link, *link.iter(), *list(link.iterancestors())[:_ANCESTORS_NEAR]}
    home = next((name for name, tree in trees.items() if tree is note.getroottree().getroot()), path)
    return any(targets.get(_leads_to(back, home)) in around for back in note.iter("a"))


def _opens_its_block(link: Any) -> bool:
    """Whether no text precedes the link in its block: then it is the number of a note, not a reference to one."""
    element = link
    while element.tag not in _BLOCKS and element.getparent() is not None:
        before = element.getprevious()
        while before is not None:
            if (before.tail or "").strip() or "".join(before.itertext()).strip():
                return False
            before = before.getprevious()
        element = element.getparent()
        if (element.text or "").strip():
            return False
    return True


def _detach(element: Any) -> None:
    """Removes an element from its tree but leaves the text after it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
    element.tail = None


def _drop_if_left_empty(container: Any) -> None:
    """Removes an element that now holds at most headings and rules, then what was only around it."""
    while not "".join(_text_without_headings(container)).strip():
        parent = container.getparent()
        if container.tag == "body" or parent is None:
            container[:] = []
            return
        _detach(container)
        container = parent


def _text_without_headings(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not re.fullmatch(r"h[1-6]", str(child.tag)):
            yield from _text_without_headings(child)
        yield child.tail or ""


def _drop_links_back(link: Any, note: Any) -> None:
    """Removes a note's links back to the text: its number at the start, an arrow at the end."""
    for back in list(note.iter("a")):
        text = one_line("".join(back.itertext()))
        is_internal = not back.get("href") or "#" in back.get("href")
        if is_internal and back is not link and (_MARK.fullmatch(text) or not any(map(str.isalpha, text))):
            if back.getparent() is not None:
                _detach(back)
        elif "doc-backlink" in semantic_types(back):
            _detach(back)
