"""A sender is a person or an organisation, by name and address."""

from __future__ import annotations

import pytest
from mail_samples import HEADERS

from ingest import read
from ingest.readers.mail.senders import sender_metadata


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


@pytest.mark.parametrize(
    ("name", "address", "author", "publisher"),
    [
        ("Tomas Okoro", "okoro@coast.example", "Tomas Okoro", None),
        ("Tomas Okoro | Coast Watch", "t@coastwatch.example", "Tomas Okoro", "Coast Watch"),
        ("World Bank", "press@x.example", None, "World Bank"),  # an office's mailbox
        ("World Bank", "ann@x.example", None, None),
        ("Lindow", "info@lindow.example", None, "Lindow"),  # the domain's own name
        ("Lindow", "info@x.example", None, None),  # as well a first name
    ],
)
def test_what_tells_an_organisation_is_its_domain_or_mailbox(
    name: str, address: str, author: str | None, publisher: str | None
) -> None:
    metadata = sender_metadata(name, address, "mail header")
    assert (metadata.authors, metadata.publisher) == ((author,) if author else (), publisher)
    assert set(metadata.found.values()) <= {"mail header"}
