"""Puts a report's metadata together: what its text states, its address, its language, and which source wins."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.document import Metadata
from ingest.metadata.bylines import BylineLines
from ingest.metadata.dates import address_date, dateline, is_not_publication, publication_date_in_line
from ingest.metadata.publishers import find_publisher
from ingest.metadata.titles import plain_title

_HEAD_BLOCKS = 12  # blocks at the top in which a date is looked for
_TAIL_BLOCKS = 12  # blocks at the end
_LABEL_WORDS = 3  # a line of at most this many words may be a label
_PARAGRAPH = 200  # characters; the first block of this length ends a report's head
_FIELDS = ("title", "authors", "publisher", "published", "language", "tags", "address")
_LANGUAGE_SAMPLE = 4000  # characters
# py3langid mistook lists and fragments of up to 100 letters for Vietnamese or Nigerian Pidgin.
_FEWEST_LETTERS = 120


def metadata_in_text(lines: Sequence[str], byline: BylineLines, *, plain: bool) -> Metadata:
    """What the text states about itself. `lines` are its blocks, one line each; only `plain` text is given a title."""
    found: dict[str, str] = {}
    title = publisher = None
    if plain and (title_and_how := plain_title(lines)) is not None:
        title, found["title"] = title_and_how
    if (publisher_and_how := find_publisher(lines)) is not None:
        publisher, found["publisher"] = publisher_and_how
    authors = tuple(author for author in byline.authors if author != publisher)
    if authors:
        found["authors"] = byline.how
    published = None
    if (date_and_how := _publication_date(lines)) is not None:
        published, found["published"] = date_and_how
    return Metadata(title, authors, publisher, published, None, found)


def merge(*sources: Metadata) -> Metadata:
    """Metadata of several sources in one: each field from the first source that has it, with its entry in `found`."""
    values: dict[str, object] = {}
    found: dict[str, str] = {}
    for name in _FIELDS:
        source = next((source for source in sources if getattr(source, name)), None)
        if source is not None:
            values[name] = getattr(source, name)
            found[name] = source.found.get(name, "stated by the file")
    if pages := next((source.found["pages"] for source in sources if "pages" in source.found), None):
        found["pages"] = pages  # which pages could not be read
    return Metadata(**values, found=found)  # type: ignore[arg-type]


def metadata_in_address(address: str | None) -> Metadata:
    """The date in a page's address as metadata, empty if there is none."""
    published = address_date(address) if address else None
    return Metadata(published=published, found={"published": "address of the page"} if published else {})


def language_of(text: str, declared: str | None) -> Metadata:
    """The language of `text` (ISO 639-1), recognised from the text or, if that is too short, as the file declares."""
    sample = text[:_LANGUAGE_SAMPLE]
    if sum(map(str.isalpha, sample)) >= _FEWEST_LETTERS:
        import py3langid

        code = str(py3langid.classify(sample)[0])
        if len(code) == 2:  # a few languages have no such code
            return Metadata(language=code, found={"language": "recognised from the text"})
    if declared and len(code := declared.strip().lower()[:2]) == 2 and code.isalpha():
        return Metadata(language=code, found={"language": "declared by the file"})
    return Metadata()


def _publication_date(lines: Sequence[str]) -> tuple[str, str] | None:
    """(date, where it was found): in the head, then in a dateline, then near the end; None without any."""
    head_end = next((index for index, line in enumerate(lines) if len(line) >= _PARAGRAPH), len(lines))
    for index, line in enumerate(lines[:_HEAD_BLOCKS]):
        if index and _is_label(lines[index - 1]) and is_not_publication(lines[index - 1]):
            continue
        in_head = index < head_end
        if (date := publication_date_in_line(line, in_head=in_head)) is not None:
            return date, "date line above the text" if in_head else "labelled date in the text"
    for line in lines[: head_end + 1][:_HEAD_BLOCKS]:
        if (date := dateline(line)) is not None:
            return date, "dateline"
    for line in lines[_HEAD_BLOCKS:][-_TAIL_BLOCKS:]:
        if (date := publication_date_in_line(line, in_head=False)) is not None:
            return date, "labelled date in the text"
    return None


def _is_label(line: str) -> bool:
    """Whether a line may be a label of the next one: `_is_label("Last updated") is True`."""
    return line.endswith(":") or len(line.split()) <= _LABEL_WORDS
