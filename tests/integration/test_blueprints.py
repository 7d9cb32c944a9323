"""The blueprints do what they say, in automations made from them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from homeassistant.components.automation.config import AUTOMATION_BLUEPRINT_SCHEMA
from homeassistant.components.blueprint.models import Blueprint, DomainBlueprints
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import load_yaml
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from .helpers import pass_time, reach, settle, walked_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant

    from .fake_pod import FakePod

FOLDER = Path(__file__).parents[2] / "blueprints" / "automation" / "retrostep"
HOME = "https://github.com/retrostep/retrostep/blob/main/"


def blueprint(name: str) -> Blueprint:
    return Blueprint(
        load_yaml(FOLDER / f"{name}.yaml"),  # type: ignore[arg-type]
        expected_domain="automation",
        path=f"{name}.yaml",
        schema=AUTOMATION_BLUEPRINT_SCHEMA,
    )


async def automate(hass: HomeAssistant, name: str, **inputs: Any) -> None:
    """Make an automation from a blueprint for Ann."""
    entity = er.async_get(hass).async_get("event.ann_reminder")
    assert entity
    use = {"path": f"{name}.yaml", "input": {"walker": entity.device_id, **inputs}}
    with patch.object(DomainBlueprints, "_load_blueprint", return_value=blueprint(name)):
        assert await async_setup_component(
            hass, "automation", {"automation": {"alias": "Ann", "use_blueprint": use}}
        )
    await settle(hass)


def happen(hass: HomeAssistant, entry: MockConfigEntry, key: str, event_type: str) -> None:
    """Let something happen to Ann."""
    events = entry.runtime_data.events
    events.async_add(key, event_type)
    events.async_publish()


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_blueprint_says_where_it_comes_from_and_what_it_needs(file: Path) -> None:
    found = blueprint(file.stem)
    assert found.metadata["source_url"] == f"{HOME}blueprints/automation/retrostep/{file.name}"
    assert found.metadata["homeassistant"]["min_version"] == "2026.10.0"
    assert found.validate() is None
    assert all(field["name"] for field in found.inputs.values())


async def test_the_reminder_lights_speaks_and_leaves_the_lamp_as_it_was(
    hass: HomeAssistant, walker: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    calls = {
        name: async_mock_service(hass, *name.split("."))
        for name in (
            "scene.create",
            "scene.turn_on",
            "scene.delete",
            "light.turn_on",
            "notify.send_message",
            "assist_satellite.announce",
        )
    }
    await automate(
        hass,
        "reminder",
        light=["light.desk"],
        phone=["notify.phone"],
        satellite=["assist_satellite.desk"],
        message="Up!",
    )
    happen(hass, walker, "reminder", "due")
    await settle(hass)
    assert [call.data["snapshot_entities"] for call in calls["scene.create"]] == [["light.desk"]]
    assert [call.data["rgb_color"] for call in calls["light.turn_on"]] == [[255, 170, 60]]
    assert [call.data["message"] for call in calls["notify.send_message"]] == ["Up!"]
    assert [call.data["message"] for call in calls["assist_satellite.announce"]] == ["Up!"]

    hass.states.async_set("scene.retrostep_ann", "unknown")
    await pass_time(hass, freezer, seconds=1)
    happen(hass, walker, "reminder", "repeated")
    await settle(hass)
    assert (len(calls["scene.create"]), len(calls["light.turn_on"])) == (1, 2)
    await pass_time(hass, freezer, seconds=1)
    happen(hass, walker, "reminder", "done")
    await settle(hass)
    assert [call.data["entity_id"] for call in calls["scene.turn_on"]] == [["scene.retrostep_ann"]]
    assert len(calls["scene.delete"]) == 1


async def test_the_reminder_needs_neither_lamp_nor_speaker(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    sent = async_mock_service(hass, "notify", "send_message")
    lit = async_mock_service(hass, "light", "turn_on")
    await automate(hass, "reminder", phone=["notify.phone"])
    happen(hass, walker, "reminder", "due")
    happen(hass, walker, "reminder", "done")
    await settle(hass)
    assert (len(sent), len(lit)) == (1, 0)


@pytest.mark.parametrize(("event_type", "done"), [("goal_reached", ["tune"]), ("half_goal", ["cheer"])])
async def test_a_goal_is_celebrated(
    hass: HomeAssistant, walker: MockConfigEntry, event_type: str, done: list[str]
) -> None:
    calls = {name: async_mock_service(hass, "test", name) for name in ("tune", "cheer")}
    await automate(
        hass,
        "goal_celebration",
        celebration=[{"action": "test.tune"}],
        halfway=[{"action": "test.cheer"}],
    )
    happen(hass, walker, "activity", event_type)
    await settle(hass)
    assert [name for name, made in calls.items() if made] == done


@pytest.mark.parametrize("walked", [True, False])
async def test_the_day_is_told_in_the_evening_if_there_is_something_to_tell(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, freezer: FrozenDateTimeFactory, walked: bool
) -> None:
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-11-18 19:30:00+00:00")
    sent = async_mock_service(hass, "notify", "send_message")
    await automate(hass, "nightly_summary", target=["notify.phone"])
    if walked:
        walked_minute(pod, back=40)
    await reach(hass, pod)
    freezer.move_to("2026-11-18 20:00:01+00:00")
    await pass_time(hass, freezer, seconds=1)
    await hass.services.async_call("automation", "turn_off", {"entity_id": "automation.ann"}, blocking=True)
    if not walked:
        assert sent == []
        return
    assert sent[0].data["title"] == "Ann: today"
    assert sent[0].data["message"].startswith("40 steps backward (")
