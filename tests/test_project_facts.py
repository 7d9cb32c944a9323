"""Each fact of the project reads the same wherever it has to be written."""

import ast
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
INTEGRATION = ROOT / "custom_components" / "retrostep"


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads(text("pyproject.toml"))


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return json.loads((INTEGRATION / "manifest.json").read_text(encoding="utf-8"))


def requirements(project: dict[str, Any], group: str) -> list[str]:
    """Requirements of a group and of those that it includes."""
    found = []
    for wish in project["dependency-groups"][group]:
        found += [wish] if isinstance(wish, str) else requirements(project, wish["include-group"])
    return found


def constants(path: str) -> dict[str, Any]:
    """Literal values assigned at the top of a Python file, by name."""
    found = {}
    for node in ast.parse(text(path)).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                found[node.targets[0].id] = ast.literal_eval(node.value)
            except ValueError:
                continue
    return found


def test_integration_firmware_and_package_have_one_version(
    project: dict[str, Any], manifest: dict[str, Any]
) -> None:
    firmware = re.search(r"^ +version: (\S+)$", text("esphome/packages/common.yaml"), re.MULTILINE)
    assert firmware is not None
    card = json.loads(text("frontend/package.json"))
    assert {project["project"]["version"], card["version"], firmware[1]} == {manifest["version"]}


def test_the_pod_is_found_by_the_name_it_bears(manifest: dict[str, Any]) -> None:
    named = re.search(r"^ +name: (retrostep\.\S+)$", text("esphome/packages/common.yaml"), re.MULTILINE)
    assert named is not None
    known = constants("custom_components/retrostep/pods/device.py")
    assert named[1] == f"{known['POD_MANUFACTURER']}.{known['POD_MODEL']}"
    assert manifest["zeroconf"][0]["properties"]["project_name"] == f"{named[1]}*"


def test_the_home_page_is_the_same_everywhere(project: dict[str, Any], manifest: dict[str, Any]) -> None:
    home = project["project"]["urls"]["Homepage"]
    assert manifest["documentation"] == home
    assert manifest["issue_tracker"] == f"{home}/issues"
    for path in ("README.md", "esphome/packages/board.yaml"):
        named = set(re.findall(r"github(?:\.com/|://)([\w-]+/[\w-]+)", text(path)))
        assert {f"https://github.com/{name}" for name in named} == {home}, path


def test_the_code_owner_is_the_same_everywhere(manifest: dict[str, Any]) -> None:
    components = [*ROOT.glob("esphome/components/*/__init__.py")]
    owners = {tuple(constants(str(path.relative_to(ROOT)))["CODEOWNERS"]) for path in components}
    assert owners == {tuple(manifest["codeowners"])} == {("@retrostep",)}


def test_the_licence_is_the_one_that_is_named(project: dict[str, Any]) -> None:
    assert project["project"]["license"] == "Apache-2.0"
    assert "Apache License" in text("LICENSE")
    assert "Version 2.0" in text("LICENSE")
    assert "[Apache-2.0](LICENSE)" in text("README.md")


@pytest.mark.parametrize(
    ("group", "package", "floor"),
    [
        ("ha", "homeassistant", lambda: json.loads(text("hacs.json"))["homeassistant"]),
        (
            "firmware",
            "esphome",
            lambda: re.search(r"min_version: (\S+)", text("esphome/packages/common.yaml"))[1],
        ),
    ],
)
def test_the_oldest_version_allowed_is_of_the_release_tested(
    project: dict[str, Any], group: str, package: str, floor: Any
) -> None:
    pin = next(line for line in requirements(project, group) if line.startswith(f"{package}=="))
    assert pin.removeprefix(f"{package}==").rsplit(".", 1)[0] == floor().rsplit(".", 1)[0]


@pytest.mark.parametrize("group", ["ha", "firmware", "databases"])
def test_a_lock_holds_what_its_group_pins_with_hashes_and_no_addresses(
    project: dict[str, Any], group: str
) -> None:
    lock = text(f"requirements/{group}.txt")
    locked = {
        re.sub(r"[-_.]+", "-", name).lower() for name in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)
    }
    for requirement in requirements(project, group):
        name, _, version = requirement.partition("==")
        name = re.sub(r"[-_.]+", "-", name).lower()
        assert name in locked
        if version:
            assert re.search(
                rf"^{re.escape(name)}=={re.escape(version)}\b", lock, re.MULTILINE | re.IGNORECASE
            )
    assert lock.count("==") <= lock.count("--hash=sha256:")
    assert "://" not in lock


def test_the_lock_of_the_card_holds_hashes_and_no_addresses() -> None:
    locked = json.loads(text("frontend/package-lock.json"))["packages"]
    own = locked.pop("")
    assert own["version"] == json.loads(text("frontend/package.json"))["version"]
    for name, package in locked.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def test_reports_can_name_every_board_that_can_be_flashed() -> None:
    report = yaml.safe_load(text(".github/ISSUE_TEMPLATE/problem.yml"))
    (boards,) = (part["attributes"]["options"] for part in report["body"] if part.get("id") == "board")
    assert {board["title"] for board in json.loads(text("static/boards.json"))} < set(boards)


def test_conduct_and_weaknesses_are_reported_where_only_the_maintainers_read() -> None:
    private = "on the repository's *Security* tab choose *Report a vulnerability*"
    for page in ("SECURITY.md", "CODE_OF_CONDUCT.md"):
        assert private in " ".join(text(page).replace("tab,", "tab").split()), page
