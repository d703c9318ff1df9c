"""Exported models on disk: one folder for each, made once by a process of its own and reused from then on.

Nothing here may fail an answer: if a model cannot be exported, stored or loaded, the reason is logged once and
sentence-transformers runs it. The cache need not be in backups, because it can always be made again.
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

# Version of what onnx_export makes. Raise it when its vectors change: every model is then exported anew.
RECIPE = 1
EXPORT_SECONDS = 900  # limit of one export; the default model takes 20 s on two cores
_ROOM = 500 * 2**20  # bytes of free disk needed for an export; the default model takes up to 170 MB meanwhile
_EXPORT_PACKAGES = ("onnx", "onnxruntime", "sentence-transformers", "torch", "transformers")


def load_or_export(name: str, path: str, cache: Path) -> OnnxModel | None:
    """The exported form of a model, made in `cache` if it is not there; None if sentence-transformers must run it.

    `path` is the model's folder, or its name on the hub. If several processes ask at once, one exports and the
    others wait for it.
    """
    try:
        key = fingerprint(name, path)
        if key is None:
            return None
        folder = cache / key
        if (model := _open(folder)) is not None:
            return model
        if _refusal(folder) is not None:  # logged when the export failed
            return None
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / f"{key}.lock", timeout=EXPORT_SECONDS):
            if (model := _open(folder)) is not None or _refusal(folder) is not None:
                return model
            return _export(name, path, folder)
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
    """Why an earlier export of this model failed for good with the packages installed now; None if none did."""
    key = fingerprint(name, path)
    return None if key is None else _refusal(cache / key)


def fingerprint(name: str, path: str) -> str | None:
    """The folder name of a model's export; it changes when the model does. Reads no weights.

    None for a hub model that is not on this machine yet: it is exported the next time.
    """
    if name == DEFAULT_MODEL:
        version = DEFAULT_WEIGHTS
    elif Path(path).is_dir():
        files = sorted(file for file in Path(path).rglob("*") if file.is_file())
        version = repr([(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files])
    elif (commit := hub_commit(path)) is not None:
        version = commit
    else:
        return None
    digest = hashlib.sha256(f"{name}\n{version}\n{RECIPE}".encode()).hexdigest()[:12]
    return f"{re.sub(r'[^A-Za-z0-9.-]+', '-', Path(name).name)[:40]}-{digest}"


def _open(folder: Path) -> OnnxModel | None:
    if not folder.is_dir():
        return None
    try:
        return OnnxModel(folder)
    except DamagedModel as error:
        log.warning("The compiled embedding model is damaged and is made again (%s)", error)
        return None


def _export(name: str, path: str, folder: Path) -> OnnxModel | None:
    """Export a model into `folder`; the caller holds the folder's lock. Raises OSError if the disk is too full."""
    if shutil.disk_usage(folder.parent).free < _ROOM:
        raise OSError(f"compiling it takes {_ROOM // 2**20} MB of disk")
    # A warning, because without logging set up only warnings reach stderr, and this wait needs an explanation.
    log.warning("Preparing the embedding model (once; about half a minute) …")
    reason, is_lasting = _compile(name, path, folder)
    if reason is None:
        return _open(folder)
    if is_lasting:
        _refusal_file(folder).write_text(json.dumps({"reason": reason, "versions": _versions()}), "utf8")
    log.warning("The embedding model is run by sentence-transformers, which starts slowly (%s)", reason)
    return None


def _compile(name: str, path: str, folder: Path) -> tuple[str | None, bool]:
    """Why a model could not be exported (None: it was), and whether a second try would fail the same way."""
    # A process of its own, started as a fresh Python: torch and transformers never enter this one.
    command = [sys.executable, "-P", "-m", "vectorstore.embedding.onnx_export", name, path, str(folder)]
    try:
        process = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=EXPORT_SECONDS, env=_environment()
        )
    except subprocess.TimeoutExpired:
        return f"compiling it took more than {EXPORT_SECONDS} seconds", True
    try:
        outcome = json.loads(process.stdout)
        return outcome["reason"], outcome["lasting"]
    except (ValueError, KeyError, TypeError):
        lines = process.stderr.decode("utf8", "replace").strip().splitlines()
        log.info("the compiling process said: %s", "\n".join(lines[-20:]))
        return f"the compiling process ended with {process.returncode}", False


def _environment() -> dict[str, str]:
    """The environment of the export process: it must find this very package, wherever Python was started."""
    package_root = str(Path(__file__).resolve().parents[2])
    places = [package_root, *(place for place in sys.path if place and place != package_root)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places), "ORT_DISABLE_TELEMETRY": "1"}


def _refusal_file(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.refused.json")


def _refusal(folder: Path) -> str | None:
    """Why the export failed before; None if it never did, or if other package versions would try now."""
    try:
        recorded = json.loads(_refusal_file(folder).read_text("utf8"))
        return str(recorded["reason"]) if recorded["versions"] == _versions() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _versions() -> dict[str, str]:
    versions = {}
    for package in _EXPORT_PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            versions[package] = "missing"
    return versions
