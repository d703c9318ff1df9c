"""A book's package states its date, title, authors and publisher, and whether it is encrypted."""

from __future__ import annotations

import pytest
from book_samples import epub, lines, packed
from ingest_samples import FIRST

from ingest import IngestError, read

DATES = {
    "publication of EPUB 2": ("2.0", '<dc:date opf:event="publication">2019-08</dc:date>', "2019-08"),
    "not the other events": (
        "2.0",
        '<dc:date opf:event="modification">2020-01-02</dc:date><dc:date opf:event="publication">2019</dc:date>',
        "2019",
    ),
    "modification alone": ("2.0", '<dc:date opf:event="modification">2020-01-02</dc:date>', None),
    "unsaid in EPUB 2": ("2.0", "<dc:date>2020-01-02</dc:date>", None),
    "the one of EPUB 3": ("3.0", "<dc:date>2019-08-23</dc:date>", "2019-08-23"),
    "never modified": ("3.0", '<meta property="dcterms:modified">2020-01-02T08:00:00Z</meta>', None),
    "time of conversion": (
        "3.0",
        "<dc:date>2020-01-02T08:00:00Z</dc:date>"
        '<meta property="dcterms:modified">2020-01-02T08:00:01Z</meta>',
        None,
    ),
}


@pytest.mark.parametrize(("version", "stated", "expected"), DATES.values(), ids=DATES.keys())
def test_a_book_is_dated_by_its_publication_alone(version: str, stated: str, expected: str | None) -> None:
    document = read(epub({"a.xhtml": f"<p>{FIRST}</p>"}, stated, version), "book.epub")
    assert document.metadata.published == expected
    assert ("published" in document.metadata.found) == (expected is not None)


def test_a_book_states_its_title_authors_publisher_and_subjects() -> None:
    metadata = read(
        epub(
            {"a.xhtml": f"<p>{FIRST}</p>"},
            '<dc:title id="t2">A Study</dc:title><dc:title id="t1">Grain in Transit</dc:title>'
            '<meta refines="#t1" property="title-type">main</meta>'
            '<dc:creator opf:role="aut">Varga, Ines</dc:creator><dc:creator>Tomas Okoro</dc:creator>'
            '<dc:creator id="e">Otto Editor</dc:creator><meta refines="#e" property="role">edt</meta>'
            "<dc:publisher>Coast Press</dc:publisher><dc:language>en-GB</dc:language><dc:subject>Ports</dc:subject>",
        ),
        "book.epub",
    ).metadata
    assert (metadata.title, metadata.authors) == ("Grain in Transit", ("Ines Varga", "Tomas Okoro"))
    assert (metadata.publisher, metadata.language, metadata.tags) == ("Coast Press", "en", ("Ports",))
    assert {"title", "authors", "publisher", "language", "tags"} == set(metadata.found)


def test_names_that_programs_fill_in_are_no_metadata() -> None:
    stated = (
        "<dc:title>Untitled document</dc:title><dc:creator>Unknown</dc:creator>"
        "<dc:publisher>calibre (5.1)</dc:publisher>"
    )
    metadata = read(epub({"a.xhtml": f"<p>{FIRST}</p>"}, stated), "book.epub").metadata
    assert (metadata.title, metadata.authors, metadata.publisher) == (None, (), None)


def encryption(algorithm: str, path: str) -> dict[str, str | bytes]:
    return {
        "META-INF/encryption.xml": '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
        f'<e:EncryptionMethod Algorithm="{algorithm}"/><e:CipherData><e:CipherReference URI="{path}"/>'
        "</e:CipherData></e:EncryptedData></encryption>"
    }


def test_an_encrypted_book_is_refused_and_one_with_hidden_fonts_read() -> None:
    pages = {"a.xhtml": f"<p>{FIRST}</p>"}
    fonts = encryption("http://www.idpf.org/2008/embedding", "OPS/font.otf")
    assert lines(read(epub(pages, more=fonts), "book.epub")) == [FIRST]
    with pytest.raises(IngestError) as caught:
        read(
            epub(pages, more=encryption("http://www.w3.org/2001/04/xmlenc#aes256-cbc", "OPS/a.xhtml")),
            "b.epub",
        )
    assert caught.value.code == "password"
    assert "copy protection" in caught.value.message


def test_a_book_that_does_not_say_where_its_text_is_is_unreadable() -> None:
    with pytest.raises(IngestError) as caught:
        read(packed("application/epub+zip", {"META-INF/container.xml": "<container/>"}), "book.epub")
    assert caught.value.code == "unreadable"
    assert "Convert" in caught.value.message
