"""The pod configurations of the documentation are ones that ESPHome takes."""

import re
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import ROOT, blocks

if TYPE_CHECKING:
    from .configurations import Configurations

PODS = [block for block in blocks("yaml") if "packages:" in block.text]
# A package of the project's own repository, as it is fetched at a release.
PACKAGE = re.compile(
    r"^    url: https://github\.com/retrostep/retrostep\n    ref: (v\S+)\n    files: \[(\S+)\]$", re.MULTILINE
)


@pytest.mark.parametrize("block", PODS, ids=lambda block: block.name)
def test_a_documented_pod_is_valid(configurations: Configurations, block: object) -> None:
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
