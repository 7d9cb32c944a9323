"""Home Assistant's clock is wrong for a while; afterwards everything is as if it had not been."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from homeassistant.core import callback
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.retrostep import clock as clock_door
from custom_components.retrostep.const import DOMAIN
from custom_components.retrostep.core.ledger.row_sync import Outcome
from custom_components.retrostep.features.guided_sessions import GuidedSessions

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


@pytest.mark.parametrize("set_right", ["while it is set up anew", "afterwards"])
@pytest.mark.parametrize("ahead", [YEARS, timedelta(days=-3), timedelta(hours=1)], ids=str)
async def test_a_walker_set_up_anew_under_a_wrong_clock_knows_it_was_wrong(
    hass: HomeAssistant,
    house: House,
    pod: FakePod,
    make_walker: MakeWalker,
    ahead: timedelta,
    set_right: str,
) -> None:
    entry = await days_lived(hass, house, pod, make_walker, 5)
    await house.set(ahead)
    await walk(hass, house, pod, 30)
    await house.run(4)
    await hass.config_entries.async_unload(entry.entry_id)
    if set_right == "afterwards":
        await hass.config_entries.async_setup(entry.entry_id)
        await reach(hass, pod)
        await house.run(2)
    await house.set(timedelta())
    if set_right == "while it is set up anew":
        await hass.config_entries.async_setup(entry.entry_id)
        await reach(hass, pod)
    await house.run(3)

    assert state(hass, STEPS_TODAY) == "30"
    assert state(hass, STEPS_TOTAL) == "130"
    assert state(hass, "sensor.ann_goal_streak") == "6"
    assert len(entry.runtime_data.ledger.minutes(datetime(2026, 1, 1, tzinfo=UTC), dt_util.utcnow())) == 6


@pytest.mark.parametrize("ahead", [YEARS, timedelta(days=2), timedelta(days=-3)], ids=str)
async def test_a_walker_made_under_a_wrong_clock_has_what_was_walked_today(
    hass: HomeAssistant, house: House, pod: FakePod, make_walker: MakeWalker, ahead: timedelta
) -> None:
    """When it was made was said by the same clock: that proves nothing."""
    await house.set(ahead)
    entry = make_walker(pod, options=GOALS)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await walk(hass, house, pod, 30)
    await house.run(4)
    await house.set(timedelta())
    await house.run(3)
    assert (state(hass, STEPS_TODAY), state(hass, STEPS_TOTAL)) == ("30", "30")
    assert state(hass, "sensor.ann_goal_streak") == "1"


async def test_files_of_another_time_know_nothing_of_the_clock(
    hass: HomeAssistant, house: House, pod: FakePod, make_walker: MakeWalker
) -> None:
    """A backup put back between is not what was remembered with: its rows stay as dated."""
    entry = await days_lived(hass, house, pod, make_walker, 1)
    await house.set(timedelta(hours=1))
    await hass.config_entries.async_reload(entry.entry_id)
    assert entry.runtime_data.clock.segment == 1
    await hass.config_entries.async_unload(entry.entry_id)
    remembered = hass.data[clock_door._REMEMBERED]
    remembered[entry.entry_id] = replace(remembered[entry.entry_id], stamp="of another time")
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.runtime_data.clock.segment == 0
    assert not remembered
    await hass.config_entries.async_remove(entry.entry_id)
    assert not remembered, "a walker who is removed leaves nothing"


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


async def test_a_clock_that_is_set_while_a_pod_answers_dates_nothing_wrongly(
    hass: HomeAssistant, house: House, pod: FakePod, make_walker: MakeWalker
) -> None:
    """At a start both happen at once: the time server answers, and so does the pod, by the clock before."""
    entry = await days_lived(hass, house, pod, make_walker, 2)
    await house.set(timedelta(days=3))
    pod.walk(back=30)
    pod.close_minute(this_minute())
    pod.now_s = int(dt_util.utcnow().timestamp())
    syncs = entry.runtime_data.syncs[pod.mac]
    original = syncs.pod.get_minutes

    async def slow(log: int, after: int, limit: int) -> object:
        answer = await original(log, after, limit)
        house.freezer.move_to(dt_util.utcnow() - house.ahead)
        house.ahead = timedelta()
        entry.runtime_data.now()
        return answer

    with patch.object(syncs.pod, "get_minutes", slow):
        await syncs.async_sync()
    assert syncs.last_result.outcome is Outcome.REFUSED
    # Now the pod has asked for the time, and dates the row anew: nobody has it yet.
    pod.rows[-1][1] -= 3 * 1_440
    pod.now_s = int(dt_util.utcnow().timestamp())
    await syncs.async_sync()
    assert syncs.complete_at == dt_util.utcnow()
    assert state(hass, STEPS_TODAY) == "30"
    assert [day.counts.back for day in entry.runtime_data.ledger.days()] == [20, 20, 30]


async def test_a_clock_that_is_set_while_a_walker_is_read_does_not_silence_reminders(
    hass: HomeAssistant,
    desk: Desk,
    freezer: FrozenDateTimeFactory,
    make_walker: MakeWalker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Years ahead when what is known of sitting was read, right when the watching began."""
    house = House(hass, freezer, monkeypatch)
    right = dt_util.utcnow()
    house.ahead = YEARS
    freezer.move_to(right + YEARS)
    read = GuidedSessions.async_load

    async def read_as_the_time_server_answers(feature: GuidedSessions) -> None:
        await read(feature)
        house.ahead = timedelta()
        freezer.move_to(right)

    monkeypatch.setattr(GuidedSessions, "async_load", read_as_the_time_server_answers)
    await desk.begin(make_walker)
    await desk.sit(46)
    assert desk.happened == ["due"]


async def test_a_walker_made_while_the_clock_was_ahead_has_sessions_like_others(
    hass: HomeAssistant, house: House, pod: FakePod, make_walker: MakeWalker
) -> None:
    right = dt_util.utcnow()
    house.freezer.move_to(right + YEARS)
    entry = make_walker(pod, options=GOALS)
    house.freezer.move_to(right)
    assert await hass.config_entries.async_setup(entry.entry_id)
    assert entry.created_at > dt_util.utcnow()
    told: list[str] = []
    entry.runtime_data.events.async_subscribe("activity", lambda event: told.append(event.event_type))
    await reach(hass, pod)
    await house.run(4)
    await walk(hass, house, pod, 20)
    await house.run(3)
    assert told.count("session_ended") == 1


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York"])
async def test_a_zone_that_changes_while_the_clock_is_behind_begins_after_the_true_day(
    hass: HomeAssistant, house: House, pod: FakePod, make_walker: MakeWalker, zone: str
) -> None:
    """Two days on which nobody walked lie ahead of the clock: they were missed, in Berlin."""
    entry = await days_lived(hass, house, pod, make_walker, 1)
    for _ in range(2):
        house.freezer.tick(timedelta(days=1))
        async_fire_time_changed(hass)
        await settle(hass)
    await house.set(timedelta(days=-2))
    await hass.config.async_update(time_zone=zone)
    await settle(hass)
    await house.run(3)
    await house.set(timedelta())
    calendar = entry.runtime_data.ledger.calendar
    assert [calendar.span_of(date(2026, 11, day)).zone for day in (19, 20, 21)] == ["Europe/Berlin"] * 3
    assert calendar.span_of(date(2026, 11, 23)).zone == zone


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
