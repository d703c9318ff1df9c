"""Web addresses: gives each one spelling, and says from which IP addresses may be fetched."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urlsplit, urlunsplit

from ingest.document import IngestError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(?=//|[^\\/])")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_IPV4_COMPATIBLE = ipaddress.ip_network("::/96")
# Networks that Python's `is_global` takes for public: special services of the local network, such as the metadata
# service of a cloud (192.0.0.192); 6to4 relays; the old site-local addresses of IPv6.
_NOT_PUBLIC = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "fec0::/10")))
_DEFAULT_PORTS = {"http": 80, "https": 443}

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_address(text: str) -> bool:
    """Whether an input is an address and not a path; one letter before a colon is a drive of Windows.

    `is_address("https://example.org") is True`; `is_address("C:/reports/a.pdf") is False`
    """
    return _SCHEME.match(text) is not None and (
        "://" in text or text.lower().startswith(("http:", "https:", "file:", "ftp:", "data:", "javascript:"))
    )


def normalise_address(address: str) -> str:
    """The one spelling of an address: scheme and host in lower case, without fragment and default port.

    `normalise_address("HTTPS://Example.ORG:443#top") == "https://example.org/"`
    Raises IngestError `address_refused` unless it is an http or https address without user name and password.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _refused_error(address, "is no valid address") from error
    if parts.scheme.lower() not in _DEFAULT_PORTS:
        raise _refused_error(address, "is neither http nor https; download it and add the file")
    if not host or re.search(r"[\s\\]", parts.netloc):
        raise _refused_error(address, "names no host")
    if parts.username or parts.password:
        raise _refused_error(
            address, "holds a user name or password, which would be kept with the report; remove it"
        )
    scheme = parts.scheme.lower()
    try:
        ascii_host(host)
    except ValueError as error:
        raise _refused_error(address, "names its host with characters that no host's name has") from error
    host = f"[{host}]" if ":" in host else host.lower()
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
    return urlunsplit((scheme, netloc, path, query, ""))


def ascii_host(host: str) -> str:
    """The name of a host as DNS knows it (IDNA): `ascii_host("bücher.example") == "xn--bcher-kva.example"`.

    Raises ValueError for a name that no host can have, such as one with full-width digits.
    """
    if host.isascii():
        return host
    import httpx

    try:
        return httpx.URL(scheme="https", host=host).raw_host.decode("ascii")
    except httpx.InvalidURL as error:
        raise ValueError(str(error)) from error


def may_fetch(ip: IPAddress, *, allow_private: bool) -> bool:
    """Whether an IP address is on the public internet or, with `allow_private`, on this machine or its network.

    An address that embeds an IPv4 address (mapped, NAT64, 6to4) is judged by that address. Link-local addresses are
    never allowed: under them clouds hand out credentials.
    `may_fetch(ipaddress.ip_address("10.1.2.3"), allow_private=False) is False`
    """
    embedded = _embedded_ipv4(ip)
    if embedded is not None:
        return may_fetch(embedded, allow_private=allow_private)
    if (
        ip.is_multicast
        or ip.is_unspecified
        or ip.is_link_local
        or any(ip in network for network in _NOT_PUBLIC)
    ):
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (ip.teredo is not None or ip.scope_id is not None):
        return False
    if ip.is_global and not ip.is_reserved:
        return True
    return allow_private and (ip.is_loopback or (ip.is_private and not ip.is_reserved))


def _embedded_ipv4(ip: IPAddress) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address embeds, None if it embeds none."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip in _NAT64 or (ip in _IPV4_COMPATIBLE and int(ip) > 1):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def _refused_error(address: str, why: str) -> IngestError:
    return IngestError("address_refused", f"{address} {why}.")
