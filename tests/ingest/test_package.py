"""The package's public names are imported when first used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import ingest


def test_importing_the_package_imports_no_reader() -> None:
    heavy = "('lxml', 'docx', 'pypdfium2', 'trafilatura', 'httpx')"
    code = f"import sys, ingest; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ingest.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    assert getattr(ingest, name) is not None
    assert name in dir(ingest)


def test_a_name_that_is_not_public_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        ingest.no_such_name  # noqa: B018 - the look-up is what is tested
