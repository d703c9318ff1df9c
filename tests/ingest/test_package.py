"""The package's public names are imported when first used."""

from __future__ import annotations

import subprocess
import sys


def test_importing_the_package_imports_no_reader() -> None:
    heavy = "('lxml', 'docx', 'pypdfium2', 'trafilatura', 'httpx')"
    code = f"import sys, ingest; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
