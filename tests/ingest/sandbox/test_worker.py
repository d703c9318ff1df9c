"""The reading process works within limits and cannot reach out of itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.index

REACHING_OUT = {
    "start a program": "import subprocess; subprocess.run(['true'])",
    "start a shell": "import os; os.system('true')",
    "fork": "import os; os.fork()",
    "connect": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "look up a name": "import socket; socket.getaddrinfo('localhost', 80)",
    "write a file": "open('made-by-a-reader', 'w')",
    "append to a file": "open('kept', 'a')",
    "make a folder": "import os; os.mkdir('made-by-a-reader')",
    "move a file": "import os; os.rename('kept', 'made-by-a-reader')",
    "remove a file": "import os; os.remove('kept')",
}


TRY_ALL = """
import json, sys
from ingest.sandbox import worker
attempts = json.loads(sys.argv[1])
sys.addaudithook(worker._refuse_to_reach_out)
for what, code in attempts.items():
    try:
        exec(code)
    except PermissionError:
        continue
    print(what)
print("all tried")
"""


def test_no_library_in_the_process_may_reach_out(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("kept")
    done = subprocess.run(
        [sys.executable, "-P", "-c", TRY_ALL, json.dumps(REACHING_OUT)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
    )
    assert done.stdout.split("\n") == ["all tried", ""], done.stderr
    assert [(entry.name, entry.read_text()) for entry in tmp_path.iterdir()] == [("kept", "kept")]
