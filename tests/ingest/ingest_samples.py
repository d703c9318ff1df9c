"""Texts, pages and a web server that the tests of ingest share, and what was read of them."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ingest import Document, Metadata, read

FIRST = (
    "The harbour of Lindow handled a third more grain this year than last, and the port authority expects the trend "
    "to hold. Two new cranes were delivered in spring. They can unload a ship of 30,000 tonnes within four days."
)
SECOND = (
    "Smaller ports along the coast have lost business in the same period. Their owners complain about fees that were "
    "set years ago, and several have asked the ministry for relief. The ministry has not answered so far."
)

PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Cranes at work | Coast News</title>
<meta property="og:title" content="Cranes at work"><meta property="og:site_name" content="Coast News">
<meta name="author" content="Ines Varga"><meta property="article:published_time" content="2022-05-04T08:00:00Z">
<meta property="article:modified_time" content="2023-01-01T08:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/about">About</a></nav><article><h1>Cranes at work</h1>
<p>{FIRST}</p><h2>Elsewhere</h2><p>{SECOND}</p>
<table><tr><th>Harbour</th><th>Tonnes</th></tr><tr><td>Lindow</td><td>900</td></tr></table>
<ul><li>One crane came from the north.</li><li>The other came from the south.</li></ul></article>
<footer>All rights reserved</footer></body></html>"""


TITLE = "Why grain moves to the large harbours"


def page_with(head: str, body: str, language: str = "de") -> bytes:
    return (
        f"<!DOCTYPE html><html lang='{language}'><head><meta charset='utf-8'>{head}</head><body>{body}"
        f"<p>{FIRST}</p><p>{SECOND}</p><script>x</script></body></html>"
    ).encode()


def pasted(*paragraphs: str) -> Document:
    return read("\n\n".join(paragraphs).encode(), "pasted.txt")


def metadata(*paragraphs: str) -> Metadata:
    return pasted(*paragraphs).metadata


def kinds(document: Document) -> dict[str, str]:
    return {document.text[block.start : block.end]: block.kind for block in document.blocks}


def texts(document: Document, kind: str) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind == kind]


def assert_located(document: Document) -> None:
    """Blocks are in order, apart, trimmed, and hold all of the text but white space."""
    covered = 0
    for block in document.blocks:
        text = document.text[block.start : block.end]
        assert text == text.strip() != ""
        assert not document.text[covered : block.start].strip()
        covered = block.end
    assert not document.text[covered:].strip()


class _Handler(BaseHTTPRequestHandler):
    seen: list[tuple[str, dict[str, str]]]
    routes: dict[str, tuple[int, dict[str, str], bytes]]

    def do_GET(self) -> None:
        self.seen.append((self.path, dict(self.headers)))
        status, headers, body = self.routes.get(self.path, (404, {}, b"none"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        return


class Site:
    """A web server on loopback: `routes` maps paths to (status, headers, body), `seen` lists what was asked."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.routes: dict[str, tuple[int, dict[str, str], bytes]] = {}
        handler = type("Handler", (_Handler,), {"seen": self.seen, "routes": self.routes})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.port = self.server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
