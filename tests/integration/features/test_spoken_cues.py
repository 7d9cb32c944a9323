"""A guided session that speaks: on a speaker, a satellite, or a phone."""

import sys
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.components import persistent_notification
from homeassistant.exceptions import HomeAssistantError
from pytest_homeassistant_custom_component.common import async_mock_service

from custom_components.retrostep.const import DOMAIN

from ..guided_sessions import pass_seconds, start, stop, walk_backward
from ..helpers import MakeWalker, reach, settle
from ..phones import add_phone

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant, ServiceCall
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod

SPEAKER = {"speaker": "media_player.hallway", "tts": "tts.piper"}
SATELLITE = {"speaker": "assist_satellite.hallway"}
STAGES = [
    {"direction": "backward", "steps": 40},
    {"direction": "forward", "minutes": 1},
]


@pytest.fixture(autouse=True)
async def _clock(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-11-18 09:00:00+01:00")


@pytest.fixture
def spoken(hass: HomeAssistant) -> list[ServiceCall]:
    """What a text-to-speech service is asked to say."""
    return async_mock_service(hass, "tts", "speak")


async def coached(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker, **options: Any
) -> MockConfigEntry:
    """Set up Ann with a coach and her pod in reach."""
    entry = make_walker(pod, options={"coach": options.pop("coach"), **options})
    assert await hass.config_entries.async_setup(entry.entry_id)
    await reach(hass, pod)
    return entry


def texts(calls: list[ServiceCall]) -> list[str]:
    return [call.data["message"] for call in calls]


async def test_who_chose_no_voice_has_none_of_it_loaded(
    hass: HomeAssistant, pod: FakePod, walker: MockConfigEntry, spoken: list[ServiceCall]
) -> None:
    sys.modules.pop(f"custom_components.{DOMAIN}.features.spoken_cues", None)
    await hass.config_entries.async_reload(walker.entry_id)
    await reach(hass, pod)
    await start(hass, stages=STAGES)

    assert f"custom_components.{DOMAIN}.features.spoken_cues" not in sys.modules
    assert spoken == []


async def test_a_session_is_told_on_a_speaker(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    pod: FakePod,
    make_walker: MakeWalker,
    spoken: list[ServiceCall],
) -> None:
    await coached(hass, pod, make_walker, coach=SPEAKER)
    await start(hass, stages=STAGES)
    await walk_backward(hass, freezer, pod, 42)
    await stop(hass)
    await pass_seconds(hass, freezer, 8)

    assert texts(spoken) == [
        "Let's go. Walk backward for 40 steps.",
        "Halfway.",
        "Ten more steps.",
        "Next: Walk forward for 1 minute.",
        "Session stopped.",
    ]
    assert spoken[0].data["entity_id"] == "tts.piper"
    assert spoken[0].data["media_player_entity_id"] == "media_player.hallway"
    assert "language" not in spoken[0].data


async def test_a_satellite_announces_it_without_a_chime(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker
) -> None:
    announced = async_mock_service(hass, "assist_satellite", "announce")
    await coached(hass, pod, make_walker, coach=SATELLITE)
    await start(hass, stages=[{"direction": "backward", "seconds": 90}])
    await settle(hass)

    assert texts(announced) == ["Let's go. Walk backward for 90 seconds."]
    assert announced[0].data["preannounce"] is False


async def test_phones_that_get_reminders_say_it_unless_they_can_not(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones = [await add_phone(hass, "Ann's Phone"), await add_phone(hass, "Ann's Tablet", 2)]
    said = async_mock_service(hass, "notify", "mobile_app_ann_s_phone")
    shown = async_mock_service(hass, "notify", "mobile_app_ann_s_tablet")
    monkeypatch.setattr(
        "custom_components.retrostep.features.spoken_cues.async_phone_maker",
        lambda _, device_id: "Apple" if device_id == phones[1] else "Fairphone",
    )
    await coached(
        hass, pod, make_walker, coach={"speak_on_phone": True}, reminders={"phones": phones, "send": False}
    )
    await start(hass, stages=STAGES)
    await settle(hass)

    assert texts(said) == ["TTS"]
    assert said[0].data["data"]["tts_text"] == "Let's go. Walk backward for 40 steps."
    assert shown == []


async def test_it_speaks_the_walkers_language(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker, spoken: list[ServiceCall]
) -> None:
    await coached(hass, pod, make_walker, coach={**SPEAKER, "language": "de"})
    await start(hass, stages=[{"direction": "backward", "metres": 30}])
    await settle(hass)

    assert texts(spoken) == ["Los geht's. Rückwärts gehen: 30 m."]
    assert spoken[0].data["language"] == "de"


@pytest.mark.parametrize(("quiet_to", "count"), [("09:30:00", 0), ("08:59:00", 1)])
async def test_nothing_is_said_in_quiet_hours(
    hass: HomeAssistant,
    pod: FakePod,
    make_walker: MakeWalker,
    spoken: list[ServiceCall],
    quiet_to: str,
    count: int,
) -> None:
    # Days without reminders are no quiet hours: it is a Wednesday.
    quiet = {"quiet_from": "22:00:00", "quiet_to": quiet_to, "days": ["mon"]}
    await coached(hass, pod, make_walker, coach=SPEAKER, reminders=quiet)
    await start(hass, stages=STAGES)
    await settle(hass)

    assert len(spoken) == count


async def test_a_speaker_that_fails_stops_nothing_and_is_named_once(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    pod: FakePod,
    make_walker: MakeWalker,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hass.states.async_set("media_player.hallway", "idle", {"friendly_name": "Hallway"})
    async_mock_service(hass, "tts", "speak", raise_exception=HomeAssistantError("no voice"))
    entry = await coached(hass, pod, make_walker, coach=SPEAKER)
    await start(hass, stages=STAGES)
    await walk_backward(hass, freezer, pod, 42)
    await settle(hass)

    assert entry.runtime_data.guided_sessions.session.view().stage == "forward"
    assert caplog.text.count("did not reach media_player.hallway: no voice") == 1
    (shown,) = persistent_notification._async_get_or_create_notifications(hass).values()
    assert "Hallway couldn't speak: no voice" in shown["message"]

    spoken = async_mock_service(hass, "tts", "speak")
    await stop(hass)
    await pass_seconds(hass, freezer, 8)
    await settle(hass)
    assert texts(spoken) == ["Session stopped."]
    assert not persistent_notification._async_get_or_create_notifications(hass)


async def test_a_speaker_that_is_gone_is_named_too(
    hass: HomeAssistant, pod: FakePod, make_walker: MakeWalker, caplog: pytest.LogCaptureFixture
) -> None:
    await coached(hass, pod, make_walker, coach={"speaker": "0123456789abcdef0123456789abcdef"})
    await start(hass, stages=STAGES)
    await settle(hass)

    assert caplog.text.count("did not reach") == 1


async def test_a_choice_is_taken_over_at_once_and_ends_with_the_walker(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, pod: FakePod, make_walker: MakeWalker
) -> None:
    announced = async_mock_service(hass, "assist_satellite", "announce")
    spoken = async_mock_service(hass, "tts", "speak")
    entry = await coached(hass, pod, make_walker, coach=SPEAKER)
    await start(hass, stages=STAGES)
    hass.config_entries.async_update_entry(entry, options={"coach": SATELLITE})
    await settle(hass)
    # The stop waits for the cue before it, and the walker is gone before it is said.
    await stop(hass)
    await stop_after_start(hass)
    assert await hass.config_entries.async_unload(entry.entry_id)
    await pass_seconds(hass, freezer, 10)

    assert texts(spoken) == ["Let's go. Walk backward for 40 steps."]
    assert texts(announced) == ["Session stopped."]


async def stop_after_start(hass: HomeAssistant) -> None:
    """Start and stop at once."""
    await start(hass, stages=STAGES)
    await stop(hass)
    await settle(hass)
