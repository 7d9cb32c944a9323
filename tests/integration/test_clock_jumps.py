"""Home Assistant's clock is wrong for a while; afterwards everything is as if it had not been."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from homeassistant.core import callback
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.retrostep import clock as clock_door
from custom_components.retrostep.const import DOMAIN

from .desk import SITTING_TIME, Desk
from .helpers import STEPS_TODAY, STEPS_TOTAL, MakeWalker, reach, settle, state, this_minute

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory
    from homeassistant.core import HomeAssistant
    from pytest_homeassistant_custom_component.common import MockConfigEntry

    from .fake_pod import FakePod

YEARS = timedelta(days=3_653)
GOALS = {"goals": {"plan": "fixed", "kind": "steps", "steps": 10}}


class House:
    """A machine with a wall clock that can be set, and one that can't."""

    def __init__(
        self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.hass = hass
        self.freezer = freezer
        self.ahead = timedelta()
        monkeypatch.setattr(clock_door, "monotonic", self.steady_s)

    def steady_s(self) -> float:
        """What the clock says that nobody can set."""
        return (dt_util.utcnow() - self.ahead).timestamp() - 1_700_000_000

    async def set(self, ahead: timedelta) -> None:
        """Set the wall clock to this much ahead of the true time."""
        target = dt_util.utcnow() - self.ahead + ahead
        self.ahead = ahead
        self.freezer.move_to(target)
        # The timer that looks at the clock runs by the loop's own, which a test can't turn back.
        for entry in self.hass.config_entries.async_loaded_entries(DOMAIN):
            entry.runtime_data.now()
        await settle(self.hass)

    async def run(self, minutes: float) -> None:
        """Let time pass."""
        for _ in range(round(minutes * 2)):
            self.freezer.tick(30)
            async_fire_time_changed(self.hass)
            await self.hass.async_block_till_done()
        await settle(self.hass)


@pytest.fixture
async def house(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> House:
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-11-18 11:00:00+00:00")
    return House(hass, freezer, monkeypatch)


async def walk(hass: HomeAssistant, house: House, pod: FakePod, steps: int) -> None:
    """Walk for a minute and have it fetched; the pod follows Home Assistant's clock."""
    pod.walk(back=steps)
    pod.close_minute(this_minute())
    await house.run(1)
    pod.disconnect()
    await settle(hass)
    await reach(hass, pod)


async def days_lived(
    hass: HomeAssistant, house: House, pod: FakePod, make_walker: MakeWalker, days: int
) -> MockConfigEntry:
    entry = make_walker(pod, options=GOALS)
    assert await hass.config_entries.async_setup(entry.entry_id)
    for _ in range(days):
        await walk(hass, house, pod, 20)
        house.freezer.tick(timedelta(days=1, minutes=-1))
        async_fire_time_changed(hass)
        await settle(hass)
    return entry


@pytest.mark.parametrize("ahead", [YEARS, timedelta(days=-3), timedelta(hours=1)], ids=str)
async def test_a_walk_under_a_wrong_clock_is_of_today_and_the_streak_stands(
    hass: HomeAssistant, house: House, pod: FakePod, make_walker: MakeWalker, ahead: timedelta
) -> None:
    entry = await days_lived(hass, house, pod, make_walker, 5)
    told: list[tuple[str, str]] = []

    @callback
    def hear(event: Any) -> None:
        told.append((event.event_type, event.attributes.get("day", "")))

    entry.runtime_data.events.async_subscribe("activity", hear)
    assert state(hass, "sensor.ann_goal_streak") == "5"
    await house.set(ahead)
    await walk(hass, house, pod, 30)
    await house.run(4)
    await house.set(timedelta())
    await house.run(3)

    assert state(hass, STEPS_TODAY) == "30"
    assert state(hass, STEPS_TOTAL) == "130"
    assert state(hass, "sensor.ann_goal_streak") == "6"
    assert len(entry.runtime_data.ledger.minutes(datetime(2026, 1, 1, tzinfo=UTC), dt_util.utcnow())) == 6
    kinds = [kind for kind, _ in told]
    assert kinds.count("goal_reached") == 1
    assert "streak_lost" not in kinds


async def test_a_start_ten_days_behind_changes_no_day(
    hass: HomeAssistant, house: House, pod: FakePod, make_walker: MakeWalker
) -> None:
    entry = await days_lived(hass, house, pod, make_walker, 12)
    await hass.config_entries.async_unload(entry.entry_id)
    options = {"goals": {**GOALS["goals"], "steps": 300}}
    hass.config_entries.async_update_entry(entry, options=options)
    house.ahead = timedelta(days=-10)
    house.freezer.move_to(dt_util.utcnow() - timedelta(days=10))
    await hass.config_entries.async_setup(entry.entry_id)
    await reach(hass, pod)
    assert state(hass, "sensor.ann_goal_streak") == "12"
    await house.run(5)
    await house.set(timedelta())
    assert state(hass, "sensor.ann_goal_streak") == "12"
    days = entry.runtime_data.goals.goal_days.days()
    assert [day.goal.value for day in days] == [10] * 12 + [300]
    assert all(day.met for day in days[:-1])


@pytest.mark.parametrize("ahead", [timedelta(hours=1), YEARS, timedelta(days=-3)], ids=str)
async def test_sitting_is_measured_by_the_clock_that_runs(
    hass: HomeAssistant,
    desk: Desk,
    freezer: FrozenDateTimeFactory,
    make_walker: MakeWalker,
    monkeypatch: pytest.MonkeyPatch,
    ahead: timedelta,
) -> None:
    house = House(hass, freezer, monkeypatch)
    await desk.begin(make_walker)
    await desk.sit(16)
    assert state(hass, SITTING_TIME) == "15"  # what is shown follows every five minutes
    await house.set(ahead)
    await desk.sit(1)
    # The loop of a test stands still when its clock goes back; that of a machine does not. So no timer.
    coordinator = desk.entry.runtime_data
    coordinator.show()
    await settle(hass)
    shown = coordinator.data.sitting
    assert (shown.state, shown.sitting_min) == ("sitting", 17)
    await house.set(timedelta())
    shown = coordinator.data.sitting
    assert (shown.state, shown.sitting_min) == ("sitting", 17)
    await desk.sit(28.5)
    assert desk.happened == ["due"]


async def test_in_2040_all_goes_on(
    hass: HomeAssistant, house: House, pod: FakePod, make_walker: MakeWalker
) -> None:
    house.freezer.move_to("2040-06-10 10:00:00+00:00")
    entry = await days_lived(hass, house, pod, make_walker, 3)
    await walk(hass, house, pod, 30)
    assert (state(hass, STEPS_TODAY), state(hass, "sensor.ann_goal_streak")) == ("30", "4")
    assert await hass.config_entries.async_reload(entry.entry_id)
    assert (state(hass, STEPS_TODAY), state(hass, STEPS_TOTAL)) == ("30", "90")
    assert state(hass, "sensor.ann_sessions_today") == "1"
