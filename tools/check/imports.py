"""Which files of the project read which, and whether a file needs itself in the end."""

import ast
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from tools import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def files_read(path: Path, *, types: bool = True) -> set[Path]:
    """Give the Python files of the project that one imports anywhere, `types`: also those for types alone."""
    found: set[Path] = set()
    for node in _statements(path, types=types):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found |= _files(ROOT.joinpath(*alias.name.split(".")), [])
        else:
            base = path.parents[node.level - 1] if node.level else ROOT
            target = base.joinpath(*(node.module or "").split("."))
            read = _files(target, [alias.name for alias in node.names])
            assert read or not node.level, f"{path} imports {ast.unparse(node)}, which is not there"
            found |= read
    return found


def packages_read(path: Path) -> set[str]:
    """Give the packages that a Python file imports by their full names."""
    found = set()
    for node in _statements(path, types=True):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def circle(reads: Mapping[Path, set[Path]]) -> list[Path]:
    """Give the files of a circle, from one back to itself; empty if there is none."""
    try:
        TopologicalSorter(reads).prepare()
    except CycleError as error:
        found: list[Path] = error.args[1]
        return found
    return []


def _statements(path: Path, *, types: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    todo: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif types or not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            todo += ast.iter_child_nodes(node)


def _files(target: Path, names: list[str]) -> set[Path]:
    """Give what an import of `names` from `target` reads: what lies in it, and itself for other names."""
    found = {
        one
        for name in names
        for one in (target / f"{name}.py", target / name / "__init__.py")
        if one.is_file()
    }
    if names and len(found) == len(set(names)):
        return found
    return found | {one for one in (target.with_suffix(".py"), target / "__init__.py") if one.is_file()}
