"""Docstrings hold true: their examples run, and the names that a folder calls public exist."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(
    path.relative_to(ROOT)
    for package in ("ingest", "vectorstore", "assistant", "prompts")
    for path in (ROOT / package).rglob("*.py")
)
# Every module imports without starting work, so none is left out; one without examples has nothing to run.
WITH_EXAMPLES = [path for path in SOURCES if ">>>" in (ROOT / path).read_text("utf8")]
FOLDERS = [path.parent for path in SOURCES if path.name == "__init__.py"]


def _dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=_dotted)
def test_examples_in_docstrings_run(path: Path) -> None:
    module = importlib.import_module(_dotted(path))
    result = doctest.testmod(module)
    assert not result.failed
    written = re.findall(r"^ *>>> ", (ROOT / path).read_text("utf8"), re.MULTILINE)
    assert result.attempted == len(written), "an example stands where doctest does not find it"


@pytest.mark.parametrize("folder", FOLDERS, ids=_dotted)
def test_public_names_of_a_folder_exist(folder: Path) -> None:
    """Seen from the folder, "Public" lists `name`, `module.name`, or `module` (`name`, `name`)."""
    package = importlib.import_module(_dotted(folder))
    _, heading, public = (package.__doc__ or "").partition("\n\nPublic")
    assert heading, "its docstring says nothing of what is public"
    stale = [name for name in _listed(public) if not _resolves(package.__name__, name)]
    assert not stale, f"{package.__name__} has no {', '.join(stale)}"


def _listed(public: str) -> list[str]:
    grouped = re.compile(r"`([^`]+)`\s\((`[^)]*)\)")
    dotted = [
        f"{module}.{name}"
        for module, names in grouped.findall(public)
        for name in re.findall(r"`([^`]+)`", names)
    ]
    return dotted + re.findall(r"`([^`]+)`", grouped.sub("", public))


def _resolves(package: str, name: str) -> bool:
    found: object = importlib.import_module(package)
    at = package
    for part in name.split("."):
        at = f"{at}.{part}"
        if hasattr(found, part):
            found = getattr(found, part)
            continue
        try:
            found = importlib.import_module(at)
        except ModuleNotFoundError:
            return False
    return True
