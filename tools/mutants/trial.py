"""Which tests touch a line, and running them with it broken: in memory, in a fork that is warm already."""

import ast
import importlib
import importlib.abc
import os
import resource
import signal
import subprocess
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest
from coverage import CoverageData

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import CodeType

    from .kinds import Mutant, Statement

CPU_LIMIT_S: Final = 60
"""A broken loop may never end; all pure tests together take half of this."""
WALL_LIMIT_S: Final = 300
"""What waits for ever uses no processor. A busy machine may be this slow, too, so it is no proof."""
CPU_TIME: Final = "the limit of processor time"
MEMORY_LIMIT: Final = 3 * 2**30
_PYTEST: Final = ("-q", "-p", "no:cacheprovider")


def run_all(root: Path, source: Path, tests: list[str], data: Path) -> None:
    """Run tests and note what each touches; raises CalledProcessError if one fails."""
    command = [sys.executable, "-m", "pytest", *_PYTEST, f"--cov={source}", "--cov-context=test"]
    # The faster way to measure, sys.monitoring, knows no contexts.
    environment = {**os.environ, "COVERAGE_FILE": str(data), "COVERAGE_CORE": "ctrace"}
    subprocess.run(
        [*command, "--cov-report=", *tests], cwd=root, env=environment, check=True, stdout=sys.stderr
    )


class Touched:
    """The tests of each statement; a constant or default is touched by those of the lines that name it.

    Tests that name it themselves touch it too.
    """

    def __init__(self, data: Path, statements: list[Statement], tests: dict[str, Path]) -> None:
        """Read what `run_all` noted; `statements` and `tests` (by their name) are all that may name one."""
        noted = CoverageData(str(data))
        noted.read()
        self._tests: dict[Path, dict[int, set[str]]] = {}
        self._naming: dict[str, list[Statement]] = {}
        for statement in statements:
            if statement.path not in self._tests:
                self._tests[statement.path] = {
                    line: {context.rpartition("|")[0] for context in contexts if context}
                    for line, contexts in noted.contexts_by_lineno(str(statement.path)).items()
                }
            for name in _named(*statement.parts()):
                self._naming.setdefault(name, []).append(statement)
        self._named_by: dict[str, set[str]] = {}
        for file, path in tests.items():
            for node in ast.parse(path.read_bytes()).body:
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                    for name in _named(node):
                        self._named_by.setdefault(name, set()).add(f"{file}::{node.name}")

    def of(self, statement: Statement) -> list[str]:
        """Give the tests of a statement, those of its room first; of one nobody names all of its file."""
        found = self._of(statement, set()) or set().union(*self._tests[statement.path].values())
        room = f"/{statement.path.parent.name}/"
        return sorted(found, key=lambda test: (room not in test, test))

    def _of(self, statement: Statement, seen: set[str]) -> set[str]:
        found = {test for line in statement.lines for test in self._tests[statement.path].get(line, ())}
        for name in {*statement.names} - seen:
            seen.add(name)
            found = found.union(*(self._of(user, seen) for user in self._naming.get(name, ())))
            found |= self._named_by.get(name, set())
        return found


def _named(*parts: ast.AST) -> set[str]:
    nodes = [node for part in parts for node in ast.walk(part)]
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return names | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


class Verdict(NamedTuple):
    """Whether a change was noticed, and by which test or limit; `by` without `killed`: what broke it off."""

    killed: bool
    by: str = ""


class Trials:
    """Runs tests with lines of one package broken."""

    def __init__(self, root: Path, package: str, jobs: int, wait_s: int = WALL_LIMIT_S) -> None:
        """Load what does not change; the package itself and its tests are loaded by each trial anew."""
        self._root, self._package, self._jobs, self._wait_s = root, package, jobs, wait_s
        for plugin in entry_points(group="pytest11"):  # Home Assistant's wants to be first
            plugin.load()
        importlib.import_module(package)
        for name in [name for name in sys.modules if f"{name}.".startswith(f"{package}.")]:
            del sys.modules[name]

    def run(
        self, wanted: Sequence[tuple[Mutant | None, list[str]]]
    ) -> Iterator[tuple[Mutant | None, Verdict]]:
        """Give each mutant with what became of it as it comes; None is the code as it is."""
        waiting = list(reversed(wanted))
        running: dict[int, tuple[Mutant | None, int]] = {}
        while waiting or running:
            while waiting and len(running) < self._jobs:
                mutant, tests = waiting.pop()
                reader, writer = os.pipe()
                if not (pid := os.fork()):
                    self._try(mutant, tests, writer)
                os.close(writer)
                running[pid] = mutant, reader
            pid, status = os.wait()
            mutant, reader = running.pop(pid)
            with os.fdopen(reader) as told:
                first = told.readline().strip() or "an import"
            yield mutant, _verdict(os.waitstatus_to_exitcode(status), first)

    def _try(self, mutant: Mutant | None, tests: list[str], writer: int) -> None:
        """Run tests and end the process; what they print goes nowhere."""
        code = 1
        try:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(null, 2)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(self._wait_s)
            resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT_S, CPU_LIMIT_S + 1))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
            os.chdir(self._root)
            if mutant:
                inside = mutant.statement.path.relative_to(self._root).with_suffix("").parts
                sys.meta_path.insert(0, _Broken(".".join(inside).removesuffix(".__init__"), mutant))
            code = int(pytest.main(["-x", *_PYTEST, "-p", "no:warnings", *tests], [_FirstFailure(writer)]))
        finally:
            os._exit(code)


def _verdict(code: int, first: str) -> Verdict:
    if code >= 0:
        return Verdict(killed=True, by=first) if code else Verdict(killed=False)
    if code == -signal.SIGXCPU:
        return Verdict(killed=True, by=CPU_TIME)
    return Verdict(killed=False, by=f"broken off by {signal.Signals(-code).name}")


class _FirstFailure:
    """Tells which test fell first."""

    def __init__(self, writer: int) -> None:
        self._writer = writer

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            os.write(self._writer, f"{report.nodeid}\n".encode())


class _Broken(importlib.abc.MetaPathFinder):
    """Finds one module with its change."""

    def __init__(self, name: str, mutant: Mutant) -> None:
        self._name, self._mutant = name, mutant

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        path = self._mutant.statement.path
        loader = _Loader(fullname, str(path))
        loader.source = self._mutant.source()
        return ModuleSpec(fullname, loader, origin=loader.path, is_package=path.name == "__init__.py")


class _Loader(SourceFileLoader):
    source = ""

    def get_code(self, fullname: str) -> CodeType:
        assert fullname == self.name
        return compile(self.source, self.path, "exec")
