"""A sender is a person or an organisation, by name and address."""

from __future__ import annotations

import pytest
from mail_samples import HEADERS

from ingest import read


@pytest.mark.parametrize(
    ("sender", "authors", "publisher"),
    [
        ('"Okoro, Tomas" <t@x.example>', ("Tomas Okoro",), None),
        ("Tomas Okoro via Harbour List <list@x.example>", ("Tomas Okoro",), None),
        ("Tomas Okoro (Coast Watch) <t@coastwatch.example>", ("Tomas Okoro",), "Coast Watch"),
        ("=?utf-8?q?J=C3=BCrgen_M=C3=B6ller?= <j@x.example>", ("Jürgen Möller",), None),
        ("Coast Watch <news@coastwatch.example>", (), "Coast Watch"),
        ("Harbour Affairs <letters@harbouraffairs.example>", (), "Harbour Affairs"),
        ("The Institute for Coastal Studies <x@y.example>", (), "Institute for Coastal Studies"),
        ("Tomas <t@x.example>", (), None),
        ("tomas.okoro@x.example", (), None),
        ("tomas.okoro@x.example <noreply@y.example>", (), None),
        ("", (), None),
    ],
)
def test_a_person_is_the_author_and_an_organisation_the_publisher(
    sender: str, authors: tuple[str, ...], publisher: str | None
) -> None:
    source = HEADERS.replace(b"Mara Lindqvist <mara@coast.example>", sender.encode())
    metadata = read(source + b"\r\nOnly words.", "a.eml").metadata
    assert (metadata.authors, metadata.publisher) == (authors, publisher)
