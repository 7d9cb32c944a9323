"""A worn pod that wants to be charged is told of, once, until it is."""

from typing import TYPE_CHECKING

import pytest
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN

from ..helpers import settle

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant
    from homeassistant.helpers import issue_registry as ir
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod

LEVEL = "Battery level"


@pytest.fixture
async def measured(hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod) -> FakePod:
    """Give the pod a cell that it measures, and a foot."""
    pod.register("sensor", LEVEL)
    pod.connect()
    pod.set("binary_sensor", "Worn", STATE_ON)
    await settle(hass)
    return pod


def issue(registry: ir.IssueRegistry, pod: FakePod) -> ir.IssueEntry | None:
    found = [one for one in registry.issues.values() if one.translation_key == "battery_low"]
    assert not [one for one in found if pod.mac in one.issue_id]
    return found[0] if found else None


async def show(hass: HomeAssistant, pod: FakePod, level: object) -> None:
    pod.set("sensor", LEVEL, level)
    await settle(hass)


async def test_a_worn_pod_below_a_fifth_wants_to_be_charged_until_it_was(
    hass: HomeAssistant, measured: FakePod, issue_registry: ir.IssueRegistry
) -> None:
    await show(hass, measured, 20)
    assert not issue(issue_registry, measured)

    await show(hass, measured, 19)
    found = issue(issue_registry, measured)
    assert found
    assert not found.is_fixable
    assert found.translation_placeholders == {"pod": "Left shoe", "percent": "20"}

    # A cell that rests recovers a little.
    await show(hass, measured, 30)
    assert issue(issue_registry, measured)

    await show(hass, measured, 90)
    assert not issue(issue_registry, measured)


async def test_a_pod_that_charges_has_what_it_wanted(
    hass: HomeAssistant, measured: FakePod, issue_registry: ir.IssueRegistry
) -> None:
    measured.register("binary_sensor", "Charging")
    measured.set("binary_sensor", "Charging", STATE_OFF)
    await show(hass, measured, 5)
    assert issue(issue_registry, measured)

    measured.set("binary_sensor", "Charging", STATE_ON)
    await settle(hass)
    assert not issue(issue_registry, measured)


async def test_a_pod_in_the_drawer_asks_for_nothing_until_it_is_worn(
    hass: HomeAssistant, measured: FakePod, issue_registry: ir.IssueRegistry
) -> None:
    measured.set("binary_sensor", "Worn", STATE_OFF)
    await show(hass, measured, 5)
    assert not issue(issue_registry, measured)

    measured.set("binary_sensor", "Worn", STATE_ON)
    await settle(hass)
    assert issue(issue_registry, measured)


@pytest.mark.parametrize("state", [STATE_UNAVAILABLE, STATE_UNKNOWN])
async def test_what_is_not_known_changes_nothing(
    hass: HomeAssistant, measured: FakePod, issue_registry: ir.IssueRegistry, state: str
) -> None:
    await show(hass, measured, state)
    assert not issue(issue_registry, measured)

    await show(hass, measured, 5)
    await show(hass, measured, state)
    assert issue(issue_registry, measured)


async def test_a_sleeping_pod_that_said_its_battery_is_low_goes_on_wanting_to_be_charged(
    hass: HomeAssistant, measured: FakePod, issue_registry: ir.IssueRegistry
) -> None:
    await show(hass, measured, 5)
    measured.sleep()
    await settle(hass)
    assert issue(issue_registry, measured)


async def test_a_pod_taken_off_its_walker_asks_nobody(
    hass: HomeAssistant, walker: MockConfigEntry, measured: FakePod, issue_registry: ir.IssueRegistry
) -> None:
    await show(hass, measured, 5)
    (subentry,) = walker.get_subentries_of_type("pod")
    hass.config_entries.async_remove_subentry(walker, subentry.subentry_id)
    await settle(hass)
    assert not issue(issue_registry, measured)
