"""Pages are fetched from the public internet alone, pinned to the address that was checked."""

from __future__ import annotations

import socket

import pytest
from ingest_samples import PAGE, Site

from ingest import IngestError, fetch, read
from ingest.sources.fetching import MOST_REDIRECTS

pytestmark = pytest.mark.index


def refusal(address: str, **options: bool) -> str:
    with pytest.raises(IngestError) as caught:
        fetch(address, **options)
    assert caught.value.message.endswith(".")
    return caught.value.code


def test_a_page_is_fetched_and_read(site: Site) -> None:
    site.routes["/page"] = (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode())
    fetched = fetch(f"{site.address}/page#part", allow_private=True)
    assert fetched.data == PAGE.encode()
    assert fetched.content_type == "text/html"
    assert fetched.address == f"{site.address}/page"
    assert read(fetched.data, fetched.address, fetched.address).metadata.title == "Cranes at work"
    ((_, headers),) = site.seen
    assert headers["User-Agent"] == "briefing-desk/0.2"
    assert headers["Host"] == f"127.0.0.1:{site.port}"


def test_this_machine_is_refused_unless_allowed(site: Site) -> None:
    for host in (
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "0",
    ):
        assert refusal(f"http://{host}:{site.port}/") in ("address_refused", "unreachable"), host
    assert not site.seen


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest",
        "http://0.0.0.0/",
        "http://192.0.0.192/",
        "file:///etc/passwd",
        "ftp://x.example/",
    ],
)
def test_a_redirect_is_checked_like_a_new_address(site: Site, target: str) -> None:
    site.routes["/go"] = (302, {"Location": target.encode().decode("latin-1")}, b"")
    assert refusal(f"{site.address}/go", allow_private=True) == "address_refused"


def test_a_redirect_to_nowhere_is_an_error_of_the_site(site: Site) -> None:
    for status in (300, 302, 304):
        site.routes[f"/{status}"] = (status, {}, b"")
        assert refusal(f"{site.address}/{status}", allow_private=True) == "http_error"
    for target in ("http://[::1", "//a]b[", "http://\uff11\uff12\uff17.0.0.1/"):
        site.routes["/go"] = (302, {"Location": target.encode().decode("latin-1")}, b"")
        assert refusal(f"{site.address}/go", allow_private=True) in ("address_refused", "unreachable")


def test_redirects_are_followed_without_cookies_and_not_for_ever(site: Site) -> None:
    site.routes["/a"] = (301, {"Location": "/b", "Set-Cookie": "id=1"}, b"")
    site.routes["/b"] = (200, {}, b"here")
    assert fetch(f"{site.address}/a", allow_private=True).address == f"{site.address}/b"
    assert "Cookie" not in site.seen[-1][1]
    site.routes["/loop"] = (302, {"Location": "/loop"}, b"")
    site.seen.clear()
    assert refusal(f"{site.address}/loop", allow_private=True) == "unreachable"
    assert len(site.seen) == MOST_REDIRECTS + 1


def test_the_connection_goes_to_the_address_that_was_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def changing(host: str, *rest: object, **options: object) -> list[tuple[object, ...]]:
        asked.append(host)
        ip = "127.0.0.1" if asked.count("rebinding.example") == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, site.port))]

    site.routes["/"] = (200, {}, b"here")
    monkeypatch.setattr("ingest.sources.fetching.socket.getaddrinfo", changing)
    assert fetch(f"http://rebinding.example:{site.port}/", allow_private=True).data == b"here"
    assert asked.count("rebinding.example") == 1
    assert site.seen[0][1]["Host"] == f"rebinding.example:{site.port}"


def test_one_forbidden_address_among_several_refuses_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr("ingest.sources.fetching.socket.getaddrinfo", lambda *args, **options: entries)
    assert refusal("http://two.example/") == "address_refused"


def test_what_is_too_large_missing_or_down_is_told_with_its_remedy(site: Site) -> None:
    site.routes["/big"] = (200, {}, b"x" * 5000)
    with pytest.raises(IngestError) as caught:
        fetch(f"{site.address}/big", allow_private=True, largest=1000)
    assert caught.value.code == "too_large"
    assert refusal(f"{site.address}/none", allow_private=True) == "http_error"
    site.routes["/private"] = (403, {}, b"")
    with pytest.raises(IngestError, match="browser"):
        fetch(f"{site.address}/private", allow_private=True)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    assert refusal(f"http://127.0.0.1:{port}/", allow_private=True) == "unreachable"


def test_a_server_that_never_ends_its_headers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        with pytest.raises(IngestError) as caught:
            fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/", allow_private=True, seconds=0.2)
        assert caught.value.code == "timeout"


def test_proxies_named_in_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.routes["/"] = (200, {}, b"here")
    assert fetch(site.address, allow_private=True).data == b"here"
