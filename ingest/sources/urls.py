"""Web addresses: one spelling for each, and which network addresses may be fetched from."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urlsplit, urlunsplit

from ingest.document import IngestError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(?=//|[^\\/])")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_IPV4_COMPATIBLE = ipaddress.ip_network("::/96")
# What Python takes for global though it leads into a network: special services of this one, among them a cloud's
# keeper of credentials (192.0.0.192); relays to 6to4; IPv6's own private addresses of old.
_INSIDE = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "fec0::/10")))
_DEFAULT_PORTS = {"http": 80, "https": 443}

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_address(text: str) -> bool:
    """Whether an input is meant as an address ("https://...", "file:...") and not as a path.

    One letter before a colon is a Windows drive.
    """
    return _SCHEME.match(text) is not None and (
        "://" in text or text.lower().startswith(("http:", "https:", "file:", "ftp:", "data:", "javascript:"))
    )


def normalise(address: str) -> str:
    """The address with scheme and host in lower case, without fragment and default port.

    Raises IngestError `address_refused` for anything but a plain http or https address.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _refused(address, "is no valid address") from error
    if parts.scheme.lower() not in _DEFAULT_PORTS:
        raise _refused(address, "is neither http nor https; download it and add the file")
    if not host or re.search(r"[\s\\]", parts.netloc):
        raise _refused(address, "names no host")
    if parts.username or parts.password:
        raise _refused(
            address, "holds a user name or password, which would be kept with the report; remove it"
        )
    scheme = parts.scheme.lower()
    try:
        ascii_host(host)
    except ValueError as error:
        raise _refused(address, "names its host with characters that no host's name has") from error
    host = f"[{host}]" if ":" in host else host.lower()
    place = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
    return urlunsplit((scheme, place, path, query, ""))


def ascii_host(host: str) -> str:
    """The host's name as it is asked for in the network: "bücher.example" as "xn--bcher-kva.example".

    Raises ValueError for a name that no host can have, such as one in other scripts' digits.
    """
    if host.isascii():
        return host
    import httpx

    try:
        return httpx.URL(scheme="https", host=host).raw_host.decode("ascii")
    except httpx.InvalidURL as error:
        raise ValueError(str(error)) from error


def may_fetch(ip: IPAddress, *, allow_private: bool) -> bool:
    """Whether a resolved address is one of the public internet, or, if allowed, of this machine or its network.

    Addresses that embed an IPv4 address (mapped, NAT64, 6to4) are judged by that one. Link-local addresses, where
    clouds keep their credentials, are never allowed.
    """
    embedded = _embedded(ip)
    if embedded is not None:
        return may_fetch(embedded, allow_private=allow_private)
    if ip.is_multicast or ip.is_unspecified or ip.is_link_local or any(ip in network for network in _INSIDE):
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (ip.teredo is not None or ip.scope_id is not None):
        return False
    if ip.is_global and not ip.is_reserved:
        return True
    return allow_private and (ip.is_loopback or (ip.is_private and not ip.is_reserved))


def _embedded(ip: IPAddress) -> ipaddress.IPv4Address | None:
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip in _NAT64 or (ip in _IPV4_COMPATIBLE and int(ip) > 1):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def _refused(address: str, why: str) -> IngestError:
    return IngestError("address_refused", f"{address} {why}.")
