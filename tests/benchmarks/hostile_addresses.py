"""Can an address reach into the network this program runs in? Hostile addresses, with every connection counted.

    python tests/benchmarks/hostile_addresses.py

A server on loopback stands for the network inside, another, which alone may be reached, for the public internet; names
are resolved here, so nothing leaves this machine. Each address is added to an index as the product does it. Prints what
became of each, and counts what the inner server accepted and every peer that a socket was connected or sent to. Exit 1
where anything but the public server was tried, or an address was not refused or failed.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest import mock

from hostile_files import SECRET, CountedWords

from ingest.sources import urls
from vectorstore import Store
from vectorstore.adding.add import add

PUBLIC = "203.0.113.80"  # what the names of the public server are resolved to; the lab makes it loopback
_PUBLIC_NAME = "public.example"
_PAGE = b"<html><head><title>Out</title></head><body><article><p>The harbour is open again.</p></article></body></html>"


def direct(port: int) -> Iterator[str]:
    """Addresses that lead inside by themselves."""
    for host in (
        # this machine: forms of the number, forms of the name
        "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "017700000001", "0x7f000001", "0x7f.0.0.1",
        "0177.0.0.1", "0x7f.1", "127.0.0.1.", "0", "0.0.0.0", "localhost", "LOCALHOST", "localhost.", "a.localhost",
        "localhost.localdomain", "１２７.0.0.1", "①②⑦.⓪.⓪.①", "127。0。0。1", "ⓛocalhost", "loc\u00adalhost",
        "127%2e0%2e0%2e1", "%31%32%37.0.0.1", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]",
        # addresses that hold another one: mapped, compatible, translated, NAT64, its local prefix, 6to4, Teredo, ISATAP
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]", "[64:ff9b::7f00:1]",
        "[64:ff9b:1::7f00:1]", "[2002:7f00:1::1]", "[2001:0:7f00:1::1]", "[2001:db8::5efe:127.0.0.1]",
        # the network around, and what clouds keep there
        "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "198.18.0.1", "192.0.0.192", "169.254.169.254",
        "[::ffff:169.254.169.254]", "2852039166", "0xa9fea9fe", "[fd00:ec2::254]", "[fe80::1]", "[fe80::1%25lo]",
        "[fc00::1]", "[fec0::1]", "224.0.0.1", "255.255.255.255", "240.0.0.1", "[ff02::1]",
    ):  # fmt: skip
        yield f"http://{host}:{port}/secret"
    inside = f"127.0.0.1:{port}"
    yield from (
        f"http://public.example@{inside}/secret",
        f"http://public.example:80@{inside}/secret",
        f"http://public.example%00@{inside}/secret",
        f"http://{inside}#@public.example/secret",
        f"http://{inside}\\@public.example/secret",
        f"http:\\\\{inside}\\secret",
        f"http:///{inside}/secret",
        f"http:{inside}/secret",
        f"http://public.example\t@{inside}/secret",
        f"http://{inside}\r\nHost: public.example/secret",
        f"http://[::1]:{port}@public.example:x/secret",
        f"https://{inside}/secret",
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        f"ftp://{inside}/secret",
        f"gopher://{inside}/_GET%20/secret",
        f"dict://{inside}/secret",
        f"ldap://{inside}/secret",
        f"jar:http://{inside}/secret!/",
        f"view-source:http://{inside}/secret",
        "data:text/html,<p>The harbour is open again.</p>",
        "javascript:alert(1)",
    )


def redirected(port: int) -> Iterator[tuple[str, str]]:
    """Path and target of redirects from the public server; the number in the path is the status."""
    for status in (301, 302, 303, 307, 308):
        yield f"/{status}/a", f"http://127.0.0.1:{port}/secret"
    for number, target in enumerate(
        (
            "http://169.254.169.254/latest/meta-data/", f"http://[::ffff:127.0.0.1]:{port}/secret",
            f"//127.0.0.1:{port}/secret", f"http://2130706433:{port}/secret", f"http://localhost:{port}/secret",
            f"http://inside.example:{port}/secret", f"http://a@127.0.0.1:{port}/secret",
            f"\\\\127.0.0.1:{port}\\secret", "http://[::1", f"http://１２７.0.0.1:{port}/secret",
            "file:///etc/passwd", f"ftp://127.0.0.1:{port}/secret", f"gopher://127.0.0.1:{port}/_",
            f"HTTP://127.0.0.1:{port}/secret", "/302/c0", "data:text/plain,inside",
        )
    ):  # fmt: skip
        yield f"/302/b{number}", target
    for step in range(3):
        yield f"/302/c{step}", f"/302/c{step + 1}"
    yield "/302/c3", f"http://127.0.0.1:{port}/secret"


def resolved(port: int) -> Iterator[tuple[str, str]]:
    """Names of the lab, and how they are resolved: first answer, second answer, and so on; + joins addresses."""
    yield f"http://inside.example:{port}/secret", "127.0.0.1"
    yield f"http://mapped.example:{port}/secret", "::ffff:127.0.0.1"
    yield f"http://cloud.example:{port}/secret", "169.254.169.254"
    yield f"http://both.example:{port}/secret", f"{PUBLIC}+127.0.0.1"
    yield f"http://last.example:{port}/secret", f"{PUBLIC}+{PUBLIC}+10.0.0.1"
    yield f"http://scoped.example:{port}/secret", "fe80::1%lo"
    yield f"http://local-nat64.example:{port}/secret", "64:ff9b:1::7f00:1"


REBINDING = f"{PUBLIC} 127.0.0.1 127.0.0.1 127.0.0.1"  # public when it is checked, inside ever after


class Lab:
    """The inner and the public server, the resolver, and the list of all connections tried."""

    def __init__(self) -> None:
        self.tried: list[str] = []
        self.accepted_inside = 0
        self.names = {_PUBLIC_NAME: PUBLIC, "rebinding.example": REBINDING}
        self.redirects: dict[str, str] = {}
        self._asked: Counter[str] = Counter()
        self._inside = socket.create_server(("127.0.0.1", 0))
        self.port = self._inside.getsockname()[1]
        self._public = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        for work in (self._accept, self._public.serve_forever):
            threading.Thread(target=work, daemon=True).start()

    @contextmanager
    def running(self) -> Iterator[Lab]:
        """All that this process connects to is noted; names are resolved by the lab; PUBLIC counts as public."""
        may_fetch, resolve = urls.may_fetch, socket.getaddrinfo

        def allowed(ip: urls.IPAddress, *, allow_private: bool) -> bool:
            return ip == ipaddress.ip_address(PUBLIC) or may_fetch(ip, allow_private=allow_private)

        def lookup(host: Any, port: Any, *rest: Any, **options: Any) -> list[Any]:
            answers = self.names.get(str(host).rstrip(".").lower())
            if answers is None:
                # Numbers in all their forms, and this machine's own names, are resolved as ever.
                return resolve(host, port, *rest, **options)
            self._asked[host] += 1
            steps = answers.split()
            step = steps[min(self._asked[host], len(steps)) - 1]
            return [entry for ip in step.split("+") for entry in resolve(ip, port, type=socket.SOCK_STREAM)]

        with (
            mock.patch("ingest.sources.fetching.may_fetch", allowed),
            mock.patch("socket.getaddrinfo", lookup),
            mock.patch.object(socket, "socket", self._socket()),
        ):
            yield self

    def _socket(self) -> type[socket.socket]:
        lab, public = self, self._public.server_address

        class Noted(socket.socket):
            def connect(self, address: Any) -> None:
                lab.tried.append(str(address[0]))
                super().connect(public if address[0] == PUBLIC else address)

            def connect_ex(self, address: Any) -> int:
                lab.tried.append(str(address[0]))
                return super().connect_ex(public if address[0] == PUBLIC else address)

            def sendto(self, data: Any, *rest: Any) -> int:
                lab.tried.append(str(rest[-1][0]))
                return super().sendto(data, *rest)

        return Noted

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        lab = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                target = lab.redirects.get(self.path)
                body = _PAGE if self.path != "/meta" else lab.page_that_sends_on()
                self.send_response(200 if target is None else int(self.path.split("/")[1]))
                if target is not None:
                    self.send_header("Location", target.encode().decode("latin-1"))
                if self.path == "/refresh":
                    self.send_header("Refresh", f"0; url=http://127.0.0.1:{lab.port}/secret")
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                return

        return Handler

    def page_that_sends_on(self) -> bytes:
        """A page whose every way of loading something leads inside."""
        inside = f"http://127.0.0.1:{self.port}/secret"
        head = (
            f'<meta http-equiv="refresh" content="0; url={inside}"><base href="{inside}">'
            f'<link rel=stylesheet href="{inside}"><link rel=canonical href="{inside}"><script src="{inside}"></script>'
        )
        body = (
            "<p>The harbour sends on.</p>"
            f'<img src="{inside}"><iframe src="{inside}"></iframe><object data="{inside}">'
        )
        return f"<html><head>{head}</head><body>{body}</body></html>".encode()

    def _accept(self) -> None:
        while True:
            connection, _ = self._inside.accept()
            self.accepted_inside += 1
            connection.recv(65536)
            connection.sendall(f"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n{SECRET}\n".encode())
            connection.close()


def main() -> int:
    lab = Lab()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder, lab.running():
        store = Store(Path(folder), CountedWords())
        control = add(store, [f"http://127.0.0.1:{lab.port}/secret"], allow_private=True).documents[0]
        if control.status != "added" or lab.accepted_inside != 1 or lab.tried != ["127.0.0.1"]:
            faults.append(f"the lab counts nothing: {control}")
        lab.tried.clear()
        lab.accepted_inside = 0

        def check(what: str, address: str, wanted: Callable[[str], bool]) -> None:
            before = len(lab.tried)
            (became,) = add(store, [address]).documents
            code = became.error[0] if became.error else became.status
            inside = [peer for peer in lab.tried[before:] if peer != PUBLIC]
            print(f"{code:16} {what}")
            if inside or not wanted(code):
                faults.append(f"{what}: {code}, tried {inside}")

        def refused(code: str) -> bool:
            return code in ("address_refused", "unreachable")

        def fetched(code: str) -> bool:
            return code in ("added", "duplicate")

        for address in direct(lab.port):
            # What is no address at all ("http:\\...") is taken for a path, and there is no such file.
            check(repr(address), address, lambda code: refused(code) or code == "missing")
        lab.redirects |= dict(redirected(lab.port))
        for path, target in lab.redirects.items():
            lab.names["inside.example"] = "127.0.0.1"
            # "\\\\host" is a path of the public server's own, as it is read here.
            wanted = fetched if target.startswith("\\") else refused
            check(f"{path} redirects to {target}", f"http://{_PUBLIC_NAME}{path}", wanted)
        for address, answers in resolved(lab.port):
            lab.names[address.split("/")[2].rpartition(":")[0]] = answers
            check(f"{address} resolved to {answers}", address, refused)
        # These are fetched, from the public server alone.
        for path in ("/meta", "/refresh"):
            check(
                f"a page that sends on by itself: {path}",
                f"http://{_PUBLIC_NAME}{path}",
                fetched,
            )
        check("an answer that changes", "http://rebinding.example/", fetched)
        store.close()
    outside = sum(peer == PUBLIC for peer in lab.tried)
    print(f"\n{len(lab.tried) - outside} connections inside tried, {lab.accepted_inside} accepted;", end=" ")
    print(f"{outside} to the public server; {len(faults)} faults")
    print("\n".join(f"FAULT {fault}" for fault in faults))
    return bool(faults or lab.accepted_inside)


if __name__ == "__main__":
    sys.exit(main())
