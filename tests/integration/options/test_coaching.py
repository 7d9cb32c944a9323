"""The form for what goes with guided sessions."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from homeassistant.helpers import entity_registry as er

from custom_components.retrostep.options.coaching import LANGUAGES

from ..flow_helpers import open_options, suggested
from ..helpers import settle

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

PHONE = {"phone": {"live": True}}
TEXTS = Path(__file__).parents[3] / "custom_components" / "retrostep" / "translations"


async def test_a_speaker_is_kept_by_its_registry_id_and_shown_by_its_name_of_today(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    registry = er.async_get(hass)
    speaker = registry.async_get_or_create("media_player", "test", "1", suggested_object_id="hallway")
    coordinator = walker.runtime_data
    flow = await open_options(hass, walker, "coaching")
    voice = {"speaker": speaker.entity_id, "tts": "tts.piper", "speak_on_phone": False, "language": "fr"}
    result = await hass.config_entries.options.async_configure(flow["flow_id"], {"voice": voice, **PHONE})
    await settle(hass)

    assert result["type"] == "create_entry"
    assert walker.options["coach"]["speaker"] == speaker.id
    assert walker.options["coach"]["live"] is True
    assert walker.runtime_data is coordinator
    registry.async_update_entity(speaker.entity_id, new_entity_id="media_player.corridor")
    shown = suggested(await open_options(hass, walker, "coaching"), "voice")
    assert shown == {
        "speaker": "media_player.corridor",
        "tts": "tts.piper",
        "speak_on_phone": False,
        "language": "fr",
    }


async def test_what_is_left_empty_is_chosen_no_more(hass: HomeAssistant, walker: MockConfigEntry) -> None:
    voice = {"speaker": "assist_satellite.hallway", "speak_on_phone": True}
    for given in (voice, {"speak_on_phone": False}):
        flow = await open_options(hass, walker, "coaching")
        await hass.config_entries.options.async_configure(flow["flow_id"], {"voice": given, **PHONE})
        await settle(hass)

    assert walker.options["coach"]["speaker"] is None
    assert not walker.options["coach"]["speak_on_phone"]


async def test_a_media_player_needs_a_voice(hass: HomeAssistant, walker: MockConfigEntry) -> None:
    flow = await open_options(hass, walker, "coaching")
    voice = {"speaker": "media_player.hallway", "speak_on_phone": False}
    result = await hass.config_entries.options.async_configure(flow["flow_id"], {"voice": voice, **PHONE})

    assert result["errors"] == {"voice": "no_tts"}
    assert suggested(result, "voice")["speaker"] == "media_player.hallway"


@pytest.mark.parametrize("offered", [LANGUAGES])
def test_every_language_there_are_texts_in_is_offered(offered: tuple[str, ...]) -> None:
    assert list(offered) == sorted(path.stem for path in TEXTS.glob("*.json"))


async def test_what_may_come_into_the_way_is_kept_beside_the_voice(
    hass: HomeAssistant, walker: MockConfigEntry
) -> None:
    registry = er.async_get(hass)
    door = registry.async_get_or_create("binary_sensor", "test", "1", suggested_object_id="door")
    voice = {"speaker": "assist_satellite.hallway", "speak_on_phone": False}
    for step, given in (
        ("coaching", {"voice": voice, **PHONE}),
        ("clear_path", {"doors": [door.entity_id], "lights": ["light.hallway"]}),
    ):
        flow = await open_options(hass, walker, step)
        await hass.config_entries.options.async_configure(flow["flow_id"], given)
        await settle(hass)

    assert walker.options["coach"]["doors"] == [door.id]
    assert walker.options["coach"]["vacuums"] == []
    assert walker.options["coach"]["speaker"] == "assist_satellite.hallway"
    registry.async_update_entity(door.entity_id, new_entity_id="binary_sensor.front_door")
    form = await open_options(hass, walker, "clear_path")
    shown = {str(key): key.description["suggested_value"] for key in form["data_schema"].schema}
    assert shown["doors"] == ["binary_sensor.front_door"]
    flow = await open_options(hass, walker, "coaching")
    await hass.config_entries.options.async_configure(flow["flow_id"], {"voice": voice, **PHONE})
    await settle(hass)
    assert walker.options["coach"]["doors"] == [door.id]
