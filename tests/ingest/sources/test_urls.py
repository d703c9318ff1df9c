"""Each address has one spelling, and only public IP addresses may be fetched from."""

from __future__ import annotations

import ipaddress

import pytest

from ingest import IngestError
from ingest.sources.urls import may_fetch, normalise_address


@pytest.mark.parametrize(
    ("ip", "public", "private"),
    [
        ("93.184.215.14", True, True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True, True),
        ("127.0.0.1", False, True),
        ("10.1.2.3", False, True),
        ("192.168.1.1", False, True),
        ("fd00::1", False, True),
        ("::1", False, True),
        ("169.254.169.254", False, False),
        ("::ffff:169.254.169.254", False, False),
        ("64:ff9b::a9fe:a9fe", False, False),
        ("64:ff9b::5db8:d70e", True, True),
        ("2002:a9fe:a9fe::1", False, False),
        ("2002:7f00:1::1", False, True),
        ("::169.254.169.254", False, False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False, False),
        ("fe80::1", False, False),
        ("0.0.0.0", False, False),
        ("::", False, False),
        ("224.0.0.1", False, False),
        ("ff02::1", False, False),
        ("255.255.255.255", False, False),
        ("100.64.0.1", False, False),
        ("192.0.0.192", False, False),
        ("192.88.99.1", False, False),
        ("fec0::1", False, False),
        ("64:ff9b:1::7f00:1", False, False),
    ],
)
def test_which_network_addresses_are_allowed(ip: str, public: bool, private: bool) -> None:
    assert may_fetch(ipaddress.ip_address(ip), allow_private=False) is public
    assert may_fetch(ipaddress.ip_address(ip), allow_private=True) is private


def test_addresses_have_one_spelling() -> None:
    assert normalise_address("HTTPS://Example.ORG:443#top") == "https://example.org/"
    assert normalise_address("http://example.org:8080/a b?q=é") == "http://example.org:8080/a%20b?q=%C3%A9"
    for bad in (
        "file:///etc/passwd",
        "http://",
        "http://user:secret@example.org/",
        "https://exa mple.org/",
        "http://[::1/",
        "http://\uff11\uff12\uff17.0.0.1/",
        "http://\u24db\u24deca\u24dbhost/",
    ):
        with pytest.raises(IngestError) as caught:
            normalise_address(bad)
        assert caught.value.code == "address_refused"
