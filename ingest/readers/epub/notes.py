"""Footnotes and endnotes of an e-book: which link notes what, so that a note can be read where it belongs."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from ingest.text.cleaning import one_line

_TYPE = "{http://www.idpf.org/2007/ops}type"
_REFERENCE = frozenset(("noteref", "doc-noteref"))
_NOTE = frozenset(("footnote", "endnote", "rearnote", "note", "doc-footnote", "doc-endnote"))
_NOTES = frozenset(("footnotes", "endnotes", "rearnotes", "notes", "doc-endnotes"))
_NOTE_CLASS = re.compile(r"(?:^|[\s_-])(?:foot|end|rear)note(?:$|\s)", re.IGNORECASE)
_MARK = re.compile(r"[\[(]?(?:\d{1,4}|[*†‡§¶]{1,4}|[a-z]|[ivxlc]{1,6})[\])]?[.:]?", re.IGNORECASE)
_BLOCKS = ("p", "div", "li", "aside", "dd", "dt", "td", "section", "blockquote")
_WRAPPERS = ("aside", "li", "dd")
_LONGEST = 5000  # characters; what is longer is a chapter
_NEAR = 3  # elements around a link that may bear the name by which it is linked back to


def note_words(element: Any) -> frozenset[str]:
    """The types and roles that an element is marked with."""
    marked = f"{element.get(_TYPE) or element.get('epub:type') or ''} {element.get('role') or ''}"
    return frozenset(marked.lower().split())


def take_out_notes(trees: Mapping[str, Any]) -> dict[Any, Any]:
    """Link -> the note it leads to, for the documents (path -> root) of an e-book; the notes leave their places.

    A link is one to a note if it is marked as such, or looks like a mark and leads to what is marked as a note, or
    to a block that leads back to it.
    """
    targets = _targets(trees)
    found: dict[Any, Any] = {}
    notes: dict[Any, str] = {}
    for path, tree in trees.items():
        for link in list(tree.iter("a")):
            target = targets.get(_leads_to(link, path))
            if target is None or any(one in notes for one in link.iterancestors()):
                continue
            note = _note(target, link)
            if note is not None and _is_reference(link, path, note, trees, targets):
                found[link] = note
                notes[note] = path
    containers = {note.getparent(): None for note in notes}
    for note in notes:
        _detach(note)
    for container in containers:
        _drop_if_left_empty(container)
    for link, note in found.items():
        _drop_way_back(link, note)
    return found


def _targets(trees: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
    return {
        (path, name): element
        for path, tree in trees.items()
        for element in tree.iter()
        for name in (element.get("name") if element.tag == "a" else None, element.get("id"))
        if name
    }


def _leads_to(link: Any, path: str) -> tuple[str, str]:
    document, _, name = (link.get("href") or "").partition("#")
    if not document:
        return path, unquote(name)
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(document))), unquote(name)


def _note(target: Any, link: Any) -> Any | None:
    """The element that holds the whole note whose beginning is linked to."""
    around = [one for one in (target, *target.iterancestors()) if one.tag not in ("body", "html")]
    around = around[
        : next((index for index, one in enumerate(around) if note_words(one) & _NOTES), len(around))
    ]
    marked = (one for one in around if _is_marked(one) or one.tag in _WRAPPERS)
    note = next(marked, next((one for one in around if one.tag in _BLOCKS), None))
    if note is not None and note.tag == "dt":
        note = note.getnext()
    if note is None or note.tag not in _BLOCKS or note in link.iterancestors():
        return None
    return note if len("".join(note.itertext())) <= _LONGEST else None


def _is_marked(element: Any) -> bool:
    return bool(note_words(element) & _NOTE) or _NOTE_CLASS.search(element.get("class") or "") is not None


def _is_reference(
    link: Any, path: str, note: Any, trees: Mapping[str, Any], targets: Mapping[tuple[str, str], Any]
) -> bool:
    if note_words(link) & _REFERENCE:
        return True
    if not _MARK.fullmatch(one_line("".join(link.itertext()))) or _opens_its_block(link):
        return False
    if _is_marked(note) or note.tag == "aside":
        return True
    around = {link, *link.iter(), *list(link.iterancestors())[:_NEAR]}
    home = next((name for name, tree in trees.items() if tree is note.getroottree().getroot()), path)
    return any(targets.get(_leads_to(back, home)) in around for back in note.iter("a"))


def _opens_its_block(link: Any) -> bool:
    """Whether nothing is written before the link, as before the number of a note."""
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
    """Takes an element out of its tree and leaves the text behind it there."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
    element.tail = None


def _drop_if_left_empty(container: Any) -> None:
    """Takes away what held nothing but notes, with its heading and rule."""
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


def _drop_way_back(link: Any, note: Any) -> None:
    """Takes away the mark that a note begins with and the arrow it ends with, where these lead back."""
    for back in list(note.iter("a")):
        text = one_line("".join(back.itertext()))
        to_note = not back.get("href") or "#" in back.get("href")
        if to_note and back is not link and (_MARK.fullmatch(text) or not any(map(str.isalpha, text))):
            if back.getparent() is not None:
                _detach(back)
        elif "doc-backlink" in note_words(back):
            _detach(back)
