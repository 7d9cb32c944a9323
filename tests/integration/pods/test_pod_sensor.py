"""A pod whose motion sensor failed: the house knows nothing of the foot, and says so."""

from typing import TYPE_CHECKING

import pytest
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.helpers import issue_registry as ir

from ..helpers import MakeWalker, pass_time, reach, settle, state

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod

SITTING = "sensor.ann_sitting_state"
TOO_LONG = "binary_sensor.ann_sitting_too_long"
WORN = "binary_sensor.ann_worn"
ALWAYS = {"quiet_from": "00:00:00", "quiet_to": "00:00:00"}
FAILED, OUT_OF_RANGE = "sensor_failed", "sensor_out_of_range"


@pytest.fixture
async def ann(
    hass: HomeAssistant, make_walker: MakeWalker, pod: FakePod, freezer: FrozenDateTimeFactory
) -> MockConfigEntry:
    """Ann sits at noon, her pod on her shoe and its sensor well."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-11-18 11:00:00+00:00")
    pod.register("binary_sensor", "Problem")
    pod.register("sensor", "Sensor status")
    entry = make_walker(
        pod, options={"reminders": ALWAYS, "goals": {"plan": "fixed", "kind": "steps", "steps": 100}}
    )
    assert await hass.config_entries.async_setup(entry.entry_id)
    await reach(hass, pod)
    pod.set("binary_sensor", "Worn", STATE_ON)
    await heal(hass, pod)
    return entry


async def fail(hass: HomeAssistant, pod: FakePod, status: str) -> None:
    """Let the pod report what it does when its sensor fails."""
    pod.set("sensor", "Sensor status", status)
    pod.set("binary_sensor", "Worn", STATE_UNKNOWN)
    pod.set("binary_sensor", "Problem", STATE_ON)
    await settle(hass)


async def heal(hass: HomeAssistant, pod: FakePod) -> None:
    pod.set("sensor", "Sensor status", "OK")
    pod.set("binary_sensor", "Worn", STATE_ON)
    pod.set("binary_sensor", "Problem", STATE_OFF)
    await settle(hass)


def issues(registry: ir.IssueRegistry) -> dict[str | None, ir.IssueEntry]:
    return {one.translation_key: one for one in registry.issues.values()}


async def test_a_failed_sensor_is_sitting_to_nobody(
    hass: HomeAssistant, ann: MockConfigEntry, pod: FakePod, freezer: FrozenDateTimeFactory
) -> None:
    await pass_time(hass, freezer, minutes=40)
    assert state(hass, SITTING) == "sitting"
    await fail(hass, pod, "No samples")
    # At once, not after the half hour for which a silent pod is relied on; and at 45 min nothing is due.
    assert state(hass, WORN) == STATE_UNKNOWN
    assert state(hass, SITTING) == "unknown"
    for _ in range(12):
        await pass_time(hass, freezer, minutes=10)
        assert state(hass, SITTING) == "unknown"
        assert state(hass, TOO_LONG) != STATE_ON


async def test_sitting_is_known_again_when_the_sensor_works_again(
    hass: HomeAssistant, ann: MockConfigEntry, pod: FakePod, freezer: FrozenDateTimeFactory
) -> None:
    await pass_time(hass, freezer, seconds=10)
    await fail(hass, pod, "Constant readings")
    assert state(hass, SITTING) == "unknown"
    await pass_time(hass, freezer, seconds=10)
    await heal(hass, pod)
    assert state(hass, WORN) == STATE_ON
    assert state(hass, SITTING) == "sitting"


@pytest.mark.parametrize(
    ("status", "key"),
    [("No samples", FAILED), ("Constant readings", FAILED), ("Out of range", OUT_OF_RANGE)],
)
async def test_the_repair_comes_and_goes_with_the_problem(
    status: str,
    key: str,
    hass: HomeAssistant,
    ann: MockConfigEntry,
    pod: FakePod,
    issue_registry: ir.IssueRegistry,
) -> None:
    assert not {FAILED, OUT_OF_RANGE} & issues(issue_registry).keys()
    await fail(hass, pod, status)
    found = issues(issue_registry)
    assert {FAILED, OUT_OF_RANGE} & found.keys() == {key}
    assert found[key].translation_placeholders == {"pod": "Left shoe"}
    assert found[key].severity is ir.IssueSeverity.ERROR
    assert pod.mac not in found[key].issue_id
    await heal(hass, pod)
    assert not {FAILED, OUT_OF_RANGE} & issues(issue_registry).keys()


async def test_a_pod_out_of_reach_keeps_its_repair_and_one_taken_off_has_none(
    hass: HomeAssistant, ann: MockConfigEntry, pod: FakePod, issue_registry: ir.IssueRegistry
) -> None:
    await fail(hass, pod, "No samples")
    pod.set("binary_sensor", "Problem", STATE_UNAVAILABLE)
    await settle(hass)
    assert FAILED in issues(issue_registry)
    subentry = next(iter(ann.subentries))
    hass.config_entries.async_remove_subentry(ann, subentry)
    await settle(hass)
    assert FAILED not in issues(issue_registry)


async def test_a_pod_without_the_sensor_is_believed_as_before(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, issue_registry: ir.IssueRegistry
) -> None:
    pod.connect()
    pod.set("binary_sensor", "Worn", STATE_ON)
    await settle(hass)
    assert state(hass, WORN) == STATE_ON
    assert not {FAILED, OUT_OF_RANGE} & issues(issue_registry).keys()
