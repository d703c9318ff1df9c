"""Compiled models on disk: a folder for each, made once by a process of its own, and found again ever after.

Nothing here may fail an answer: where a model cannot be compiled, kept or loaded, the reason is logged once
and the original serves. The folder need not be in backups: it is made again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from filelock import FileLock, Timeout

from vectorstore.embedding.onnx_model import DamagedModel, OnnxModel, UnfitModel
from vectorstore.embedding.torch_model import DEFAULT_MODEL, DEFAULT_WEIGHTS, hub_commit

log = logging.getLogger(__name__)

RECIPE = 1  # of model_export; raised when it makes other vectors, so that every model is compiled anew
SECONDS = 900  # the compiling process may take; 20 on two cores for the default model
_ROOM = (
    500 * 2**20
)  # bytes of disk, without which it is not tried; the default model takes 170 MB for a while
_MAKERS = ("onnx", "onnxruntime", "sentence-transformers", "torch", "transformers")


def obtain(name: str, path: str, cache: Path) -> OnnxModel | None:
    """The compiled form of a model, made in `cache` if it is not there; None where the original must serve.

    `path` is the model's folder, or its name on the hub. Of several processes one compiles, the others wait.
    """
    try:
        mark = fingerprint(name, path)
        if mark is None:
            return None
        folder = cache / mark
        if (found := _opened(folder)) is not None:
            return found
        if _refused(folder) is not None:  # told when it happened
            return None
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / f"{mark}.lock", timeout=SECONDS):
            if (found := _opened(folder)) is not None or _refused(folder) is not None:
                return found
            return _made(name, path, folder)
    except Timeout:
        reason = "another process has been compiling it for too long"
    except UnfitModel as error:
        reason = str(error)
    except OSError as error:
        reason = f"{cache}: {error.strerror or error}"
    except ImportError as error:  # an onnxruntime that this machine cannot load
        reason = str(error)
    log.warning("The embedding model is run by sentence-transformers, which starts slowly (%s)", reason)
    return None


def export_refusal(name: str, path: str, cache: Path) -> str | None:
    """Why a model will not be compiled with the packages installed, where that has been found out."""
    mark = fingerprint(name, path)
    return None if mark is None else _refused(cache / mark)


def fingerprint(name: str, path: str) -> str | None:
    """The name of a model's folder: the same as long as the model is, found out without reading its weights.

    None for a hub model that is not on this machine yet: it is compiled the next time.
    """
    if name == DEFAULT_MODEL:
        version = DEFAULT_WEIGHTS
    elif Path(path).is_dir():
        files = sorted(one for one in Path(path).rglob("*") if one.is_file())
        version = repr([(str(one), one.stat().st_size, one.stat().st_mtime_ns) for one in files])
    elif (commit := hub_commit(path)) is not None:
        version = commit
    else:
        return None
    digest = hashlib.sha256(f"{name}\n{version}\n{RECIPE}".encode()).hexdigest()[:12]
    return f"{re.sub(r'[^A-Za-z0-9.-]+', '-', Path(name).name)[:40]}-{digest}"


def _opened(folder: Path) -> OnnxModel | None:
    if not folder.is_dir():
        return None
    try:
        return OnnxModel(folder)
    except DamagedModel as error:
        log.warning("The compiled embedding model is damaged and is made again (%s)", error)
        return None


def _made(name: str, path: str, folder: Path) -> OnnxModel | None:
    """Compile a model into `folder`; the caller holds its lock."""
    if shutil.disk_usage(folder.parent).free < _ROOM:
        raise OSError(f"compiling it takes {_ROOM // 2**20} MB of disk")
    # A warning, for that is what people see on stderr where nobody has set logging up.
    log.warning("Preparing the embedding model (once; about half a minute) …")
    reason, lasting = _compile(name, path, folder)
    if reason is None:
        return _opened(folder)
    if lasting:
        _record(folder).write_text(json.dumps({"reason": reason, "versions": _versions()}), "utf8")
    log.warning("The embedding model is run by sentence-transformers, which starts slowly (%s)", reason)
    return None


def _compile(name: str, path: str, folder: Path) -> tuple[str | None, bool]:
    """Why a model could not be compiled (None: it was), and whether it would be the same next time."""
    # A process of its own, started as a fresh Python: torch and transformers never come into this one.
    command = [sys.executable, "-P", "-m", "vectorstore.embedding.onnx_export", name, path, str(folder)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, env=_environment()
        )
    except subprocess.TimeoutExpired:
        return f"compiling it took more than {SECONDS} seconds", True
    try:
        answer = json.loads(done.stdout)
        return answer["reason"], answer["lasting"]
    except (ValueError, KeyError, TypeError):
        said = done.stderr.decode("utf8", "replace").strip().splitlines()
        log.info("the compiling process said: %s", "\n".join(said[-20:]))
        return f"the compiling process ended with {done.returncode}", False


def _environment() -> dict[str, str]:
    here = str(Path(__file__).resolve().parent.parent)
    places = [here, *(place for place in sys.path if place and place != here)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places), "ORT_DISABLE_TELEMETRY": "1"}


def _record(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.refused.json")


def _refused(folder: Path) -> str | None:
    """Why compiling failed before, if the same programs would try again."""
    try:
        written = json.loads(_record(folder).read_text("utf8"))
        return str(written["reason"]) if written["versions"] == _versions() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _versions() -> dict[str, str]:
    found = {}
    for name in _MAKERS:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "missing"
    return found
