"""An environment with another Home Assistant than the locked one, in `.venv/home-assistant-VERSION`.

What Home Assistant asks for at first start is read off that release's own manifests. A pin of it that the
package index does not hold is replaced by the nearest version there, and told on standard error; standard
output is the environment's folder alone.
"""

import argparse
import ast
import hashlib
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import Distribution
from typing import TYPE_CHECKING, Any, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tools import ROOT

from . import processes
from .home_assistant import CONFIGURATION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_UV: Final = ROOT / ".cache" / "uv" / "bin" / "uv"
_PLUGIN: Final = "pytest-homeassistant-custom-component"
_NAMED: Final = re.compile(r"floor|newest|beta|\d{4}\.\d{1,2}(\.\d+)?(b\d+)?")
# What uv says of a pin that the index does not hold.
_MISSING: Final = re.compile(r"there (?:is|are) no versions? of ([\w.-]+)==([\w.+!]+)")
# More would be another Home Assistant than the one asked for.
_MOST_REPLACED: Final = 8
_BUILT: Final = ".built.json"
# Beside what we name in our code: pods come by ESPHome, phones by the companion app; `http` looks for isal,
# and what ESPHome depends on imports hassio without naming it.
_ALSO: Final = frozenset({"esphome", "hassio", "isal", "mobile_app"})


def started(bootstrap: str) -> set[str]:
    """Domains that Home Assistant sets up by itself, by the source of its `bootstrap` module."""
    lists = {"CORE_INTEGRATIONS", "DEFAULT_INTEGRATIONS", "FRONTEND_INTEGRATIONS"}
    found: set[str] = set()
    for node in ast.parse(bootstrap).body:
        if isinstance(node, ast.Assign) and lists & {ast.unparse(target) for target in node.targets}:
            texts = (part.value for part in ast.walk(node.value) if isinstance(part, ast.Constant))
            found |= {text for text in texts if isinstance(text, str)}
    return found


def used(root: Path) -> set[str]:
    """Domains of Home Assistant that the project's Python, manifest and demo name."""
    manifest = json.loads((root / "custom_components" / "retrostep" / "manifest.json").read_text("utf-8"))
    found = {*manifest.get("dependencies", ()), *manifest.get("after_dependencies", ()), *_ALSO}
    found |= set(re.findall(r"^(\w+):", CONFIGURATION, re.MULTILINE))
    for folder in ("custom_components", "tests", "tools"):
        for path in (root / folder).rglob("*.py"):
            found |= set(re.findall(r"homeassistant\.components\.(\w+)", path.read_text("utf-8")))
    return found


def asked_for(components: Path, domains: Iterable[str]) -> list[str]:
    """Requirements of these domains, of every kind of entity and of all that those depend on, sorted.

    `components` is the folder of a Home Assistant's integrations; domains that it lacks are left out.
    """
    manifests = {path.parent.name: _json(path) for path in components.glob("*/manifest.json")}
    todo = [*domains, *(name for name, told in manifests.items() if told.get("integration_type") == "entity")]
    done: set[str] = set()
    while todo:
        domain = todo.pop()
        if domain in manifests and domain not in done:
            done.add(domain)
            todo += manifests[domain].get("dependencies", [])
    return sorted({wish for domain in done for wish in manifests[domain].get("requirements", [])})


def missing_pin(told: str) -> Requirement | None:
    """Which exact pin the index does not hold, by what uv told; None if it told something else."""
    found = _MISSING.search(" ".join(told.split()))
    return Requirement(f"{found[1]}=={found[2].rstrip('.')}") if found else None


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def _uv(*arguments: str | Path, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [_UV, *arguments], input=text, cwd=ROOT, check=False, capture_output=True, text=True
    )


def _found(wish: str, *options: str) -> Version | None:
    """Best version on the index that meets a wish for one package, None if there is none.

    Raises StageError when the index can't be asked.
    """
    options = ("--no-deps", "--no-header", "--no-annotate", *options)
    told = _uv("pip", "compile", "-q", "--python", sys.executable, *options, "-", text=wish)
    if "No solution found" in told.stderr:
        return None
    _must(told)
    return Version(told.stdout.strip().partition("==")[2])


def _nearest(pin: Requirement) -> Version | None:
    wanted = str(pin.specifier).removeprefix("==")
    return _found(f"{pin.name}<={wanted}") or _found(f"{pin.name}>{wanted}", "--resolution", "lowest")


class Environment:
    """One environment with one Home Assistant."""

    def __init__(self, version: Version) -> None:
        """Name it; nothing is built yet."""
        self.version = version
        self.folder = ROOT / ".venv" / f"home-assistant-{version}"
        self._python = self.folder / "bin" / "python"
        self._prerelease = ("--prerelease", "allow") if version.is_prerelease else ()

    def build(self) -> dict[str, str]:
        """Build it unless it is there; return pins that had to be replaced, by what stands for them."""
        note = self.folder / _BUILT
        if note.exists() and (home := self._home()):
            kept = _json(note)
            replaced: dict[str, str] = kept["replaced"]
            if kept["stamp"] == _stamp(self._wishes(home)) and not any(_found(pin) for pin in replaced):
                return replaced
        _say(f"building {self.folder.relative_to(ROOT)}")
        home = self._make()
        wishes = self._wishes(home)
        replaced = self.install(wishes, home / "package_constraints.txt")
        note.write_text(json.dumps({"stamp": _stamp(wishes), "replaced": replaced}), encoding="utf-8")
        return replaced

    def _home(self) -> Path | None:
        return next(self.folder.glob("lib/python*/site-packages/homeassistant"), None)

    def _make(self) -> Path:
        """Make it anew, with Home Assistant and the test plugin alone."""
        _must(_uv("venv", "-q", "--clear", "--python", sys.executable, self.folder))
        wishes = (f"homeassistant=={self.version}", self._plugin())
        _must(_uv("pip", "install", "-q", "--no-deps", "--python", self._python, *self._prerelease, *wishes))
        home = self._home()
        if home is None:
            raise processes.StageError(f"homeassistant {self.version} holds no package of that name")
        return home

    def _plugin(self) -> str:
        """Which plugin is meant: each is made for one Home Assistant, later ones for later ones."""
        pins = {wish.name: wish for wish in map(Requirement, filter(_is_text, _groups()["ha"]))}
        locked = Version(str(pins["homeassistant"].specifier).removeprefix("=="))
        return str(pins[_PLUGIN]) if self.version <= locked else _PLUGIN

    def _wishes(self, home: Path) -> list[str]:
        """What is to be installed; of two versions named, Home Assistant's and not the plugin's."""
        domains = started((home / "bootstrap.py").read_text("utf-8")) | used(ROOT)
        wishes = [f"homeassistant=={self.version}", *asked_for(home / "components", domains)]
        settled = {_name(wish) for wish in (*wishes, *_lines(home / "package_constraints.txt"))}
        plugin = next(home.parent.glob(f"{_PLUGIN.replace('-', '_')}-*.dist-info"))
        rest = [*(Distribution.at(plugin).requires or ()), *_groups()["beside"]]
        return [*wishes, *(_name(wish) if _name(wish) in settled else wish for wish in rest)]

    def install(self, wishes: list[str], constraints: Path) -> dict[str, str]:
        """Install all of it; return pins that had to be replaced, by what stands for them.

        Raises StageError with what uv says when something else is wrong.
        """
        overrides: dict[str, str] = {}  # they stand above whatever a package asks for
        replaced: dict[str, str] = {}
        file = self.folder / "overrides.txt"
        options = (*self._prerelease, "--constraint", constraints, "--override", file)
        while True:
            file.write_text("\n".join(overrides.values()), encoding="utf-8")
            told = _uv("pip", "install", "-q", "--python", self._python, *options, *wishes)
            pin = missing_pin(told.stderr) if told.returncode else None
            nearest = _nearest(pin) if pin and pin.name not in overrides else None
            if pin is None or nearest is None or len(replaced) == _MOST_REPLACED:
                _must(told)
                return replaced
            overrides[pin.name] = f"{pin.name}=={nearest}"
            replaced[str(pin)] = overrides[pin.name]


def _groups() -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))[
        "dependency-groups"
    ]
    return groups


def _stamp(wishes: list[str]) -> str:
    return hashlib.sha256("\n".join((*wishes, sys.executable)).encode()).hexdigest()


def _lines(constraints: Path) -> list[str]:
    lines = (line.partition("#")[0].strip() for line in constraints.read_text("utf-8").splitlines())
    return [line for line in lines if line]


def _name(wish: str) -> str:
    return canonicalize_name(Requirement(wish).name)


def _is_text(wish: object) -> bool:
    return isinstance(wish, str)


def _must(told: subprocess.CompletedProcess[str]) -> None:
    if told.returncode:
        raise processes.StageError(told.stderr.strip())


def _say(text: str) -> None:
    print(f"environment: {text}", file=sys.stderr, flush=True)


def environment(named: str) -> Environment:
    """Find the environment of a release, of the `floor`, of the `newest` or of what may be a `beta`.

    Raises StageError when there is no such Home Assistant.
    """
    if not _NAMED.fullmatch(named):
        raise processes.StageError(f"'{named}' is no Home Assistant: 2026.11.0, floor, newest or beta")
    release = _json(ROOT / "hacs.json")["homeassistant"] if named == "floor" else named
    wish = "homeassistant" if named in {"newest", "beta"} else f"homeassistant=={release}"
    version = _found(wish, *(("--prerelease", "allow") if named == "beta" else ()))
    if version is None:
        raise processes.StageError(f"the package index holds no Home Assistant '{named}'")
    return Environment(version)


def main() -> int:
    """Build what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version", help="a release such as 2026.11.0, `floor`, `newest` or `beta`")
    named = parser.parse_args().version
    try:
        with processes.alone(ROOT / ".venv", "another environment is built here; try again when it is"):
            found = environment(named)
            replaced = found.build()
    except processes.StageError as error:
        _say(str(error))
        return 1
    for pin, instead in replaced.items():
        _say(f"Home Assistant {found.version} asks for {pin}, which the index lacks: {instead} instead")
    print(found.folder.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
