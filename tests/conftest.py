from __future__ import annotations

import os
import socket
from collections.abc import Iterator

import pytest

# Nothing here reaches beyond this machine, whatever is set in the shell that runs the tests.
os.environ["HF_HUB_OFFLINE"] = "1"
for name in [name for name in os.environ if name.startswith(("BRIEFING_", "LANGSMITH_", "LANGCHAIN_"))]:
    del os.environ[name]
for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OPENAI_BASE_URL"):
    os.environ.pop(name, None)

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_connect = socket.socket.connect


def _only_loopback(self: socket.socket, address: object) -> None:
    if isinstance(address, tuple) and address[0] not in _LOOPBACK:
        raise AssertionError(f"a test tried to reach {address[0]}")
    _connect(self, address)  # type: ignore[arg-type]


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Accidental network calls are impossible: only loopback can be connected to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _only_loopback)
        yield
