"""What the rules want documented is documented."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from custom_components.retrostep.const import DOMAIN

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "custom_components" / "retrostep"


@pytest.fixture(scope="module")
def rules() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / "quality_scale.yaml").read_text(encoding="utf-8"))
    found: dict[str, Any] = loaded["rules"]
    return found


@pytest.fixture(scope="module")
def docs() -> str:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


@pytest.mark.parametrize("kind", ["triggers", "conditions", "services"])
def test_every_trigger_condition_and_action_is_documented(docs: str, kind: str) -> None:
    described = yaml.safe_load((FOLDER / f"{kind}.yaml").read_text(encoding="utf-8"))
    for key in described:
        if not key.startswith("."):
            assert f"{DOMAIN}.{key}" in docs, key


PAGES = {
    "docs-installation-instructions": "install.md",
    "docs-removal-instructions": "install.md",
    "docs-supported-devices": "build-a-pod.md",
    "docs-supported-functions": "entities.md",
    "docs-known-limitations": "limits.md",
    "docs-examples": "automations.md",
    "docs-troubleshooting": "troubleshooting.md",
}


@pytest.mark.parametrize("rule", PAGES)
def test_what_a_rule_wants_documented_has_its_page(rules: dict[str, Any], rule: str) -> None:
    assert rules[rule] == "done"
    page = ROOT / "docs" / PAGES[rule]
    assert page.is_file()
    assert f"({page.name})" in (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
