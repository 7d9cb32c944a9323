"""The pod configurations of the documentation are ones that ESPHome takes."""

import re
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import ROOT, blocks

from .test_power import of_profile

if TYPE_CHECKING:
    from tests.docs.pages import Block

    from .configurations import Configurations

OF_PODS = [block for block in blocks("yaml") if block.yaml.keys() & {"packages", "substitutions"}]
PODS = [block for block in OF_PODS if "api" in block.yaml]
PARTS = [block for block in OF_PODS if "api" not in block.yaml]
# What people add to a configuration of theirs.
ADDED = [block for block in blocks("yaml") if block.yaml.keys() == {"wifi"}]
# A package of the project's own repository, as it is fetched at a release.
PACKAGE = re.compile(
    r"^    url: https://github\.com/retrostep/retrostep\n    ref: (v\S+)\n    files: \[(\S+)\]$", re.MULTILINE
)


@pytest.mark.parametrize("block", PODS, ids=lambda block: block.name)
def test_a_documented_pod_is_valid(configurations: Configurations, block: Block) -> None:
    text = block.text
    package = PACKAGE.search(text)
    assert package, "the package is taken from the project's own repository"
    release, file = package.groups()
    components = f"github://retrostep/retrostep@{release}"
    assert components in text, "components and packages are of one release"
    assert (ROOT / file).is_file()
    # The same from this folder: nothing is fetched.
    local = PACKAGE.sub("    PLACE", text).replace("  pod:\n    PLACE", f"  pod: !include {ROOT / file}")
    path = configurations.write(local.replace(components, str(ROOT / "esphome" / "components")))
    assert configurations.validated(path)["esphome"]["project"]["name"] == "retrostep.step_pod"


def test_there_is_one() -> None:
    assert PODS


@pytest.mark.parametrize("block", PARTS, ids=lambda block: block.name)
def test_a_part_of_a_pod_names_what_is_there(block: Block) -> None:
    shipped = "".join(path.read_text() for path in (ROOT / "esphome" / "packages").rglob("*.yaml"))
    for name in block.yaml.get("substitutions", {}):
        assert f"${{{name}}}" in shipped, name
    for package in block.yaml.get("packages", {}).values():
        for file in package["files"]:
            assert (ROOT / file).is_file(), file


@pytest.mark.parametrize("block", ADDED, ids=lambda block: block.name)
@pytest.mark.parametrize("profile", ["home", "endurance"])
def test_what_is_added_to_a_pod_is_taken_beside_it(
    block: Block, profile: str, configurations: Configurations
) -> None:
    path = of_profile(configurations, "xiao-esp32c6", profile=profile)
    before = configurations.validated(path)["wifi"]
    path.write_text(path.read_text() + block.text)
    after = configurations.validated(path)["wifi"]
    changed = {key for key in after if after[key] != before.get(key)}
    assert changed >= set(block.yaml["wifi"])
    assert after["fast_connect"] == before["fast_connect"]


def test_a_fixed_address_is_documented() -> None:
    assert ["manual_ip"] in [list(block.yaml["wifi"]) for block in ADDED]
