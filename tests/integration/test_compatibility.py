"""A Home Assistant that is too old is told so, instead of what it lacks."""

import ast
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import homeassistant.const
import pytest
from homeassistant.config_entries import ConfigEntryState
from homeassistant.data_entry_flow import UnknownHandler
from homeassistant.setup import async_setup_component

from custom_components.retrostep import compatibility
from custom_components.retrostep.const import DOMAIN

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant

    from .helpers import MakeWalker

ROOT = Path(__file__).parents[2]
PACKAGE = f"custom_components.{DOMAIN}"
TOO_OLD = "RetroStep needs Home Assistant 2026.10 or newer, and this is 2026.9.4."
# The Python of the oldest Home Assistant that still shows our message rather than a syntax error.
OLD_PYTHON = (3, 12)


@pytest.fixture
def old_home_assistant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the integration be imported anew, by a Home Assistant of the month before."""
    for name in [name for name in sys.modules if name == PACKAGE or name.startswith(f"{PACKAGE}.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(homeassistant.const, "MINOR_VERSION", 9)
    monkeypatch.setattr(homeassistant.const, "__version__", "2026.9.4")


@pytest.mark.usefixtures("old_home_assistant")
async def test_an_old_home_assistant_is_told_which_one_is_needed(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    assert not await async_setup_component(hass, DOMAIN, {})

    assert f"Unable to import component: {TOO_OLD}" in caplog.text
    # Nothing that it might lack was imported before.
    assert f"{PACKAGE}.coordinator" not in sys.modules


@pytest.mark.usefixtures("old_home_assistant")
async def test_an_old_home_assistant_is_told_so_where_a_walker_is_made(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(UnknownHandler):
        await hass.config_entries.flow.async_init(DOMAIN, context={"source": "user"})

    assert TOO_OLD in caplog.text


@pytest.mark.usefixtures("old_home_assistant")
async def test_a_walker_of_an_old_home_assistant_is_kept_and_not_set_up(
    hass: HomeAssistant, make_walker: MakeWalker, caplog: pytest.LogCaptureFixture
) -> None:
    entry = make_walker()

    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is not ConfigEntryState.LOADED
    assert hass.config_entries.async_get_entry(entry.entry_id) is entry
    assert TOO_OLD in caplog.text


def test_the_least_home_assistant_is_the_same_everywhere() -> None:
    year, month = compatibility.LEAST
    hacs = json.loads((ROOT / "hacs.json").read_text(encoding="utf-8"))

    assert hacs["homeassistant"] == f"{year}.{month}.0"
    for page in ("README.md", "docs/install.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert f"Home Assistant {year}.{month} or newer" in text, page


@pytest.mark.parametrize("name", ["__init__", "compatibility"])
def test_what_an_old_home_assistant_reads_is_python_that_it_knows(name: str) -> None:
    source = (ROOT / "custom_components" / DOMAIN / f"{name}.py").read_text(encoding="utf-8")

    ast.parse(source, feature_version=OLD_PYTHON)


def test_the_check_comes_before_everything_else_of_the_integration() -> None:
    source = (ROOT / "custom_components" / DOMAIN / "__init__.py").read_text(encoding="utf-8")
    relative = [node for node in ast.parse(source).body if isinstance(node, ast.ImportFrom) and node.level]

    assert [alias.name for alias in relative[0].names] == ["compatibility"]
