"""A text document's properties count, and a protected one is refused."""

from __future__ import annotations

import pytest
from book_samples import NAMESPACES, odt, packed
from ingest_samples import FIRST

from ingest import IngestError, read


def test_properties_of_a_text_document_count_apart_from_its_times() -> None:
    meta = (
        "<dc:title>Fees of the Coast</dc:title><meta:initial-creator>Ines Varga</meta:initial-creator>"
        "<dc:creator>Otto Typist</dc:creator><dc:date>2023-01-02T08:00:00</dc:date>"
        "<meta:creation-date>2022-01-02T08:00:00</meta:creation-date><meta:keyword>ports</meta:keyword>"
        "<meta:keyword>grain, fees</meta:keyword>"
    )
    metadata = read(odt(f"<text:p>{FIRST}</text:p>", meta), "a.odt").metadata
    assert (metadata.title, metadata.authors) == ("Fees of the Coast", ("Ines Varga",))
    assert (metadata.published, metadata.tags) == (None, ("ports", "grain", "fees"))


def test_a_protected_text_document_asks_for_a_copy_without_password() -> None:
    manifest = (
        f'<manifest:manifest {NAMESPACES}><manifest:file-entry manifest:full-path="content.xml">'
        "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    data = packed(
        "application/vnd.oasis.opendocument.text",
        {"content.xml": bytes(range(256)), "META-INF/manifest.xml": manifest},
    )
    with pytest.raises(IngestError) as caught:
        read(data, "a.odt")
    assert caught.value.code == "password"
