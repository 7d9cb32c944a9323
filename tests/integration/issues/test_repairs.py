"""What a person has to know about a pod is said once and withdrawn when it is over."""

from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from custom_components.retrostep.const import DOMAIN
from custom_components.retrostep.pods import sync as sync_module

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from homeassistant.helpers import issue_registry as ir
    from pytest_homeassistant_custom_component.common import MockConfigEntry
    from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

    from ..fake_pod import FakePod


@pytest.fixture(autouse=True)
def noon(freezer: FrozenDateTimeFactory) -> None:
    """Let it be noon."""
    freezer.move_to("2026-11-18 11:00:30+00:00")


async def fetch(hass: HomeAssistant, fake: FakePod, skew_s: int = 0) -> None:
    fake.now_s = int(dt_util.utcnow().timestamp()) + skew_s
    fake.disconnect()
    await hass.async_block_till_done(wait_background_tasks=True)
    fake.connect()
    await hass.async_block_till_done(wait_background_tasks=True)


def issue_of(registry: ir.IssueRegistry, fake: FakePod, key: str) -> ir.IssueEntry | None:
    found = [issue for issue in registry.issues.values() if issue.translation_key == key]
    assert not [issue for issue in found if fake.mac in issue.issue_id]
    assert len(found) <= 1
    return found[0] if found else None


def walked_minute(fake: FakePod, ahead_min: int = 0) -> None:
    fake.walk(back=10)
    fake.close_minute(int(dt_util.utcnow().timestamp()) // 60 + ahead_min)


async def test_firmware_that_is_too_new_is_reported_until_both_understand_each_other(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, issue_registry: ir.IssueRegistry
) -> None:
    pod.answer = {"v": 2}
    await fetch(hass, pod)
    issue = issue_of(issue_registry, pod, "firmware_too_new")
    assert issue
    assert issue.translation_placeholders == {"pod": "Left shoe"}

    pod.failure = "out of reach"
    await fetch(hass, pod)
    assert issue_of(issue_registry, pod, "firmware_too_new")

    pod.failure = pod.answer = None
    await fetch(hass, pod)
    assert not issue_of(issue_registry, pod, "firmware_too_new")


async def test_firmware_that_is_too_old_is_told_from_one_that_is_too_new(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, issue_registry: ir.IssueRegistry
) -> None:
    pod.answer = {"v": 0}
    await fetch(hass, pod)

    assert issue_of(issue_registry, pod, "firmware_too_old")
    assert not issue_of(issue_registry, pod, "firmware_too_new")


@pytest.mark.parametrize("skew_s", [-301, 301])
@pytest.mark.usefixtures("at_once")
async def test_a_clock_more_than_five_minutes_off_is_reported_until_it_is_right(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, issue_registry: ir.IssueRegistry, skew_s: int
) -> None:
    await fetch(hass, pod, skew_s=skew_s // 2)
    assert not issue_of(issue_registry, pod, "clock_wrong")

    await fetch(hass, pod, skew_s=skew_s)
    assert issue_of(issue_registry, pod, "clock_wrong")

    await fetch(hass, pod)
    assert not issue_of(issue_registry, pod, "clock_wrong")


async def test_a_disagreement_of_the_clocks_that_passes_is_no_repair(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    issue_registry: ir.IssueRegistry,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steady_s = 1_000.0
    monkeypatch.setattr(sync_module, "monotonic", lambda: steady_s)
    walked_minute(pod, ahead_min=600)
    for passed_s in (0, 1_799):
        steady_s = 1_000.0 + passed_s
        await fetch(hass, pod)
        assert not issue_of(issue_registry, pod, "clock_wrong")
    steady_s += 1
    await fetch(hass, pod)
    assert issue_of(issue_registry, pod, "clock_wrong")

    # After a week of running nothing waits any longer: what is ahead counts when it arrives.
    steady_s = 1_000.0 + 7 * 86_400
    await fetch(hass, pod)
    assert hass.states.get("sensor.ann_backward_steps_today").state != "0"


@pytest.mark.usefixtures("at_once")
async def test_minutes_of_the_future_mean_a_wrong_clock_and_are_not_counted(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, issue_registry: ir.IssueRegistry
) -> None:
    walked_minute(pod, ahead_min=600)
    await fetch(hass, pod)

    assert issue_of(issue_registry, pod, "clock_wrong")
    assert hass.states.get("sensor.ann_backward_steps_today").state == "0"


async def test_a_pod_whose_memory_was_put_back_is_reported_until_it_knows_its_minutes_again(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, issue_registry: ir.IssueRegistry
) -> None:
    for _ in range(2):
        walked_minute(pod)
    await fetch(hass, pod)
    assert not issue_of(issue_registry, pod, "log_rewound")

    newest = pod.rows.pop()
    await fetch(hass, pod)
    issue = issue_of(issue_registry, pod, "log_rewound")
    assert issue
    assert issue.translation_placeholders == {"pod": "Left shoe"}
    assert hass.states.get("sensor.ann_backward_steps_today").state == "20"

    pod.rows.append(newest)
    await fetch(hass, pod)
    assert not issue_of(issue_registry, pod, "log_rewound")


async def lose_minutes(hass: HomeAssistant, fake: FakePod, minutes: int) -> None:
    """Let the ring overwrite rows before they are fetched."""
    for _ in range(minutes + 1):
        walked_minute(fake)
    fake.oldest = fake.rows[-1][0]
    await fetch(hass, fake)


async def test_lost_minutes_are_added_up_until_the_person_takes_note(
    hass: HomeAssistant,
    walker: MockConfigEntry,
    pod: FakePod,
    issue_registry: ir.IssueRegistry,
    hass_client: ClientSessionGenerator,
) -> None:
    assert await async_setup_component(hass, "repairs", {})
    assert await async_setup_component(hass, "http", {})
    await fetch(hass, pod)
    await lose_minutes(hass, pod, 3)
    await lose_minutes(hass, pod, 4)
    issue = issue_of(issue_registry, pod, "minutes_lost")
    assert issue
    assert issue.is_fixable
    assert issue.is_persistent
    assert issue.translation_placeholders == {"minutes": "7"}, "it is kept on disk"

    client = await hass_client()
    response = await client.post(
        "/api/repairs/issues/fix", json={"handler": DOMAIN, "issue_id": issue.issue_id}
    )
    flow: dict[str, Any] = await response.json()
    assert flow["step_id"] == "confirm"
    assert flow["description_placeholders"] == {"pod": "Left shoe", "minutes": "7"}
    response = await client.post(f"/api/repairs/issues/fix/{flow['flow_id']}", json={})
    assert (await response.json())["type"] == "create_entry"
    assert not issue_of(issue_registry, pod, "minutes_lost")


async def test_issues_go_with_the_pod(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, issue_registry: ir.IssueRegistry
) -> None:
    pod.answer = {"v": 2}
    await fetch(hass, pod)
    (subentry_id,) = walker.subentries
    hass.config_entries.async_remove_subentry(walker, subentry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert not issue_of(issue_registry, pod, "firmware_too_new")


async def test_issues_go_with_the_walker(
    hass: HomeAssistant, walker: MockConfigEntry, pod: FakePod, issue_registry: ir.IssueRegistry
) -> None:
    pod.answer = {"v": 2}
    await fetch(hass, pod)
    await hass.config_entries.async_remove(walker.entry_id)

    assert not issue_of(issue_registry, pod, "firmware_too_new")
