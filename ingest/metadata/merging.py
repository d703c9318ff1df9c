"""A report's metadata put together from its format and its text; a wrong value is worse than none."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.document import Metadata
from ingest.metadata.bylines import BylineLines
from ingest.metadata.dates import address_date, dateline, names_a_period, stated_date
from ingest.metadata.publishers import find_publisher
from ingest.metadata.titles import plain_title

_HEAD = 12  # blocks
_TAIL = 12
_LABEL_WORDS = 3
_PARAGRAPH = 200  # characters: the first block of this length ends a report's head
_FIELDS = ("title", "authors", "publisher", "published", "language", "tags", "address")
_LANGUAGE_SAMPLE = 4000  # characters
# py3langid took lists and fragments of up to a hundred letters for Vietnamese or Nigerian Pidgin.
_FEWEST_LETTERS = 120


def metadata_in_text(lines: Sequence[str], byline: BylineLines, *, plain: bool) -> Metadata:
    """What the text itself states, its blocks given as one line each."""
    found: dict[str, str] = {}
    title = publisher = None
    if plain and (stated := plain_title(lines)) is not None:
        title, found["title"] = stated
    if (named := find_publisher(lines)) is not None:
        publisher, found["publisher"] = named
    authors = tuple(author for author in byline.authors if author != publisher)
    if authors:
        found["authors"] = byline.how
    published = None
    if (dated := _published(lines)) is not None:
        published, found["published"] = dated
    return Metadata(title, authors, publisher, published, None, found)


def merge(*sources: Metadata) -> Metadata:
    """Field by field the first source that has it, with how that source found it."""
    values: dict[str, object] = {}
    found: dict[str, str] = {}
    for name in _FIELDS:
        source = next((source for source in sources if getattr(source, name)), None)
        if source is not None:
            values[name] = getattr(source, name)
            found[name] = source.found.get(name, "stated by the file")
    if pages := next((source.found["pages"] for source in sources if "pages" in source.found), None):
        found["pages"] = pages  # which of them could not be read
    return Metadata(**values, found=found)  # type: ignore[arg-type]


def from_address(address: str | None) -> Metadata:
    """What a page's address states: a date, where the site puts one there."""
    published = address_date(address) if address else None
    return Metadata(published=published, found={"published": "address of the page"} if published else {})


def language_of(text: str, declared: str | None) -> Metadata:
    """The language of `text` as ISO 639-1, recognised, or where there is too little text as declared."""
    sample = text[:_LANGUAGE_SAMPLE]
    if sum(map(str.isalpha, sample)) >= _FEWEST_LETTERS:
        import py3langid

        code = str(py3langid.classify(sample)[0])
        if len(code) == 2:  # a few have no code in ISO 639-1
            return Metadata(language=code, found={"language": "recognised from the text"})
    if declared and len(code := declared.strip().lower()[:2]) == 2 and code.isalpha():
        return Metadata(language=code, found={"language": "declared by the file"})
    return Metadata()


def _published(lines: Sequence[str]) -> tuple[str, str] | None:
    head_end = next((index for index, line in enumerate(lines) if len(line) >= _PARAGRAPH), len(lines))
    for index, line in enumerate(lines[:_HEAD]):
        if index and _is_label(lines[index - 1]) and names_a_period(lines[index - 1]):
            continue
        in_head = index < head_end
        if (date := stated_date(line, in_head=in_head)) is not None:
            return date, "date line above the text" if in_head else "labelled date in the text"
    for line in lines[: head_end + 1][:_HEAD]:
        if (date := dateline(line)) is not None:
            return date, "dateline"
    for line in lines[_HEAD:][-_TAIL:]:
        if (date := stated_date(line, in_head=False)) is not None:
            return date, "labelled date in the text"
    return None


def _is_label(line: str) -> bool:
    return line.endswith(":") or len(line.split()) <= _LABEL_WORDS
