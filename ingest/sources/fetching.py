"""Fetches pages from the public web, and nothing from the network in which this program runs (no SSRF).

A host name is resolved here and every IP address of it is checked. The connection is then made to the checked IP
address, while the name is used for the Host header, for TLS and for the certificate. So DNS rebinding, a name that
resolves to another address a moment later, has no effect. Each redirect is checked like a new address.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from ingest.document import IngestError
from ingest.sources.urls import IPAddress, ascii_host, may_fetch, normalise_address

LARGEST = 20 * 1024 * 1024  # bytes of a page or file
MOST_REDIRECTS = 5
SECONDS = 60.0  # for a whole fetch, with name look-ups and redirects
_TIMEOUT = httpx.Timeout(15.0, connect=10.0)  # seconds, for each operation on the socket
_HEADERS = {
    "User-Agent": "briefing-desk/0.2",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_SAVE_BY_HAND = "Open it in a browser, save the page and add the saved file."


@dataclass(frozen=True)
class FetchedPage:
    """A page or file from the web."""

    data: bytes
    address: str  # the last one, after redirects
    content_type: str  # from the server, in lower case, without parameters; may be empty


def fetch(
    address: str, allow_private: bool = False, *, largest: int = LARGEST, seconds: float = SECONDS
) -> FetchedPage:
    """Fetch an http or https address; with `allow_private` also from this machine and its network.

    `largest` is in bytes, `seconds` the limit for everything together.
    Raises IngestError `address_refused`, `unreachable`, `timeout`, `too_large` or `http_error`.
    """
    address = normalise_address(address)
    outcome: list[FetchedPage | BaseException] = []

    def work() -> None:
        try:
            outcome.append(_follow(address, allow_private, largest, time.monotonic() + seconds))
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            outcome.append(error)

    # A server that sends its headers byte by byte never meets the timeouts of the socket, and name look-ups have none.
    # So the fetch runs in a thread that can be abandoned.
    worker = threading.Thread(target=work, name="fetch", daemon=True)
    worker.start()
    worker.join(seconds + 1)
    if not outcome:
        raise _too_slow(address, seconds)
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


def _follow(address: str, allow_private: bool, largest: int, deadline: float) -> FetchedPage:
    """Fetch an address and follow its redirects until `deadline`, on the monotonic clock. Raises as `fetch`."""
    seconds = deadline - time.monotonic()
    for _ in range(MOST_REDIRECTS + 1):
        ip = _checked_ip(address, allow_private)
        try:
            response = _request(address, ip, largest, deadline)
        except TimeoutError as error:
            raise _too_slow(address, seconds) from error
        except httpx.TimeoutException as error:
            raise IngestError(
                "unreachable", f"{address} did not answer in time. Try again later. {_SAVE_BY_HAND}"
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise IngestError(
                "unreachable",
                f"{address} could not be reached ({error}). Check the address and the connection, then try again.",
            ) from error
        if isinstance(response, FetchedPage):
            return response
        address = _redirect_target(address, response)
    raise IngestError("unreachable", f"{address} redirects more than {MOST_REDIRECTS} times. {_SAVE_BY_HAND}")


def _redirect_target(address: str, location: str) -> str:
    """The address that a redirect leads to. Raises IngestError `address_refused`."""
    try:
        return normalise_address(urljoin(address, location))
    except ValueError as error:
        raise IngestError(
            "address_refused",
            f"{address} redirects to {location}, which is no valid address. {_SAVE_BY_HAND}",
        ) from error


def _checked_ip(address: str, allow_private: bool) -> IPAddress:
    """The first IP address of the host. Raises IngestError `address_refused` unless all of them are allowed."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        # "2130706433" and "0x7f.1" are resolved, too, to the IP addresses that they mean.
        entries = socket.getaddrinfo(ascii_host(host), parts.port or parts.scheme, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise IngestError(
            "unreachable",
            f"The host {host} was not found. Check the address and the connection, then try again.",
        ) from error
    ips = [ipaddress.ip_address(str(entry[4][0])) for entry in entries]
    for ip in ips:
        if not may_fetch(ip, allow_private=allow_private):
            raise IngestError(
                "address_refused",
                f"{address} leads to {ip}, which is not on the public internet. Download the page and add the file, "
                "or, if that network is meant, set BRIEFING_ALLOW_PRIVATE_ADDRESSES=true.",
            )
    return ips[0]


def _request(address: str, ip: IPAddress, largest: int, deadline: float) -> FetchedPage | str:
    """Request an address from the given IP address: the page, or the location to which it redirects.

    Raises IngestError `http_error` or `too_large`, TimeoutError past the deadline, and httpx's errors.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    host_literal = f"[{ip}]" if ip.version == 6 else str(ip)
    pinned_address = urlunsplit(
        (
            parts.scheme,
            f"{host_literal}:{parts.port}" if parts.port else host_literal,
            parts.path,
            parts.query,
            "",
        )
    )
    name = ascii_host(host)
    headers = _HEADERS | {"Host": parts.netloc.replace(host, name)}
    # Each request has its own client, so that neither cookies nor connections are reused.
    with (
        httpx.Client(trust_env=False, follow_redirects=False, timeout=_TIMEOUT) as client,
        client.stream("GET", pinned_address, headers=headers, extensions={"sni_hostname": name}) as response,
    ):
        if response.has_redirect_location:
            return response.headers["location"]
        if response.status_code >= 300:
            raise IngestError(
                "http_error",
                f"{address} answered {response.status_code} {response.reason_phrase}. {_remedy(response.status_code)}",
            )
        body = bytearray()
        for chunk in response.iter_bytes(65536):
            body += chunk
            if len(body) > largest:
                raise IngestError(
                    "too_large",
                    f"{address} gives more than {largest >> 20} MB. Download it and add the part you need as a file.",
                )
            if time.monotonic() > deadline:
                raise TimeoutError
        content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return FetchedPage(bytes(body), address, content_type)


def _remedy(status: int) -> str:
    """What to do about an HTTP status, for people: `_remedy(404) == "Check the address."`."""
    if status in (404, 410):
        return "Check the address."
    if status in (401, 403, 407, 429, 451):
        return f"The site does not give it to programs. {_SAVE_BY_HAND}"
    return "Try again later."


def _too_slow(address: str, seconds: float) -> IngestError:
    return IngestError(
        "timeout", f"{address} did not arrive within {seconds:.0f} seconds. Try again later. {_SAVE_BY_HAND}"
    )
