"""What could go to ESPHome is tested as ESPHome does: every option, each family of boards, no pod."""

import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from .configurations import Configurations

TESTS = sorted((ROOT / "tests" / "components").glob("*/test.*.yaml"))
BASE = """\
esphome: {{name: component-test}}
esp32: {{variant: {variant}, framework: {{type: esp-idf}}}}
logger:
external_components: [{{source: {components}, components: [motion_fifo, {component}]}}]
packages: {{component_under_test: !include {test}}}
"""


@pytest.mark.parametrize("test", TESTS, ids=lambda path: f"{path.parent.name}-{path.name.split('.')[1]}")
def test_it_generates_without_anything_else_of_this_project(
    test: Path, configurations: Configurations
) -> None:
    family = re.fullmatch(r"test\.(esp32-\w+)-idf\.yaml", test.name)
    assert family
    text = BASE.format(
        variant=family[1].replace("-", ""),
        components=ROOT / "esphome" / "components",
        component=test.parent.name,
        test=test,
    )
    result = configurations.run("compile", "--only-generate", configurations.write(text))
    assert result.returncode == 0, result.stdout
    main = next(configurations.folder.glob("**/src/main.cpp")).read_text()
    # The folder of a clone bears the project's name.
    assert "retrostep" not in main.partition("void setup()")[2].replace(str(ROOT), "")
    assert f"new({test.parent.name}_all)" in main


@pytest.mark.parametrize("component", ["motion_fifo", "lsm6ds_fifo", "bmi270_fifo", "qmi8658_fifo"])
def test_its_sources_know_nothing_of_the_pod(component: str) -> None:
    sources = [
        path
        for path in (ROOT / "esphome" / "components" / component).iterdir()
        if path.suffix in {".h", ".cpp"}
    ]
    assert sources
    assert [
        path.name for path in sources if "retrostep" in path.read_text() or "step_pod" in path.read_text()
    ] == []
