"""Pages fetched from the web, without letting an address reach into the network this program runs in.

A host name is resolved here, every address it resolves to is checked, and the connection is made to the checked
address itself (the name goes into the Host header, into TLS and into the check of the certificate). So a name
that resolves differently a moment later changes nothing. Each redirect is treated like a new address.
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
from ingest.sources.urls import IPAddress, ascii_host, may_fetch, normalise

LARGEST = 20 * 1024 * 1024  # bytes
MOST_REDIRECTS = 5
SECONDS = 60.0  # for everything, names and redirects included
_TIMEOUT = httpx.Timeout(15.0, connect=10.0)
_HEADERS = {
    "User-Agent": "briefing-desk/0.1",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_BY_HAND = "Open it in a browser, save the page and add the saved file."


@dataclass(frozen=True)
class Fetched:
    """What an address gave; `address` is the one it was at last redirected to."""

    data: bytes
    address: str
    content_type: str  # as the server says, lower case, without parameters; may be empty


def fetch(
    address: str, allow_private: bool = False, *, largest: int = LARGEST, seconds: float = SECONDS
) -> Fetched:
    """Fetches an http or https address.

    Raises IngestError `address_refused`, `unreachable`, `timeout`, `too_large` (over `largest` bytes) or
    `http_error`.
    """
    address = normalise(address)
    outcome: list[Fetched | BaseException] = []

    def work() -> None:
        try:
            outcome.append(_follow(address, allow_private, largest, time.monotonic() + seconds))
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread
            outcome.append(error)

    # A server that sends its headers a byte at a time outlasts every timeout of the socket, and a resolver has none:
    # the whole fetch runs in a thread that can be left behind.
    worker = threading.Thread(target=work, name="fetch", daemon=True)
    worker.start()
    worker.join(seconds + 1)
    if not outcome:
        raise _too_slow(address, seconds)
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


def _follow(address: str, allow_private: bool, largest: int, deadline: float) -> Fetched:
    seconds = deadline - time.monotonic()
    for _ in range(MOST_REDIRECTS + 1):
        ip = _checked_ip(address, allow_private)
        try:
            answer = _request(address, ip, largest, deadline)
        except TimeoutError as error:
            raise _too_slow(address, seconds) from error
        except httpx.TimeoutException as error:
            raise IngestError(
                "unreachable", f"{address} did not answer in time. Try again later. {_BY_HAND}"
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise IngestError(
                "unreachable",
                f"{address} could not be reached ({error}). Check the address and the connection, then try again.",
            ) from error
        if isinstance(answer, Fetched):
            return answer
        address = _redirected(address, answer)
    raise IngestError("unreachable", f"{address} redirects more than {MOST_REDIRECTS} times. {_BY_HAND}")


def _redirected(address: str, location: str) -> str:
    try:
        return normalise(urljoin(address, location))
    except ValueError as error:
        raise IngestError(
            "address_refused", f"{address} redirects to {location}, which is no valid address. {_BY_HAND}"
        ) from error


def _checked_ip(address: str, allow_private: bool) -> IPAddress:
    """The first address of the host, once all of them are found to be allowed."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        # "2130706433" and "0x7f.1" are resolved to the address they mean, and judged by it.
        found = socket.getaddrinfo(ascii_host(host), parts.port or parts.scheme, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise IngestError(
            "unreachable",
            f"The host {host} was not found. Check the address and the connection, then try again.",
        ) from error
    ips = [ipaddress.ip_address(str(entry[4][0])) for entry in found]
    for ip in ips:
        if not may_fetch(ip, allow_private=allow_private):
            raise IngestError(
                "address_refused",
                f"{address} leads to {ip}, which is not on the public internet. Download the page and add the file, "
                "or, if that network is meant, set BRIEFING_ALLOW_PRIVATE_ADDRESSES=true.",
            )
    return ips[0]


def _request(address: str, ip: IPAddress, largest: int, deadline: float) -> Fetched | str:
    """What the address gives, or where it redirects to."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    literal = f"[{ip}]" if ip.version == 6 else str(ip)
    pinned = urlunsplit(
        (parts.scheme, f"{literal}:{parts.port}" if parts.port else literal, parts.path, parts.query, "")
    )
    name = ascii_host(host)
    headers = _HEADERS | {"Host": parts.netloc.replace(host, name)}
    # A new client for each request, so that no cookie and no connection is carried along.
    with (
        httpx.Client(trust_env=False, follow_redirects=False, timeout=_TIMEOUT) as client,
        client.stream("GET", pinned, headers=headers, extensions={"sni_hostname": name}) as response,
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
        return Fetched(bytes(body), address, content_type)


def _remedy(status: int) -> str:
    if status in (404, 410):
        return "Check the address."
    if status in (401, 403, 407, 429, 451):
        return f"The site does not give it to programs. {_BY_HAND}"
    return "Try again later."


def _too_slow(address: str, seconds: float) -> IngestError:
    return IngestError(
        "timeout", f"{address} did not arrive within {seconds:.0f} seconds. Try again later. {_BY_HAND}"
    )
