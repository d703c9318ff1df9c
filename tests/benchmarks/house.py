"""How is the house built? Circles of files and folders, the fullest folder, tests found by name, lines by folder.

    python tests/benchmarks/house.py [--lines]

Lazy imports and imports for types alone count too. Between a folder and its parent no circle is looked for: a package's
own modules are layers among its folders, which import-linter orders. A module has a test of its own name where
`tests/PACKAGE/…/test_MODULE.py` exists, or `test_FOLDER_MODULE.py` for the names that stand in several folders (reader,
body …).
Exits with 1 where there is a circle or a folder of more than 14 files.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import grimp

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("ingest", "vectorstore", "assistant")
MOST_FILES = 14


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """The strongly connected components of more than one node (Tarjan, SIAM J. Comput. 1972)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    components: list[list[str]] = []

    def visit(node: str) -> None:
        order[node] = low[node] = len(order)
        stack.append(node)
        for target in sorted(graph.get(node, ())):
            if target not in order:
                visit(target)
                low[node] = min(low[node], low[target])
            elif target in stack:
                low[node] = min(low[node], order[target])
        if low[node] == order[node]:
            component = []
            while not component or component[-1] != node:
                component.append(stack.pop())
            if len(component) > 1:
                components.append(sorted(component))

    for node in sorted(graph):
        if node not in order:
            visit(node)
    return components


def imports() -> dict[str, set[str]]:
    """Module -> modules that it imports, of the three packages alone."""
    graph = grimp.build_graph(*PACKAGES)
    return {module: set(graph.find_modules_directly_imported_by(module)) for module in graph.modules}


def folders(modules: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The same for folders; what a folder's __init__ imports of its own does not count."""

    def folder(module: str) -> str:
        path = ROOT / module.replace(".", "/")
        return module if path.is_dir() else module.rpartition(".")[0]

    graph: dict[str, set[str]] = defaultdict(set)
    for module, targets in modules.items():
        here = folder(module)
        for target in targets:
            there = folder(target)
            inside = there.startswith(f"{here}.") or here.startswith(f"{there}.")
            if here != there and not inside:
                graph[here].add(there)
    return graph


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.py") if path.name != "__init__.py"]


def test_of(module: Path) -> Path | None:
    """The test file of a module's own name, if there is one."""
    package = module.relative_to(ROOT).parts[0]
    names = {f"test_{module.stem}.py", f"test_{module.parent.name}_{module.stem}.py"}
    tests = (ROOT / "tests" / ("cli" if package == "assistant" and "cli" in module.parts else package)).rglob(
        "test_*.py"
    )
    return next((path for path in tests if path.name in names), None)


def main() -> int:
    modules = imports()
    of_files, of_folders = circles(modules), circles(folders(modules))
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    named = [path for path in paths if path.name != "__init__.py"]
    by_folder = {folder: files_of(folder) for folder in {path.parent for path in paths}}
    fullest = max(by_folder, key=lambda folder: len(by_folder[folder]))
    tested = [path for path in named if test_of(path)]
    print(f"circles of files: {len(of_files)}", *of_files)
    print(f"circles of folders: {len(of_folders)}", *of_folders)
    print(f"largest folder: {len(by_folder[fullest])} files, {fullest.relative_to(ROOT)}")
    print(
        f"modules with a test of their own name: {len(tested)} of {len(named)}, {len(tested) / len(named):.2f}"
    )
    if "--lines" in sys.argv:
        for folder in sorted(by_folder):
            lines = sum(len(path.read_text("utf8").splitlines()) for path in folder.glob("*.py"))
            print(f"{lines:6}  {folder.relative_to(ROOT)}")
    return int(bool(of_files or of_folders or len(by_folder[fullest]) > MOST_FILES))


if __name__ == "__main__":
    sys.exit(main())
