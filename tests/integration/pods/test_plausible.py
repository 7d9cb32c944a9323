"""What a pod's sensors can't mean is not believed, and harms nobody."""

from typing import TYPE_CHECKING, Any

import pytest

from ..helpers import (
    STEPS_TODAY,
    STEPS_TOTAL,
    MakeWalker,
    kept,
    pass_time,
    reach,
    settle,
    state,
    walked_minute,
)

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from ..fake_pod import FakePod

pytestmark = pytest.mark.usefixtures("noon")

IMPOSSIBLE = ["3.4e38", "1e300", "1e19", "2147483648", "nan", "inf", "-inf", "-1"]
TOTALS = ["Backward steps", "Forward steps", "Backward distance", "Forward distance", "Backward time"]


@pytest.mark.parametrize("shown", IMPOSSIBLE)
async def test_a_number_that_cant_be_true_keeps_no_walker_from_being_saved(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    freezer: FrozenDateTimeFactory,
    shown: str,
) -> None:
    walked_minute(pod, back=10)
    await reach(hass, pod)
    for name in TOTALS:
        pod.set("sensor", name, shown)
    await settle(hass)
    assert state(hass, STEPS_TODAY) == "10"

    walked_minute(pod, back=20)
    pod.set("sensor", "Unsynced minutes", 1)
    await pass_time(hass, freezer, minutes=2)

    assert state(hass, STEPS_TODAY) == "30"
    assert kept(hass, walker.entry_id)["ledger"]["totals"]["all"][0] == 30
    pod.publish()
    await settle(hass)
    pod.walk(back=3)
    pod.publish()
    await settle(hass)
    assert state(hass, STEPS_TODAY) == "33"


async def test_the_other_walker_goes_on(
    hass: HomeAssistant,
    pod: FakePod,
    other_pod: FakePod,
    make_walker: MakeWalker,
) -> None:
    entries = [make_walker(pod), make_walker(other_pod, slug="bob")]
    # Home Assistant sets up every entry of an integration with the first.
    await hass.config_entries.async_setup(entries[0].entry_id)
    await reach(hass, pod)
    for name in TOTALS:
        pod.set("sensor", name, "1e300")
    walked_minute(other_pod, back=10)
    await reach(hass, other_pod)
    assert state(hass, "sensor.bob_backward_steps_total") == "10"
    for entry in entries:
        await hass.config_entries.async_unload(entry.entry_id)
    assert kept(hass, entries[1].entry_id)["ledger"]["totals"]["all"][0] == 10


async def test_one_line_in_the_log_says_so_however_often_it_comes(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, caplog: pytest.LogCaptureFixture
) -> None:
    await reach(hass, pod)
    for number in range(100):
        pod.set("sensor", "Backward steps", f"1e{100 + number}" if number % 2 else 0)
        await settle(hass)
    lines = [record.message for record in caplog.records if "can't be true" in record.message]
    assert len(lines) == 1
    assert lines[0].startswith(f"Backward steps of pod {pod.mac} is ignored while it can't be true: 1e101,")


@pytest.mark.parametrize(("name", "shown"), [("Speed", "12.6"), ("Cadence", "401"), ("3 m walk time", "601")])
async def test_a_pace_nobody_has_is_not_known(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, name: str, shown: str
) -> None:
    pod.register("sensor", name)
    await reach(hass, pod)
    pod.set("sensor", name, "12")
    assert walker.runtime_data.pods[pod.mac].number(name) == 12
    pod.set("sensor", name, shown)
    assert walker.runtime_data.pods[pod.mac].number(name) is None


def issue_of(walker: MockConfigEntry) -> str:
    """Give the id of the repair that says what of the walker's pod is not believed."""
    (subentry_id,) = walker.subentries
    return f"numbers_refused_{subentry_id}"


async def test_steps_that_rise_all_the_time_are_believed_as_fast_as_somebody_runs(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod
) -> None:
    await reach(hass, pod)
    for number in range(1, 100):
        pod.set("sensor", "Backward steps", 500 * number)
        await settle(hass)
    assert int(state(hass, STEPS_TOTAL)) <= 600


async def test_a_repair_says_so_when_it_lasts_and_goes_when_it_is_over(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    freezer: FrozenDateTimeFactory,
    issue_registry: Any,
) -> None:
    await reach(hass, pod)
    # A pod that tells no time: its clock is no matter here.
    pod.now_s = 0
    pod.set("sensor", "Backward steps", "1e300")
    await pass_time(hass, freezer, minutes=5)
    issue_id = issue_of(walker)
    assert issue_registry.async_get_issue("retrostep", issue_id) is None

    for _ in range(3):
        await pass_time(hass, freezer, minutes=5)
    issue = issue_registry.async_get_issue("retrostep", issue_id)
    assert issue.translation_placeholders == {"pod": "Left shoe", "what": "Backward steps"}

    pod.publish()
    await pass_time(hass, freezer, minutes=5)
    assert issue_registry.async_get_issue("retrostep", issue_id) is None


async def test_a_repair_says_so_when_minutes_are_refused_for_long(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    freezer: FrozenDateTimeFactory,
    issue_registry: Any,
) -> None:
    pod.answer = {"v": 1, "log": -5}
    await reach(hass, pod)
    for _ in range(4):
        await pass_time(hass, freezer, minutes=5)
    issue = issue_registry.async_get_issue("retrostep", issue_of(walker))
    assert issue.translation_placeholders["what"] == "get_minutes"
    pod.answer, pod.now_s = None, 0
    await pass_time(hass, freezer, minutes=5)
    assert issue_registry.async_get_issue("retrostep", issue_of(walker)) is None
