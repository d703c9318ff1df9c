"""Pages from the web, and never from inside: addresses are resolved, checked and pinned here."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

from ingest.document import IngestError

LARGEST = 20 * 2**20  # bytes of a page
MOST_REDIRECTS = 5
_TIME = 60.0  # seconds for a page, redirects included
_CONNECT = 15.0  # seconds to connect, or between two pieces
_AGENT = "Mozilla/5.0 (compatible; briefing-desk/0.1)"


@dataclass(frozen=True)
class Fetched:
    data: bytes
    address: str  # after redirects
    content_type: str


def fetch(address: str, allow_private: bool = False) -> Fetched:
    """A page by its http or https address.

    The host is resolved here, every address it has is checked, and the connection goes to the very
    address that was checked; each redirect is checked again. Raises IngestError `address_refused`,
    `unreachable`, `http_error` or `too_large`.
    """
    deadline = time.monotonic() + _TIME
    transport = _pinned_transport(allow_private)
    with httpx.Client(
        transport=transport, trust_env=False, follow_redirects=False, timeout=_CONNECT, headers={"User-Agent": _AGENT}
    ) as client:
        for _ in range(MOST_REDIRECTS + 1):
            step = _get(client, address, deadline)
            if isinstance(step, Fetched):
                return step
            address = step
    raise IngestError("unreachable", f"{address} redirects more than {MOST_REDIRECTS} times: give the final address")


def _get(client: httpx.Client, address: str, deadline: float) -> Fetched | str:
    """The page, or the address to which it redirects."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise IngestError("address_refused", f"{address} is not an address: {error}") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise IngestError("address_refused", f"{address} is not an http or https address: only those are fetched")
    try:
        with client.stream("GET", url) as response:
            if response.has_redirect_location:
                return str(url.join(response.headers["location"]))
            if response.status_code != 200:
                raise IngestError(
                    "http_error",
                    f"{address} answered {response.status_code} {response.reason_phrase}: open it in a browser, "
                    "save the page and add the file",
                )
            data = b"".join(_within_limits(response.iter_bytes(), address, deadline))
            return Fetched(data, str(url), response.headers.get("content-type", ""))
    except (httpx.HTTPError, ssl.SSLError, OSError) as error:
        raise IngestError(
            "unreachable",
            f"{address} cannot be reached ({error or type(error).__name__}): check the address and the network, or "
            "save the page in a browser and add the file",
        ) from error


def _within_limits(pieces: Iterable[bytes], address: str, deadline: float) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST:
            raise IngestError("too_large", f"{address} is larger than {LARGEST >> 20} MB: save the part you need as a file")
        if time.monotonic() > deadline:
            raise IngestError("unreachable", f"{address} took longer than {_TIME:.0f} seconds: save the page and add the file")
        yield piece


def _pinned_transport(allow_private: bool) -> httpx.HTTPTransport:
    transport = httpx.HTTPTransport(retries=0, trust_env=False)
    # httpx has no seam of its own for this: its pool takes httpcore's network backend.
    transport._pool = httpcore.ConnectionPool(
        ssl_context=ssl.create_default_context(), network_backend=_PinnedBackend(allow_private)
    )
    return transport


class _PinnedBackend(httpcore.SyncBackend):
    """Connects to an address that was checked a moment before; the name stays for TLS and Host."""

    def __init__(self, allow_private: bool) -> None:
        super().__init__()
        self._allow_private = allow_private

    def connect_tcp(self, host: str, port: int, *args: Any, **options: Any) -> httpcore.NetworkStream:
        address = checked_address(host, port, self._allow_private)
        return super().connect_tcp(address, port, *args, **options)

    def connect_unix_socket(self, path: str, *args: Any, **options: Any) -> httpcore.NetworkStream:
        raise IngestError("address_refused", f"{path} is not a web address")


def checked_address(host: str, port: int, allow_private: bool) -> str:
    """The IP address to connect to. Raises IngestError where the host has any that may not be reached."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise IngestError(
            "unreachable", f"{host} cannot be found ({error}): check the address and the network"
        ) from error
    addresses = [str(info[4][0]).split("%")[0] for info in found]
    refused = [one for one in addresses if not may_be_reached(one, allow_private)]
    if refused or not addresses:
        raise IngestError(
            "address_refused",
            f"{host} leads to {', '.join(refused)}, inside this machine or a private network, which is not fetched. "
            "To allow it, set BRIEFING_ALLOW_PRIVATE_ADDRESSES=true",
        )
    return addresses[0]


def may_be_reached(address: str, allow_private: bool) -> bool:
    """Whether an IP address, and every IPv4 address inside it, is a public one (or may be private)."""
    ip = ipaddress.ip_address(address)
    inner = [ip]
    if isinstance(ip, ipaddress.IPv6Address):
        inner += [one for one in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())) if one is not None]
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    if allow_private:
        return not any(one.is_multicast or one.is_unspecified or one.is_link_local for one in inner)
    public = all(one.is_global and not one.is_multicast for one in inner if one is not ip or len(inner) == 1)
    return public and not ip.is_multicast
