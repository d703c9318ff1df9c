"""A small OpenAI-compatible chat server on loopback: real HTTP, real server-sent events, scripted text."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[[list[dict[str, Any]]], list[str] | int]  # messages -> pieces of text, or an HTTP status


class ChatServer:
    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[dict[str, Any]] = []
        self.break_after: int | None = None  # close the connection after so many pieces
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.requests.append(request)
                answer = outer.script(request["messages"])
                if isinstance(answer, int):
                    body = json.dumps({"error": {"message": "the server is overloaded"}}).encode()
                    self.send_response(answer)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                    return
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                for number, piece in enumerate(answer):
                    if number == outer.break_after:
                        self.wfile.write(b'data: {"error": {"message": "broken off", "code": 500}}\n\n')
                        return
                    self._event({"content": piece})
                self._event({}, finish="stop")
                self.wfile.write(b"data: [DONE]\n\n")

            def _event(self, delta: dict[str, str], finish: str | None = None) -> None:
                chunk = {
                    "id": "1",
                    "object": "chat.completion.chunk",
                    "created": 0,
                    "model": "stand-in",
                    "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
                }
                self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
                self.wfile.flush()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def chat_server(script: Script) -> Iterator[ChatServer]:
    server = ChatServer(script)
    try:
        yield server
    finally:
        server.close()


def in_pieces(text: str, size: int = 7) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]
