"""Sensors of the week, the last session, shares, speed and energy."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.const import STATE_ON, STATE_UNKNOWN
from homeassistant.util import dt as dt_util

from custom_components.retrostep.core.ledger.ledger import Ledger

from ..flow_helpers import give_weight
from ..helpers import MakeWalker, attributes, pass_time, reach, state, this_minute, walked_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from homeassistant.helpers import entity_registry as er
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod

DAY_MIN = 24 * 60


@pytest.fixture(autouse=True)
async def wednesday_noon(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be noon on a Wednesday in Berlin; entities that are off by default are on."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-11-18 11:00:30+00:00")


async def test_the_week_has_the_days_since_monday_and_each_step_of_today(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, freezer: FrozenDateTimeFactory
) -> None:
    for ago_min in (3 * DAY_MIN, 2 * DAY_MIN, 60):
        walked_minute(pod, back=20, ago_min=ago_min)
    await reach(hass, pod)
    await pass_time(hass, freezer, seconds=61)
    assert state(hass, "sensor.ann_backward_steps_week") == "40"
    assert attributes(hass, "sensor.ann_backward_steps_week")["last_reset"] == "2026-11-15T23:00:00+00:00"

    pod.walk(back=6)
    pod.publish()
    await pass_time(hass, freezer, seconds=61)
    assert state(hass, "sensor.ann_backward_steps_week") == "46"

    freezer.move_to("2026-11-22 22:59:59+00:00")
    await pass_time(hass, freezer, seconds=2)
    assert state(hass, "sensor.ann_backward_steps_week") == "0"


async def test_the_last_session_tells_all_of_itself(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    assert state(hass, "sensor.ann_last_session") == STATE_UNKNOWN
    assert state(hass, "sensor.ann_last_session_steps") == STATE_UNKNOWN
    pod.walk(back=80, back_dm=240, back_s=40)
    pod.close_minute(this_minute() - 10)
    await reach(hass, pod)

    assert state(hass, "sensor.ann_last_session") == "2026-11-18T10:50:05+00:00"
    assert state(hass, "sensor.ann_last_session_steps") == "80"
    assert float(state(hass, "sensor.ann_last_session_duration")) == pytest.approx(46 / 60)
    told = attributes(hass, "sensor.ann_last_session")
    assert told["end"].isoformat() == "2026-11-18T10:50:51+00:00"
    assert {key: told[key] for key in ("steps", "distance_m", "walking_time_s", "speed_mps", "cadence")} == {
        "steps": 80,
        "distance_m": 24.0,
        "walking_time_s": 40,
        "speed_mps": 0.6,
        "cadence": 120,
    }
    assert (told["longest_stride_m"], told["stride_length_m"], told["stride_time_s"]) == (1.1, 0.6, 1.0)
    assert told["usual_longest_stride_m"] is None


async def test_strides_much_longer_than_usual_are_hinted_at(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, freezer: FrozenDateTimeFactory
) -> None:
    assert state(hass, "binary_sensor.ann_long_strides") == STATE_UNKNOWN
    for ago in range(6, 0, -1):
        walked_minute(pod, back=20, ago_min=ago * 60)
    await reach(hass, pod)
    await pass_time(hass, freezer, seconds=11)
    assert state(hass, "binary_sensor.ann_long_strides") == "off"

    walked_minute(pod, back=20, ago_min=5)
    pod.rows[-1][-1] = 140
    pod.set("sensor", "Unsynced minutes", 1)
    await pass_time(hass, freezer, seconds=11)
    assert state(hass, "binary_sensor.ann_long_strides") == STATE_ON


async def test_the_share_of_backward_steps_counts_all_steps(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    assert state(hass, "sensor.ann_backward_share_today") == STATE_UNKNOWN
    pod.walk(back=20, fwd=50, side=10)
    pod.close_minute(this_minute() - 10)
    await reach(hass, pod)
    assert state(hass, "sensor.ann_backward_share_today") == "25.0"


async def test_speed_and_cadence_are_known_only_while_somebody_walks(
    hass: HomeAssistant,
    pod: FakePod,
    other_pod: FakePod,
    make_walker: MakeWalker,
    freezer: FrozenDateTimeFactory,
) -> None:
    entry = make_walker(pod, other_pod)
    await hass.config_entries.async_setup(entry.entry_id)
    await reach(hass, pod)
    await reach(hass, other_pod)
    assert state(hass, "sensor.ann_speed") == state(hass, "sensor.ann_cadence") == STATE_UNKNOWN

    pod.set("sensor", "Speed", 0.0)
    hass.states.async_set(other_pod.entity_id("sensor", "Speed"), "3.6", {"unit_of_measurement": "km/h"})
    other_pod.set("sensor", "Cadence", 96)
    await pass_time(hass, freezer, seconds=11)
    assert float(state(hass, "sensor.ann_speed")) == pytest.approx(3.6)
    assert attributes(hass, "sensor.ann_speed")["unit_of_measurement"] == "km/h"
    assert state(hass, "sensor.ann_cadence") == "96.0"

    other_pod.set("sensor", "Speed", 0.0)
    other_pod.set("sensor", "Cadence", 0)
    await pass_time(hass, freezer, seconds=11)
    assert state(hass, "sensor.ann_speed") == state(hass, "sensor.ann_cadence") == STATE_UNKNOWN


async def test_the_distance_of_a_lifetime_never_starts_anew(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, freezer: FrozenDateTimeFactory
) -> None:
    pod.walk(back=80, back_dm=455)
    pod.close_minute(this_minute() - 10)
    await reach(hass, pod)
    await pass_time(hass, freezer, days=1)
    assert state(hass, "sensor.ann_backward_distance_total") == "45.5"
    assert attributes(hass, "sensor.ann_backward_distance_total")["state_class"] == "total"


# Energy


async def test_energy_is_estimated_only_for_a_walker_who_gave_a_weight(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    entity_registry: er.EntityRegistry,
    freezer: FrozenDateTimeFactory,
) -> None:
    pod.walk(back=200, back_dm=1_000, back_s=150)
    pod.close_minute(this_minute() - 10)
    await reach(hass, pod)
    assert hass.states.get("sensor.ann_energy_today") is None

    await give_weight(hass, walker, weight=70)
    told = attributes(hass, "sensor.ann_energy_today")
    assert walker.options["body"] == {"weight_kg": 70}
    # 1.3 MET for 150 s and 4.7 MET times 100 m at 1.5646 m/s.
    assert float(state(hass, "sensor.ann_energy_today")) == pytest.approx(9.6)
    assert told["estimate"] is True
    assert "17320" in told["source"]
    assert told["last_reset"] == "2026-11-17T23:00:00+00:00"
    assert "estimate" in told["friendly_name"]

    coordinator = walker.runtime_data
    await give_weight(hass, walker, weight=140)
    await pass_time(hass, freezer, seconds=11)
    assert float(state(hass, "sensor.ann_energy_today")) == pytest.approx(19.3)
    assert walker.runtime_data is coordinator

    await give_weight(hass, walker)
    assert hass.states.get("sensor.ann_energy_today") is None
    assert entity_registry.async_get("sensor.ann_energy_today") is None


async def test_stride_by_stride_nothing_of_the_past_is_searched(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked_minute(pod, back=20)
    await reach(hass, pod)

    def searched(*args: Any) -> None:
        raise AssertionError("the past was searched")

    for name in ("sessions", "session_count", "days", "hours", "minutes"):
        monkeypatch.setattr(Ledger, name, searched)
    pod.walk(back=2)
    pod.publish()
    await hass.async_block_till_done()
    assert state(hass, "sensor.ann_backward_steps_today") == "22"
    assert dt_util.utcnow() - walker.runtime_data.data.today.start < timedelta(days=1)
