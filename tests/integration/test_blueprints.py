"""The blueprints do what they say, in automations made from them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from homeassistant.components.automation.config import AUTOMATION_BLUEPRINT_SCHEMA
from homeassistant.components.blueprint.models import Blueprint, DomainBlueprints
from homeassistant.components.light import ATTR_RGB_COLOR, ColorMode, LightEntity
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import load_yaml
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
    setup_test_component_platform,
)

from .helpers import MakeWalker, pass_time, reach, settle, walked_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant

    from .fake_pod import FakePod

FOLDER = Path(__file__).parents[2] / "blueprints" / "automation" / "retrostep"
ORANGE = (255, 170, 60)
GREEN = (0, 255, 0)
HOME = "https://github.com/retrostep/retrostep/blob/main/"


def blueprint(name: str) -> Blueprint:
    return Blueprint(
        load_yaml(FOLDER / f"{name}.yaml"),  # type: ignore[arg-type]
        expected_domain="automation",
        path=f"{name}.yaml",
        schema=AUTOMATION_BLUEPRINT_SCHEMA,
    )


async def automate(
    hass: HomeAssistant, name: str, *, walkers: tuple[str, ...] = ("ann",), **inputs: Any
) -> None:
    """Make an automation from a blueprint for each walker."""
    automations = []
    for walker in walkers:
        entity = er.async_get(hass).async_get(f"event.{walker}_reminder")
        assert entity
        use = {"path": f"{name}.yaml", "input": {"walker": entity.device_id, **inputs}}
        automations.append({"alias": walker.title(), "use_blueprint": use})
    with patch.object(DomainBlueprints, "_load_blueprint", return_value=blueprint(name)):
        assert await async_setup_component(hass, "automation", {"automation": automations})
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


class Lamp(LightEntity):
    """A lamp that shines in any colour."""

    _attr_color_mode = ColorMode.RGB
    _attr_supported_color_modes = {ColorMode.RGB}  # noqa: RUF012 # as the base class declares it
    _attr_should_poll = False

    def __init__(self, name: str) -> None:
        self._attr_name = name
        self._attr_is_on = False
        self.lit: list[tuple[int, int, int] | None] = []

    async def async_turn_on(self, **kwargs: Any) -> None:
        """Shine in a colour."""
        self._attr_is_on = True
        self._attr_rgb_color = kwargs.get(ATTR_RGB_COLOR, self._attr_rgb_color)
        self.lit.append(self._attr_rgb_color)
        self.async_write_ha_state()

    async def async_turn_off(self, **_: Any) -> None:
        """Shine no more."""
        self._attr_is_on = False
        self.lit.append(None)
        self.async_write_ha_state()


@pytest.fixture
async def lamp(hass: HomeAssistant) -> Lamp:
    """A lamp, and Home Assistant's scenes."""
    made = Lamp("Desk")
    setup_test_component_platform(hass, "light", [made])
    assert await async_setup_component(hass, "light", {"light": {"platform": "test"}})
    assert await async_setup_component(hass, "scene", {})
    await settle(hass)
    return made


async def test_the_reminder_lights_speaks_and_leaves_the_lamp_as_it_was(
    hass: HomeAssistant, walker: MockConfigEntry, freezer: FrozenDateTimeFactory, lamp: Lamp
) -> None:
    calls = {
        name: async_mock_service(hass, *name.split("."))
        for name in ("notify.send_message", "assist_satellite.announce")
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
    assert lamp.lit == [ORANGE]
    assert [call.data["message"] for call in calls["notify.send_message"]] == ["Up!"]
    assert [call.data["message"] for call in calls["assist_satellite.announce"]] == ["Up!"]

    await pass_time(hass, freezer, seconds=1)
    happen(hass, walker, "reminder", "repeated")
    await settle(hass)
    assert lamp.lit == [ORANGE, ORANGE]
    await pass_time(hass, freezer, seconds=1)
    happen(hass, walker, "reminder", "done")
    await settle(hass)
    assert lamp.lit == [ORANGE, ORANGE, None]
    assert hass.states.async_entity_ids("scene") == []

    await pass_time(hass, freezer, seconds=1)
    happen(hass, walker, "reminder", "done")
    await settle(hass)
    assert lamp.lit == [ORANGE, ORANGE, None], "what is over is not restored again"


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("first_up", ["ann", "ben"])
async def test_two_walkers_share_a_lamp_that_is_restored_when_the_last_reminder_ends(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    make_walker: MakeWalker,
    freezer: FrozenDateTimeFactory,
    lamp: Lamp,
    *,
    first_up: str,
    at_once: bool,
) -> None:
    ben = make_walker(slug="ben")
    assert await hass.config_entries.async_setup(ben.entry_id)
    await settle(hass)
    await automate(hass, "reminder", walkers=("ann", "ben"), light=["light.desk"])
    await hass.services.async_call(
        "light", "turn_on", {"entity_id": "light.desk", "rgb_color": GREEN}, blocking=True
    )
    happen(hass, walker, "reminder", "due")
    if not at_once:
        await pass_time(hass, freezer, seconds=1)
    happen(hass, ben, "reminder", "due")
    await settle(hass)
    assert lamp.rgb_color == ORANGE

    up, sits = (walker, ben) if first_up == "ann" else (ben, walker)
    await pass_time(hass, freezer, seconds=1)
    happen(hass, up, "reminder", "done")
    await settle(hass)
    assert lamp.rgb_color == ORANGE, "somebody is still due"
    await pass_time(hass, freezer, seconds=1)
    happen(hass, sits, "reminder", "dismissed")
    await settle(hass)
    assert lamp.rgb_color == GREEN
    assert hass.states.async_entity_ids("scene") == []


async def test_an_automation_that_was_switched_off_keeps_no_lamp_lit(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    make_walker: MakeWalker,
    freezer: FrozenDateTimeFactory,
    lamp: Lamp,
) -> None:
    ben = make_walker(slug="ben")
    assert await hass.config_entries.async_setup(ben.entry_id)
    await settle(hass)
    await automate(hass, "reminder", walkers=("ann", "ben"), light=["light.desk"])
    happen(hass, walker, "reminder", "due")
    happen(hass, ben, "reminder", "due")
    await settle(hass)
    await hass.services.async_call("automation", "turn_off", {"entity_id": "automation.ben"}, blocking=True)
    await pass_time(hass, freezer, seconds=1)
    happen(hass, walker, "reminder", "done")
    await settle(hass)
    assert not lamp.is_on


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
