"""A clock that was wrong: what it dated moves when it is right again, and nothing is dropped meanwhile."""

from datetime import UTC, date, datetime, timedelta

import pytest

from custom_components.retrostep.core.clock import ClockWatch
from custom_components.retrostep.core.ledger.corrections import WalkError
from custom_components.retrostep.core.ledger.counts import Counts
from custom_components.retrostep.core.ledger.ledger import Ledger
from custom_components.retrostep.core.ledger.page import PageError, parse_page
from custom_components.retrostep.core.ledger.pod_log import MergeResult

from .story import BERLIN, MAC, OTHER_MAC, Pod, berlin, pull, restart, utc, walked

NOON = berlin("2026-03-05 12:00")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
YEARS = 3_653 * DAY


class House:
    """A ledger and its two clocks; a pod follows the house's clock at once."""

    def __init__(self, ledger: Ledger, now: datetime = NOON, ahead: timedelta = timedelta()) -> None:
        self.ledger = ledger
        self.true = now
        self.ahead = ahead
        self.clock = ClockWatch(ledger.known_s)
        self.changed: set[datetime] = set()
        self.look()

    @property
    def now(self) -> datetime:
        """What the wall clock says."""
        return self.true + self.ahead

    def look(self) -> None:
        """Compare both clocks."""
        jump = self.clock.look(self.now.timestamp(), self.true.timestamp() - 1_700_000_000)
        if jump:
            self.changed |= self.ledger.clock_jumped(jump)

    def run(self, span: timedelta) -> None:
        """Let time pass."""
        self.true += span
        self.look()

    def set(self, ahead: timedelta) -> None:
        """Set the wall clock."""
        self.ahead = ahead
        self.look()

    def walk(self, pod: Pod, counts: Counts | int = 20) -> MergeResult:
        """Walk for a minute and have its row fetched."""
        pod.walk(self.now, counts)
        self.run(MINUTE)
        return pull(self.ledger, pod, self.now)


def lived(days: int = 50) -> tuple[Ledger, Pod]:
    """Give a ledger of somebody who walked each day until yesterday."""
    pod, ledger = Pod(), Ledger(BERLIN)
    for ago in reversed(range(1, days + 1)):
        pod.walk(NOON - ago * DAY, 20)
        pull(ledger, pod, NOON - ago * DAY + MINUTE)
    return restart(ledger), pod


def told(ledger: Ledger) -> dict[str, object]:
    """Give all that is known, without what statistics need a zero for."""
    now = NOON + 30 * DAY
    return {
        "hours": [hour for hour in ledger.hours() if hour[1]],
        "days": ledger.days(),
        "minutes": ledger.minutes(NOON - 99 * DAY, now),
        "sessions": ledger.sessions(NOON - 99 * DAY, now),
        "last step": ledger.last_step_at(),
        "total": ledger.total(),
        "kept since": (ledger.minutes_since, ledger.hours_since),
        "today": ledger.today(NOON).counts,
    }


@pytest.mark.parametrize(
    "ahead", [YEARS, HOUR, 3 * DAY, -3 * DAY, -HOUR, timedelta(minutes=-40), -20 * DAY], ids=str
)
def test_what_is_walked_while_the_clock_is_wrong_moves_to_its_true_time(ahead: timedelta) -> None:
    ledgers = []
    for wrong in (ahead, timedelta()):
        ledger, pod = lived()
        house = House(ledger)
        house.walk(pod, 30)
        house.run(2 * DAY - MINUTE)
        house.set(wrong)
        house.run(5 * MINUTE)
        house.walk(pod, 24)
        house.walk(pod, 26)
        house.run(13 * MINUTE)
        house.set(timedelta())
        house.walk(pod, 28)
        ledgers.append((house, ledger))
    (house, moved), (_, right) = ledgers
    assert told(moved) == told(right)
    assert told(restart(moved)) == told(right)
    true_hour = (NOON + 2 * DAY).astimezone(UTC)
    emptied = {hour for hour, counts in moved.hours() if not counts}
    assert house.changed >= {true_hour} | emptied, "statistics are told of both"


def test_ten_years_ahead_for_a_walk_drop_nothing_and_hours_are_kept_afterwards() -> None:
    ledger, pod = lived()
    house = House(ledger)
    house.set(YEARS)
    house.walk(pod)
    assert len(ledger.minutes(NOON - 99 * DAY, NOON)) == 50
    house.set(timedelta())
    assert len(ledger.minutes(NOON - 99 * DAY, NOON + DAY)) == 51
    assert [hour for hour, _ in ledger.hours()][-1].year == 2036, "statistics need a zero there"
    assert ledger.days()[-1].date == NOON.date()
    pod.walk(NOON + 2 * HOUR, 40)
    changed = pull(ledger, pod, NOON + 3 * HOUR).changed_hours
    assert changed == {utc("2026-03-05 13:00")}
    assert dict(ledger.hours())[utc("2026-03-05 13:00")] == walked(40)


def test_a_start_days_behind_moves_what_was_walked_until_the_clock_is_right() -> None:
    ledger, pod = lived()
    house = House(ledger, ahead=-10 * DAY)
    walked_at = house.true
    house.walk(pod, 44)
    assert ledger.day((NOON - 10 * DAY).date()).counts.back == 64
    house.run(3 * HOUR)
    house.set(timedelta())
    assert ledger.day((NOON - 10 * DAY).date()).counts.back == 20
    assert ledger.minutes(walked_at, walked_at + MINUTE)[0][1] == walked(44)


def test_rows_of_one_minute_part_again() -> None:
    """Three days ago somebody walked in the very minute that the wrong clock says now."""
    ledger, pod = lived(5)
    house = House(ledger)
    house.set(-3 * DAY)
    house.walk(pod, Counts(6, 0, 0, 30, 0, 3, 0))
    there = NOON - 3 * DAY
    assert ledger.minutes(there, there + MINUTE)[0][1].back == 26
    house.set(timedelta())
    assert ledger.minutes(there, there + MINUTE)[0][1] == walked(20)
    assert ledger.minutes(NOON, NOON + MINUTE)[0][1].back == 6


def test_of_two_pods_the_one_with_the_most_steps_counts_where_a_row_moves_to() -> None:
    ledger, pod = lived(5)
    other = Pod(OTHER_MAC, 99)
    house = House(ledger)
    house.walk(other, 50)
    house.run(-MINUTE)
    house.set(YEARS)
    house.walk(pod, 60)
    house.set(timedelta())
    assert ledger.minutes(NOON, NOON + MINUTE)[0][1] == walked(60)
    assert ledger.total().back == 5 * 20 + 60


def test_a_row_without_a_time_that_came_under_a_wrong_clock_moves_too() -> None:
    ledger, pod = lived(5)
    house = House(ledger)
    house.set(YEARS)
    pod.walk(None, 18)
    pull(ledger, pod, house.now)
    house.run(MINUTE)
    house.set(timedelta())
    day = ledger.day(NOON.date())
    assert (day.counts.back, day.undated.back) == (18, 18)
    assert len(ledger.days()) == 6


def test_what_is_seen_live_moves_with_the_clock_that_saw_it() -> None:
    ledger, pod = lived(5)
    house = House(ledger)
    pull(ledger, pod, house.now)
    ledger.live(MAC, pod.live(), house.now)
    house.set(YEARS)
    pod.open_minute = walked(12)
    ledger.live(MAC, pod.live(), house.now)
    assert ledger.today(house.now).counts.back == 12
    house.run(MINUTE)
    house.set(timedelta())
    assert ledger.today(house.now).counts.back == 12
    assert ledger.last_step_at() == NOON
    assert ledger.total().back == 112


@pytest.mark.parametrize("wrong_for", [2 * MINUTE, 90 * MINUTE], ids=str)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (YEARS, HOUR),
        (YEARS, -3 * DAY),
        (YEARS, 2 * YEARS),
        (HOUR, YEARS),
        (3 * DAY, HOUR),
        (-3 * DAY, -HOUR),
    ],
    ids=str,
)
def test_what_is_seen_live_under_the_first_of_two_wrong_clocks_is_of_today(
    first: timedelta, second: timedelta, wrong_for: timedelta
) -> None:
    ledger, pod = lived(5)
    house = House(ledger)
    pull(ledger, pod, house.now)
    ledger.live(MAC, pod.live(), house.now)
    house.run(10 * MINUTE)
    house.set(first)
    pod.open_minute = walked(12)
    ledger.live(MAC, pod.live(), house.now)
    house.run(wrong_for)
    house.set(second)
    house.run(3 * MINUTE)
    house.set(timedelta())
    assert ledger.today(house.now).counts.back == 12
    assert ledger.total().back == 112


def test_a_machine_that_was_paused_moves_nothing() -> None:
    ledger, pod = lived(5)
    house = House(ledger)
    house.run(2 * HOUR)
    house.walk(pod, 30)
    before = told(ledger)
    house.set(8 * HOUR)
    house.run(DAY)
    assert (told(ledger), house.changed) == (before, set())


def test_a_removed_stretch_counts_nothing_wherever_a_row_comes_from() -> None:
    ledger, pod = lived(5)
    house = House(ledger)
    house.set(YEARS)
    house.walk(pod, 30)
    house.run(5 * MINUTE)
    ledger.remove_walk(NOON, NOON + MINUTE, house.now)
    house.set(timedelta())
    assert ledger.day(NOON.date()).counts.back == 0
    assert ledger.total().back == 100
    with pytest.raises(WalkError):
        ledger.remove_walk(NOON + DAY, NOON + 2 * DAY, NOON)


@pytest.mark.parametrize("ahead", [HOUR, YEARS, -3 * DAY, -HOUR], ids=str)
@pytest.mark.parametrize("fetched", ["before", "after"])
def test_a_walk_taken_away_under_a_wrong_clock_stays_away(ahead: timedelta, fetched: str) -> None:
    """And what is walked when the clock truly says the time that was taken away counts."""
    ledger, pod = lived(2)
    house = House(ledger)
    house.run(2 * DAY + 3 * HOUR)
    house.set(ahead)
    pod.walk(house.now, 30)
    house.run(MINUTE)
    if fetched == "before":
        pull(ledger, pod, house.now)
    ledger.remove_walk(house.now - 2 * MINUTE, house.now, house.now)
    if fetched == "after":
        pull(ledger, pod, house.now)
    house.run(4 * MINUTE)
    house.set(timedelta())
    assert ledger.total().back == 2 * 20
    assert ledger.minutes(NOON + 2 * DAY, NOON + 3 * DAY) == []
    if ahead == HOUR:
        house.run(HOUR - 5 * MINUTE)
        house.walk(pod, 26)
        assert ledger.total().back == 2 * 20 + 26
        assert restart(ledger).day((NOON + 2 * DAY).date()).counts.back == 26


def test_what_else_was_walked_in_the_minute_a_removed_row_moves_to_goes_too() -> None:
    ledger, pod = lived(2)
    house = House(ledger)
    house.run(2 * DAY)
    pod.walk(house.now, 10)
    pull(ledger, pod, house.now)
    house.set(YEARS)
    house.walk(pod, 30)
    ledger.remove_walk(house.now - 2 * MINUTE, house.now, house.now)
    house.set(timedelta())
    assert ledger.total().back == 2 * 20
    house.set(YEARS)
    assert ledger.total().back == 2 * 20, "nor does it come back"


# Whom to believe


def test_a_pod_whose_clock_is_away_from_ours_is_waited_for_and_nothing_is_given_up() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NOON, 10)
    for skew in (6 * MINUTE, -6 * MINUTE):
        page = parse_page(pod.answer(now=NOON + skew))
        with pytest.raises(PageError, match=r"clock_wrong: the pod's clock is [+-]360 s away"):
            ledger.merge(MAC, page, NOON)
    assert ledger.position(MAC) is None
    ledger.merge(MAC, parse_page(pod.answer(now=NOON - 5 * MINUTE)), NOON)
    assert ledger.total().back == 10


def test_rows_of_three_days_wait_until_a_house_that_started_behind_is_right() -> None:
    """The pod kept its dates while the house was off: 180 steps on their three days."""
    ledger, pod = lived(5)
    for ago in (3, 2, 1):
        pod.walk(NOON + (4 - ago) * DAY, 60)
    house = House(ledger, NOON + 4 * DAY, ahead=-4 * DAY)
    with pytest.raises(PageError, match=r"row 6 is 1 day, 0:00:00 ahead"):
        pull(ledger, pod, house.now)
    house.run(20 * MINUTE)
    house.set(timedelta())
    pull(ledger, pod, house.now)
    assert [ledger.day(date(2026, 3, day)).counts.back for day in (6, 7, 8)] == [60, 60, 60]
    assert ledger.settled_total().back == 280


def test_a_row_may_lie_five_minutes_ahead() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NOON + 5 * MINUTE, 10)
    pull(ledger, pod, NOON)
    assert ledger.total().back == 10


def test_clocks_that_never_agree_cost_no_steps() -> None:
    """After a week of waiting what is ahead counts, marked, when it arrives; the rest as dated."""
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(NOON - HOUR, 10)
    pod.walk(NOON + DAY, 16)
    page = parse_page(pod.answer(now=NOON + DAY))
    with pytest.raises(PageError):
        ledger.merge(MAC, page, NOON)
    result = ledger.merge(MAC, page, NOON, insist=True)
    assert (result.new_rows, result.undated_rows) == (2, 1)
    day = ledger.day(NOON.date())
    assert (day.counts.back, day.undated.back) == (26, 16)


@pytest.mark.parametrize("insist", [False, True])
def test_nothing_is_taken_while_our_own_clock_can_not_be_right(insist: bool) -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(None, 10)
    with pytest.raises(PageError, match="our own clock says 1970-01-01"):
        ledger.merge(MAC, parse_page(pod.answer()), utc("1970-01-01 00:03"), insist=insist)
    assert ledger.position(MAC) is None


def test_our_own_clock_may_be_right_from_2020_on() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    pod.walk(None, 10)
    with pytest.raises(PageError, match="our own clock says 2019-12-31"):
        ledger.merge(MAC, parse_page(pod.answer()), utc("2019-12-31 23:59"))
    assert ledger.merge(MAC, parse_page(pod.answer()), utc("2020-01-01 00:00")).new_rows == 1


def test_after_2038_everything_goes_on() -> None:
    pod, ledger = Pod(), Ledger(BERLIN)
    then = berlin("2040-07-01 09:00")
    for number in range(3):
        pod.walk(then + number * MINUTE, 20)
    pull(ledger, pod, then + HOUR)
    again = restart(ledger)
    assert again.today(then + HOUR).counts.back == 60
    assert [session.steps for session in again.sessions(then - DAY, then + DAY)] == [60]
    assert dict(again.hours()) == {utc("2040-07-01 07:00"): walked(20) + walked(20) + walked(20)}
